import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { endOfRange } from '#kernel/server/caller/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { OrganisationId, RoleKey, UserId, type userStates, type ListUsers, type RoleKey as Role } from '../contract.ts'

/** A user as the database has him; the telephone stays encrypted. */
export interface StoredUser {
  userId: UserId
  name: string
  loginName: string
  phoneCell?: Buffer
  organisationId?: OrganisationId
  organisationName?: string
  roles: Role[]
  areaPath?: string
  areaName?: string
  state: (typeof userStates)[number]
  mustChangePassword: boolean
  revision: number
}

interface UserRow {
  user_id: string
  name: string
  login_name: string
  phone_cell: Buffer | null
  organisation_id: string | null
  organisation_name: string | null
  roles: string[]
  area_path: string | null
  area_name: string | null
  state: (typeof userStates)[number]
  must_change_password: boolean
  revision: number
}

const fromUsers = sql`
  SELECT u.user_id, u.name, u.login_name, u.phone_cell, u.organisation_id, o.name AS organisation_name, u.state, u.must_change_password,
    u.revision, coalesce(r.roles, '{}') AS roles, r.area_path, a.name AS area_name
  FROM identity.user_account u
  LEFT JOIN identity.organisation o ON o.county_code = u.county_code AND o.organisation_id = u.organisation_id
  LEFT JOIN LATERAL (
    SELECT array_agg(role ORDER BY role) AS roles, min(area_path) AS area_path FROM identity.user_role
    WHERE county_code = u.county_code AND user_id = u.user_id AND valid_to IS NULL
  ) r ON true
  LEFT JOIN identity.area a ON a.county_code = u.county_code AND a.area_path = r.area_path AND a.valid_to IS NULL`

function toUser(row: UserRow): StoredUser {
  return {
    userId: UserId.parse(row.user_id),
    name: row.name,
    loginName: row.login_name,
    roles: row.roles.map((role) => RoleKey.parse(role)),
    state: row.state,
    mustChangePassword: row.must_change_password,
    revision: row.revision,
    ...(row.phone_cell === null ? {} : { phoneCell: row.phone_cell }),
    ...(row.organisation_id === null ? {} : { organisationId: OrganisationId.parse(row.organisation_id) }),
    ...(row.organisation_name === null ? {} : { organisationName: row.organisation_name }),
    ...(row.area_path === null ? {} : { areaPath: row.area_path }),
    ...(row.area_name === null ? {} : { areaName: row.area_name }),
  }
}

export async function findUser(db: Db, ctx: Context, userId: string): Promise<StoredUser | undefined> {
  const found = await sql<UserRow>`${fromUsers} WHERE u.county_code = ${ctx.scope.countyCode} AND u.user_id = ${userId}`.execute(db)
  return found.rows.map(toUser)[0]
}

/** One page of users by name; what is asked for narrows. */
export async function listUserPage(db: Db, ctx: Context, wanted: ListUsers): Promise<Page<StoredUser>> {
  const limit = wanted.limit ?? 50
  const after = readCursor(wanted.after, ['text', 'id'])
  const conditions = [sql`u.county_code = ${ctx.scope.countyCode}`]
  if (after !== undefined) conditions.push(sql`(u.name, u.user_id) > (${after[0]}::text, ${after[1]}::uuid)`)
  if (wanted.startsWith !== undefined && wanted.startsWith !== '')
    conditions.push(sql`(u.name ^@ ${wanted.startsWith} OR u.login_name ^@ ${wanted.startsWith.toLowerCase()})`)
  if (wanted.state !== undefined) conditions.push(sql`u.state = ${wanted.state}`)
  if (wanted.role !== undefined) conditions.push(sql`${wanted.role} = ANY (r.roles)`)
  if (wanted.under !== undefined) conditions.push(sql`r.area_path >= ${wanted.under} AND r.area_path < ${endOfRange(wanted.under)}`)
  const found = await sql<UserRow>`
    ${fromUsers} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY u.name, u.user_id LIMIT ${limit + 1}`.execute(db)
  return toPage(found.rows.map(toUser), limit, (user) => [user.name, user.userId])
}

export interface NewUser {
  userId: UserId
  name: string
  loginName: string
  phoneCell?: Buffer
  phoneIndex?: Buffer
  organisationId?: OrganisationId | undefined
}

