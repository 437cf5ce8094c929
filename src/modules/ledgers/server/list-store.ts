import { sql, type RawBuilder } from 'kysely'
import { readCursor, writeCursor, type Page } from '#kernel/pure/paging/index.ts'
import type { FilterRecords, SearchRecords } from '../contract.ts'
import { ledgersErrors } from './errors.ts'
import { conditionOf } from './list-conditions.ts'
import type { Ledger, Within } from './open-ledger.ts'
import { recordColumns, recordTables } from './record-store.ts'
import type { RecordRow } from './tables.ts'

/** A column by which rows are ordered. What is empty stands last, whichever way. */
interface SortColumn {
  readonly column: RawBuilder<unknown>
  readonly type: RawBuilder<unknown>
  /** How a value is written in a cursor. */
  readonly shape: RegExp
  readonly mayBeEmpty: boolean
  /** Holds for every row that has a value; lets a partial index be used. */
  readonly also?: RawBuilder<unknown>
}

const shapes = {
  text: /^[^\0]{0,400}$/u,
  bigint: /^-?\d{1,18}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  timestamptz: /^\d{4}-\d{2}-\d{2} [\d:.]{8,15}[+-]\d{2}(:\d{2})?$/,
} as const
const typed = (type: keyof typeof shapes) => ({ type: sql.raw(type), shape: shapes[type] })

const ownSorts: Readonly<Record<string, SortColumn>> = {
  changed: { column: sql.raw('r.changed_at'), ...typed('timestamptz'), mayBeEmpty: false },
  no: { column: sql.raw('r.record_no'), ...typed('text'), mayBeEmpty: true },
  state: { column: sql.raw('r.state'), ...typed('text'), mayBeEmpty: false },
  area: { column: sql.raw('r.area_path'), ...typed('text'), mayBeEmpty: false },
  title: { column: sql.raw('r.title'), ...typed('text'), mayBeEmpty: false },
  due: { column: sql.raw('r.due_at'), ...typed('timestamptz'), mayBeEmpty: true, also: sql`NOT r.settled` },
}

function sortColumn(ledger: Ledger, by: string): SortColumn | undefined {
  if (by === 'made') return undefined
  const own = ownSorts[by]
  if (own !== undefined && Object.keys(ownSorts).includes(by)) return own
  const key = ledger.open.keys[by]
  if (key === undefined || !ledger.maySee(by)) throw ledgersErrors.unknownField({ field: by })
  const type = key.startsWith('number_') ? 'bigint' : key.startsWith('day_') ? 'date' : 'text'
  return { column: sql.raw(`r.${key}`), ...typed(type), mayBeEmpty: true }
}

/** One page of a ledger's records, by key; two short queries where the order has empty values. */
export async function listPage(ctx: Within, ledger: Ledger, search: SearchRecords): Promise<Page<RecordRow>> {
  const { limit } = search
  const sort = search.sort ?? { by: 'made', descending: true }
  const column = sortColumn(ledger, sort.by)
  const condition = conditionOf(ctx, ledger, search)
  const along = limit <= mostOfShortPage ? conditionAlong(ctx, ledger, search, sort.by) : undefined
  const page: PageQuery = { ctx, condition, along, isFound: isFound(search), descending: sort.descending, wanted: limit + 1 }
  if (column === undefined) {
    const [, , id] = readPlace(search.after) ?? []
    return toPage(await pageById(page, id), limit, () => ['full', ''])
  }
  const [part = 'full', value, id] = readPlace(search.after, column) ?? []
  const full = part === 'full' ? await pageByColumn(page, column, value === undefined || id === undefined ? undefined : { value, id }) : []
  const left = page.wanted - full.length
  const empty =
    column.mayBeEmpty && left > 0
      ? await pageById(
          { ...page, wanted: left, condition: sql`${condition} AND ${column.column} IS NULL` },
          part === 'empty' ? id : undefined,
        )
      : []
  return toPage([...full, ...empty], limit, (row) => (row.sortValue === null ? ['empty', ''] : ['full', row.sortValue]))
}

/** Longer pages are those of exports, which go on from one to the next: walking in order costs them one walk in all. */
const mostOfShortPage = 50

/** The filters that the order itself narrows by; undefined where there are no others, and walking along the order finds every row at once. */
function conditionAlong(ctx: Within, ledger: Ledger, search: SearchRecords, by: string): RawBuilder<unknown> | undefined {
  const { removed, due, dueFrom, dueTo, states, under } = search
  const fields = search.fields.filter((filter) => filter.field === by)
  const others = [search.householdId, search.importId, search.q, search.own]
  if (by !== 'due') others.push(due, dueFrom, dueTo)
  if (by !== 'state') others.push(states?.join(' '))
  if (by !== 'area') others.push(under)
  if (fields.length === search.fields.length && others.every((filter) => filter === undefined)) return undefined
  const own: FilterRecords = { fields, ...(removed === undefined ? {} : { removed }) }
  if (by === 'due') return conditionOf(ctx, ledger, { ...own, due, dueFrom, dueTo })
  if (by === 'state') return conditionOf(ctx, ledger, { ...own, states })
  return conditionOf(ctx, ledger, by === 'area' ? { ...own, under } : own)
}

type SortedRow = RecordRow & { readonly sortValue: string | null }
interface PageQuery {
  readonly ctx: Within
  readonly condition: RawBuilder<unknown>
  /** What of the condition the order narrows by, where there is more to it. */
  readonly along: RawBuilder<unknown> | undefined
  readonly isFound: boolean
  readonly descending: boolean
  readonly wanted: number
}

