import { sql } from 'kysely'
import { isId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyOut, type Db } from '#kernel/server/database/index.ts'
import type { FactValue } from './tables.ts'

/** Which households are read: the next ones after an id, or some by their ids. */
export type StatementRange = { after: string; limit: number } | { householdIds: readonly string[] }

/**
 * The next households of today of which an export of the national system states something, one line each: id, number, area, what the
 * monitoring export states, and its members in any order: sorting them here would double the time.
 */
export function copyStatements(db: Db, countyCode: string, range: StatementRange): AsyncIterable<Buffer> {
  if (!/^\d{6}$/.test(countyCode)) throw new Error('COPY takes no bind parameter: a county code is six digits')
  return copyOut(
    db,
    `SELECT h.household_id, h.household_no, h.area_path, coalesce(h.said, ''), m.persons
     FROM (SELECT * FROM registry.household
           WHERE county_code = '${countyCode}' AND closed_on IS NULL AND sources ?| '{monitoring,work,planned-work}' AND ${chosen(range)}) h
     CROSS JOIN LATERAL (
       SELECT string_agg(p.person_id::text || E'\\x1c' || p.person_no || E'\\x1c' || p.said, E'\\x1d') AS persons
       FROM registry.person p
       WHERE p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL OFFSET 0) m`,
  )
}

function chosen(range: StatementRange): string {
  const ids = 'after' in range ? [range.after] : range.householdIds
  if (!ids.every(isId)) throw new Error('COPY takes no bind parameter: an id is a UUID')
  return 'after' in range
    ? `household_id > '${range.after}' ORDER BY household_id LIMIT ${Math.trunc(range.limit)}`
    : `household_id = ANY ('{${ids.join(',')}}') ORDER BY household_id`
}

/** The layouts of all statements: id to the field keys of the cells. */
export async function listLayouts(db: Db, ctx: Context): Promise<Map<string, string[]>> {
  const found = await sql<{ layout_id: string; keys: string[] }>`
    SELECT layout_id, keys FROM registry.statement_layout WHERE county_code = ${ctx.scope.countyCode}`.execute(db)
  return new Map(found.rows.map((row) => [row.layout_id, row.keys]))
}

/** Kinds of file of which at least one stands in the register, with the day of the newest. */
export async function listKindsThere(db: Db, ctx: Context): Promise<Map<string, string>> {
  const found = await sql<{ kind: string; on: string }>`
    SELECT kind, max(as_of)::text AS on FROM registry.import_batch
    WHERE county_code = ${ctx.scope.countyCode} AND state = 'applied' AND kind IS NOT NULL GROUP BY kind`.execute(db)
  return new Map(found.rows.map((row) => [row.kind, row.on]))
}

/** What the village export states, a row per village. */
export interface VillageStatementRow {
  village_id: string
  area_path: string
  said: string
}

export async function listVillageStatements(db: Db, ctx: Context): Promise<VillageStatementRow[]> {
  const found = await sql<VillageStatementRow>`
    SELECT village_id, area_path, sources #>> '{village,said}' AS said FROM registry.village
    WHERE county_code = ${ctx.scope.countyCode} AND sources #>> '{village,said}' IS NOT NULL ORDER BY area_path`.execute(db)
  return found.rows
}

/** A value that a correction of ours has settled, as it stands today. */
export interface CorrectedRow {
  field: string
  household_id: string
  household_no: string
  person_id: string | null
  person_no: string | null
  cell: Buffer | null
  plain: Record<string, string | number | null>
  fact: FactValue | null
}

/** Values whose source is a correction; `plain` are the columns of the row, `cell` the encrypted number or telephone that the field stands for. */
export async function listCorrected(db: Db, ctx: Context): Promise<CorrectedRow[]> {
  const found = await sql<CorrectedRow>`
    SELECT c.field, h.household_id, h.household_no, p.person_id, p.person_no,
           CASE c.field WHEN 'idNumber' THEN p.id_cell WHEN 'personPhone' THEN p.phone_cell WHEN 'householdPhone' THEN h.phone_cell END AS cell,
           jsonb_build_object('sex', p.sex, 'born_on', p.born_on, 'relation', p.relation, 'labour_skill', p.labour_skill, 'name', p.name,
             'monthly_income_fen', p.monthly_income_fen, 'household_type', h.household_type, 'monitor_category', h.monitor_category,
             'head_name', h.head_name) AS plain,
           CASE WHEN c.person_id IS NULL THEN h.facts ELSE p.facts END -> c.field AS fact
    FROM registry.correction c
    JOIN registry.household h ON h.county_code = c.county_code AND h.household_id = c.household_id
    LEFT JOIN registry.person p ON p.county_code = c.county_code AND p.person_id = c.person_id
    WHERE c.county_code = ${ctx.scope.countyCode} AND c.state = 'applied'
      AND CASE WHEN c.person_id IS NULL THEN h.exceptions ELSE p.exceptions END -> c.field ->> 'correction' = c.correction_id::text`.execute(
    db,
  )
  return found.rows
}
