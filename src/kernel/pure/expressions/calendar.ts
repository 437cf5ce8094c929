import type { FeelDate, FeelDateTime, FeelTime } from './values.ts'

export const nanosOfSecond = 1_000_000_000
export const nanosOfDay = 86_400 * nanosOfSecond
/** The years that FEEL knows (XML Schema as DMN restricts it). */
export const maxYear = 999_999_999

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function lastDayOf(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Null for a day that is not in the calendar. */
export function makeDate(year: number, month: number, day: number): FeelDate | null {
  const parts = Number.isSafeInteger(year) && Number.isSafeInteger(month) && Number.isSafeInteger(day)
  if (!parts || Math.abs(year) > maxYear || month < 1 || month > 12 || day < 1 || day > lastDayOf(year, month)) return null
  return { kind: 'date', year, month, day }
}

/** Days since 1970-01-01 (proleptic Gregorian; after Howard Hinnant's days_from_civil). */
export function daysOf(date: FeelDate): number {
  const year = date.month <= 2 ? date.year - 1 : date.year
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5) + date.day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The day so many days after 1970-01-01; null beyond the known years. */
export function dateOfDays(days: number): FeelDate | null {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return makeDate(year, month, dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1)
}

/** The same day so many months later, or the last day of that month: 31 January + 1 month is 28 or 29 February. */
export function addMonths(date: FeelDate, months: number): FeelDate | null {
  const total = date.year * 12 + date.month - 1 + months
  const year = Math.floor(total / 12)
  const month = total - year * 12 + 1
  if (!Number.isSafeInteger(total) || Math.abs(year) > maxYear) return null
  return makeDate(year, month, Math.min(date.day, lastDayOf(year, month)))
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: FeelDate): number {
  return ((((daysOf(date) + 3) % 7) + 7) % 7) + 1
}

export function dayOfYear(date: FeelDate): number {
  return daysOf(date) - daysOf({ ...date, month: 1, day: 1 }) + 1
}

/** ISO 8601 week number. */
export function weekOfYear(date: FeelDate): number {
  const thursday = dateOfDays(daysOf(date) - weekdayOf(date) + 4) ?? date
  return Math.floor((dayOfYear(thursday) - 1) / 7) + 1
}

/** Seconds east of UTC; null for a local time. The offset of a named zone depends on the day. */
export function offsetOf(value: FeelDateTime): number | null {
  const { offset, zone } = value.time
  return zone === null ? offset : zoneOffset(zone, localSeconds(value))
}

function localSeconds(value: FeelDateTime): number {
  return daysOf(value.date) * 86_400 + Math.floor(value.time.nanos / nanosOfSecond)
}

/** Nanoseconds since 1970 in UTC, or of the local clock where there is no zone. */
export function instantOf(value: FeelDateTime): bigint {
  const local = BigInt(daysOf(value.date)) * BigInt(nanosOfDay) + BigInt(value.time.nanos)
  return local - BigInt(offsetOf(value) ?? 0) * BigInt(nanosOfSecond)
}

export function isLocal(time: FeelTime): boolean {
  return time.offset === null && time.zone === null
}

const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  let format: Intl.DateTimeFormat | null
  try {
    const numeric = 'numeric'
    const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric } as const
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...parts })
  } catch {
    // The platform does not know the zone: the value that names it is null.
    format = null
  }
  if (formats.size < 1000) formats.set(zone, format)
  return format
}

/** True for an IANA zone that this platform knows. */
export function isZone(zone: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(zone) && zone.length < 60 && formatOf(zone) !== null
}

/** Seconds east of UTC in a zone at a local moment; in the hour that comes twice the earlier one is taken. */
export function zoneOffset(zone: string, local: number): number {
  const format = formatOf(zone)
  if (format === null) return 0
  const first = offsetAt(format, local)
  const second = offsetAt(format, local - first)
  const again = offsetAt(format, local - second)
  return again === second ? second : Math.min(first, again)
}

const lastSecond = 8_640_000_000_000

function offsetAt(format: Intl.DateTimeFormat, utc: number): number {
  const seconds = Math.max(-lastSecond, Math.min(lastSecond, utc))
  const parts = new Map(format.formatToParts(seconds * 1000).map((part) => [part.type, part.value]))
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0)
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
  const date: FeelDate = { kind: 'date', year, month: number('month'), day: number('day') }
  return daysOf(date) * 86_400 + number('hour') * 3600 + number('minute') * 60 + number('second') - seconds
}
