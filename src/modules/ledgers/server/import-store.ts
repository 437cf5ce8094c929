import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyInto, inScope, type CopyValue, type Db } from '#kernel/server/database/index.ts'
import type { ImportRecord } from '../rules/records.ts'
import { allKeyColumns, type RecordRow } from './tables.ts'
import { recordColumns, recordTables } from './record-store.ts'

/** A judged row of an import as it is copied into `ledgers.staged_record`: values in the order of `stagedColumns`. */
export type StagedRow = readonly CopyValue[]
/** The columns of a staged row, in the order of its values. */
const stagedColumns = [
  'county_code',
  'import_id',
  'row_no',
  'outcome',
  'record_id',
  'revision',
  'area_path',
  'household_id',
  'title',
  'state',
  'settled',
  'due_at',
  ...allKeyColumns,
  'unique_1',
  'unique_2',
  'links',
  'marks',
  'problems',
  'changes',
  'before',
  'body',
  'grams',
] as const

/** Copies judged rows; by app_system only. */
export async function copyStaged(db: Db, rows: readonly StagedRow[]): Promise<void> {
  await copyInto(db, { table: 'ledgers.staged_record', columns: stagedColumns }, rows)
}

/** Throws the rows of an import away; of those that stay as a receipt, only what nobody needs. By app_system only. */
export async function deleteStaged(db: Db, ctx: Context, importId: string, keep: readonly string[] = []): Promise<void> {
  await sql`DELETE FROM ledgers.staged_record WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${importId}
    AND NOT outcome = ANY (${[...keep]}::text[])`.execute(db)
}

export interface ImportRow extends Omit<ImportRecord, 'can' | 'appliedAt' | 'undoneAt'> {
  readonly fileId: string | null
  readonly madeBy: string
  readonly appliedAt: string | null
  readonly undoneAt: string | null
}

const importColumns =
  sql.raw(`i.import_id AS "importId", i.template_key AS "templateKey", i.version, i.source, i.file_name AS "fileName", i.state, i.columns,
  i.missing_fields AS "missingFields", i.counts, i.made_by AS "madeBy", i.made_name AS "madeName", i.made_at AS "madeAt", i.applied_at AS "appliedAt",
  i.undone_at AS "undoneAt", i.file_id AS "fileId"`)

