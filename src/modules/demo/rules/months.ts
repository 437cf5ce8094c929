import { addDays, lastDayOf, readDay, readMonth } from '#kernel/pure/time/index.ts'

/** The month `count` months after `month` (`YYYYMM`; may be negative). */
export function addMonths(month: string, count: number): string {
  const total = Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1 + count
  return `${Math.floor(total / 12)}${String((total % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month, `YYYY-MM-DD`. Throws for text that is no month. */
export function lastDay(month: string): string {
  const known = readMonth(month)
  if (known === undefined) throw new RangeError(`demo: no month: ${month}`)
  return lastDayOf(known)
}

/** The day `days` days before `day`, `YYYY-MM-DD`. Throws for text that is no day. */
export function daysBefore(day: string, days: number): string {
  const known = readDay(day)
  if (known === undefined) throw new RangeError(`demo: no day: ${day}`)
  return addDays(known, -days)
}
