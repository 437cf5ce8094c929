import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { RecordRow } from './tables.ts'
import { recordColumns, recordTables } from './record-store.ts'

/** Ids and numbers of all records of a state within the caller's scope: what a sample is drawn from. */
export async function listDrawable(
  db: Db,
  ctx: Context,
  given: { templateKey: string; state: string },
): Promise<{ recordId: string; name: string }[]> {
  const found = await sql<{ recordId: string; name: string }>`
    SELECT r.record_id AS "recordId", coalesce(r.record_no, r.record_id::text) AS name FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ${given.templateKey} AND r.state = ${given.state} AND r.removed_at IS NULL`.execute(
    db,
  )
  return found.rows
}

/** Records by id in the order asked for. */
export async function findRecords(db: Db, ctx: Context, recordIds: readonly string[]): Promise<RecordRow[]> {
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables}
    WHERE ${inScope(ctx.scope, 'r')} AND r.record_id = ANY (${[...recordIds]}::uuid[])
    ORDER BY array_position(${[...recordIds]}::uuid[], r.record_id)`.execute(db)
  return found.rows
}