/** Notes a dry run. */
export async function insertImport(
  db: Db,
  ctx: Context,
  given: Pick<
    ImportRow,
    'importId' | 'templateKey' | 'version' | 'source' | 'fileName' | 'fileId' | 'columns' | 'missingFields' | 'counts'
  > & {
    areaPath: string
    closed: boolean
    fileHash: string
  },
): Promise<void> {
  await sql`
    INSERT INTO ledgers.import (county_code, import_id, template_key, version, area_path, closed, source, file_name, file_id, file_hash, state, columns,
      missing_fields, counts, made_by, made_name, made_at)
    VALUES (${ctx.scope.countyCode}, ${given.importId}, ${given.templateKey}, ${given.version}, ${given.areaPath}, ${given.closed}, ${given.source},
      ${given.fileName}, ${given.fileId}, ${given.fileHash}, 'staged', ${JSON.stringify(given.columns)}::jsonb, ${[...given.missingFields]}::text[],
      ${JSON.stringify(given.counts)}::jsonb, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** What a dry run found, judged anew. */
export async function updateStagedImport(
  db: Db,
  ctx: Context,
  given: Pick<ImportRow, 'importId' | 'version' | 'columns' | 'missingFields' | 'counts'>,
): Promise<void> {
  await sql`
    UPDATE ledgers.import SET version = ${given.version}, columns = ${JSON.stringify(given.columns)}::jsonb,
      missing_fields = ${[...given.missingFields]}::text[], counts = ${JSON.stringify(given.counts)}::jsonb
    WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId} AND state = 'staged'`.execute(db)
}

/** An import within the caller's scope. */
export async function findImport(
  db: Db,
  ctx: Context,
  given: { templateKey: string; importId: string; isHeld?: boolean },
): Promise<ImportRow | undefined> {
  const found = await sql<ImportRow>`
    SELECT ${importColumns} FROM ledgers.import i
    WHERE ${inScope(ctx.scope, 'i')} AND i.import_id = ${given.importId} AND i.template_key = ${given.templateKey}
    ${given.isHeld === true ? sql`FOR UPDATE` : sql``}`.execute(db)
  return found.rows[0]
}

/** The last imports into a ledger, the newest first. */
export async function listImports(db: Db, ctx: Context, templateKey: string): Promise<ImportRow[]> {
  const found = await sql<ImportRow>`
    SELECT ${importColumns} FROM ledgers.import i
    WHERE ${inScope(ctx.scope, 'i')} AND i.template_key = ${templateKey} ORDER BY i.made_at DESC LIMIT 100`.execute(db)
  return found.rows
}

/** Marks what became of an import. */
export async function endImport(
  db: Db,
  ctx: Context,
  given: { importId: string; state: 'applied' | 'undone' | 'discarded' },
): Promise<void> {
  const at = sql.raw(given.state === 'applied' ? 'applied_at' : 'undone_at')
  await sql`
    UPDATE ledgers.import SET state = ${given.state}, ${at} = ${ctx.now}, file_id = NULL
    WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId}`.execute(db)
}

export interface StagedRecord {
  readonly row: number
  readonly outcome: ImportRecord['state'] extends never ? never : 'bad' | 'new' | 'changed' | 'same'
  readonly title: string
  readonly recordId: string | null
  readonly problems: readonly unknown[]
  readonly changes: Readonly<Record<string, readonly [string, string]>>
}

/** Rows of a dry run in the order of the file; by app_system only, for who sees the import. */
export async function listStaged(
  db: Db,
  ctx: Context,
  given: { importId: string; outcome?: string | undefined; after?: number | undefined; limit: number },
): Promise<StagedRecord[]> {
  const outcome = given.outcome === undefined ? sql`true` : sql`outcome = ${given.outcome}`
  const found = await sql<StagedRecord>`
    SELECT row_no AS "row", outcome, title, record_id AS "recordId", problems, changes FROM ledgers.staged_record
    WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId} AND ${outcome} AND row_no > ${given.after ?? 0}
    ORDER BY row_no LIMIT ${given.limit}`.execute(db)
  return found.rows
}

/** Records of a ledger by what may stand only once or by number, whoever's they are: a twin outside of the caller's scope must not be made. By app_system. */
export async function findExisting(
  db: Db,
  ctx: Context,
  given: { templateKey: string; unique1: readonly string[]; unique2: readonly string[]; numbers: readonly string[] },
): Promise<(RecordRow & { unique1: string | null; unique2: string | null })[]> {
  const found = await sql<RecordRow & { unique1: string | null; unique2: string | null }>`
    WITH hit AS MATERIALIZED (
      SELECT r.record_id FROM ledgers.record r WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${given.templateKey}
        AND r.unique_1 = ANY (${[...given.unique1]}::text[])
      UNION SELECT r.record_id FROM ledgers.record r WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${given.templateKey}
        AND r.unique_2 = ANY (${[...given.unique2]}::text[])
      UNION SELECT r.record_id FROM ledgers.record r WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${given.templateKey}
        AND r.record_no = ANY (${[...given.numbers]}::text[]))
    SELECT ${recordColumns}, r.unique_1 AS "unique1", r.unique_2 AS "unique2" FROM hit JOIN ${recordTables}
      ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = hit.record_id`.execute(db)
  return found.rows
}

/** Records by their whole title or number, within the caller's scope. */
export async function findByTitles(
  db: Db,
  ctx: Context,
  given: { templateKey: string; titles: readonly string[] },
): Promise<{ recordId: string; recordNo: string | null; title: string; areaPath: string; householdId: string | null }[]> {
  const found = await sql<{ recordId: string; recordNo: string | null; title: string; areaPath: string; householdId: string | null }>`
    SELECT r.record_id AS "recordId", r.record_no AS "recordNo", r.title, r.area_path AS "areaPath", r.household_id AS "householdId"
    FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ${given.templateKey} AND r.removed_at IS NULL
      AND (r.title = ANY (${[...given.titles]}::text[]) OR r.record_no = ANY (${[...given.titles]}::text[]))`.execute(db)
  return found.rows
}
