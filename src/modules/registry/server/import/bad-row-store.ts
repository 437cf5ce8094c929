import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CellPlace, Vault } from '#kernel/server/vault/index.ts'

/** A row with problems as the file has it; `severity` is its worst. */
export interface StoredBadRow {
  badNo: number
  sheet: string
  row: number
  severity: 'refused' | 'suspicious' | 'mended'
  /** Its cells stood beside their labels and were put right. */
  realigned: boolean
  cells: string[]
}

const placeOf = (batchId: string, row: { sheet: string; row: number }): CellPlace => ({
  table: 'registry.import_bad_row',
  column: 'cells',
  rowId: `${batchId}/${row.row}/${row.sheet}`,
})

const rowsAtATime = 2_000

/** Keeps rows with problems, encrypted. */
export async function insertBadRows(
  db: Db,
  ctx: Context,
  given: { vault: Vault; batchId: string; rows: readonly StoredBadRow[] },
): Promise<void> {
  const { vault, batchId } = given
  for (let at = 0; at < given.rows.length; at += rowsAtATime) {
    const part = given.rows.slice(at, at + rowsAtATime)
    await sql`
      INSERT INTO registry.import_bad_row (county_code, batch_id, bad_no, sheet, row_no, severity, realigned, cells)
      SELECT ${ctx.scope.countyCode}, ${batchId}::uuid, r.* FROM unnest(
        ${part.map((row) => row.badNo)}::int[], ${part.map((row) => row.sheet)}::text[], ${part.map((row) => row.row)}::int[],
        ${part.map((row) => row.severity)}::text[], ${part.map((row) => row.realigned)}::boolean[], ${part.map((row) => vault.encrypt(JSON.stringify(row.cells), placeOf(batchId, row)))}::bytea[]) r
      ON CONFLICT DO NOTHING`.execute(db)
  }
}

interface Row {
  bad_no: number
  sheet: string
  row_no: number
  severity: StoredBadRow['severity']
  realigned: boolean
  cells: Buffer
}

function decryptRow(vault: Vault, batchId: string, row: Row): StoredBadRow {
  const place = { sheet: row.sheet, row: row.row_no }
  // Safe: insertBadRows wrote a list of texts.
  const cells = JSON.parse(vault.decrypt(row.cells, placeOf(batchId, place))) as string[]
  return { ...place, badNo: row.bad_no, severity: row.severity, realigned: row.realigned, cells }
}

/** A page of rows with problems in the order of the file; `after` is the number of the last one seen, 0 to begin. */
export async function listBadRows(
  db: Db,
  ctx: Context,
  given: {
    vault: Vault
    batchId: string
    after: number
    limit: number
    severity?: string | undefined
    column?: number | undefined
    reason?: string | undefined
  },
): Promise<StoredBadRow[]> {
  const severity = given.severity === undefined ? sql`AND b.severity <> 'mended'` : sql`AND b.severity = ${given.severity}`
  const column = given.column === undefined ? sql`` : sql`AND p.column_no = ${given.column}`
  const reason = given.reason === undefined ? sql`` : sql`AND p.reason = ${given.reason}`
  const hasProblem =
    given.column === undefined && given.reason === undefined
      ? sql``
      : sql`AND EXISTS (SELECT 1 FROM registry.import_problem p WHERE p.county_code = b.county_code AND p.batch_id = b.batch_id
              AND p.row_no = b.row_no AND p.sheet IN (b.sheet, '') AND p.severity <> 'corrected' ${column} ${reason})`
  const found = await sql<Row>`
    SELECT b.bad_no, b.sheet, b.row_no, b.severity, b.realigned, b.cells FROM registry.import_bad_row b
    WHERE b.county_code = ${ctx.scope.countyCode} AND b.batch_id = ${given.batchId} AND b.bad_no > ${given.after} ${severity} ${hasProblem}
    ORDER BY b.bad_no LIMIT ${given.limit}`.execute(db)
  return found.rows.map((row) => decryptRow(given.vault, given.batchId, row))
}

/** Rows with problems by their place. */
export async function findBadRows(
  db: Db,
  ctx: Context,
  given: { vault: Vault; batchId: string; places: readonly { sheet: string; row: number }[] },
): Promise<StoredBadRow[]> {
  const found = await sql<Row>`
    SELECT bad_no, sheet, row_no, severity, realigned, cells FROM registry.import_bad_row
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId}
      AND (sheet, row_no) IN (SELECT * FROM unnest(${given.places.map((one) => one.sheet)}::text[], ${given.places.map((one) => one.row)}::int[]))
    ORDER BY bad_no`.execute(db)
  return found.rows.map((row) => decryptRow(given.vault, given.batchId, row))
}

/** Notes how bad rows are after they were checked again. */
export async function setSeverities(
  db: Db,
  ctx: Context,
  given: { batchId: string; rows: readonly { badNo: number; severity: StoredBadRow['severity'] }[] },
): Promise<void> {
  await sql`
    UPDATE registry.import_bad_row b SET severity = r.severity
    FROM unnest(${given.rows.map((row) => row.badNo)}::int[], ${given.rows.map((row) => row.severity)}::text[]) AS r (bad_no, severity)
    WHERE b.county_code = ${ctx.scope.countyCode} AND b.batch_id = ${given.batchId} AND b.bad_no = r.bad_no`.execute(db)
}

/** How many rows are still bad. */
export async function countBadRows(db: Db, ctx: Context, batchId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM registry.import_bad_row
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId} AND severity <> 'mended'`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Destroys the rows with problems of a batch. */
export async function clearBadRows(db: Db, ctx: Context, batchId: string): Promise<void> {
  await sql`DELETE FROM registry.import_bad_row WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(db)
}

/** Rows of the file that were refused and whose cells are not kept yet: their place is known to be unknown only after the reading. */
export async function listLostRows(db: Db, ctx: Context, batchId: string): Promise<Set<number>> {
  const found = await sql<{ row_no: number }>`
    SELECT row_no FROM registry.import_problem p
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId} AND reason = 'unknown-place'
      AND NOT EXISTS (SELECT 1 FROM registry.import_bad_row b
                      WHERE b.county_code = p.county_code AND b.batch_id = p.batch_id AND b.row_no = p.row_no)
    ORDER BY problem_no LIMIT 100000`.execute(db)
  return new Set(found.rows.map((row) => row.row_no))
}

/** The highest number of a row with problems. */
export async function findLastBadNo(db: Db, ctx: Context, batchId: string): Promise<number> {
  const found = await sql<{ last: number | null }>`
    SELECT max(bad_no) AS last FROM registry.import_bad_row WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(
    db,
  )
  return found.rows[0]?.last ?? 0
}
