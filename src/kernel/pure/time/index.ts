import type { Branded } from '../ids/index.ts'

/** A calendar day `YYYY-MM-DD`, without a time or a zone. */
export type Day = Branded<'Day'>
/** A moment `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export type Instant = Branded<'Instant'>
/** A month `YYYYMM`, as departments name their lists. */
export type Month = Branded<'Month'>

const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * 3_600_000

/** Reads a day that is already written `YYYY-MM-DD`; `undefined` when it is no day of the calendar. */
export function readDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match === null ? undefined : makeDay(Number(match[1]), Number(match[2]), Number(match[3]))
}

/** A day from its parts; `undefined` for 31 June, month 13 or a year outside 1900–2199. */
export function makeDay(year: number, month: number, dayOfMonth: number): Day | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return undefined
  // Safe: the parts were just checked.
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}` as Day
}

/** Days of a month, leap years included. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** The local day (Asia/Shanghai, no daylight saving) of a moment. */
export function dayOf(atMs: number): Day {
  // Safe: toISOString always begins with a day.
  return new Date(atMs + shanghaiOffsetMs).toISOString().slice(0, 10) as Day
}

/** The moment of `atMs` (milliseconds since 1970). */
export function instantOf(atMs: number): Instant {
  // Safe: toISOString is the definition of Instant.
  return new Date(atMs).toISOString() as Instant
}

/** `day` plus a number of calendar days (may be negative). */
export function addDays(day: Day, days: number): Day {
  // Safe: as in dayOf.
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10) as Day
}

/** Full months from `from` to `to`: 2023-06-23 → 2023-09-22 is 2, → 2023-09-23 is 3. Negative when `to` is earlier by a month or more. */
export function fullMonthsBetween(from: Day, to: Day): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  const months = (toYear - fromYear) * 12 + toMonth - fromMonth
  const lastDay = daysInMonth(toYear, toMonth)
  return toDay < Math.min(fromDay, lastDay) ? months - 1 : months
}

/** Reads a month `YYYYMM`; `undefined` when it is none. */
export function readMonth(text: string): Month | undefined {
  const match = /^(\d{4})(\d{2})$/.exec(text)
  // Safe: checked by makeDay.
  return match !== null && makeDay(Number(match[1]), Number(match[2]), 1) !== undefined ? (text as Month) : undefined
}

/** The last day of a month. */
export function lastDayOf(month: Month): Day {
  const year = Number(month.slice(0, 4))
  const number = Number(month.slice(4))
  // Safe: a Month is always a real month.
  return makeDay(year, number, daysInMonth(year, number)) as Day
}

const excelEpochMs = Date.UTC(1899, 11, 30)
/**
 * Reads a day as people and programs write it in cells: `2023-4-5`, `2023.4.15`, `2023/07/21`, `20230905`, `2023年9月5日`,
 * `45170` (Excel serial; `date1904` shifts by 1,462 days), `2023-08-27 10:03`. A month alone (`2023年9月`, `202309`, `2023.9`) is its first day.
 */
export function parseDay(cell: string, options: { date1904?: boolean } = {}): Day | undefined {
  const text = cell.normalize('NFKC').trim().replace(/^'/, '')
  const compact = /^(\d{4})(\d{2})(\d{2})?$/.exec(text)
  if (compact !== null) return makeDay(Number(compact[1]), Number(compact[2]), Number(compact[3] ?? 1))
  const written = /^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月?)(?:[T\s].*)?$/.exec(text)
  if (written !== null) return makeDay(Number(written[1]), Number(written[2]), Number(written[3] ?? 1))
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const serial = Math.floor(Number(text)) + (options.date1904 === true ? 1462 : 0)
    return readDay(new Date(excelEpochMs + serial * dayMs).toISOString().slice(0, 10))
  }
  return undefined
}
