import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { endOfRange } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { RoleKey, UserId } from '../contract.ts'

/** As much of a user as other modules show: who, as what, where. */
export interface UserName {
  userId: UserId
  name: string
  roles: RoleKey[]
  areaPath?: string
}

/** Names of users by their ids, also of those who left; for pages that say who did something. */
export async function findUserNames(ctx: Context, userIds: readonly string[]): Promise<UserName[]> {
  return listNames(ctx, sql`u.user_id = ANY (${userIds}::uuid[])`)
}

/** Active users with a role, below an area where one is named: who answers for a village, who could take a lead. At most 5,000. */
export async function listUsersWithRole(ctx: Context, wanted: { role: RoleKey; under?: string | undefined }): Promise<UserName[]> {
  const below = wanted.under === undefined ? sql`true` : sql`r.area_path >= ${wanted.under} AND r.area_path < ${endOfRange(wanted.under)}`
  return listNames(ctx, sql`u.state = 'active' AND ${wanted.role} = ANY (r.roles) AND ${below}`)
}

async function listNames(ctx: Context, condition: ReturnType<typeof sql>): Promise<UserName[]> {
  const found = await inTransaction(ctx, (db) =>
    sql<{ user_id: string; name: string; roles: string[] | null; area_path: string | null }>`
      SELECT u.user_id, u.name, r.roles, r.area_path
      FROM identity.user_account u
      LEFT JOIN LATERAL (
        SELECT array_agg(role ORDER BY role) AS roles, min(area_path) AS area_path FROM identity.user_role
        WHERE county_code = u.county_code AND user_id = u.user_id AND valid_to IS NULL
      ) r ON true
      WHERE u.county_code = ${ctx.scope.countyCode} AND ${condition}
      ORDER BY u.name, u.user_id LIMIT 5000`.execute(db),
  )
  return found.rows.map((row) => ({
    userId: UserId.parse(row.user_id),
    name: row.name,
    roles: (row.roles ?? []).map((role) => RoleKey.parse(role)),
    ...(row.area_path === null ? {} : { areaPath: row.area_path }),
  }))
}
