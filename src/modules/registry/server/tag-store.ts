import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { TagRecord } from '../rules/register-records.ts'

export interface TagRow {
  tag_id: string
  household_id: string
  tag: string
  valid_from: string
  valid_to: string | null
  source: string
  verified_on: string | null
  remove_reason: string | null
}

/** A tag as screens show it; one that has ended allows nothing. */
export function toTag(row: TagRow, can: { end: boolean; verify: boolean }): TagRecord {
  const isToday = row.valid_to === null
  return {
    tagId: row.tag_id,
    tag: row.tag,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    source: row.source,
    verifiedOn: row.verified_on ?? undefined,
    removeReason: row.remove_reason ?? undefined,
    can: { end: can.end && isToday, verify: can.verify && isToday && row.verified_on === null },
  }
}

const columns = sql.raw('t.tag_id, t.household_id, t.tag, t.valid_from, t.valid_to, t.source, t.verified_on, t.remove_reason')
const within = (scope: Scope) =>
  scope.kind === 'area'
    ? sql`t.county_code = ${scope.countyCode} AND t.area_path >= ${scope.lo} AND t.area_path < ${scope.hi}`
    : sql`t.county_code = ${scope.countyCode}`

/** Tags of a household, those of today first. */
export async function listTagRows(db: Db, scope: Scope, householdId: string): Promise<TagRow[]> {
  const found = await sql<TagRow>`
    SELECT ${columns} FROM registry.household_tag t
    WHERE ${within(scope)} AND t.household_id = ${householdId}::uuid
    ORDER BY (t.valid_to IS NOT NULL), t.valid_from DESC, t.tag`.execute(db)
  return found.rows
}

/** Adds a tag; `undefined` when the household carries it today already. */
export async function insertTag(
  db: Db,
  ctx: Context,
  tag: { tagId: string; householdId: string; areaPath: string; tag: string; source: string; validFrom: string },
): Promise<TagRow | undefined> {
  const found = await sql<TagRow>`
    INSERT INTO registry.household_tag AS t (county_code, tag_id, household_id, area_path, tag, valid_from, source, set_by)
    VALUES (${ctx.scope.countyCode}, ${tag.tagId}, ${tag.householdId}, ${tag.areaPath}, ${tag.tag}, ${tag.validFrom}, ${tag.source}, ${ctx.caller.id})
    ON CONFLICT (county_code, household_id, tag) WHERE valid_to IS NULL DO NOTHING
    RETURNING ${columns}`.execute(db)
  return found.rows[0]
}

/** Ends a tag that holds today; `undefined` when there is none within the scope. A tag that began today or later ends on its first day. */
export async function endTagRow(db: Db, ctx: Context, given: { tagId: string; reason: string }): Promise<TagRow | undefined> {
  const found = await sql<TagRow>`
    UPDATE registry.household_tag AS t
    SET valid_to = greatest(t.valid_from, ${ctx.today}::date), removed_by = ${ctx.caller.id}, remove_reason = ${given.reason}, revision = revision + 1
    WHERE ${within(ctx.scope)} AND t.tag_id = ${given.tagId}::uuid AND t.valid_to IS NULL RETURNING ${columns}`.execute(db)
  return found.rows[0]
}

/** Marks a tag that holds today as verified. */
export async function verifyTagRow(db: Db, ctx: Context, tagId: string): Promise<TagRow | undefined> {
  const found = await sql<TagRow>`
    UPDATE registry.household_tag AS t
    SET verified_on = ${ctx.today}::date, verified_by = ${ctx.caller.id}, revision = revision + 1
    WHERE ${within(ctx.scope)} AND t.tag_id = ${tagId}::uuid AND t.valid_to IS NULL AND t.verified_on IS NULL RETURNING ${columns}`.execute(
    db,
  )
  return found.rows[0]
}
