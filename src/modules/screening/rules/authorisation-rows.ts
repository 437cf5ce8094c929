import { daysInMonth, makeDay, parseDay, type Day } from '#kernel/pure/time/index.ts'
import { tidy, tidyIdNumber, tidyName } from '#kernel/pure/text/index.ts'
import type { ListKind } from '../contract.ts'
import type { AuthorisationProblem } from './compare-records.ts'
import { listWords } from './lead-words.ts'

/** A row of a sheet of authorisations, by field. */
export type AuthorisationCells = Readonly<
  Partial<Record<'householdNo' | 'name' | 'idNumber' | 'givenOn' | 'validUntil' | 'lists' | 'paper', string>>
>

/** The row as it was read. Without a number it is the household's. */
export interface AuthorisationRow {
  householdNo: string
  name: string
  idNumber: string
  givenOn: Day
  validUntil: Day
  lists: ListKind[]
  paper: string
}

/** Reads a row; says what is wrong with it. `months`: how long a paper holds that names no end. */
export function readAuthorisation(
  cells: AuthorisationCells,
  months: number,
): { ok: true; row: AuthorisationRow } | { ok: false; reason: AuthorisationProblem } {
  const cell = (key: keyof AuthorisationCells): string => tidy(cells[key] ?? '')
  const givenOn = parseDay(cell('givenOn'))
  if (givenOn === undefined) return { ok: false, reason: 'no-day' }
  const until = cell('validUntil')
  const validUntil = until === '' ? lastDayAfter(givenOn, months) : parseDay(until)
  if (validUntil === undefined || validUntil < givenOn) return { ok: false, reason: 'wrong-days' }
  const lists = readLists(cell('lists'))
  if (lists === undefined) return { ok: false, reason: 'unknown-list' }
  const paper = cell('paper').slice(0, 120)
  if (paper === '') return { ok: false, reason: 'no-paper' }
  const [householdNo, idNumber, name] = [cell('householdNo'), tidyIdNumber(cells.idNumber ?? ''), tidyName(cells.name ?? '')]
  if (householdNo === '' && idNumber === '') return { ok: false, reason: 'no-household' }
  return { ok: true, row: { householdNo, idNumber, name, givenOn, validUntil, lists, paper } }
}

/** The last day of so many months that begin on a day: 2023-03-01 and 12 months → 2024-02-29. */
export function lastDayAfter(from: Day, months: number): Day {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number)
  const at = year * 12 + month - 1 + months
  const [toYear, toMonth] = [Math.floor(at / 12), (at % 12) + 1]
  const first = day - 1
  if (first === 0) {
    const before = at - 1
    return makeDay(Math.floor(before / 12), (before % 12) + 1, daysInMonth(Math.floor(before / 12), (before % 12) + 1)) ?? from
  }
  return makeDay(toYear, toMonth, Math.min(first, daysInMonth(toYear, toMonth))) ?? from
}

/** Lists named in a cell; empty for all of them, `undefined` where a word names none. */
export function readLists(text: string): ListKind[] | undefined {
  if (text === '' || /^(全部|所有|全户|各类|不限|全部清单|all)$/i.test(text)) return []
  const words = text.split(/[、,，;；/\s]+/).filter((word) => word !== '')
  const lists = words.map((word) => listNamed(word.replace(/(查询|信息|数据|核查|清单)+$/, '')))
  return lists.some((list) => list === undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))]
}

const otherNames = new Map<string, ListKind>([
  ['车辆', 'cars'],
  ['存款', 'bank'],
  ['金融', 'bank'],
  ['信贷', 'bank'],
  ['工商', 'firms'],
  ['企业', 'firms'],
  ['低保', 'dibao'],
  ['民政', 'dibao'],
  ['户籍', 'police'],
  ['公安', 'police'],
  ['饮水', 'water'],
  ['就业', 'jobs'],
  ['住房', 'housing'],
  ['房产', 'housing'],
  ['学籍', 'education'],
  ['医疗', 'medical'],
  ['残疾', 'disability'],
])

function listNamed(word: string): ListKind | undefined {
  // Safe: the keys of the catalogue are the kinds of lists.
  const kinds = Object.keys(listWords) as ListKind[]
  return kinds.find((kind) => listWords[kind].zh === word || kind === word) ?? otherNames.get(word)
}
