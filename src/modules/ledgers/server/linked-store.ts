import { sql } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { AskLinked } from '../contract.ts'
import type { RecordRow } from './tables.ts'
import { recordColumns, recordTables } from './record-store.ts'

function condition(ctx: Context, { kind, target }: Pick<AskLinked, 'kind' | 'target'>) {
  const named = sql`l.county_code = ${ctx.scope.countyCode} AND l.target_kind = ${kind}`
  return kind === 'area'
    ? sql`${named} AND l.target >= ${target} AND l.target < ${endOfRange(target)}`
    : sql`${named} AND l.target = ${target}`
}

/** How many records of each ledger name something, within the caller's scope. Closed ledgers are counted only while they are open. */
export async function countLinked(
  db: Db,
  ctx: Context,
  asked: Pick<AskLinked, 'kind' | 'target'>,
): Promise<{ templateKey: string; count: number }[]> {
  const found = await sql<{ templateKey: string; count: number }>`
    SELECT l.template_key AS "templateKey", count(DISTINCT l.record_id)::int AS count FROM ledgers.record_link l
    WHERE ${inScope(ctx.scope, 'l')} AND ${condition(ctx, asked)} GROUP BY 1 ORDER BY 1`.execute(db)
  return found.rows
}

/** The newest records of one ledger that name something. */
export async function listLinked(
  db: Db,
  ctx: Context,
  given: Pick<AskLinked, 'kind' | 'target' | 'limit'> & { templateKey: string },
): Promise<RecordRow[]> {
  const found = await sql<RecordRow>`
    WITH hit AS MATERIALIZED (
      SELECT DISTINCT l.record_id FROM ledgers.record_link l
      WHERE ${inScope(ctx.scope, 'l')} AND ${condition(ctx, given)} AND l.template_key = ${given.templateKey}
      ORDER BY l.record_id DESC LIMIT ${given.limit})
    SELECT ${recordColumns} FROM hit JOIN ${recordTables} ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = hit.record_id
    ORDER BY r.record_id DESC`.execute(db)
  return found.rows
}
