import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { moveClocks } from './clocks/clock-store.ts'

/** Tables of cases with a row for a household and its place: they are where the household is. Each part adds its own. */
const movedTables = [
  'case_event',
  'case_measure',
  'case_visit',
  'clock',
  'clock_pause',
  'reminder',
  'income_line',
  'income_calculation',
  'case_check',
  'meeting_item',
  'notice_line',
  'objection',
  'intake_receipt',
  'intake_event',
  'paper',
  'attachment',
] as const

/** Follows households that moved: their rows, and who holds their open cases, at the same level of the new place. */
export async function moveCases(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const moved = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of movedTables) {
    await sql`
      UPDATE cases.${sql.ref(table)} t SET area_path = a.path FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
  // As many segments of the new path as the holder's path had: village, township or county.
  for (const table of ['case_file', 'intake'] as const) {
    await sql`
    UPDATE cases.${sql.ref(table)} t SET area_path = a.path,
      held_by = array_to_string((string_to_array(a.path, '.'))[1:array_length(string_to_array(t.held_by, '.'), 1) - 1], '.') || '.'
    FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
  await moveClocks(db, ctx, [...areas.keys()])
}

/** Whether one of these households has an open case. */
export async function haveOpenCase(db: Db, ctx: Context, householdIds: readonly string[]): Promise<boolean> {
  const found = await sql<{ open: boolean }>`
    SELECT EXISTS (SELECT 1 FROM cases.case_file f
      WHERE f.county_code = ${ctx.scope.countyCode} AND f.household_id = ANY (${[...householdIds]}::uuid[]) AND f.ended_on IS NULL) AS open`.execute(
    db,
  )
  return found.rows[0]?.open === true
}
