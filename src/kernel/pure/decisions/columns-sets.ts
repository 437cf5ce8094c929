import { dateOfDays, daysOf, numberFrom, type Value } from '#kernel/pure/expressions/index.ts'

/** The kinds of value that lie on a line and that comparisons and intervals speak of. */
export type OrderedKind = 'number' | 'date' | 'months' | 'nanos'

/** An exact place on such a line: `digits × 10^-scale`; days since 1970-01-01, whole months, nanoseconds. */
export interface Point {
  readonly digits: bigint
  readonly scale: number
}

/** An interval; an absent end is open to infinity. */
export interface Piece {
  readonly low: Point | undefined
  readonly lowClosed: boolean
  readonly high: Point | undefined
  readonly highClosed: boolean
}

/** A value that is only equal or not equal to others. */
export type Word = string | boolean
export type WordKind = 'string' | 'boolean'

/** What a cell of an input accepts, as far as it can be said without asking it again for every record. */
export type CellSet =
  | { readonly kind: 'any' }
  | { readonly kind: 'ordered'; readonly of: OrderedKind; readonly pieces: readonly Piece[]; readonly acceptsUnknown: boolean }
  | {
      readonly kind: 'words'
      readonly of: WordKind
      readonly words: ReadonlySet<Word>
      /** The words are those that are not accepted. */
      readonly isExcept: boolean
      readonly acceptsUnknown: boolean
    }
  /** A cell about which only the evaluator can tell: it sees other inputs, or calls functions. */
  | { readonly kind: 'asked' }

/** Below 0 when `one` is the lower, 0 when they are equal. */
export function comparePoints(one: Point, other: Point): number {
  const scale = Math.max(one.scale, other.scale)
  const left = scaled(one, scale)
  const right = scaled(other, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

function scaled(point: Point, scale: number): bigint {
  return scale === point.scale ? point.digits : point.digits * 10n ** BigInt(scale - point.scale)
}

/** The smallest integer n with n × 10^-scale >= point, and whether they are equal. */
export function ceilingAt(point: Point, scale: number): { integer: bigint; isExact: boolean } {
  if (scale >= point.scale) return { integer: scaled(point, scale), isExact: true }
  const divisor = 10n ** BigInt(point.scale - scale)
  const quotient = point.digits / divisor
  const rest = point.digits % divisor
  if (rest === 0n) return { integer: quotient, isExact: true }
  return { integer: rest > 0n ? quotient + 1n : quotient, isExact: false }
}

/** Where a value lies on the line of its kind; undefined for a value of no ordered kind. Times with zones are left to the evaluator. */
export function pointOf(value: Value): { of: OrderedKind; point: Point } | undefined {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return undefined
  if (value.kind === 'number') return { of: 'number', point: { digits: BigInt(value.digits), scale: value.scale } }
  if (value.kind === 'date') return { of: 'date', point: { digits: BigInt(daysOf(value)), scale: 0 } }
  if (value.kind === 'years and months duration') return { of: 'months', point: { digits: BigInt(value.months), scale: 0 } }
  if (value.kind === 'days and time duration') return { of: 'nanos', point: { digits: value.nanos, scale: 0 } }
  return undefined
}

/** The value at a point of the line of its kind. */
export function valueAtPoint({ digits, scale }: Point, of: OrderedKind): Value {
  if (of === 'number') return numberFrom(digits, scale)
  if (of === 'date') return dateOfDays(Number(digits))
  return of === 'months' ? { kind: 'years and months duration', months: Number(digits) } : { kind: 'days and time duration', nanos: digits }
}
