import { addMonths, dateOfDays, daysOf, instantOf, isLocal, nanosOfDay, nanosOfSecond, offsetOf } from './calendar.ts'
import {
  addNumbers,
  divideNumbers,
  multiplyNumbers,
  negated,
  numberFrom,
  numberOf,
  roundNumber,
  subtractNumbers,
  type FeelNumber,
} from './numbers.ts'
import { powerOf } from './number-functions.ts'
import { checkedText } from './run.ts'
import type { ArithmeticOperator } from './syntax.ts'
import { dayTimeDuration, yearMonthDuration } from './temporal-text.ts'
import { isContext, isList } from './types.ts'
import type { DayTimeDuration, FeelDate, FeelDateTime, FeelTime, Value, YearMonthDuration } from './values.ts'

type Duration = YearMonthDuration | DayTimeDuration
type Moment = FeelDate | FeelTime | FeelDateTime
type Kinded = FeelNumber | Duration | Moment

/** `a + b` and so on over every pair of kinds that DMN 1.5 tables 45–52 name; null for every other pair. */
export function calculate(operator: ArithmeticOperator, a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return operator === '+' ? checkedText(a + b) : null
  if (!isKinded(a) || !isKinded(b)) return null
  if (a.kind === 'number' && b.kind === 'number') return calculateNumbers(operator, a, b)
  switch (operator) {
    case '+':
      return add(a, b)
    case '-':
      return subtract(a, b)
    case '*':
      return isDuration(a) && b.kind === 'number' ? scale(a, b) : a.kind === 'number' && isDuration(b) ? scale(b, a) : null
    case '/':
      return divide(a, b)
    case '**':
      return null
  }
}

function isKinded(value: Value): value is Kinded {
  if (value === null || typeof value !== 'object' || isList(value) || isContext(value)) return false
  return value.kind !== 'range' && value.kind !== 'function'
}

function isDuration(value: Kinded): value is Duration {
  return value.kind === 'years and months duration' || value.kind === 'days and time duration'
}

function calculateNumbers(operator: ArithmeticOperator, a: FeelNumber, b: FeelNumber): FeelNumber | null {
  switch (operator) {
    case '+':
      return addNumbers(a, b)
    case '-':
      return subtractNumbers(a, b)
    case '*':
      return multiplyNumbers(a, b)
    case '/':
      return divideNumbers(a, b)
    case '**':
      return powerOf(a, b)
  }
}

/** `-a`. */
export function negate(a: Value): Value {
  if (!isKinded(a)) return null
  if (a.kind === 'number') return negated(a)
  return isDuration(a) ? negateDuration(a) : null
}

function negateDuration(value: Duration): Duration | null {
  return value.kind === 'years and months duration' ? yearMonthDuration(-value.months) : dayTimeDuration(-value.nanos)
}

function add(a: Kinded, b: Kinded): Value {
  if (isDuration(b)) return isDuration(a) ? addDurations(a, b) : a.kind === 'number' ? null : addTo(a, b)
  return isDuration(a) && b.kind !== 'number' ? addTo(b, a) : null
}

function addDurations(a: Duration, b: Duration): Value {
  if (a.kind === 'years and months duration') return b.kind === a.kind ? yearMonthDuration(a.months + b.months) : null
  return b.kind === a.kind ? dayTimeDuration(a.nanos + b.nanos) : null
}

function addTo(moment: Moment, duration: Duration): Value {
  if (duration.kind === 'years and months duration') {
    if (moment.kind === 'date') return addMonths(moment, duration.months)
    if (moment.kind === 'time') return null
    const date = addMonths(moment.date, duration.months)
    return date === null ? null : { ...moment, date }
  }
  const day = BigInt(nanosOfDay)
  if (moment.kind === 'time') {
    const nanos = (((BigInt(moment.nanos) + duration.nanos) % day) + day) % day
    return { ...moment, nanos: Number(nanos) }
  }
  const date = moment.kind === 'date' ? moment : moment.date
  const total = BigInt(daysOf(date)) * day + BigInt(moment.kind === 'date' ? 0 : moment.time.nanos) + duration.nanos
  const rest = ((total % day) + day) % day
  const moved = dateOfDays(Number((total - rest) / day))
  if (moved === null || moment.kind === 'date') return moved
  return { kind: 'date and time', date: moved, time: { ...moment.time, nanos: Number(rest) } }
}

function subtract(a: Kinded, b: Kinded): Value {
  if (isDuration(b)) {
    const back = negateDuration(b)
    return back === null ? null : add(a, back)
  }
  if (isDuration(a) || a.kind === 'number' || b.kind === 'number') return null
  if (a.kind === 'time' || b.kind === 'time') return a.kind === 'time' && b.kind === 'time' ? betweenTimes(a, b) : null
  const later = midnight(a)
  const earlier = midnight(b)
  return isLocal(later.time) === isLocal(earlier.time) ? dayTimeDuration(instantOf(later) - instantOf(earlier)) : null
}

function betweenTimes(a: FeelTime, b: FeelTime): Value {
  if (isLocal(a) !== isLocal(b)) return null
  const seconds = (offsetAt(a) - offsetAt(b)) * nanosOfSecond
  return dayTimeDuration(BigInt(a.nanos - b.nanos) - BigInt(seconds))
}

/** A time of a named zone has no day: the offset of 1970 is taken, as nothing better is known. */
function offsetAt(time: FeelTime): number {
  return offsetOf({ kind: 'date and time', date: { kind: 'date', year: 1970, month: 1, day: 1 }, time }) ?? 0
}

/** A day stands for its midnight in UTC (DMN 1.5 §10.3.2.3.6). */
function midnight(value: FeelDate | FeelDateTime): FeelDateTime {
  return value.kind === 'date' ? { kind: 'date and time', date: value, time: { kind: 'time', nanos: 0, offset: 0, zone: null } } : value
}

function scale(duration: Duration, factor: FeelNumber): Value {
  return duration.kind === 'years and months duration'
    ? monthsFrom(multiplyNumbers(numberOf(duration.months), factor))
    : nanosFrom(multiplyNumbers(numberFrom(duration.nanos, 0) ?? numberOf(0), factor))
}

function divide(a: Kinded, b: Kinded): Value {
  if (a.kind === 'years and months duration') {
    if (b.kind === 'number') return monthsFrom(divideNumbers(numberOf(a.months), b))
    return b.kind === a.kind ? divideNumbers(numberOf(a.months), numberOf(b.months)) : null
  }
  if (a.kind !== 'days and time duration') return null
  const nanos = numberFrom(a.nanos, 0) ?? numberOf(0)
  if (b.kind === 'number') return nanosFrom(divideNumbers(nanos, b))
  return b.kind === a.kind ? divideNumbers(nanos, numberFrom(b.nanos, 0) ?? numberOf(0)) : null
}

/** Whole months: what is left of a month falls away. */
function monthsFrom(value: FeelNumber | null): Value {
  const whole = value === null ? null : roundNumber(value, 0, 'down')
  return whole === null ? null : yearMonthDuration(Number(whole.digits) * 10 ** -whole.scale)
}

function nanosFrom(value: FeelNumber | null): Value {
  const whole = value === null ? null : roundNumber(value, 0, 'down')
  if (whole === null || whole.scale < -25) return null
  return dayTimeDuration(
    whole.scale <= 0 ? BigInt(whole.digits) * 10n ** BigInt(-whole.scale) : BigInt(whole.digits) / 10n ** BigInt(whole.scale),
  )
}
