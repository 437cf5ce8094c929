import { dayOfYear, daysOf, makeDate, nanosOfSecond, weekdayOf, weekOfYear } from '../calendar.ts'
import { integerOf, multiplyNumbers, numberOf, roundNumber, signOf, type FeelNumber } from '../numbers.ts'
import { readDate, readDateTime, readDuration, readTime, yearMonthDuration } from '../temporal-text.ts'
import { isContext, isList } from '../types.ts'
import type { DayTimeDuration, FeelDate, FeelDateTime, FeelTime, Value } from '../values.ts'
import { dayTime, define, num, omittable, text, time, whole, type Parameter, type Signature } from './signature.ts'

/** A day, or the day of a date and time. */
const dayLike = (name: string): Parameter<FeelDate> => ({
  name,
  type: 'date',
  mode: 'needed',
  read: (value) => momentOf(value)?.date,
})

/** A date and time, or the midnight of a day. */
const momentLike = (name: string): Parameter<{ date: FeelDate; time: FeelTime | null }> => ({
  name,
  type: 'date and time',
  mode: 'needed',
  read: momentOf,
})

function momentOf(value: Value): { date: FeelDate; time: FeelTime | null } | undefined {
  if (isList(value)) return value.length === 1 ? momentOf(value[0] ?? null) : undefined
  if (value === null || typeof value !== 'object' || isContext(value)) return undefined
  if (value.kind === 'date') return { date: value, time: null }
  return value.kind === 'date and time' ? value : undefined
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const dateFunctions: readonly Signature[] = [
  define('date', [text('from')], 'date', ([from]) => readDate(from)),
  define('date', [dayLike('from')], 'date', ([from]) => from),
  define('date', [whole('year'), whole('month'), whole('day')], 'date', ([year, month, day]) => makeDate(year, month, day)),
  define('date and time', [text('from')], 'date and time', ([from]) => readDateTime(from)),
  define('date and time', [momentLike('from')], 'date and time', ([from]) => withTime(from.date, from.time ?? utcMidnight)),
  define('date and time', [dayLike('date'), time('time')], 'date and time', ([date, at]) => withTime(date, at)),
  define('date and time', [momentLike('date'), text('timezone')], 'date and time', ([from, zone]) => readDateTimeIn(from, zone)),
  define('time', [text('from')], 'time', ([from]) => readTime(from)),
  define('time', [time('from')], 'time', ([from]) => from),
  define('time', [momentLike('from')], 'time', ([from]) => from.time ?? utcMidnight),
  define('time', [whole('hour'), whole('minute'), num('second'), omittable(dayTime('offset'))], 'time', ([hour, minute, second, offset]) =>
    makeTime({ hour, minute, second, offset: offset ?? undefined }),
  ),
  define('duration', [text('from')], 'Any', ([from]) => readDuration(from)),
  define('years and months duration', [dayLike('from'), dayLike('to')], 'years and months duration', ([from, to]) =>
    monthsBetween(from, to),
  ),
  define('day of year', [dayLike('date')], 'number', ([date]) => numberOf(dayOfYear(date))),
  define('day of week', [dayLike('date')], 'string', ([date]) => weekdays[weekdayOf(date) - 1] ?? null),
  define('month of year', [dayLike('date')], 'string', ([date]) => monthNames[date.month - 1] ?? null),
  define('week of year', [dayLike('date')], 'number', ([date]) => numberOf(weekOfYear(date))),
]

const utcMidnight: FeelTime = { kind: 'time', nanos: 0, offset: 0, zone: null }

function withTime(date: FeelDate, at: FeelTime): FeelDateTime {
  return { kind: 'date and time', date, time: at }
}

function readDateTimeIn({ date, time: at }: { date: FeelDate; time: FeelTime | null }, zone: string): Value {
  const read = readTime(`00:00:00@${zone}`)
  return read === null ? null : withTime(date, { ...read, nanos: at?.nanos ?? 0 })
}

interface TimeParts {
  readonly hour: number
  readonly minute: number
  readonly second: FeelNumber
  readonly offset: DayTimeDuration | undefined
}

function makeTime({ hour, minute, second, offset }: TimeParts): Value {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || signOf(second) < 0) return null
  const nanos = multiplyNumbers(second, numberOf(nanosOfSecond))
  const wholeNanos = nanos === null ? null : integerOf(roundNumber(nanos, 0, 'down') ?? nanos)
  if (wholeNanos === null || wholeNanos >= 60 * nanosOfSecond) return null
  const east = offset === undefined ? null : Number(offset.nanos / BigInt(nanosOfSecond))
  if (east !== null && Math.abs(east) > 18 * 3600) return null
  return { kind: 'time', nanos: (hour * 3600 + minute * 60) * nanosOfSecond + wholeNanos, offset: east, zone: null }
}

/** Whole months from one day to another, counted towards zero; the time of day does not count. */
function monthsBetween(from: FeelDate, to: FeelDate): Value {
  const months = (to.year - from.year) * 12 + to.month - from.month
  const rest = to.day - from.day
  const forwards = daysOf(to) >= daysOf(from)
  return yearMonthDuration(forwards ? (rest < 0 ? months - 1 : months) : rest > 0 ? months + 1 : months)
}
