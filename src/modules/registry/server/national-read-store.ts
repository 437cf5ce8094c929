import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { nationalKinds } from '../policy/national-policy.ts'
import type { HouseholdRow, PersonRow, VillageRow } from './tables.ts'

/** The newest export of a kind: its day, and the applied files of that day, the one applied last at the end. */
export interface NewestExport {
  kind: string
  on: string
  batches: string[]
}

/** The newest exports; a county may get one file per township, so that several files are of the newest day. */
export async function listNewestExports(db: Db, countyCode: string): Promise<NewestExport[]> {
  const found = await sql<NewestExport>`
    SELECT b.kind, b.as_of::text AS on, array_agg(b.batch_id::text ORDER BY b.applied_at) AS batches FROM registry.import_batch b
    WHERE b.county_code = ${countyCode} AND b.state = 'applied' AND b.kind IS NOT NULL
      AND b.as_of = (SELECT max(n.as_of) FROM registry.import_batch n WHERE n.county_code = b.county_code AND n.kind = b.kind AND n.state = 'applied')
    GROUP BY b.kind, b.as_of`.execute(db)
  return found.rows
}

export type NationalHousehold = Omit<HouseholdRow, 'registered' | 'exit_status' | 'conflicts' | 'created_by' | 'touched_by' | 'said'> & {
  closed_on: string | null
  /** A household event made it, no file. */
  is_made: boolean
  /** Kinds of file that state its members of today; of households that an event made. */
  member_kinds: string[]
}

/** Which households are compared: the next ones after an id, or some by their ids. */
export type NationalRange = { after: string; limit: number } | { householdIds: readonly string[] }

/** Households of which an export states something, or to which an event brought somebody of whom one does, in the order of their ids. */
export async function listNationalHouseholds(db: Db, scope: Scope, range: NationalRange): Promise<NationalHousehold[]> {
  const chosen: RawBuilder<unknown> =
    'after' in range
      ? sql`h.household_id > ${range.after}::uuid ORDER BY h.household_id LIMIT ${range.limit}`
      : sql`h.household_id = ANY (${[...range.householdIds]}::uuid[]) ORDER BY h.household_id`
  const found = await sql<NationalHousehold>`
    SELECT h.county_code, h.household_id, h.household_no, h.area_path, h.township, h.village, h.group_name, h.head_name, h.household_type,
      h.monitor_category, h.phone_cell, h.phone_index, h.phone_tail, h.facts, h.sources, h.exceptions, h.revision,
      h.closed_on::text AS closed_on, h.sources = '{}' AND EXISTS (
        SELECT 1 FROM registry.household_event e WHERE e.county_code = h.county_code AND e.event_id = h.created_by) AS is_made,
      CASE WHEN h.sources = '{}' THEN ARRAY(SELECT DISTINCT k.kind FROM registry.person p CROSS JOIN LATERAL jsonb_object_keys(p.sources) k (kind)
        WHERE p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL) ELSE '{}' END AS member_kinds
    FROM registry.household h
    WHERE ${inScope(scope, 'h')} AND ${isCompared('h')} AND ${chosen}`.execute(db)
  return found.rows
}

/** Whether an export states the household, or somebody whom an event brought to it. */
export function isCompared(alias: string): RawBuilder<unknown> {
  const h = sql.raw(alias)
  return sql`(${h}.sources ?| ${[...nationalKinds]}::text[] OR EXISTS (
    SELECT 1 FROM registry.person p WHERE p.county_code = ${h}.county_code AND p.household_id = ${h}.household_id AND p.left_on IS NULL
      AND jsonb_typeof(p.exceptions -> 'householdNo') = 'object' AND p.sources ?| ${[...nationalKinds]}::text[]))`
}

export type NationalPerson = PersonRow & {
  merged_into: string | null
  joined_on: string | null
  /** Number of the household from which the first event moved the person that no later file has overtaken. */
  former_no: string | null
}

