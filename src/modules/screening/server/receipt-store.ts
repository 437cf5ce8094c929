import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind, Receipt, RecognisedSheet } from '../contract.ts'

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

/** What was counted in a file. */
export interface ReceiptCounts {
  receiptId: string
  list: ListKind | null
  rows: number
  leftOut: number
  classes: unknown
  causes: unknown
  notes: unknown
}

/** Writes what was counted in a file. */
export async function saveReceiptCounts(db: Db, countyCode: string, counts: ReceiptCounts): Promise<void> {
  await sql`
    UPDATE screening.receipt SET list = ${counts.list}, rows = ${counts.rows}, left_out = ${counts.leftOut},
           classes = ${JSON.stringify(counts.classes)}::jsonb, causes = ${JSON.stringify(counts.causes)}::jsonb,
           notes = ${JSON.stringify(counts.notes)}::jsonb
    WHERE county_code = ${countyCode} AND receipt_id = ${counts.receiptId}`.execute(db)
}

/** A file of a run that has ended: whether it is still there, and until when; days and times as they are shown. */
export interface KeptFile extends StagedFile {
  list: ListKind | null
  destroyDueAt: string | null
  destroyedAt: string | null
}

/** The files of a run as they stand now, in the order in which they came. */
export async function listKeptFiles(db: Db, countyCode: string, runId: string): Promise<KeptFile[]> {
  const found = await sql<Omit<KeptFile, 'bytes'> & { bytes: bigint }>`
    SELECT receipt_id AS "receiptId", file_id AS "fileId", file_name AS "fileName", file_hash AS "fileHash", bytes, mapping, list,
           ${minute(sql`destroy_due_at`)} AS "destroyDueAt", ${minute(sql`destroyed_at`)} AS "destroyedAt"
    FROM screening.receipt WHERE county_code = ${countyCode} AND run_id = ${runId} ORDER BY received_at, receipt_id`.execute(db)
  return found.rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

/** The receipt of a kept file for another run: the same file, which came when it came and goes when it must. */
export async function copyReceipt(db: Db, countyCode: string, copy: { from: string; to: string; runId: string }): Promise<void> {
  await sql`
    INSERT INTO screening.receipt (county_code, receipt_id, run_id, file_id, list, file_name, file_hash, bytes, mapping, received_at, destroy_due_at)
    SELECT county_code, ${copy.to}, ${copy.runId}::uuid, file_id, list, file_name, file_hash, bytes, mapping, received_at, destroy_due_at
    FROM screening.receipt WHERE county_code = ${countyCode} AND receipt_id = ${copy.from}`.execute(db)
}

/** Writes until when the files of a run may stay; never longer than was written before. */
export async function saveDestroyDue(db: Db, countyCode: string, runId: string, dueAt: string): Promise<void> {
  await sql`
    UPDATE screening.receipt SET destroy_due_at = least(destroy_due_at, ${dueAt}::timestamptz)
    WHERE county_code = ${countyCode} AND run_id = ${runId} AND file_id IS NOT NULL`.execute(db)
}

/** Writes that a staged file is gone, and by whose hand. */
export async function markDestroyed(db: Db, ctx: Context, receiptId: string): Promise<void> {
  await sql`
    UPDATE screening.receipt SET destroyed_at = ${ctx.now}, destroyed_by = ${ctx.caller.name}, file_id = NULL
    WHERE county_code = ${ctx.scope.countyCode} AND receipt_id = ${receiptId} AND destroyed_at IS NULL`.execute(db)
}

/** Takes a staged file's receipt away before the run. */
export async function deleteReceipt(db: Db, countyCode: string, receiptId: string): Promise<void> {
  await sql`DELETE FROM screening.receipt WHERE county_code = ${countyCode} AND receipt_id = ${receiptId}`.execute(db)
}

type ReceiptRow = Omit<Receipt, 'bytes' | 'rows' | 'leftOut' | 'fields' | 'remains'> & {
  bytes: bigint
  rows: bigint
  leftOut: bigint
  matchedRows: bigint
  waitingRows: bigint
  mapping: RecognisedSheet[]
}

/** Receipts of a run with the terms under which the files came, and what is still there of each. */
export async function listReceipts(db: Db, countyCode: string, runId: string): Promise<Receipt[]> {
  const found = await sql<ReceiptRow>`
    SELECT r.receipt_id AS "receiptId", r.run_id AS "runId", c.month, r.list, r.file_name AS "fileName", r.file_hash AS "fileHash", r.bytes,
           c.sender, c.sharing_item AS "sharingItem", c.purpose, c.legal_basis AS "legalBasis", c.expires_on AS "expiresOn",
           c.retention_days AS "retentionDays", r.rows, r.left_out AS "leftOut", r.classes, r.causes, r.notes, r.mapping,
           ${minute(sql`r.received_at`)} AS "receivedAt", ${minute(sql`r.destroy_due_at`)} AS "destroyDueAt",
           ${minute(sql`r.destroyed_at`)} AS "destroyedAt", r.destroyed_by AS "destroyedBy",
           (SELECT count(*) FROM screening.matched_row m
            WHERE m.county_code = r.county_code AND m.run_id = r.run_id AND m.receipt_id = r.receipt_id) AS "matchedRows",
           (SELECT count(*) FROM screening.open_match o WHERE o.county_code = r.county_code AND o.run_id = r.run_id
              AND o.receipt_id = r.receipt_id AND o.waiting IS NOT NULL)
         + (SELECT count(*) FROM screening.repair p WHERE p.county_code = r.county_code AND p.run_id = r.run_id
              AND p.receipt_id = r.receipt_id AND p.value IS NOT NULL) AS "waitingRows"
    FROM screening.receipt r JOIN screening.comparison_run c ON c.county_code = r.county_code AND c.run_id = r.run_id
    WHERE r.county_code = ${countyCode} AND r.run_id = ${runId} ORDER BY r.received_at, r.receipt_id`.execute(db)
  return found.rows.map(({ mapping, matchedRows, waitingRows, ...row }) => ({
    ...row,
    bytes: Number(row.bytes),
    rows: Number(row.rows),
    leftOut: Number(row.leftOut),
    fields: fieldsOf(mapping),
    remains: { matchedRows: Number(matchedRows), waitingRows: Number(waitingRows) },
  }))
}

function minute(at: ReturnType<typeof sql>) {
  return sql<string | null>`to_char(${at} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`
}

/** Labels of the columns that were mapped, in the order of the sheets. */
function fieldsOf(mapping: readonly RecognisedSheet[]): string[] {
  const labels = mapping.flatMap((sheet) => {
    const columns = sheet.kind === null ? [] : Object.values(sheet.columns)
    return columns.sort((one, other) => one - other).map((at) => sheet.labels[at] ?? '')
  })
  return [...new Set(labels.filter((label) => label !== ''))]
}

/** A file that must be gone: its run and where it stands. */
export interface DueFile {
  receiptId: string
  fileId: string
}

/** Staged files whose time is over: kept after a run until now, or waiting for a run since before `stagedBefore`. */
export async function listDueFiles(
  db: Db,
  countyCode: string,
  due: { now: string; stagedBefore: string; onlyRun?: string | undefined },
): Promise<DueFile[]> {
  const own = due.onlyRun === undefined ? sql`true` : sql`r.run_id = ${due.onlyRun}::uuid`
  const found = await sql<DueFile>`
    SELECT r.receipt_id AS "receiptId", r.file_id AS "fileId"
    FROM screening.receipt r JOIN screening.comparison_run c ON c.county_code = r.county_code AND c.run_id = r.run_id
    WHERE r.county_code = ${countyCode} AND r.file_id IS NOT NULL AND ${own}
      AND (r.destroy_due_at <= ${due.now}::timestamptz OR r.received_at < ${due.stagedBefore}::timestamptz
           OR (c.state IN ('done', 'failed') AND r.destroy_due_at IS NULL))`.execute(db)
  return found.rows
}

/** The files that are still kept, by their ids. */
export async function listKeptFileIds(db: Db, countyCode: string): Promise<Set<string>> {
  const found = await sql<{ fileId: string }>`
    SELECT file_id AS "fileId" FROM screening.receipt WHERE county_code = ${countyCode} AND file_id IS NOT NULL`.execute(db)
  return new Set(found.rows.map((row) => row.fileId))
}
