import { nanosOfSecond, offsetOf, weekdayOf } from './calendar.ts'
import { plainName } from './names.ts'
import { numberFrom, numberOf } from './numbers.ts'
import { dayTimeDuration } from './temporal-text.ts'
import type { FeelContext, FeelDate, FeelDateTime, FeelRange, FeelTime, Value } from './values.ts'

type Kinded = Exclude<Value, null | boolean | string | FeelContext | readonly Value[]>

/** An entry of a context; names are equal however their blanks are written. Undefined when it is not there. */
export function entryOf(context: FeelContext, name: string): Value | undefined {
  const found = context.get(name)
  if (found !== undefined || context.has(name)) return found
  if (!/[\s./\-'+*]/.test(name)) return undefined
  for (const [key, value] of context) if (plainName(key) === name) return value
  return undefined
}

/** `.year`, `.start included` and so on (DMN 1.5 table 65); undefined where the kind has no such property. */
export function propertyOf(value: Kinded, name: string): Value | undefined {
  switch (value.kind) {
    case 'date':
      return ofDate(value, name)
    case 'time':
      return ofTime(value, name, null)
    case 'date and time':
      return ofDate(value.date, name) ?? ofTime(value.time, name, value)
    case 'years and months duration': {
      const years = Math.trunc(value.months / 12)
      return name === 'years' ? numberOf(years) : name === 'months' ? numberOf(value.months - years * 12) : undefined
    }
    case 'days and time duration':
      return ofNanos(value.nanos, name)
    case 'range':
      return ofRange(value, name)
    case 'number':
    case 'function':
      return undefined
  }
}

function ofDate(date: FeelDate, name: string): Value | undefined {
  if (name === 'weekday') return numberOf(weekdayOf(date))
  return name === 'year' || name === 'month' || name === 'day' ? numberOf(date[name]) : undefined
}

function ofTime(time: FeelTime, name: string, at: FeelDateTime | null): Value | undefined {
  const seconds = Math.floor(time.nanos / nanosOfSecond)
  switch (name) {
    case 'hour':
      return numberOf(Math.floor(seconds / 3600))
    case 'minute':
      return numberOf(Math.floor(seconds / 60) % 60)
    case 'second':
      return numberOf(seconds % 60)
    case 'timezone':
      return time.zone
    case 'time offset': {
      const offset = at === null ? time.offset : offsetOf(at)
      return offset === null ? null : dayTimeDuration(BigInt(offset) * BigInt(nanosOfSecond))
    }
    default:
      return undefined
  }
}

const nanosOf = { days: 86_400n, hours: 3600n, minutes: 60n, seconds: 1n } as const
const nextOf = { days: null, hours: 24n, minutes: 60n, seconds: 60n } as const

function ofNanos(nanos: bigint, name: string): Value | undefined {
  if (name !== 'days' && name !== 'hours' && name !== 'minutes' && name !== 'seconds') return undefined
  const whole = nanos / BigInt(nanosOfSecond) / nanosOf[name]
  const next = nextOf[name]
  return numberFrom(next === null ? whole : whole % next, 0)
}

function ofRange(range: FeelRange, name: string): Value | undefined {
  switch (name) {
    case 'start':
      return range.low
    case 'end':
      return range.high
    case 'start included':
      return range.lowClosed
    case 'end included':
      return range.highClosed
    default:
      return undefined
  }
}
