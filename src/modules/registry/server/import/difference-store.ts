import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ImportKind } from '../../contract.ts'
import type { HeldRow, RowPlan, WaitingRow } from './plan-row.ts'
import type { MergedEntity } from './row-values.ts'

/** Which batch is compared, as of which day. */
export interface CompareScope {
  batchId: string
  kind: ImportKind
  on: string
  /** A person chose whose value wins: then also rows that only state the same again are looked at. */
  isChosen: boolean
}

/** A waiting row beside the row of the register that it speaks of. */
export interface Pair {
  held: HeldRow
  waiting: WaitingRow
  name: string
  place: string
}

const parts = {
  household: {
    table: 'registry.household',
    staged: 'registry.staged_household',
    match: 't.household_no = s.household_no',
    id: 't.household_id',
  },
  person: {
    table: 'registry.person',
    staged: 'registry.staged_person',
    match: 't.person_no = s.person_no',
    id: 't.person_id',
  },
} as const

/** How many waiting rows are new, and how many state again what the same kind stated of the same day. */
export async function countPairs(
  db: Db,
  ctx: Context,
  given: CompareScope & { entity: 'household' | 'person' },
): Promise<{ all: number; new: number; same: number }> {
  const part = parts[given.entity]
  const found = await sql<{ all: number; new: number; same: number }>`
    SELECT count(*)::int AS "all", (count(*) FILTER (WHERE ${sql.raw(part.id)} IS NULL))::int AS "new",
           (count(*) FILTER (WHERE ${restated(given)}))::int AS "same"
    FROM ${sql.raw(part.staged)} s LEFT JOIN ${sql.raw(part.table)} t ON t.county_code = s.county_code AND ${sql.raw(part.match)}
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${given.batchId}`.execute(db)
  return found.rows[0] ?? { all: 0, new: 0, same: 0 }
}

function restated(given: CompareScope) {
  if (given.isChosen) return sql`false`
  return sql`coalesce(t.sources -> ${given.kind}::text ->> 'hash' = s.content_hash AND t.sources -> ${given.kind}::text ->> 'on' = ${given.on}, false)`
}

/** Waiting persons with their rows of the register, in the order of their numbers, those that only state the same again left out. */
export async function listPersonPairs(db: Db, ctx: Context, given: CompareScope & { after: string; limit: number }): Promise<Pair[]> {
  const found = await sql<Record<string, never>>`
    SELECT s.person_no AS row_key, s.row_no, s.area_no, s.content_hash, s.said, s.said_id, s.household_no AS s_household_no, s.name AS s_name, s.given_name, s.pinyin,
           s.given_pinyin, s.initials, s.sex AS s_sex, s.born_on AS s_born_on, s.id_cell AS s_id_cell, s.id_index AS s_id_index,
           s.phone_cell AS s_phone_cell, s.phone_index AS s_phone_index, s.phone_tail AS s_phone_tail, s.relation AS s_relation,
           s.seq_no AS s_seq_no, s.labour_skill AS s_labour_skill, s.monthly_income_fen AS s_monthly_income_fen, s.facts AS s_facts,
           t.person_id AS row_id, t.area_path, t.revision, t.sources, t.exceptions, t.conflicts,
           -- Who left by an event belongs nowhere: a file that still states him contradicts it.
           CASE WHEN t.left_on IS NOT NULL AND t.exceptions ? 'householdNo' THEN 'left ' || t.left_on ELSE h.household_no END AS household_no, t.name, t.sex, t.born_on,
           t.id_cell, t.id_index, t.phone_cell, t.phone_index, t.phone_tail, t.relation, t.seq_no, t.labour_skill, t.monthly_income_fen,
           t.facts, h.township || h.village AS place
    FROM registry.staged_person s
    JOIN registry.person t ON t.county_code = s.county_code AND t.person_no = s.person_no
    JOIN registry.household h ON h.county_code = t.county_code AND h.household_id = t.household_id
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${given.batchId} AND s.person_no > ${given.after} AND NOT ${restated(given)}
    ORDER BY s.person_no LIMIT ${given.limit}`.execute(db)
  return found.rows.map(splitPair)
}

