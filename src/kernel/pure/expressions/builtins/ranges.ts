import { compareValues, contains } from '../compare.ts'
import type { FeelRange, FeelType, Value } from '../values.ts'
import { define, point, range, type Parameter, type Signature } from './signature.ts'

type Relation = (a: FeelRange, b: FeelRange) => boolean | null

/** Three-valued `and` over tests that may not be comparable. */
const all = (...tests: (boolean | null)[]): boolean | null => (tests.includes(false) ? false : tests.includes(null) ? null : true)
const either = (...tests: (boolean | null)[]): boolean | null => (tests.includes(true) ? true : tests.includes(null) ? null : false)

/** Compares two ends; null where they cannot be compared. An end that a range does not have is beyond every value. */
function order(a: Value, b: Value, open: { a: number; b: number }): number | null {
  if (a === null || b === null) return (a === null ? open.a : 0) - (b === null ? open.b : 0)
  return compareValues(a, b)
}
const lows = (a: FeelRange, b: FeelRange): number | null => order(a.low, b.low, { a: -1, b: -1 })
const highs = (a: FeelRange, b: FeelRange): number | null => order(a.high, b.high, { a: 1, b: 1 })
const highToLow = (a: FeelRange, b: FeelRange): number | null => order(a.high, b.low, { a: 1, b: -1 })
const test = (value: number | null, holds: (value: number) => boolean): boolean | null => (value === null ? null : holds(value))

const asRange = (value: Value): FeelRange => ({ kind: 'range', low: value, high: value, lowClosed: true, highClosed: true })

const before: Relation = (a, b) => test(highToLow(a, b), (gap) => gap < 0 || (gap === 0 && (!a.highClosed || !b.lowClosed)))
const meets: Relation = (a, b) => test(highToLow(a, b), (gap) => gap === 0 && a.highClosed && b.lowClosed)
const overlaps: Relation = (a, b) => {
  const first = before(a, b)
  const second = before(b, a)
  return first === null || second === null ? null : !first && !second
}
const startsEarlier = (a: FeelRange, b: FeelRange): boolean | null =>
  test(lows(a, b), (gap) => gap < 0 || (gap === 0 && a.lowClosed && !b.lowClosed))
const endsLater = (a: FeelRange, b: FeelRange): boolean | null =>
  test(highs(a, b), (gap) => gap > 0 || (gap === 0 && a.highClosed && !b.highClosed))
const sameStart = (a: FeelRange, b: FeelRange): boolean | null => test(lows(a, b), (gap) => gap === 0 && a.lowClosed === b.lowClosed)
const sameEnd = (a: FeelRange, b: FeelRange): boolean | null => test(highs(a, b), (gap) => gap === 0 && a.highClosed === b.highClosed)
const includes: Relation = (a, b) => all(either(startsEarlier(a, b), sameStart(a, b)), either(endsLater(a, b), sameEnd(a, b)))
const finishes: Relation = (a, b) => all(sameEnd(a, b), either(startsEarlier(b, a), sameStart(a, b)))
const starts: Relation = (a, b) => all(sameStart(a, b), either(endsLater(b, a), sameEnd(a, b)))
const overlapsBefore: Relation = (a, b) => all(startsEarlier(a, b), overlaps(a, b), either(endsLater(b, a), sameEnd(a, b)))
const turned =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a)

const of = (name: string, a: Parameter<FeelRange>, b: Parameter<FeelRange>, relation: Relation): Signature =>
  define(name, [a, b], 'boolean', ([first, second]) => relation(first, second))

/** A point as a range of one value. */
const pointRange = (name: string): Parameter<FeelRange> => {
  const plain = point(name)
  const type: FeelType = 'Any'
  return {
    name,
    type,
    mode: 'needed',
    read(value) {
      const read = plain.read(value)
      return read === undefined ? undefined : asRange(read)
    },
  }
}

const anyPair = (name: string, relation: Relation): Signature[] => [
  of(name, pointRange('point1'), pointRange('point2'), relation),
  of(name, pointRange('point'), range('range'), relation),
  of(name, range('range'), pointRange('point'), relation),
  of(name, range('range1'), range('range2'), relation),
]
const rangePair = (name: string, relation: Relation): Signature[] => [of(name, range('range1'), range('range2'), relation)]

/** The relations between points and ranges (DMN 1.5 table 78). */
export const rangeFunctions: readonly Signature[] = [
  ...anyPair('before', before),
  ...anyPair('after', turned(before)),
  ...rangePair('meets', meets),
  ...rangePair('met by', turned(meets)),
  ...rangePair('overlaps', overlaps),
  ...rangePair('overlaps before', overlapsBefore),
  ...rangePair('overlaps after', turned(overlapsBefore)),
  define('finishes', [point('point'), range('range')], 'boolean', ([at, b]) =>
    test(compareValues(at, b.high), (gap) => gap === 0 && b.highClosed),
  ),
  ...rangePair('finishes', finishes),
  define('finished by', [range('range'), point('point')], 'boolean', ([a, at]) =>
    test(compareValues(at, a.high), (gap) => gap === 0 && a.highClosed),
  ),
  ...rangePair('finished by', turned(finishes)),
  define('includes', [range('range'), point('point')], 'boolean', ([a, at]) => contains(a, at)),
  ...rangePair('includes', includes),
  define('during', [point('point'), range('range')], 'boolean', ([at, b]) => contains(b, at)),
  ...rangePair('during', turned(includes)),
  define('starts', [point('point'), range('range')], 'boolean', ([at, b]) =>
    test(compareValues(at, b.low), (gap) => gap === 0 && b.lowClosed),
  ),
  ...rangePair('starts', starts),
  define('started by', [range('range'), point('point')], 'boolean', ([a, at]) =>
    test(compareValues(at, a.low), (gap) => gap === 0 && a.lowClosed),
  ),
  ...rangePair('started by', turned(starts)),
  define('coincides', [point('point1'), point('point2')], 'boolean', ([a, b]) => test(compareValues(a, b), (gap) => gap === 0)),
  ...rangePair('coincides', (a, b) => all(sameStart(a, b), sameEnd(a, b))),
]
