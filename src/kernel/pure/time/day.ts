import type { Branded } from '../ids/index.ts'

/** A calendar day `YYYY-MM-DD`, without a time or a zone. */
export type Day = Branded<'Day'>

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