/** Waiting households with their rows of the register; `area` is the path, or the names where none is known yet. */
export async function listHouseholdPairs(db: Db, ctx: Context, given: CompareScope & { after: string; limit: number }): Promise<Pair[]> {
  const found = await sql<Record<string, never>>`
    SELECT s.household_no AS row_key, s.row_no, s.area_no, s.content_hash, s.said, s.head_name AS s_head_name, s.household_type AS s_household_type,
           s.monitor_category AS s_monitor_category, s.phone_cell AS s_phone_cell, s.phone_index AS s_phone_index,
           s.phone_tail AS s_phone_tail, s.facts AS s_facts,
           CASE WHEN t.area_path ^@ a.area_path AND t.closed_on IS NULL THEN t.area_path ELSE coalesce(a.area_path, concat_ws('/', '+', a.township, a.village, a.group_name)) END AS s_area,
           t.household_id AS row_id, t.area_path,
           CASE WHEN t.closed_on IS NULL THEN t.area_path ELSE 'closed ' || t.closed_on END AS area, t.revision, t.sources, t.exceptions, t.conflicts, t.head_name,
           t.household_type, t.monitor_category, t.phone_cell, t.phone_index, t.phone_tail, t.facts,
           coalesce(t.head_name, t.household_no) AS name, t.township || t.village AS place
    FROM registry.staged_household s
    CROSS JOIN LATERAL (
      SELECT l.area_path, l.township, l.village, l.group_name FROM registry.staged_area l
      WHERE l.county_code = s.county_code AND l.batch_id = s.batch_id AND l.area_no = s.area_no OFFSET 0) a
    JOIN registry.household t ON t.county_code = s.county_code AND t.household_no = s.household_no
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${given.batchId} AND s.household_no > ${given.after} AND NOT ${restated(given)}
    ORDER BY s.household_no LIMIT ${given.limit}`.execute(db)
  return found.rows.map(splitPair)
}

/** Waiting villages with their rows of the register, where they have one. */
export async function listVillagePairs(db: Db, ctx: Context, given: CompareScope): Promise<{ pairs: Pair[]; new: number; same: number }> {
  const found = await sql<Record<string, never>>`
    SELECT coalesce(a.area_path, a.township || '/' || a.village) AS row_key, s.row_no, s.area_no, s.content_hash, s.said, s.facts AS s_facts,
           t.village_id AS row_id, t.area_path, t.revision, t.sources, t.exceptions, t.conflicts, t.facts, a.village AS name,
           a.township AS place, ${restated(given)} AS is_same
    FROM registry.staged_village s
    JOIN registry.staged_area a ON a.county_code = s.county_code AND a.batch_id = s.batch_id AND a.area_no = s.area_no
    LEFT JOIN registry.village t ON t.county_code = s.county_code AND t.area_path = a.area_path
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.batch_id = ${given.batchId} ORDER BY s.row_no`.execute(db)
  const rows: readonly Record<string, unknown>[] = found.rows
  const known = rows.filter((row) => row['row_id'] !== null)
  return {
    pairs: known.filter((row) => row['is_same'] === false).map(splitPair),
    new: rows.length - known.length,
    same: known.filter((row) => row['is_same'] === true).length,
  }
}

/** Splits a joined row: columns that begin with `s_` and the first four are the waiting row's, all others the register's. */
function splitPair(row: Record<string, unknown>): Pair {
  const held: Record<string, unknown> = {}
  const waiting: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) {
    if (column.startsWith('s_')) waiting[column.slice(2)] = value
    else held[column] = value
  }
  for (const column of [
    'row_key',
    'row_no',
    'area_no',
    'content_hash',
    'said',
    'said_id',
    'given_name',
    'pinyin',
    'given_pinyin',
    'initials',
  ])
    waiting[column] = row[column]
  // Safe: the three queries above select exactly these columns.
  return { held, waiting, name: row['name'], place: row['place'] } as unknown as Pair
}

