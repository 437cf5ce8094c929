import { sql, type RawBuilder } from 'kysely'
import { readCursor, writeCursor, type Page } from '#kernel/pure/paging/index.ts'
import type { SearchRecords } from '../contract.ts'
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
  const page = { ctx, condition, descending: sort.descending, wanted: limit + 1 }
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

type SortedRow = RecordRow & { readonly sortValue: string | null }
interface PageQuery {
  readonly ctx: Within
  readonly condition: RawBuilder<unknown>
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
  const { ctx, condition, descending, wanted } = page
  const direction = sql.raw(descending ? 'DESC' : 'ASC')
  const beyond = afterId === undefined ? sql`true` : sql`r.record_id ${sql.raw(descending ? '<' : '>')} ${afterId}::uuid`
  const found = await sql<SortedRow>`
    WITH page AS MATERIALIZED (
      SELECT r.record_id FROM ledgers.record r WHERE ${condition} AND ${beyond} ORDER BY r.record_id ${direction} LIMIT ${wanted})
    SELECT ${recordColumns}, NULL AS "sortValue" FROM page JOIN ${recordTables}
      ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = page.record_id
    ORDER BY r.record_id ${direction}`.execute(ctx.db)
  return found.rows
}

async function pageByColumn(page: PageQuery, sort: SortColumn, after: { value: string; id: string } | undefined): Promise<SortedRow[]> {
  const { ctx, condition, descending, wanted } = page
  const { column, type, also = sql`true` } = sort
  const direction = sql.raw(descending ? 'DESC' : 'ASC')
  const sign = sql.raw(descending ? '<' : '>')
  const beyond = after === undefined ? sql`true` : sql`(${column}, r.record_id) ${sign} (${after.value}::${type}, ${after.id}::uuid)`
  const found = await sql<SortedRow>`
    WITH page AS MATERIALIZED (
      SELECT r.record_id, ${column} AS value FROM ledgers.record r
      WHERE ${condition} AND ${column} IS NOT NULL AND ${also} AND ${beyond}
      ORDER BY ${column} ${direction}, r.record_id ${direction} LIMIT ${wanted})
    SELECT ${recordColumns}, page.value::text AS "sortValue" FROM page JOIN ${recordTables}
      ON r.county_code = ${ctx.scope.countyCode} AND r.record_id = page.record_id
    ORDER BY page.value ${direction}, r.record_id ${direction}`.execute(ctx.db)
  return found.rows
}
