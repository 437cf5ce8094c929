import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { OrganisationRow } from './organisation-store.ts'

/** What happened to an organisation. */
export interface OrganisationEventRow {
  readonly at: string
  readonly act: 'add' | 'change' | 'merge' | 'take-in' | 'unmerge'
  readonly byName: string
  readonly reason: string | null
  readonly otherId: string | null
  readonly otherName: string | null
  readonly changes: Record<string, [string | null, string | null]>
  readonly moved: Record<string, string[]>
}

/** Writes an organisation over the one of this revision; false when somebody else was first. */
export async function updateOrganisation(db: Db, ctx: Context, row: OrganisationRow): Promise<boolean> {
  const found = await sql<{ revision: number }>`
    UPDATE identity.organisation SET name = ${row.name}, kind = ${row.kind}, area_path = ${row.areaPath}, credit_code = ${row.creditCode},
      address = ${row.address}, business = ${row.business}, closed_on = ${row.closedOn}, merged_into = ${row.mergedInto}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND organisation_id = ${row.organisationId} AND revision = ${row.revision}
    RETURNING revision`.execute(db)
  return found.rows.length > 0
}

/** Keeps a name that it had until today. */
export async function keepFormerName(
  db: Db,
  ctx: Context,
  row: Pick<OrganisationRow, 'organisationId' | 'name' | 'areaPath'>,
): Promise<void> {
  await sql`
    INSERT INTO identity.organisation_name (county_code, organisation_id, name, area_path, valid_to)
    VALUES (${ctx.scope.countyCode}, ${row.organisationId}, ${row.name}, ${row.areaPath}, ${ctx.today})
    ON CONFLICT (county_code, organisation_id, name) DO UPDATE SET valid_to = EXCLUDED.valid_to`.execute(db)
}

/** Notes what happened. */
export async function insertOrganisationEvent(
  db: Db,
  ctx: Context,
  given: Pick<OrganisationEventRow, 'act'> &
    Pick<OrganisationRow, 'organisationId' | 'areaPath'> &
    Partial<Pick<OrganisationEventRow, 'changes' | 'moved' | 'otherId'>> & { reason?: string },
): Promise<void> {
  const { organisationId, areaPath, act, changes = {}, moved = {}, otherId = null, reason = null } = given
  await sql`
    INSERT INTO identity.organisation_event (county_code, organisation_event_id, organisation_id, area_path, act, changes, moved, other_id, reason,
      by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${makeId(Date.parse(ctx.now))}, ${organisationId}, ${areaPath}, ${act}, ${JSON.stringify(changes)}::jsonb,
      ${JSON.stringify(moved)}::jsonb, ${otherId}, ${reason}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** The history of an organisation, newest first; at most 200. */
export async function listOrganisationEvents(db: Db, ctx: Context, organisationId: string): Promise<OrganisationEventRow[]> {
  const found = await sql<OrganisationEventRow>`
    SELECT e.at, e.act, e.by_name AS "byName", e.reason, e.other_id AS "otherId", o.name AS "otherName", e.changes, e.moved
    FROM identity.organisation_event e
    LEFT JOIN identity.organisation o ON o.county_code = e.county_code AND o.organisation_id = e.other_id
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.organisation_id = ${organisationId}::uuid
    ORDER BY e.at DESC, e.seq DESC LIMIT 200`.execute(db)
  return found.rows
}

/** Accounts of one organisation belong to another one now; their ids, for the way back. */
export async function moveAccounts(
  db: Db,
  ctx: Context,
  given: { fromId: string; toId: string; userIds?: readonly string[] },
): Promise<string[]> {
  const only = given.userIds === undefined ? sql`true` : sql`user_id = ANY (${[...given.userIds]}::uuid[])`
  const found = await sql<{ userId: string }>`
    UPDATE identity.user_account SET organisation_id = ${given.toId}
    WHERE county_code = ${ctx.scope.countyCode} AND organisation_id = ${given.fromId} AND ${only} RETURNING user_id AS "userId"`.execute(db)
  return found.rows.map((row) => row.userId)
}
