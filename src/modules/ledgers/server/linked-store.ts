import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { AskLinked } from '../contract.ts'
import type { RecordRow } from './tables.ts'
import { recordColumns, recordTables } from './record-store.ts'

type Target = Pick<AskLinked, 'kind' | 'target'>

/** The ids of records that name somebody or something, each once: an index walk over their links. A household's are also those about its members. */
export function linkedIds(ctx: Context, { kind, target }: Target): RawBuilder<unknown> {
  const links = sql`
    SELECT l.record_id FROM ledgers.record_link l WHERE ${inScope(ctx.scope, 'l')} AND l.target_kind = ${kind}
      AND ${kind === 'area' ? sql`l.target >= ${target} AND l.target < ${endOfRange(target)}` : sql`l.target = ${target}`}`
  if (kind !== 'household') return sql`SELECT DISTINCT x.record_id FROM (${links}) x`
  return sql`${links} UNION SELECT h.record_id FROM ledgers.record h WHERE ${inScope(ctx.scope, 'h')} AND h.household_id = ${target}::uuid`
}

/** How many records of one ledger there are: all, not settled, late; `sums` of the number keys in millionths, as text. */
export interface LinkedCount {
  readonly templateKey: string
  readonly count: number
  readonly open: number
  readonly overdue: number
  readonly changedAt: string
  readonly sums: Readonly<Record<string, string | null>>
}

const numberKeys = ['number_1', 'number_2', 'number_3', 'number_4', 'number_5', 'number_6']
const counted = (ctx: Context) => sql`count(*)::int AS count, (count(*) FILTER (WHERE NOT r.settled))::int AS open,
  (count(*) FILTER (WHERE NOT r.settled AND r.due_at <= ${ctx.now}))::int AS overdue`

/** The records that name something, counted by ledger in one question. Closed ledgers count only while they are open. */
export async function countLinked(db: Db, ctx: Context, asked: Target): Promise<LinkedCount[]> {
  const sums = sql.raw(numberKeys.map((key) => `'${key}', sum(r.${key})::text`).join(', '))
  const found = await sql<LinkedCount>`
    WITH hit AS MATERIALIZED (${linkedIds(ctx, asked)})
    SELECT r.template_key AS "templateKey", ${counted(ctx)}, max(r.changed_at) AS "changedAt", jsonb_build_object(${sums}) AS sums
    FROM hit JOIN ledgers.record r ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = hit.record_id
    WHERE r.removed_at IS NULL GROUP BY 1`.execute(db)
  return found.rows
}

/** The records of each ledger that lie in a place, whatever they are about: one range of an index per ledger. */
export async function countInPlace(
  db: Db,
  ctx: Context,
  given: { path: string; templateKeys: readonly string[] },
): Promise<Pick<LinkedCount, 'templateKey' | 'count' | 'open' | 'overdue'>[]> {
  const found = await sql<Pick<LinkedCount, 'templateKey' | 'count' | 'open' | 'overdue'>>`
    SELECT k.key AS "templateKey", c.count, c.open, c.overdue FROM unnest(${[...given.templateKeys]}::text[]) AS k (key)
    CROSS JOIN LATERAL (
      SELECT ${counted(ctx)} FROM ledgers.record r
      WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = k.key COLLATE "C" AND r.removed_at IS NULL
        AND r.area_path >= ${given.path} AND r.area_path < ${endOfRange(given.path)}) c
    WHERE c.count > 0`.execute(db)
  return found.rows
}

/** The first records of each of these ledgers that name something: late ones, open ones, then the latest changed; one question for all ledgers. */
export async function listLinked(
  db: Db,
  ctx: Context,
  asked: Target & { limit: number; templateKeys: readonly string[] },
): Promise<RecordRow[]> {
  if (asked.templateKeys.length === 0) return []
  const order = sql`coalesce(NOT r.settled AND r.due_at <= ${ctx.now}, false) DESC, r.settled, r.changed_at DESC, r.record_id DESC`
  const found = await sql<RecordRow>`
    WITH hit AS MATERIALIZED (${linkedIds(ctx, asked)}), first AS MATERIALIZED (
      SELECT * FROM (
        SELECT r.record_id, row_number() OVER (PARTITION BY r.template_key ORDER BY ${order}) AS no
        FROM hit JOIN ledgers.record r ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = hit.record_id
        WHERE r.removed_at IS NULL AND r.template_key = ANY (${[...asked.templateKeys]}::text[])) numbered
      WHERE no <= ${asked.limit})
    SELECT ${recordColumns} FROM first JOIN ${recordTables} ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = first.record_id
    ORDER BY r.template_key, first.no`.execute(db)
  return found.rows
}

/** Which versions of all ledgers the county has made, without their definitions. */
export async function listAllVersions(
  db: Db,
  ctx: Context,
): Promise<{ templateKey: string; version: number; state: 'draft' | 'published' | 'withdrawn'; hash: string; isClosed: boolean }[]> {
  const found = await sql<{
    templateKey: string
    version: number
    state: 'draft' | 'published' | 'withdrawn'
    hash: string
    isClosed: boolean
  }>`
    SELECT template_key AS "templateKey", version, state, hash, coalesce((definition -> 'access' ->> 'closed')::boolean, false) AS "isClosed"
    FROM ledgers.template WHERE county_code = ${ctx.scope.countyCode} ORDER BY template_key, version`.execute(db)
  return found.rows
}
