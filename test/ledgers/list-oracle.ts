import { randomUUID } from 'node:crypto'
import type { Context } from '../../src/kernel/server/caller/index.ts'
import type { FilterRecords, SearchRecords } from '../../src/modules/ledgers/contract.ts'
import type { OpenTemplate } from '../../src/modules/ledgers/rules/open-template.ts'
import { testNowMs } from '../database.ts'
import { pick, type Chance } from '../chance.ts'

/** A row of ledgers.record as it is inserted; moments as ISO, numbers in millionths. */
export interface GivenRow {
  readonly record_id: string
  readonly area_path: string
  readonly record_no: string | null
  readonly title: string
  readonly state: string
  readonly settled: boolean
  readonly due_at: string | null
  readonly changed_at: string
  readonly removed_at: string | null
  readonly made_by: string
  readonly text_1: string | null
  readonly text_2: string | null
  readonly text_3: string | null
  readonly text_4: string | null
  readonly text_5: string | null
  readonly text_6: string | null
  readonly number_1: number | null
  readonly number_2: number | null
  readonly day_1: string | null
  readonly day_2: string | null
  readonly day_3: string | null
}

const dayMs = 86_400_000
const moment = (days: number): string => new Date(testNowMs + days * dayMs).toISOString()

/** Rows with many empty keys and many ties. */
export function givenRows(given: { chance: Chance; open: OpenTemplate; paths: readonly string[]; count: number }): GivenRow[] {
  const { chance, open, paths, count } = given
  const words = ['桥', '梁', '村', 'b', 'A', '项', '3', '%', '_', '水']
  const text = (length: number) => Array.from({ length }, () => pick(chance, words)).join('')
  const some = <Value>(value: Value): Value | null => (chance(3) === 0 ? null : value)
  const areaKey = [...open.fields.values()].find((field) => field.kind === 'area')?.key ?? ''
  const isArea = (column: string) => open.keys[areaKey] === column
  const textOf = (column: string) => (isArea(column) ? some(pick(chance, paths)) : some(text(1 + chance(2))))
  return Array.from({ length: count }, (_, at): GivenRow => {
    const state = pick(chance, open.template.states)
    return {
      record_id: randomUUID(),
      area_path: pick(chance, paths),
      record_no: chance(5) === 0 ? null : `AB-${String(at).padStart(3, '0')}`,
      title: chance(8) === 0 ? '' : text(1 + chance(6)),
      state: state.key,
      settled: chance(4) === 0,
      due_at: some(moment(chance(20) - 10)),
      changed_at: moment(-chance(5)),
      removed_at: chance(8) === 0 ? moment(-1) : null,
      made_by: pick(chance, ['test:caller', 'test:other']),
      text_1: textOf('text_1'),
      text_2: textOf('text_2'),
      text_3: textOf('text_3'),
      text_4: textOf('text_4'),
      text_5: textOf('text_5'),
      text_6: textOf('text_6'),
      number_1: some((chance(7) - 3) * 500_000),
      number_2: some(chance(3) * 1_000_000),
      day_1: some(moment(chance(6)).slice(0, 10)),
      day_2: some(moment(chance(60)).slice(0, 10)),
      day_3: some(moment(-chance(3)).slice(0, 10)),
    }
  })
}

type Keys = Readonly<Record<string, string>>
const valueOf = (row: GivenRow, column: string | undefined): string | number | null => row[(column ?? 'text_1') as 'text_1'] // safe: keys name columns of the row

/** By bytes, as collation "C" does; numbers by size. */
function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
}

const small = (text: string) => text.replace(/[A-Z]/g, (sign) => sign.toLowerCase())

/** Whether a search shows a row, by looking at it. */
export function isIn(row: GivenRow, search: SearchRecords, { ctx, keys }: { ctx: Context; keys: Keys }): boolean {
  const { scope } = ctx
  if (scope.kind === 'area' && !row.area_path.startsWith(scope.path)) return false
  if ((row.removed_at !== null) !== (search.removed === true)) return false
  if (search.states?.includes(row.state) === false) return false
  if (search.under !== undefined && !row.area_path.startsWith(search.under)) return false
  if (search.own === true && row.made_by !== ctx.caller.id) return false
  if (search.q !== undefined && !hasWords(row, search.q)) return false
  return isDue(row, search, Date.parse(ctx.now)) && search.fields.every((filter) => holds(valueOf(row, keys[filter.field]), filter))
}

function hasWords(row: GivenRow, q: string): boolean {
  const inTitle = q.split(/\s+/).every((word) => small(row.title).includes(small(word)))
  return inTitle || [q, q.toUpperCase()].some((text) => row.record_no?.startsWith(text) === true)
}

function isDue(row: GivenRow, { due, dueFrom, dueTo }: FilterRecords, now: number): boolean {
  const at = row.due_at === null || row.settled ? undefined : Date.parse(row.due_at)
  const startOf = (day: string) => Date.parse(`${day}T00:00:00+08:00`)
  if (due === 'none' && row.due_at !== null) return false
  if (due === 'overdue' && !(at !== undefined && at <= now)) return false
  if (due === 'within-week' && !(at !== undefined && at > now && at <= now + 7 * dayMs)) return false
  if (due === 'later' && !(at !== undefined && at > now + 7 * dayMs)) return false
  if (dueFrom !== undefined && !(at !== undefined && at > startOf(dueFrom))) return false
  return dueTo === undefined || (at !== undefined && at <= startOf(dueTo) + dayMs)
}

function holds(value: string | number | null, filter: SearchRecords['fields'][number]): boolean {
  if (filter.empty !== undefined && filter.empty !== (value === null)) return false
  if (filter.is !== undefined && (value === null || !filter.is.some((one) => isValue(value, one)))) return false
  const bound = (said: string) => (typeof value === 'number' ? Number(said) * 1_000_000 : said)
  if (filter.from !== undefined && (value === null || compare(value, bound(filter.from)) < 0)) return false
  return filter.to === undefined || (value !== null && compare(value, bound(filter.to)) <= 0)
}

/** A place and what lies below it; else the value itself. */
const isValue = (value: string | number, said: string): boolean =>
  /^(\d+\.){1,7}$/.test(said) ? String(value).startsWith(said) : value === said

const own: Readonly<Record<string, keyof GivenRow>> = {
  changed: 'changed_at',
  no: 'record_no',
  state: 'state',
  area: 'area_path',
  title: 'title',
  due: 'due_at',
}

/** The order of a sort: what is empty last whichever way, ties by id in the same direction. */
export function orderOf(sort: SearchRecords['sort'], keys: Keys): (one: GivenRow, other: GivenRow) => number {
  const { by, descending } = sort ?? { by: 'made', descending: true }
  const sign = descending ? -1 : 1
  const of = (row: GivenRow) => (by === 'made' || (by === 'due' && row.settled) ? null : valueOf(row, own[by] ?? keys[by]))
  return (one, other) => {
    const [mine, its] = [of(one), of(other)]
    if (mine !== null && its === null) return -1
    if (mine === null && its !== null) return 1
    const first = mine === null || its === null ? 0 : compare(mine, its)
    return sign * (first === 0 ? compare(one.record_id, other.record_id) : first)
  }
}
