import { dateOfDays, daysOf, isZone, makeDate, maxYear, nanosOfDay, nanosOfSecond } from './calendar.ts'
import type { DayTimeDuration, FeelDate, FeelDateTime, FeelTime, Value, YearMonthDuration } from './values.ts'

/** `2026-01-31`; years beyond 9999 have more digits. Null for another shape or no day of the calendar. */
export function readDate(text: string): FeelDate | null {
  const match = /^(-?)([1-9]\d{4,8}|\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const year = Number(match[2])
  return makeDate(match[1] === '-' && year !== 0 ? -year : year, Number(match[3]), Number(match[4]))
}

/** `13:05:00`, `13:05:00.25Z`, `13:05:00+08:00`, `13:05:00@Asia/Shanghai`. */
export function readTime(text: string): FeelTime | null {
  const match = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\d*(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@\S+)?$/i.exec(text)
  if (match === null) return null
  const nanos = Number((match[4] ?? '').padEnd(9, '0'))
  return makeTime({ hour: Number(match[1]), minute: Number(match[2]), second: Number(match[3]), nanos, zone: match[5] ?? '' })
}

interface TimeParts {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanos: number
  /** As written: empty, Z, +08:00 or @Zone. */
  readonly zone: string
}

function makeTime({ hour, minute, second, nanos, zone }: TimeParts): FeelTime | null {
  // 24:00:00 is another way to write midnight (ISO 8601).
  const isEnd = hour === 24 && minute === 0 && second === 0 && nanos === 0
  if ((hour > 23 && !isEnd) || minute > 59 || second > 59) return null
  const all = ((hour % 24) * 3600 + minute * 60 + second) * nanosOfSecond + nanos
  if (zone === '') return { kind: 'time', nanos: all, offset: null, zone: null }
  if (zone.startsWith('@')) {
    const name = zone.slice(1)
    if (/^(Etc\/)?(UTC|GMT|Z)$/i.test(name)) return { kind: 'time', nanos: all, offset: 0, zone: name }
    return isZone(name) ? { kind: 'time', nanos: all, offset: null, zone: name } : null
  }
  const offset = readOffset(zone)
  return offset === null ? null : { kind: 'time', nanos: all, offset, zone: null }
}

function readOffset(text: string): number | null {
  if (/^z$/i.test(text)) return 0
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number)
  if (hours > 18 || minutes > 59 || seconds > 59 || (hours === 18 && minutes + seconds > 0)) return null
  const size = hours * 3600 + minutes * 60 + seconds
  return text.startsWith('-') && size !== 0 ? -size : size
}

/** `2026-01-31T13:05:00+08:00`; a day alone is its midnight. */
export function readDateTime(text: string): FeelDateTime | null {
  const at = text.indexOf('T')
  const date = readDate(at < 0 ? text : text.slice(0, at))
  const time = at < 0 ? readTime('00:00:00') : readTime(text.slice(at + 1))
  if (date === null || time === null) return null
  // 24:00:00 is the midnight that ends the day (ISO 8601).
  const next = text.startsWith('T24', at) && at > 0 ? dateOfDays(daysOf(date) + 1) : date
  return next === null ? null : { kind: 'date and time', date: next, time }
}

/** `P1Y2M`, `P1DT2H30M1.5S`, `-PT5M`. Null for another shape. */
export function readDuration(text: string): YearMonthDuration | DayTimeDuration | null {
  const months = /^(-)?P(?=\d)(?:(\d{1,12})Y)?(?:(\d{1,13})M)?$/.exec(text)
  if (months !== null) {
    const count = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0)
    return yearMonthDuration(months[1] === undefined ? count : -count)
  }
  const match = /^(-)?P(?=[\dT])(?:(\d{1,15})D)?(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,18})(?:\.(\d{0,9})\d*)?S)?)?$/.exec(text)
  if (match === null) return null
  const seconds = BigInt(match[2] ?? 0) * 86_400n + BigInt(match[3] ?? 0) * 3600n + BigInt(match[4] ?? 0) * 60n + BigInt(match[5] ?? 0)
  const nanos = seconds * BigInt(nanosOfSecond) + BigInt((match[6] ?? '').padEnd(9, '0'))
  return dayTimeDuration(match[1] === undefined ? nanos : -nanos)
}

/** Null beyond ± (2 × 999 999 999) years. */
export function yearMonthDuration(months: number): YearMonthDuration | null {
  return Number.isSafeInteger(months) && Math.abs(months) <= maxYear * 24 + 24
    ? { kind: 'years and months duration', months: months === 0 ? 0 : months }
    : null
}

const maxNanos = BigInt(nanosOfDay) * 366n * BigInt(maxYear) * 2n

export function dayTimeDuration(nanos: bigint): DayTimeDuration | null {
  return nanos <= maxNanos && nanos >= -maxNanos ? { kind: 'days and time duration', nanos } : null
}

type Temporal = FeelDate | FeelTime | FeelDateTime | YearMonthDuration | DayTimeDuration

/** The value as FEEL's own text: what `string()` gives and `@"…"` reads. */
export function printTemporal(value: Temporal): string {
  switch (value.kind) {
    case 'date':
      return printDate(value)
    case 'time':
      return printTime(value)
    case 'date and time':
      return `${printDate(value.date)}T${printTime(value.time)}`
    case 'years and months duration':
      return printMonths(value.months)
    case 'days and time duration':
      return printNanos(value.nanos)
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

function printDate({ year, month, day }: FeelDate): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function printTime(time: FeelTime): string {
  const seconds = Math.floor(time.nanos / nanosOfSecond)
  const rest = time.nanos % nanosOfSecond
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return clock + printFraction(rest) + printZone(time)
}

function printFraction(nanos: number): string {
  return nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`
}

function printZone({ offset, zone }: FeelTime): string {
  if (zone !== null) return `@${zone}`
  if (offset === null) return ''
  if (offset === 0) return 'Z'
  const size = Math.abs(offset)
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`
}

function printMonths(months: number): string {
  const size = Math.abs(months)
  const years = Math.floor(size / 12)
  const rest = size % 12
  const text = `${years === 0 ? '' : `${years}Y`}${rest === 0 && years !== 0 ? '' : `${rest}M`}`
  return `${months < 0 ? '-' : ''}P${text}`
}

function printNanos(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos
  const whole = size / BigInt(nanosOfSecond)
  const fraction = printFraction(Number(size % BigInt(nanosOfSecond)))
  const days = whole / 86_400n
  const hours = (whole / 3600n) % 24n
  const minutes = (whole / 60n) % 60n
  const seconds = whole % 60n
  const time =
    `${hours === 0n ? '' : `${hours}H`}${minutes === 0n ? '' : `${minutes}M`}` +
    (seconds === 0n && fraction === '' ? '' : `${seconds}${fraction}S`)
  if (time === '' && days === 0n) return 'PT0S'
  return `${nanos < 0n ? '-' : ''}P${days === 0n ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
}

/** What `@"…"` means: whatever temporal value the text is. */
export function readTemporal(text: string): Value {
  return readDate(text) ?? (text.includes('T') && /^-?\d/.test(text) ? readDateTime(text) : null) ?? readTime(text) ?? readDuration(text)
}