/** A difference as it is noted. */
export interface NotedDifference {
  entity: MergedEntity
  rowId: string
  rowKey: string
  row: number
  name: string
  place: string
  plan: RowPlan
}

/** Notes differences, numbered from `firstNo`. */
export async function insertDifferences(
  db: Db,
  ctx: Context,
  given: { batchId: string; firstNo: number; differences: readonly NotedDifference[] },
): Promise<void> {
  const step = 1_000
  for (let at = 0; at < given.differences.length; at += step) {
    const rows = given.differences.slice(at, at + step).map((one, index) => ({
      difference_no: given.firstNo + at + index,
      entity: one.entity,
      status: one.plan.status,
      row_id: one.rowId,
      row_key: one.rowKey,
      row_no: one.row,
      name: one.name,
      place: one.place,
      changes: one.plan.changes,
      conflicts: one.plan.conflicts,
      patch: one.plan.patch,
    }))
    await sql`
      INSERT INTO registry.import_difference (county_code, batch_id, difference_no, entity, status, row_id, row_key, row_no, name, place,
                                              changes, conflicts, patch)
      SELECT ${ctx.scope.countyCode}, ${given.batchId}::uuid, d.difference_no, d.entity, d.status, d.row_id, d.row_key, d.row_no, d.name, d.place,
             d.changes, d.conflicts, d.patch
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d (difference_no integer, entity text, status text, row_id uuid,
        row_key text, row_no integer, name text, place text, changes jsonb, conflicts jsonb, patch jsonb)`.execute(db)
  }
}

/**
 * Notes persons and households that a full file does not hold although it holds their village, or most villages of the kind.
 * They are shown for decision, never deleted. Returns how many.
 */
export async function insertMissing(
  db: Db,
  ctx: Context,
  given: CompareScope & { firstNo: number; entity: 'household' | 'person' },
): Promise<number> {
  const isPerson = given.entity === 'person'
  const [table, staged, no, id] = isPerson
    ? ['person', 'staged_person', 'person_no', 'person_id']
    : ['household', 'staged_household', 'household_no', 'household_id']
  const county = ctx.scope.countyCode
  const added = await sql`
    WITH covered AS (
      SELECT DISTINCT array_to_string((string_to_array(area_path, '.'))[1:5], '.') || '.' AS village
      FROM registry.staged_area WHERE county_code = ${county} AND batch_id = ${given.batchId} AND area_path IS NOT NULL),
    known AS (
      SELECT DISTINCT array_to_string((string_to_array(area_path, '.'))[1:5], '.') || '.' AS village
      FROM registry.household WHERE county_code = ${county} AND sources ? ${given.kind}::text),
    whole AS (SELECT (SELECT count(*) FROM covered) * 2 >= (SELECT count(*) FROM known) AS is_whole)
    INSERT INTO registry.import_difference (county_code, batch_id, difference_no, entity, status, row_id, row_key, name, place)
    SELECT t.county_code, ${given.batchId}::uuid, (${given.firstNo} - 1 + row_number() OVER (ORDER BY t.${sql.raw(no)}))::int, ${given.entity},
           'missing', t.${sql.raw(id)}, t.${sql.raw(no)}, ${sql.raw(isPerson ? 't.name' : 'coalesce(t.head_name, t.household_no)')},
           h.township || h.village
    FROM registry.${sql.raw(table)} t
    JOIN registry.household h ON h.county_code = t.county_code AND h.household_id = t.household_id
    LEFT JOIN registry.${sql.raw(staged)} s
      ON s.county_code = t.county_code AND s.batch_id = ${given.batchId} AND s.${sql.raw(no)} = t.${sql.raw(no)}
    WHERE t.county_code = ${county} AND t.sources ? ${given.kind}::text AND s.row_no IS NULL ${isPerson ? sql`AND t.left_on IS NULL` : sql`AND t.closed_on IS NULL`}
      AND ((SELECT is_whole FROM whole)
           OR array_to_string((string_to_array(t.area_path, '.'))[1:5], '.') || '.' IN (SELECT village FROM covered))`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}
