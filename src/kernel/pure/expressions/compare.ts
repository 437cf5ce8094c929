import { daysOf, instantOf, isLocal, nanosOfSecond } from './calendar.ts'
import { compareNumbers } from './numbers.ts'
import { checkDepth, spend } from './run.ts'
import { isContext, isList } from './types.ts'
import type { FeelContext, FeelRange, FeelTime, Run, Value } from './values.ts'

/** `a = b` (DMN 1.5 table 42): null where the kinds differ; null equals only null. */
export function equals(a: Value, b: Value, run: Run, depth = 0): boolean | null {
  if (a === b) return true
  if (a === null || b === null) return false
  if (typeof a !== 'object' || typeof b !== 'object') return typeof a === typeof b ? false : null
  checkDepth(depth)
  if (isList(a)) return isList(b) ? equalLists(a, b, run, depth) : null
  if (isContext(a)) return isContext(b) ? equalContexts(a, b, run, depth) : null
  if (isList(b) || isContext(b)) return null
  if (a.kind === 'range') return b.kind === 'range' ? equalRanges(a, b, run, depth) : null
  if (a.kind === 'function' || b.kind === 'function') return null
  const order = compareValues(a, b)
  return order === null ? (a.kind === b.kind ? false : null) : order === 0
}

function equalLists(a: readonly Value[], b: readonly Value[], run: Run, depth: number): boolean | null {
  if (a.length !== b.length) return false
  spend(run, a.length)
  let result: boolean | null = true
  for (let place = 0; place < a.length; place += 1) {
    const same = equals(a[place] ?? null, b[place] ?? null, run, depth + 1)
    if (same === false) return false
    if (same === null) result = null
  }
  return result
}

function equalContexts(a: FeelContext, b: FeelContext, run: Run, depth: number): boolean | null {
  if (a.size !== b.size) return false
  spend(run, a.size)
  let result: boolean | null = true
  for (const [name, value] of a) {
    const other = b.get(name)
    const same = other === undefined ? false : equals(value, other, run, depth + 1)
    if (same === false) return false
    if (same === null) result = null
  }
  return result
}

function equalRanges(a: FeelRange, b: FeelRange, run: Run, depth: number): boolean | null {
  if (a.lowClosed !== b.lowClosed || a.highClosed !== b.highClosed) return false
  const low = equals(a.low, b.low, run, depth + 1)
  const high = equals(a.high, b.high, run, depth + 1)
  return low === false || high === false ? false : low === null || high === null ? null : true
}

/** Negative, zero, positive; null where the two have no order (different kinds, booleans, lists, a local beside a zoned time). */
export function compareValues(a: Value, b: Value): number | null {
  if (a === null || b === null || typeof a === 'boolean' || typeof b === 'boolean') return null
  if (typeof a === 'string' || typeof b === 'string') return typeof a === typeof b ? (a === b ? 0 : compareTexts(a, b)) : null
  if (isList(a) || isList(b) || isContext(a) || isContext(b)) return null
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' ? compareNumbers(a, b) : null
    case 'date':
      return b.kind === 'date' ? daysOf(a) - daysOf(b) : null
    case 'time':
      return b.kind === 'time' ? compareTimes(a, b) : null
    case 'date and time':
      return b.kind === 'date and time' && isLocal(a.time) === isLocal(b.time) ? compareBig(instantOf(a), instantOf(b)) : null
    case 'years and months duration':
      return b.kind === 'years and months duration' ? a.months - b.months : null
    case 'days and time duration':
      return b.kind === 'days and time duration' ? compareBig(a.nanos, b.nanos) : null
    case 'range':
    case 'function':
      return null
  }
}

/** By code points, as every engine of this language does; not by pinyin. */
function compareTexts(a: Value, b: Value): number | null {
  if (typeof a !== 'string' || typeof b !== 'string') return null
  const length = Math.min(a.length, b.length)
  for (let place = 0; place < length; place += 1) {
    const left = a.charCodeAt(place)
    const right = b.charCodeAt(place)
    if (left !== right) {
      // A surrogate stands for a code point above every other unit.
      const leftHigh = left >= 0xd800 && left <= 0xdfff
      const rightHigh = right >= 0xd800 && right <= 0xdfff
      return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1
    }
  }
  return a.length - b.length
}

function compareTimes(a: FeelTime, b: FeelTime): number | null {
  if (isLocal(a) !== isLocal(b)) return null
  if (a.zone === b.zone && a.offset === b.offset) return a.nanos - b.nanos
  // The offset of a named zone depends on the day, which a time does not have.
  if (a.offset === null || b.offset === null) return null
  return a.nanos - a.offset * nanosOfSecond - (b.nanos - b.offset * nanosOfSecond)
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Whether a value lies in a range; null where it cannot be compared with an end that the range has. */
export function contains(range: FeelRange, value: Value): boolean | null {
  if (value === null || (range.low === null && range.high === null)) return null
  const low = range.low === null ? 1 : compareValues(value, range.low)
  const high = range.high === null ? -1 : compareValues(value, range.high)
  if (low === null || high === null) return null
  return (range.lowClosed ? low >= 0 : low > 0) && (range.highClosed ? high <= 0 : high < 0)
}
