import type { Context } from '#kernel/server/caller/index.ts'
import { whileReading } from '#kernel/server/database/index.ts'
import { lastDayOf, readMonth } from '#kernel/pure/time/index.ts'
import type { AskBoard, AskCalendar, AskStatistics, FilterRecords, OfBook } from '../contract.ts'
import { fromMillionths } from '../rules/key-values.ts'
import { placesOf } from '../rules/field-kinds.ts'
import type { Board, CalendarDays, Counts, RecordItem, Statistics } from '../rules/records.ts'
import type { Words } from '../rules/template.ts'
import { countByState, groupRecords } from './count-store.ts'
import { ledgersErrors } from './errors.ts'
import { listPage } from './list-store.ts'
import { openLedger, type Ledger, type Within } from './open-ledger.ts'
import { showRows } from './read-records.ts'
import { readPlaceNames, type PlaceNames } from './show-records.ts'

/** How many records stand behind the filters. */
export async function countRecords(ctx: Context, given: OfBook & FilterRecords): Promise<Counts> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const rows = await countByState(within, await openLedger(within, given.templateKey), given)
    const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
    return {
      total: sum((row) => row.count),
      overdue: sum((row) => row.overdue),
      byState: Object.fromEntries(rows.map((row) => [row.state, row.count])),
    }
  })
}

/** Counts and sums by groups, with the names of the groups in both languages. */
export async function readStatistics(ctx: Context, given: OfBook & AskStatistics): Promise<Statistics> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const { groups, sums } = given
    const rows = await groupRecords(within, ledger, { filters: given, groups, sums })
    const needsPlaces = groups.some((group) => group === 'township' || group === 'village')
    const placeOf = needsPlaces ? await readPlaceNames(within) : () => ''
    const places = sums.map((key) => {
      const field = ledger.open.fields.get(key)
      return field === undefined ? 0 : placesOf(field)
    })
    const write = (all: readonly string[]) => all.map((sum, at) => fromMillionths(sum, places[at] ?? 0))
    const total = rows.reduce(
      (sum, row) => ({ count: sum.count + row.count, sums: sum.sums.map((one, at) => one + BigInt(row.sums[at] ?? '0')) }),
      { count: 0, sums: sums.map(() => 0n) },
    )
    return {
      groups,
      sums,
      rows: rows.map((row) => ({
        values: row.values,
        names: row.values.map((value, at) => nameOfGroup(ledger, groups[at] ?? '', { value, placeOf })),
        count: row.count,
        sums: write(row.sums),
      })),
      total: { count: total.count, sums: write(total.sums.map(String)) },
    }
  })
}

const nothing: Words = { zh: '未填', en: 'not entered' }

function nameOfGroup(ledger: Ledger, group: string, given: { value: string | null; placeOf: PlaceNames }): Words {
  const { value, placeOf } = given
  if (value === null) return nothing
  if (group === 'state') return ledger.open.states.get(value)?.name ?? { zh: value, en: value }
  if (group === 'township' || group === 'village') {
    const name = placeOf(value)
    return name === '' ? { zh: value, en: value } : { zh: name, en: name }
  }
  const field = ledger.open.fields.get(group)
  if (field?.kind === 'yes-no') return value === 'true' ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  return field?.choices?.find((choice) => choice.key === value)?.name ?? { zh: value, en: value }
}

/** The columns of the board: every state, or every choice of a field, each with how many and the first of them. */
export async function readBoard(ctx: Context, given: OfBook & AskBoard): Promise<Board> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const by = given.by ?? ledger.open.template.list.board ?? 'state'
    const rows = await groupRecords(within, ledger, { filters: given, groups: [by], sums: [] })
    const counts = new Map(rows.map((row) => [row.values[0] ?? null, row.count]))
    const columns: Board['columns'][number][] = []
    for (const { value, name, tone } of boardColumns(ledger, by, counts)) {
      const count = counts.get(value) ?? 0
      const items = count === 0 ? [] : await boardItems(within, ledger, { filters: given, by, value, limit: given.limit })
      columns.push({ value, name, ...(tone === undefined ? {} : { tone }), count, items })
    }
    return { by, columns }
  })
}

function boardColumns(
  ledger: Ledger,
  by: string,
  counts: ReadonlyMap<string | null, number>,
): { value: string | null; name: Words; tone?: string | undefined }[] {
  if (by === 'state') return ledger.open.template.states.map(({ key, name, tone }) => ({ value: key, name, tone }))
  const field = ledger.open.fields.get(by)
  const known =
    field?.kind === 'yes-no'
      ? [
          { value: 'true', name: { zh: '是', en: 'yes' } },
          { value: 'false', name: { zh: '否', en: 'no' } },
        ]
      : (field?.choices ?? []).map(({ key, name }) => ({ value: key, name }))
  return counts.has(null) ? [...known, { value: null, name: nothing }] : known
}

async function boardItems(
  ctx: Within,
  ledger: Ledger,
  given: { filters: AskBoard; by: string; value: string | null; limit: number },
): Promise<RecordItem[]> {
  const { filters, by, value, limit } = given
  const narrowed: FilterRecords =
    by === 'state'
      ? { ...filters, states: [value ?? ''] }
      : { ...filters, fields: [...filters.fields, value === null ? { field: by, empty: true } : { field: by, is: [value] }] }
  const page = await listPage(ctx, ledger, { ...narrowed, limit })
  return showRows(ctx, ledger, page.items)
}

/** At most this many records of a month are shown by day; counts are of all. */
const mostOfMonth = 200

/** The records of a month by day: by a field of days, or by what is due. */
export async function readCalendar(ctx: Context, given: OfBook & AskCalendar): Promise<CalendarDays> {
  return whileReading(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const by = given.by ?? ledger.open.template.list.calendar
    const month = readMonth(given.month.replace('-', ''))
    if (month === undefined || by === undefined) throw ledgersErrors.unknownField({ field: by ?? 'calendar' })
    if (by !== 'due' && ledger.open.fields.get(by)?.kind !== 'date') throw ledgersErrors.unknownField({ field: by })
    const range = { field: by, from: `${given.month}-01`, to: lastDayOf(month) }
    const filters: FilterRecords =
      by === 'due' ? { ...given, dueFrom: range.from, dueTo: range.to } : { ...given, fields: [...given.fields, range] }
    const page = await listPage(within, ledger, { ...filters, sort: { by, descending: false }, limit: mostOfMonth })
    const items = (await showRows(within, ledger, page.items)).filter((item) => dayOfItem(item, by).startsWith(given.month))
    const days = new Map<string, RecordItem[]>()
    for (const item of items) days.set(dayOfItem(item, by), [...(days.get(dayOfItem(item, by)) ?? []), item])
    return { month: given.month, days: [...days].map(([on, list]) => ({ on, count: list.length, items: list })) }
  })
}

function dayOfItem(item: RecordItem, by: string): string {
  if (by === 'due') return item.dueOn ?? ''
  const value = item.values[by]
  return typeof value === 'string' ? value : ''
}
