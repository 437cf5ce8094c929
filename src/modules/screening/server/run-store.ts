import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ComparisonRun, ListKind, ListTerms, Receipt, RecognisedSheet, RunState } from '../contract.ts'
import type { Thresholds } from '../policy/policy.ts'
import type { MatchedRecord, OpenRecord } from './outcome.ts'
import type { KnownLayout } from './recognise-list.ts'
import { makeId } from '#kernel/pure/ids/index.ts'

/** A run as it is begun. */
export interface NewRun {
  runId: string
  month: string
  state: RunState
  terms: ListTerms
  thresholds: Thresholds
}

/** Writes a run that begins. */
export async function insertRun(db: Db, ctx: Context, run: NewRun): Promise<void> {
  await sql`
    INSERT INTO screening.comparison_run (county_code, run_id, month, state, sender, purpose, legal_basis, retention_days, thresholds, started_by, started_at)
    VALUES (${ctx.scope.countyCode}, ${run.runId}, ${run.month}, ${run.state}, ${run.terms.sender}, ${run.terms.purpose},
            ${run.terms.legalBasis}, ${run.terms.retentionDays}, ${JSON.stringify(run.thresholds)}::jsonb, ${ctx.caller.id}, ${ctx.now})`.execute(
    db,
  )
}

/** Moves a run from one state to another; false when it was not in that state. */
export async function moveRun(
  db: Db,
  ctx: Context,
  runId: string,
  move: { from: RunState; to: RunState; fault?: string },
): Promise<boolean> {
  const moved = await sql`
    UPDATE screening.comparison_run SET state = ${move.to}, fault = ${move.fault ?? null},
           finished_at = CASE WHEN ${move.to} IN ('done', 'failed') THEN ${ctx.now}::timestamptz END
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId} AND state = ${move.from}`.execute(db)
  return Number(moved.numAffectedRows ?? 0n) === 1
}

/** Writes how far a run has come; read while it runs. */
export async function saveProgress(db: Db, ctx: Context, runId: string, rows: number): Promise<void> {
  await sql`UPDATE screening.comparison_run SET rows_read = ${rows} WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(
    db,
  )
}

/** What a finished run counted. */
export interface RunCounts {
  rows: number
  classes: Record<string, number>
  causes: Record<string, number>
  delta: Record<string, number>
  leads: number
  registerRevision: string
}

/** Writes the result of a run. */
export async function saveCounts(db: Db, ctx: Context, runId: string, counts: RunCounts): Promise<void> {
  await sql`
    UPDATE screening.comparison_run SET rows_read = ${counts.rows}, rows_expected = ${counts.rows}, classes = ${JSON.stringify(counts.classes)}::jsonb,
           causes = ${JSON.stringify(counts.causes)}::jsonb, delta = ${JSON.stringify(counts.delta)}::jsonb, leads = ${counts.leads},
           register_revision = ${counts.registerRevision}
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(db)
}

type RunRow = Omit<ComparisonRun, 'can' | 'rowsRead' | 'rowsExpected'> & { rowsRead: bigint; rowsExpected: bigint }

const runColumns = sql`
  run_id AS "runId", month, state, fault, to_char(started_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "startedAt",
  to_char(finished_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "finishedAt", rows_read AS "rowsRead",
  rows_expected AS "rowsExpected", classes, causes, delta, leads`

/** Runs of the county, the latest first; at most `limit`. */
export async function listRuns(db: Db, countyCode: string, limit: number): Promise<Omit<ComparisonRun, 'can'>[]> {
  const found = await sql<RunRow>`
    SELECT ${runColumns} FROM screening.comparison_run WHERE county_code = ${countyCode}
    ORDER BY started_at DESC, run_id DESC LIMIT ${limit}`.execute(db)
  return found.rows.map(readRun)
}

/** One run, if the caller's scope reaches it. */
export async function findRun(db: Db, countyCode: string, runId: string): Promise<Omit<ComparisonRun, 'can'> | undefined> {
  const found = await sql<RunRow>`
    SELECT ${runColumns} FROM screening.comparison_run WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
  return found.rows.map(readRun)[0]
}

function readRun(row: RunRow): Omit<ComparisonRun, 'can'> {
  return { ...row, rowsRead: Number(row.rowsRead), rowsExpected: Number(row.rowsExpected) }
}

/** Terms and thresholds of a run that is staged. */
export async function findRunTerms(
  db: Db,
  countyCode: string,
  runId: string,
): Promise<(ListTerms & { thresholds: Thresholds }) | undefined> {
  const found = await sql<ListTerms & { thresholds: Thresholds }>`
    SELECT sender, purpose, legal_basis AS "legalBasis", retention_days AS "retentionDays", thresholds FROM screening.comparison_run
    WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
  return found.rows[0]
}