/** Adds accounts, active, with a password to be changed. */
export async function insertUsers(db: Db, ctx: Context, users: readonly NewUser[]): Promise<void> {
  const rows = users.map((user) => ({
    user_id: user.userId,
    name: user.name,
    login_name: user.loginName,
    phone_cell: user.phoneCell?.toString('hex') ?? null,
    phone_index: user.phoneIndex?.toString('hex') ?? null,
    organisation_id: user.organisationId ?? null,
  }))
  await sql`
    INSERT INTO identity.user_account (county_code, user_id, name, login_name, phone_cell, phone_index, organisation_id, created_at)
    SELECT ${ctx.scope.countyCode}, user_id, name, login_name, decode(phone_cell, 'hex'), decode(phone_index, 'hex'), organisation_id, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given (user_id uuid, name text, login_name text, phone_cell text, phone_index text, organisation_id uuid)`.execute(db)
}

/** Adds roles in force from today. */
export async function insertRoles(db: Db, ctx: Context, roles: readonly { userId: UserId; role: Role; areaPath: string }[]): Promise<void> {
  const rows = roles.map((one) => ({ id: makeId(Date.parse(ctx.now)), user_id: one.userId, role: one.role, area_path: one.areaPath }))
  await sql`
    INSERT INTO identity.user_role (county_code, user_role_id, user_id, role, area_path, valid_from)
    SELECT ${ctx.scope.countyCode}, id, user_id, role, area_path, ${ctx.today}::date
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id uuid, user_id uuid, role text, area_path text)`.execute(db)
}

/** Ends all roles of a user with today. */
export async function endRoles(db: Db, ctx: Context, userId: UserId): Promise<void> {
  await sql`
    UPDATE identity.user_role SET valid_to = greatest(${ctx.today}::date, valid_from)
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ${userId} AND valid_to IS NULL`.execute(db)
}

export interface UserChange {
  name: string
  phoneCell?: Buffer | undefined
  phoneIndex?: Buffer | undefined
  organisationId?: OrganisationId | undefined
  state: StoredUser['state']
}

/** Writes a changed account when nobody changed it since `revision`; false otherwise. An absent telephone stays. */
export async function updateUser(db: Db, ctx: Context, given: { userId: UserId; revision: number; change: UserChange }): Promise<boolean> {
  const { change } = given
  const updated = await sql`
    UPDATE identity.user_account SET name = ${change.name}, state = ${change.state}, organisation_id = ${change.organisationId ?? null},
      phone_cell = coalesce(${change.phoneCell ?? null}::bytea, phone_cell),
      phone_index = coalesce(${change.phoneIndex ?? null}::bytea, phone_index), revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ${given.userId} AND revision = ${given.revision}
    RETURNING 1`.execute(db)
  return updated.rows.length === 1
}

/** How many other active users have a role; nobody can take one away meanwhile. */
export async function countOthersWithRole(db: Db, ctx: Context, given: { role: Role; userId: UserId }): Promise<number> {
  await sql`
    SELECT 1 FROM identity.user_role
    WHERE county_code = ${ctx.scope.countyCode} AND role = ${given.role} AND valid_to IS NULL ORDER BY user_role_id FOR UPDATE`.execute(db)
  const found = await sql<{ count: bigint }>`
    SELECT count(*) AS count FROM identity.user_role r
    JOIN identity.user_account u ON u.county_code = r.county_code AND u.user_id = r.user_id
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.role = ${given.role} AND r.valid_to IS NULL AND u.state = 'active'
      AND u.user_id <> ${given.userId}`.execute(db)
  return Number(found.rows[0]?.count ?? 0n)
}

/** Which pairs of name and telephone exist already: `name` + NUL + hex of the blind index. */
export async function listKnownPeople(db: Db, ctx: Context, phoneIndexes: readonly Buffer[]): Promise<Set<string>> {
  const found = await sql<{ name: string; phone_index: Buffer }>`
    SELECT name, phone_index FROM identity.user_account
    WHERE county_code = ${ctx.scope.countyCode} AND phone_index = ANY (${phoneIndexes}::bytea[]) AND state <> 'left'`.execute(db)
  return new Set(found.rows.map((row) => `${row.name}\0${row.phone_index.toString('hex')}`))
}
