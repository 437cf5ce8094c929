import type { Branded } from '../ids/index.ts'
import { daysInMonth, makeDay, type Day } from './day.ts'

export { daysInMonth, makeDay, type Day }
export { dayShapes, parseDay } from './read-day.ts'
export { dueDay, withOwnDays, type DayCalendar, type DayCount, type DueDay } from './working-days.ts'

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