/** A file of a run as it is staged. */
export interface NewReceipt {
  receiptId: string
  runId: string
  fileId: string | null
  fileName: string
  fileHash: string
  bytes: number
  list: ListKind | null
  mapping: unknown
}

/** Writes the receipt of a file that has come. */
export async function insertReceipt(db: Db, ctx: Context, receipt: NewReceipt): Promise<void> {
  await sql`
    INSERT INTO screening.receipt (county_code, receipt_id, run_id, file_id, list, file_name, file_hash, bytes, mapping, received_at)
    VALUES (${ctx.scope.countyCode}, ${receipt.receiptId}, ${receipt.runId}, ${receipt.fileId}, ${receipt.list}, ${receipt.fileName},
            ${receipt.fileHash}, ${receipt.bytes}, ${JSON.stringify(receipt.mapping)}::jsonb, ${ctx.now})`.execute(db)
}

/** A staged file with its recognised or corrected columns. */
export interface StagedFile {
  receiptId: string
  fileId: string | null
  fileName: string
  fileHash: string
  bytes: number
  mapping: RecognisedSheet[]
}

/** The files of a run in the order in which they came. */
export async function listStagedFiles(db: Db, countyCode: string, runId: string): Promise<StagedFile[]> {
  const found = await sql<Omit<StagedFile, 'bytes'> & { bytes: bigint }>`
    SELECT receipt_id AS "receiptId", file_id AS "fileId", file_name AS "fileName", file_hash AS "fileHash", bytes, mapping
    FROM screening.receipt WHERE county_code = ${countyCode} AND run_id = ${runId} ORDER BY received_at, receipt_id`.execute(db)
  return found.rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** Replaces what is known of the sheets of a staged file. */
export async function saveMapping(
  db: Db,
  countyCode: string,
  file: { receiptId: string; list: ListKind | null; mapping: unknown },
): Promise<void> {
  await sql`
    UPDATE screening.receipt SET list = ${file.list}, mapping = ${JSON.stringify(file.mapping)}::jsonb
    WHERE county_code = ${countyCode} AND receipt_id = ${file.receiptId}`.execute(db)
}

/** Writes what was counted in a file. */
export async function saveReceiptCounts(
  db: Db,
  countyCode: string,
  counts: { receiptId: string; list: ListKind | null; rows: number; classes: unknown; causes: unknown; notes: unknown },
): Promise<void> {
  await sql`
    UPDATE screening.receipt SET list = ${counts.list}, rows = ${counts.rows}, classes = ${JSON.stringify(counts.classes)}::jsonb,
           causes = ${JSON.stringify(counts.causes)}::jsonb, notes = ${JSON.stringify(counts.notes)}::jsonb
    WHERE county_code = ${countyCode} AND receipt_id = ${counts.receiptId}`.execute(db)
}

/** Writes that a staged file is gone. */
export async function markDestroyed(db: Db, ctx: Context, receiptId: string): Promise<void> {
  await sql`
    UPDATE screening.receipt SET destroyed_at = ${ctx.now}, file_id = NULL
    WHERE county_code = ${ctx.scope.countyCode} AND receipt_id = ${receiptId}`.execute(db)
}

/** Receipts of a run with the terms under which the files came. */
export async function listReceipts(db: Db, countyCode: string, runId: string): Promise<Receipt[]> {
  const found = await sql<Omit<Receipt, 'bytes' | 'rows'> & { bytes: bigint; rows: bigint }>`
    SELECT r.receipt_id AS "receiptId", r.run_id AS "runId", c.month, r.list, r.file_name AS "fileName", r.file_hash AS "fileHash", r.bytes,
           c.sender, c.purpose, c.legal_basis AS "legalBasis", c.retention_days AS "retentionDays", r.rows, r.classes, r.causes, r.notes,
           to_char(r.received_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "receivedAt",
           to_char(r.destroyed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "destroyedAt"
    FROM screening.receipt r JOIN screening.comparison_run c ON c.county_code = r.county_code AND c.run_id = r.run_id
    WHERE r.county_code = ${countyCode} AND r.run_id = ${runId} ORDER BY r.received_at, r.receipt_id`.execute(db)
  return found.rows.map((row) => ({ ...row, bytes: Number(row.bytes), rows: Number(row.rows) }))
}

/** Writes a block of matched rows. `receiptOf` gives the receipt of a file by its number. */
export async function insertMatched(
  db: Db,
  countyCode: string,
  block: { runId: string; month: string; list: ListKind; rows: readonly MatchedRecord[]; receiptOf: (file: number) => string },
): Promise<void> {
  const rows = block.rows.map((row) => ({ ...row, id: makeId(), receiptId: block.receiptOf(row.file) }))
  await sql`
    INSERT INTO screening.matched_row (county_code, matched_row_id, run_id, month, list, receipt_id, sheet, row_no, household_id, person_id,
                                       area_path, class, cause, row_key, facts)
    SELECT ${countyCode}, id, ${block.runId}::uuid, ${block.month}, ${block.list}, "receiptId", sheet, "row", "householdId", "personId",
           "areaPath", "class", cause, "rowKey", facts
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "receiptId" text, sheet text, "row" integer, "householdId" uuid,
         "personId" uuid, "areaPath" text, "class" text, cause text, "rowKey" text, facts jsonb)`.execute(db)
}

/** Writes the rows that wait for a person. */
export async function insertOpen(
  db: Db,
  countyCode: string,
  block: { runId: string; list: ListKind; rows: readonly OpenRecord[]; receiptOf: (file: number) => string },
): Promise<void> {
  const rows = block.rows.map((row) => ({ ...row, id: makeId(), receiptId: block.receiptOf(row.file) }))
  await sql`
    INSERT INTO screening.open_match (county_code, open_match_id, run_id, receipt_id, list, sheet, row_no, name, cause, candidates)
    SELECT ${countyCode}, id, ${block.runId}::uuid, "receiptId", ${block.list}, sheet, "row", name, cause, candidates
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "receiptId" text, sheet text, "row" integer, name text, cause text,
         candidates jsonb)`.execute(db)
}

/** What is remembered of the layouts of a sender's lists. */
export async function listLayouts(db: Db, countyCode: string, sender: string): Promise<[string, KnownLayout][]> {
  const found = await sql<{ hash: string; list: ListKind; columns: Record<string, number> }>`
    SELECT layout_hash AS hash, list, columns FROM screening.column_mapping WHERE county_code = ${countyCode} AND sender = ${sender}`.execute(
    db,
  )
  return found.rows.map(({ hash, list, columns }) => [hash, { list, columns }])
}

/** Remembers a layout that a person confirmed. */
export async function rememberLayout(db: Db, ctx: Context, layout: KnownLayout & { sender: string; layoutHash: string }): Promise<void> {
  await sql`
    INSERT INTO screening.column_mapping (county_code, sender, layout_hash, list, columns, confirmed_by, confirmed_at)
    VALUES (${ctx.scope.countyCode}, ${layout.sender}, ${layout.layoutHash}, ${layout.list}, ${JSON.stringify(layout.columns)}::jsonb,
            ${ctx.caller.id}, ${ctx.now})
    ON CONFLICT (county_code, sender, layout_hash)
    DO UPDATE SET list = excluded.list, columns = excluded.columns, confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at`.execute(
    db,
  )
}

/** Takes a staged file's receipt away before the run. */
export async function deleteReceipt(db: Db, countyCode: string, receiptId: string): Promise<void> {
  await sql`DELETE FROM screening.receipt WHERE county_code = ${countyCode} AND receipt_id = ${receiptId}`.execute(db)
}

/** Writes about how many rows a run will read. */
export async function expectRows(db: Db, countyCode: string, runId: string, rows: number): Promise<void> {
  await sql`UPDATE screening.comparison_run SET rows_expected = ${rows} WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
}

/** Runs that nobody is doing any more, with their files: running ones from before this start, staged ones older than `before`. */
export async function listForsaken(
  db: Db,
  countyCode: string,
  before: string,
): Promise<{ runId: string; state: RunState; receiptId: string | null; fileId: string | null }[]> {
  const found = await sql<{ runId: string; state: RunState; receiptId: string | null; fileId: string | null }>`
    SELECT c.run_id AS "runId", c.state, r.receipt_id AS "receiptId", r.file_id AS "fileId"
    FROM screening.comparison_run c LEFT JOIN screening.receipt r ON r.county_code = c.county_code AND r.run_id = c.run_id
    WHERE c.county_code = ${countyCode} AND (c.state = 'running' OR (c.state = 'staged' AND c.started_at < ${before}::timestamptz))`.execute(
    db,
  )
  return found.rows
}
