import { sql, type RawBuilder } from 'kysely'
import type { Within } from './open-ledger.ts'
import { recordColumns, recordTables } from './record-store.ts'
import type { RecordRow } from './tables.ts'

type Part = RawBuilder<unknown>
export type SortedRow = RecordRow & { readonly sortValue: string | null }

/** A page to be read along an order. */
export interface PageQuery {
  readonly ctx: Within
  readonly condition: Part
  /** What of the condition the order narrows by, where there is more to it. */
  readonly along: Part | undefined
  /** Ids of the records that words may find; undefined where no words are asked for. */
  readonly hits: Part | undefined
  readonly descending: boolean
  readonly wanted: number
  readonly walking: Walking
}

/** How far an order is walked before all that fit are gathered. */
export interface Walking {
  /** Up to so many rows, as PostgreSQL estimates them, it gathers and sorts itself, and is let do so. */
  readonly fewRows: number
  /** Rows looked at along the order in the county and, where most rows are of others, in an area. */
  readonly county: number
  readonly area: number
}

export interface Order {
  readonly value: Part
  readonly within: Part
  readonly isById: boolean
}

/**
 * A page along an order. With filters of other columns PostgreSQL would walk the order until the page is full, which is long where what fits stands
 * at its other end; so a walk of limited length comes first, and where it does not fill the page, all that fit are gathered by whichever index finds them.
 */
export async function pageInOrder(page: PageQuery, order: Order): Promise<SortedRow[]> {
  const { ctx, condition, along, wanted, walking } = page
  const direction = sql.raw(page.descending ? 'DESC' : 'ASC')
  const inRows = order.isById ? sql`r.record_id ${direction}` : sql`${order.value} ${direction}, r.record_id ${direction}`
  const inPage = order.isById ? sql`record_id ${direction}` : sql`value ${direction}, record_id ${direction}`
  const rows = sql`SELECT r.record_id, ${order.value} AS value`
  const within = sql`${condition} AND ${order.within}`
  if (along === undefined || (page.hits === undefined && (await estimateRows(page)) <= walking.fewRows))
    return rowsOfPage(page, sql`page AS MATERIALIZED (${rows} FROM ledgers.record r WHERE ${within} ORDER BY ${inRows} LIMIT ${wanted})`)
  const most = Math.max(wanted, ctx.scope.kind === 'area' ? walking.area : walking.county)
  const walk = sql`${rows}, (${condition}) AS fits FROM ledgers.record r WHERE ${along} AND ${order.within} ORDER BY ${inRows} LIMIT ${most}`
  const walked = await rowsOfPage(
    page,
    sql`page AS MATERIALIZED (SELECT record_id, value FROM (${walk}) walked WHERE fits ORDER BY ${inPage} LIMIT ${wanted})`,
  )
  if (walked.length === wanted) return walked
  const inOrder = sql`page AS MATERIALIZED (SELECT record_id, value FROM fitting ORDER BY ${inPage} LIMIT ${wanted})`
  if (page.hits !== undefined) {
    const from = sql`hit JOIN ledgers.record r ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = hit.record_id`
    return rowsOfPage(
      page,
      sql`hit AS MATERIALIZED (${page.hits}), fitting AS MATERIALIZED (${rows} FROM ${from} WHERE ${within}), ${inOrder}`,
    )
  }
  return byPages(page, () => rowsOfPage(page, sql`fitting AS MATERIALIZED (${rows} FROM ledgers.record r WHERE ${within}), ${inOrder}`))
}

/** What is gathered is read page by page of the table: row by row in the order of an index took twice as long. */
async function byPages<Answer>({ ctx }: PageQuery, work: () => Promise<Answer>): Promise<Answer> {
  await sql`SET LOCAL enable_indexscan = off`.execute(ctx.db)
  const answer = await work()
  await sql`SET LOCAL enable_indexscan = on`.execute(ctx.db)
  return answer
}

/** How many rows a condition finds, as PostgreSQL estimates it from its statistics without looking. */
async function estimateRows({ ctx, condition }: PageQuery): Promise<number> {
  const found = await sql<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }>`
    EXPLAIN (FORMAT JSON) SELECT FROM ledgers.record r WHERE ${condition}`.execute(ctx.db)
  return found.rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
}

/** The rows of `page (record_id, value)`, in its order. */
async function rowsOfPage({ ctx, descending }: PageQuery, page: Part): Promise<SortedRow[]> {
  const direction = sql.raw(descending ? 'DESC' : 'ASC')
  const found = await sql<SortedRow>`
    WITH ${page} SELECT ${recordColumns}, page.value::text AS "sortValue" FROM page JOIN ${recordTables}
      ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = page.record_id
    ORDER BY page.value ${direction}, r.record_id ${direction}`.execute(ctx.db)
  return found.rows
}
