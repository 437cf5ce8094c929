import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { NationalAction } from '../rules/national-statement.ts'
import { isCompared } from './national-read-store.ts'

/** A difference as it is kept. Values are masked; `our_mark` tells whether our value is still the same. */
export interface FoundChange {
  change_id: string
  entity: 'household' | 'person' | 'village'
  subject_id: string
  household_id: string | null
  area_path: string
  field: string
  action: NationalAction
  kind: string
  export_on: string
  export_batch: string
  system_value: string
  our_value: string
  our_mark: string
  why: string
  source: unknown
  severity: string
}

/** What stood among the changes and is compared anew: of some households, or of all villages. */
export type ComparedRows = { householdIds: readonly string[] } | 'villages'

/**
 * Writes what a comparison of some rows found. An entered change stays entered while our value is the one that was entered and no export
 * of that day or later still differs; otherwise it is open again. What is no difference any more goes, or is settled where it was entered.
 */
export async function saveChanges(
  db: Db,
  ctx: Context,
  given: { rows: ComparedRows; found: readonly FoundChange[] },
): Promise<{ found: number; gone: number }> {
  const gone = await dropAgreed(db, ctx, given)
  for (let from = 0; from < given.found.length; from += 5_000) await upsert(db, ctx, given.found.slice(from, from + 5_000))
  return { found: given.found.length, gone }
}

async function dropAgreed(db: Db, ctx: Context, given: { rows: ComparedRows; found: readonly FoundChange[] }): Promise<number> {
  const { countyCode } = ctx.scope
  const { rows } = given
  const compared = rows === 'villages' ? sql`n.entity = 'village'` : sql`n.household_id = ANY (${[...rows.householdIds]}::uuid[])`
  const keys = JSON.stringify(given.found.map(({ subject_id, field }) => ({ subject_id, field })))
  const agreed = sql`n.county_code = ${countyCode} AND ${compared} AND NOT EXISTS (
    SELECT 1 FROM jsonb_to_recordset(${keys}::jsonb) AS f (subject_id uuid, field text) WHERE f.subject_id = n.subject_id AND f.field = n.field)`
  const dropped = await sql`DELETE FROM registry.national_change n WHERE ${agreed} AND n.entered_on IS NULL`.execute(db)
  const settled = await sql`
    UPDATE registry.national_change n SET state = 'settled', settled_on = ${ctx.today}::date, revision = n.revision + 1
    WHERE ${agreed} AND n.entered_on IS NOT NULL AND n.state <> 'settled'`.execute(db)
  return Number(dropped.numAffectedRows ?? 0n) + Number(settled.numAffectedRows ?? 0n)
}

async function upsert(db: Db, ctx: Context, found: readonly FoundChange[]): Promise<void> {
  // Entered, the same value of ours, and no export of the day of entering or later that still differs.
  const stays = sql`(n.state = 'entered' AND n.action = excluded.action AND n.our_mark = excluded.our_mark
    AND (n.export_batch = excluded.export_batch OR excluded.export_on < n.entered_on))`
  await sql`
    INSERT INTO registry.national_change AS n (county_code, change_id, entity, subject_id, household_id, area_path, field, action, kind,
      export_on, export_batch, system_value, our_value, our_mark, why, source, severity, found_on)
    SELECT ${ctx.scope.countyCode}, f.change_id, f.entity, f.subject_id, f.household_id, f.area_path, f.field, f.action, f.kind,
      f.export_on, f.export_batch, f.system_value, f.our_value, f.our_mark, f.why, f.source, f.severity, ${ctx.today}::date
    FROM jsonb_to_recordset(${JSON.stringify(found)}::jsonb) AS f (change_id uuid, entity text, subject_id uuid, household_id uuid, area_path text,
      field text, action text, kind text, export_on date, export_batch uuid, system_value text, our_value text, our_mark text, why text,
      source jsonb, severity text)
    ON CONFLICT (county_code, subject_id, field) DO UPDATE SET
      entity = excluded.entity, household_id = excluded.household_id, area_path = excluded.area_path, action = excluded.action,
      kind = excluded.kind, export_on = excluded.export_on, system_value = excluded.system_value, our_value = excluded.our_value,
      our_mark = excluded.our_mark, why = excluded.why, source = excluded.source, severity = excluded.severity,
      export_batch = CASE WHEN ${stays} THEN n.export_batch ELSE excluded.export_batch END,
      state = CASE WHEN ${stays} THEN 'entered' ELSE 'open' END,
      reopened_on = CASE WHEN n.state = 'open' OR ${stays} THEN n.reopened_on ELSE ${ctx.today}::date END,
      settled_on = NULL,
      revision = n.revision + 1
    WHERE (n.entity, n.household_id, n.area_path, n.action, n.kind, n.export_on, n.export_batch, n.system_value, n.our_value, n.our_mark, n.why,
        n.source, n.severity)
      IS DISTINCT FROM (excluded.entity, excluded.household_id, excluded.area_path, excluded.action, excluded.kind, excluded.export_on,
        excluded.export_batch, excluded.system_value, excluded.our_value, excluded.our_mark, excluded.why, excluded.source, excluded.severity)
      OR n.state = 'settled'`.execute(db)
}

/** Takes away changes of households that are no longer in the register or of which no export states anything. Returns how many. */
export async function dropOrphans(db: Db, countyCode: string): Promise<number> {
  const dropped = await sql`
    DELETE FROM registry.national_change n WHERE n.county_code = ${countyCode} AND n.household_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM registry.household h WHERE h.county_code = n.county_code AND h.household_id = n.household_id
        AND ${isCompared('h')})`.execute(db)
  return Number(dropped.numAffectedRows ?? 0n)
}
