import type { FeelNumber } from './numbers.ts'

/** A day of the proleptic calendar, years −999 999 999 … 999 999 999. */
export interface FeelDate {
  readonly kind: 'date'
  readonly year: number
  readonly month: number
  readonly day: number
}

/** A time of day. `offset` is seconds east of UTC, `zone` an IANA name; both null for local time. */
export interface FeelTime {
  readonly kind: 'time'
  /** Nanoseconds since midnight (below 8.64e13, so exact in a double). */
  readonly nanos: number
  readonly offset: number | null
  readonly zone: string | null
}

export interface FeelDateTime {
  readonly kind: 'date and time'
  readonly date: FeelDate
  readonly time: FeelTime
}

export interface YearMonthDuration {
  readonly kind: 'years and months duration'
  /** Whole months, negative for a duration backwards. */
  readonly months: number
}

export interface DayTimeDuration {
  readonly kind: 'days and time duration'
  readonly nanos: bigint
}

/** An interval or a comparison as a value: `[1..5)`, `> 5` (low 5, high null). A null end is open to infinity. */
export interface FeelRange {
  readonly kind: 'range'
  readonly low: Value
  readonly high: Value
  readonly lowClosed: boolean
  readonly highClosed: boolean
}

/** Names to values in the order in which they were written. */
export type FeelContext = ReadonlyMap<string, Value>

export interface FeelFunction {
  readonly kind: 'function'
  /** For messages; empty for a function without a name. */
  readonly name: string
  readonly parameters: readonly string[]
  /** Type names as in `function(a: number)`; absent means Any. */
  readonly parameterTypes?: readonly (FeelType | undefined)[]
  readonly resultType?: FeelType
  /** Called with one value for each parameter (null where it was left out). */
  readonly call: (values: readonly Value[], run: Run) => Value
  /** The built-in functions check and match their arguments themselves: named ones come as a map. Returns undefined when they fit none. */
  readonly apply?: (values: readonly Value[] | ReadonlyMap<string, Value>, run: Run) => Value | undefined
}

/** Everything a FEEL expression can read or give. Lists are arrays, contexts are Maps, the rest carries its `kind`. */
export type Value =
  | null
  | boolean
  | string
  | FeelNumber
  | FeelDate
  | FeelTime
  | FeelDateTime
  | YearMonthDuration
  | DayTimeDuration
  | FeelRange
  | FeelFunction
  | FeelContext
  | readonly Value[]

export type SimpleType =
  | 'Any'
  | 'Null'
  | 'number'
  | 'string'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'years and months duration'
  | 'days and time duration'

/** The static types: simple ones by their FEEL name, composed ones as objects. `Any` is also "not known". */
export type FeelType =
  | SimpleType
  | { readonly list: FeelType }
  | { readonly range: FeelType }
  | { readonly context: Readonly<Record<string, FeelType>> }
  | { readonly parameters: readonly FeelType[]; readonly result: FeelType }

/** Something that made a value null, in words of code: the screen says it (`expressionWords`). */
export interface Notice {
  readonly code: string
  /** Where in the text it happened. */
  readonly from: number
  readonly to: number
  readonly details: Readonly<Record<string, string | number>>
}

/** One evaluation with what it may still use up. Shared by everything that one decision evaluates, so that a chain of rules has one budget. */
export interface Run {
  stepsLeft: number
  depthLeft: number
  readonly now: FeelDateTime | null
  readonly today: FeelDate | null
  /** Filled when given: why values became null. At most 100 are kept. */
  readonly notices: Notice[] | null
}

export type { FeelNumber }