/** All persons of the households, also those who left, with the day on which the membership of today began. */
export async function listNationalPersons(db: Db, scope: Scope, householdIds: readonly string[]): Promise<NationalPerson[]> {
  const found = await sql<NationalPerson>`
    SELECT p.county_code, p.person_id, p.person_no, p.household_id, p.area_path, p.name, p.sex, p.born_on::text AS born_on, p.id_cell, p.id_index,
      p.phone_cell, p.phone_index, p.phone_tail, p.relation, p.seq_no, p.labour_skill, p.monthly_income_fen, p.facts, p.sources, p.exceptions,
      p.conflicts, p.left_on::text AS left_on, p.merged_into, m.valid_from::text AS joined_on,
      CASE WHEN jsonb_typeof(p.exceptions -> 'householdNo') = 'object' THEN (
        SELECT h.household_no FROM registry.household_event e CROSS JOIN LATERAL jsonb_array_elements(e.before -> 'persons') v (value)
        JOIN registry.household h ON h.county_code = e.county_code AND h.household_id = (v.value ->> 'household_id')::uuid
        WHERE e.county_code = p.county_code AND e.state = 'applied' AND p.person_id = ANY (e.person_ids) AND v.value ->> 'person_id' = p.person_id::text
        ORDER BY e.applied_at, e.event_id LIMIT 1) END AS former_no
    FROM registry.person p
    LEFT JOIN registry.membership m ON m.county_code = p.county_code AND m.person_id = p.person_id AND m.valid_to IS NULL
    WHERE ${inScope(scope, 'p')} AND p.household_id = ANY (${[...householdIds]}::uuid[]) ORDER BY p.household_id, p.person_no`.execute(db)
  return found.rows
}

/** Which of the rows the newest files of a kind do not hold, members of that day and persons who had left. */
export async function listAbsent(
  db: Db,
  given: { countyCode: string; newest: readonly NewestExport[]; rowIds: readonly string[] },
): Promise<{ row_id: string; kind: string; batch_id: string }[]> {
  const batches = given.newest.flatMap((one) => one.batches)
  const found = await sql<{ row_id: string; kind: string; batch_id: string }>`
    SELECT a.row_id, b.kind, b.batch_id FROM (
      SELECT d.county_code, d.batch_id, d.row_id FROM registry.import_difference d
      WHERE d.county_code = ${given.countyCode} AND d.status = 'missing' AND d.row_id = ANY (${[...given.rowIds]}::uuid[])
      UNION ALL
      SELECT f.county_code, f.batch_id, f.person_id FROM registry.national_former f
      WHERE f.county_code = ${given.countyCode} AND f.person_id = ANY (${[...given.rowIds]}::uuid[])) a
    JOIN registry.import_batch b ON b.county_code = a.county_code AND b.batch_id = a.batch_id
    WHERE a.batch_id = ANY (${batches}::uuid[])`.execute(db)
  return found.rows
}

/** Villages with what their export states. */
export async function listNationalVillages(db: Db, scope: Scope): Promise<VillageRow[]> {
  const found = await sql<VillageRow>`
    SELECT v.* FROM registry.village v WHERE ${inScope(scope, 'v')} AND v.sources ? 'village' ORDER BY v.area_path`.execute(db)
  return found.rows
}

/** Notes the persons who have left, whom the kind of file once stated, and whom this file, which holds their village, lists no more. */
export async function noteFormer(db: Db, countyCode: string, given: { batchId: string; kind: string }): Promise<number> {
  const noted = await sql`
    WITH covered AS (
      SELECT DISTINCT array_to_string((string_to_array(area_path, '.'))[1:5], '.') || '.' AS village
      FROM registry.staged_area WHERE county_code = ${countyCode} AND batch_id = ${given.batchId}::uuid AND area_path IS NOT NULL)
    INSERT INTO registry.national_former (county_code, batch_id, person_id)
    SELECT p.county_code, ${given.batchId}::uuid, p.person_id FROM registry.person p
    WHERE p.county_code = ${countyCode} AND p.left_on IS NOT NULL AND p.sources ? ${given.kind}
      AND array_to_string((string_to_array(p.area_path, '.'))[1:5], '.') || '.' IN (SELECT village FROM covered)
      AND NOT EXISTS (SELECT 1 FROM registry.staged_person s
        WHERE s.county_code = p.county_code AND s.batch_id = ${given.batchId}::uuid AND s.person_no = p.person_no)
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(noted.numAffectedRows ?? 0n)
}
