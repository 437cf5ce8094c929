import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyInto, copyPacked, packRows, type Db } from '#kernel/server/database/index.ts'
import type { ListedPlace } from './place-book.ts'
import {
  householdColumns,
  personColumns,
  villageColumns,
  type Problem,
  type StagedHousehold,
  type StagedPerson,
  type StagedVillage,
} from './staged-rows.ts'

/** Some rows on their way into the waiting tables, written as they are copied. */
export interface StagedBlock {
  households: Uint8Array[]
  persons: Uint8Array[]
  villages: Uint8Array[]
  problems: Problem[]
}

/** Writes rows into a block; the rows themselves are not needed any more. */
export function packStaged(
  block: StagedBlock,
  rows: { households: readonly StagedHousehold[]; persons: readonly StagedPerson[]; villages: readonly StagedVillage[] },
): void {
  if (rows.households.length > 0) block.households.push(packRows(householdColumns, rows.households))
  if (rows.persons.length > 0) block.persons.push(packRows(personColumns, rows.persons))
  if (rows.villages.length > 0) block.villages.push(packRows(villageColumns, rows.villages))
}

const tables = [
  ['registry.staged_household', householdColumns, 'households'],
  ['registry.staged_person', personColumns, 'persons'],
  ['registry.staged_village', villageColumns, 'villages'],
] as const

/** Copies a block of waiting rows and notes its problems, which are numbered from `firstProblemNo`. */
export async function saveStaged(
  db: Db,
  ctx: Context,
  given: { batchId: string; block: StagedBlock; firstProblemNo: number },
): Promise<void> {
  for (const [table, columns, part] of tables) if (given.block[part].length > 0) await copyPacked(db, { table, columns }, given.block[part])
  await insertProblems(db, ctx, { batchId: given.batchId, problems: given.block.problems, firstNo: given.firstProblemNo })
}

const problemsAtATime = 2_000

/** Notes problems of a batch. */
export async function insertProblems(
  db: Db,
  ctx: Context,
  given: { batchId: string; problems: readonly Problem[]; firstNo: number },
): Promise<void> {
  for (let at = 0; at < given.problems.length; at += problemsAtATime) {
    const part = given.problems.slice(at, at + problemsAtATime).map((problem, index) => ({
      problem_no: given.firstNo + at + index,
      severity: problem.severity,
      sheet: problem.sheet,
      row_no: problem.row,
      column_no: problem.column ?? null,
      column_label: problem.label ?? null,
      reason: problem.reason,
      details: problem.details ?? {},
    }))
    await sql`
      INSERT INTO registry.import_problem (county_code, batch_id, problem_no, severity, sheet, row_no, column_no, column_label, reason, details)
      SELECT ${ctx.scope.countyCode}, ${given.batchId}::uuid, p.problem_no, p.severity, p.sheet, p.row_no, p.column_no, p.column_label, p.reason, p.details
      FROM jsonb_to_recordset(${JSON.stringify(part)}::jsonb) AS p (problem_no integer, severity text, sheet text, row_no integer,
        column_no integer, column_label text, reason text, details jsonb)`.execute(db)
  }
}

/** Keeps the layouts of a file's statements; the same layout has the same id in every file. */
export async function insertLayouts(db: Db, ctx: Context, layouts: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [layoutId, keys] of layouts)
    await sql`
      INSERT INTO registry.statement_layout (county_code, layout_id, keys) VALUES (${ctx.scope.countyCode}, ${layoutId}, ${[...keys]})
      ON CONFLICT DO NOTHING`.execute(db)
}

/** Writes the places that the file names. */
export async function insertPlaces(db: Db, ctx: Context, given: { batchId: string; places: readonly ListedPlace[] }): Promise<void> {
  const columns = ['county_code', 'batch_id', 'area_no', 'township', 'village', 'group_name', 'village_code'] as const
  const rows = given.places.map((place) => [
    ctx.scope.countyCode,
    given.batchId,
    place.areaNo,
    place.township,
    place.village,
    place.group === '' ? null : place.group,
    place.villageCode ?? null,
  ])
  await copyInto(db, { table: 'registry.staged_area', columns }, rows)
}

/** The places of a batch. */
export async function listPlaces(db: Db, ctx: Context, batchId: string): Promise<ListedPlace[]> {
  const found = await sql<Omit<ListedPlace, 'villageCode'> & { villageCode: string | null }>`
    SELECT area_no AS "areaNo", township, village, coalesce(group_name, '') AS "group", village_code AS "villageCode"
    FROM registry.staged_area WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId} ORDER BY area_no`.execute(db)
  return found.rows.map((row) => ({ ...row, villageCode: row.villageCode ?? undefined }))
}

