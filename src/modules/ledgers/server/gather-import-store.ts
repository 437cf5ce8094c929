import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { recordColumns, recordTables } from './record-store.ts'
import type { RecordRow, StoredBody } from './tables.ts'

/** A waiting row that is written by itself. */
export interface WaitingRow {
  readonly rowNo: number
  readonly outcome: 'new' | 'changed'
  readonly recordId: string
  readonly areaPath: string
  readonly householdId: string | null
  readonly state: string
  readonly body: StoredBody
}

/** The good rows of a dry run in the order of the file; by app_system. */
export async function listWaiting(db: Db, ctx: Context, importId: string): Promise<WaitingRow[]> {
  const found = await sql<WaitingRow>`
    SELECT row_no AS "rowNo", outcome, record_id AS "recordId", area_path AS "areaPath", household_id AS "householdId", state, body
    FROM ledgers.staged_record WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${importId} AND outcome IN ('new', 'changed')
    ORDER BY row_no`.execute(db)
  return found.rows
}

/** Marks waiting rows as bad, with what stands against them; by app_system. */
export async function markBad(
  db: Db,
  ctx: Context,
  given: { importId: string; rows: readonly { readonly row: number; readonly problems: readonly unknown[] }[] },
): Promise<void> {
  await sql`
    UPDATE ledgers.staged_record s SET outcome = 'bad', problems = s.problems || x.problems, body = '{}', links = '[]', marks = '[]', before = NULL
    FROM jsonb_to_recordset(${JSON.stringify(given.rows)}::jsonb) AS x ("row" integer, problems jsonb)
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.import_id = ${given.importId} AND s.row_no = x."row"`.execute(db)
}

/** Says of a record that was just made which import made it. */
export async function setImport(db: Db, ctx: Context, given: { recordId: string; importId: string }): Promise<void> {
  await sql`UPDATE ledgers.record SET import_id = ${given.importId}::uuid WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${given.recordId}::uuid`.execute(
    db,
  )
}

/** The records that an import made, as they are now; by app_system or within the caller's scope. */
export async function listMade(db: Db, ctx: Context, importId: string): Promise<RecordRow[]> {
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables} WHERE ${inScope(ctx.scope, 'r')} AND r.import_id = ${importId}::uuid AND r.removed_at IS NULL`.execute(
    db,
  )
  return found.rows
}
