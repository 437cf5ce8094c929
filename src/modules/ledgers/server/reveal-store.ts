import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { RecordRow } from './tables.ts'

const noRecord = '00000000-0000-0000-0000-000000000000'

/** How many records the caller has seen a whole value of in the last hour and the last 24 hours, and whether this one is among them. */
export async function countShown(
  db: Db,
  ctx: Context,
  recordId: string = noRecord,
): Promise<{ hour: number; day: number; knowsPerson: { hour: boolean; day: boolean } }> {
  const found = await sql<{ hour: number; day: number; in_hour: boolean | null; in_day: boolean | null }>`
    SELECT count(DISTINCT v.record_id) FILTER (WHERE v.at > ${ctx.now}::timestamptz - interval '1 hour')::int AS hour,
           count(DISTINCT v.record_id)::int AS day,
           bool_or(v.record_id = ${recordId}::uuid AND v.at > ${ctx.now}::timestamptz - interval '1 hour') AS in_hour,
           bool_or(v.record_id = ${recordId}::uuid) AS in_day
    FROM ledgers.reveal v
    WHERE v.county_code = ${ctx.scope.countyCode} AND v.caller_id = ${ctx.caller.id} AND v.at > ${ctx.now}::timestamptz - interval '24 hours'`.execute(
    db,
  )
  const row = found.rows[0]
  return { hour: row?.hour ?? 0, day: row?.day ?? 0, knowsPerson: { hour: row?.in_hour === true, day: row?.in_day === true } }
}

/** Writes who saw what; a row is never changed. */
export async function insertReveal(db: Db, ctx: Context, given: { row: RecordRow; field: string; reason: string }): Promise<void> {
  const { row, field, reason } = given
  await sql`
    INSERT INTO ledgers.reveal (county_code, reveal_id, record_id, template_key, area_path, household_id, closed, field_key, reason, caller_id, caller_name, at)
    VALUES (${ctx.scope.countyCode}, ${makeId(Date.parse(ctx.now))}, ${row.recordId}, ${row.templateKey}, ${row.areaPath}, ${row.householdId}::uuid,
      ${row.closed}, ${field}, ${reason}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}