/** Those of some places in which a waiting person or village lies. */
export async function listUsedPlaces(db: Db, ctx: Context, given: { batchId: string; areaNos: readonly number[] }): Promise<Set<number>> {
  const used = (table: string) => sql`
    SELECT area_no FROM registry.${sql.raw(table)}
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND area_no = ANY (${given.areaNos})`
  const found = await sql<{ area_no: number }>`${used('staged_person')} UNION ${used('staged_village')}`.execute(db)
  return new Set(found.rows.map((row) => row.area_no))
}

/** Writes where the places lie; `undefined` is not known yet. */
export async function savePaths(db: Db, ctx: Context, given: { batchId: string; paths: readonly (string | undefined)[] }): Promise<void> {
  await sql`
    UPDATE registry.staged_area a SET area_path = p.path
    FROM (SELECT (n - 1)::int AS area_no, nullif(path, '') AS path
          FROM unnest(${given.paths.map((path) => path ?? '')}::text[]) WITH ORDINALITY AS u (path, n)) p
    WHERE a.county_code = ${ctx.scope.countyCode} AND a.batch_id = ${given.batchId} AND a.area_no = p.area_no`.execute(db)
}

/** Takes waiting rows whose place cannot be found or made out of the batch; returns their rows of the file. */
export async function dropRowsOfPlaces(db: Db, ctx: Context, given: { batchId: string; areaNos: readonly number[] }): Promise<number[]> {
  const rows: number[] = []
  for (const table of ['staged_person', 'staged_village', 'staged_household']) {
    const dropped = await sql<{ row_no: number }>`
      DELETE FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId}
        AND area_no = ANY (${given.areaNos}) RETURNING row_no`.execute(db)
    if (table !== 'staged_household') rows.push(...dropped.rows.map((row) => row.row_no))
  }
  return rows
}

/** How many rows wait: 0 after an interruption of the server, since the tables are unlogged. */
export async function countStaged(
  db: Db,
  ctx: Context,
  batchId: string,
): Promise<{ households: number; persons: number; villages: number }> {
  const count = (table: string) => sql`
    (SELECT count(*)::int FROM registry.${sql.raw(table)} WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId})`
  const found = await sql<{ households: number; persons: number; villages: number }>`
    SELECT ${count('staged_household')} AS households, ${count('staged_person')} AS persons, ${count('staged_village')} AS villages`.execute(
    db,
  )
  return found.rows[0] ?? { households: 0, persons: 0, villages: 0 }
}

/** Removes the waiting rows of a batch; `withNotes` also what was noted about it. */
export async function clearStaged(db: Db, ctx: Context, given: { batchId: string; withNotes: boolean }): Promise<void> {
  const notes = given.withNotes ? ['import_problem', 'import_difference', 'import_bad_row'] : []
  for (const table of notes) await deleteOf(db, ctx, { table, batchId: given.batchId })
  if (await emptyStaged(db, ctx, { batchId: given.batchId, fromBytes: emptiedFromBytes })) return
  for (const table of ['staged_person', 'staged_household', 'staged_village', 'staged_area'])
    await deleteOf(db, ctx, { table, batchId: given.batchId })
}

/** Below this, deleting rows is quicker than making empty tables. */
const emptiedFromBytes = 64 * 1024 * 1024

/** Empties the tables of waiting rows where none but this batch waits and nobody is at work there; whether it did. */
export async function emptyStaged(db: Db, ctx: Context, given: { batchId: string; fromBytes: number }): Promise<boolean> {
  const emptied = await sql<{ done: boolean }>`
    SELECT registry.empty_staged(${ctx.scope.countyCode}, ${given.batchId}::uuid, ${given.fromBytes}) AS done`.execute(db)
  return emptied.rows[0]?.done === true
}

async function deleteOf(db: Db, ctx: Context, given: { table: string; batchId: string }): Promise<void> {
  await sql`DELETE FROM registry.${sql.raw(given.table)} WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId}`.execute(
    db,
  )
}

/** The six characters with which all household numbers (of a sample of 5,000) of the file and of the register begin; two counties differ in them. */
export async function findNumberPrefixes(
  db: Db,
  ctx: Context,
  batchId: string,
): Promise<{ file: string | undefined; register: string | undefined }> {
  const most = (from: string, where = sql``) => sql`
    (SELECT CASE WHEN min(prefix) = max(prefix) THEN min(prefix) END
     FROM (SELECT left(household_no, 6) AS prefix FROM registry.${sql.raw(from)} WHERE county_code = ${ctx.scope.countyCode} ${where} LIMIT 5000) s)`
  const found = await sql<{ file: string | null; register: string | null }>`
    SELECT ${most('staged_household', sql`AND batch_id = ${batchId}`)} AS file, ${most('household')} AS register`.execute(db)
  return { file: found.rows[0]?.file ?? undefined, register: found.rows[0]?.register ?? undefined }
}

/** Removes the differences of an earlier comparison. */
export async function clearDifferences(db: Db, ctx: Context, batchId: string): Promise<void> {
  await sql`DELETE FROM registry.import_difference WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(db)
}
