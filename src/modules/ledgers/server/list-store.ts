import { sql, type RawBuilder } from 'kysely'
import { readCursor, writeCursor, type Page } from '#kernel/pure/paging/index.ts'
import type { FilterRecords, SearchRecords } from '../contract.ts'
import { conditionOf } from './list-conditions.ts'
import { findFirst, hitsOf, type Found } from './list-found-store.ts'
import { hasNone, hasValue, sortColumn, type SortColumn } from './list-sort.ts'
import { pageInOrder, type PageQuery, type SortedRow, type Walking } from './list-walk-store.ts'
import type { Ledger, Within } from './open-ledger.ts'
import type { RecordRow } from './tables.ts'

/** What a walk along an order costs was measured (docs/decisions/0037): some 20 ms in a county, less where rows of others are passed by. */
const usualWalking: Walking = { fewRows: 1000, county: 10_000, area: 600 }

/** One page of a ledger's records, by key; two short queries where the order has empty values. */
export async function listPage(
  ctx: Within,
  ledger: Ledger,
  search: SearchRecords,
  walking: Walking = usualWalking,
): Promise<Page<RecordRow>> {
  const { limit, q } = search
  const sort = search.sort ?? { by: 'made', descending: true }
  const column = sortColumn(ledger, sort.by)
  const found = await findFirst(ctx, ledger, search)
  const condition = conditionOf(ctx, ledger, search, found)
  const along = limit <= mostOfShortPage ? conditionAlong(ctx, ledger, search, { by: sort.by, found }) : undefined
  const hits = q === undefined ? undefined : hitsOf(ctx, ledger, q)
  const page: PageQuery = { ctx, condition, along, hits, descending: sort.descending, wanted: limit + 1, walking }
  if (column === undefined) {
    const [, , id] = readPlace(search.after) ?? []
    return toPage(await pageById(page, id), limit, () => ['full', ''])
  }
  const [part = 'full', value, id] = readPlace(search.after, column) ?? []
  const full = part === 'full' ? await pageByColumn(page, column, value === undefined || id === undefined ? undefined : { value, id }) : []
  const left = page.wanted - full.length
  const empty =
    column.mayBeEmpty && left > 0
      ? await pageById({ ...page, wanted: left, condition: sql`${condition} AND ${hasNone(column)}` }, part === 'empty' ? id : undefined)
      : []
  return toPage([...full, ...empty], limit, (row) => (row.sortValue === null ? ['empty', ''] : ['full', row.sortValue]))
}

/** Longer pages are those of exports, which go on from one to the next: walking in order costs them one walk in all. */
const mostOfShortPage = 50

/** The filters that the order itself narrows by; undefined where there are no others, and walking along the order finds every row at once. */
function conditionAlong(
  ctx: Within,
  ledger: Ledger,
  search: SearchRecords,
  { by, found }: { by: string; found: Found },
): RawBuilder<unknown> | undefined {
  const { removed, due, dueFrom, dueTo, states, under } = search
  const fields = search.fields.filter((filter) => filter.field === by)
  const others = [search.householdId, search.importId, search.q, search.own, search.linked]
  if (by !== 'due') others.push(due, dueFrom, dueTo)
  if (by !== 'state') others.push(states?.join(' '))
  if (by !== 'area') others.push(under)
  if (fields.length === search.fields.length && others.every((filter) => filter === undefined)) return undefined
  const own: FilterRecords = { fields, ...(removed === undefined ? {} : { removed }) }
  if (by === 'due') return conditionOf(ctx, ledger, { ...own, due, dueFrom, dueTo }, found)
  if (by === 'state') return conditionOf(ctx, ledger, { ...own, states }, found)
  return conditionOf(ctx, ledger, by === 'area' ? { ...own, under } : own, found)
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
  const { column, type } = sort
  const sign = sql.raw(page.descending ? '<' : '>')
  const beyond = after === undefined ? sql`true` : sql`(${column}, r.record_id) ${sign} (${after.value}::${type}, ${after.id}::uuid)`
  return pageInOrder(page, { value: column, within: sql`${hasValue(sort)} AND ${beyond}`, isById: false })
}