/** Where the last page ended; a cursor of another list starts from the first page. */
function readPlace(after: string | undefined, sort?: SortColumn): [string, string, string] | undefined {
  const [part, value, id] = readCursor(after, ['text', 'text', 'id']) ?? []
  if (part === undefined || value === undefined || id === undefined) return undefined
  const isOther = sort !== undefined && part === 'full' && !sort.shape.test(String(value))
  return isOther ? undefined : [String(part), String(value), String(id)]
}

function toPage(rows: readonly SortedRow[], limit: number, keyOf: (row: SortedRow) => readonly [string, string]): Page<RecordRow> {
  const items = rows.slice(0, limit)
  const last = items[items.length - 1]
  return rows.length > limit && last !== undefined ? { items, next: writeCursor([...keyOf(last), last.recordId]) } : { items }
}

/** By the id, that is, by when it was made. */
async function pageById(page: PageQuery, afterId: string | undefined): Promise<SortedRow[]> {
  const beyond = afterId === undefined ? sql`true` : sql`r.record_id ${sql.raw(page.descending ? '<' : '>')} ${afterId}::uuid`
  return pageInOrder(page, { value: sql`NULL::text`, within: beyond, isById: true })
}

async function pageByColumn(page: PageQuery, sort: SortColumn, after: { value: string; id: string } | undefined): Promise<SortedRow[]> {
  const { column, type, also = sql`true` } = sort
  const sign = sql.raw(page.descending ? '<' : '>')
  const beyond = after === undefined ? sql`true` : sql`(${column}, r.record_id) ${sign} (${after.value}::${type}, ${after.id}::uuid)`
  return pageInOrder(page, { value: column, within: sql`${column} IS NOT NULL AND ${also} AND ${beyond}`, isById: false })
}

interface Order {
  readonly value: RawBuilder<unknown>
  readonly within: RawBuilder<unknown>
  readonly isById: boolean
}

/** Pages looked at along the order before all that fit are gathered, where an index finds those and where only a scan does; fewer where most rows are of other areas. */
const walkedPages = { county: { found: 200, scanned: 400 }, area: { found: 10, scanned: 40 } }

/** Whether an index finds the rows that a search asks for: not what is empty, nor words, nor whose it is. */
const isFound = ({ due, dueFrom, dueTo, states, under, householdId, importId, fields }: SearchRecords): boolean =>
  [due, dueFrom, dueTo, states, under, householdId, importId].some((filter) => filter !== undefined && filter !== 'none') ||
  fields.some((filter) => filter.empty !== true)

/** Up to so many rows PostgreSQL gathers and sorts itself, and is let do so. */
const fewRows = 1000

/** How many rows a condition finds, as PostgreSQL estimates it from its statistics without looking. */
async function estimateRows({ ctx, condition }: PageQuery): Promise<number> {
  const found = await sql<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }>`
    EXPLAIN (FORMAT JSON) SELECT FROM ledgers.record r WHERE ${condition}`.execute(ctx.db)
  return found.rows[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
}

/**
 * A page along an order. With filters of other columns PostgreSQL would walk the order until the page is full, which is long where what fits stands
 * at its other end; so a walk of limited length comes first, and where it does not fill the page, all that fit are gathered by whichever index finds them.
 */
async function pageInOrder(page: PageQuery, order: Order): Promise<SortedRow[]> {
  const { ctx, condition, along, wanted } = page
  const direction = sql.raw(page.descending ? 'DESC' : 'ASC')
  const inRows = order.isById ? sql`r.record_id ${direction}` : sql`${order.value} ${direction}, r.record_id ${direction}`
  const inPage = order.isById ? sql`record_id ${direction}` : sql`value ${direction}, record_id ${direction}`
  const rows = sql`SELECT r.record_id, ${order.value} AS value`
  const within = sql`${condition} AND ${order.within}`
  if (along === undefined || (await estimateRows(page)) <= fewRows)
    return rowsOfPage(page, sql`page AS MATERIALIZED (${rows} FROM ledgers.record r WHERE ${within} ORDER BY ${inRows} LIMIT ${wanted})`)
  const most = wanted * walkedPages[ctx.scope.kind === 'area' ? 'area' : 'county'][page.isFound ? 'found' : 'scanned']
  const walk = sql`${rows}, (${condition}) AS fits FROM ledgers.record r WHERE ${along} AND ${order.within} ORDER BY ${inRows} LIMIT ${most}`
  const walked = await rowsOfPage(
    page,
    sql`page AS MATERIALIZED (SELECT record_id, value FROM (${walk}) walked WHERE fits ORDER BY ${inPage} LIMIT ${wanted})`,
  )
  if (walked.length === wanted) return walked
  return rowsOfPage(
    page,
    sql`fitting AS MATERIALIZED (${rows} FROM ledgers.record r WHERE ${within}),
    page AS MATERIALIZED (SELECT record_id, value FROM fitting ORDER BY ${inPage} LIMIT ${wanted})`,
  )
}

/** The rows of `page (record_id, value)`, in its order. */
async function rowsOfPage({ ctx, descending }: PageQuery, page: RawBuilder<unknown>): Promise<SortedRow[]> {
  const direction = sql.raw(descending ? 'DESC' : 'ASC')
  const found = await sql<SortedRow>`
    WITH ${page} SELECT ${recordColumns}, page.value::text AS "sortValue" FROM page JOIN ${recordTables}
      ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = page.record_id
    ORDER BY page.value ${direction}, r.record_id ${direction}`.execute(ctx.db)
  return found.rows
}
