import { integerOf, roundNumber, type FeelNumber } from '../numbers.ts'
import { coerce, isContext, isList } from '../types.ts'
import type {
  DayTimeDuration,
  FeelContext,
  FeelDate,
  FeelDateTime,
  FeelFunction,
  FeelRange,
  FeelTime,
  FeelType,
  Run,
  Value,
  YearMonthDuration,
} from '../values.ts'

/** A parameter of a built-in function: its name in DMN and how its value is taken. `read` gives undefined for a value that does not fit. */
export interface Parameter<Taken> {
  readonly name: string
  readonly type: FeelType
  readonly mode: 'needed' | 'optional' | 'rest'
  readonly read: (value: Value) => Taken | undefined
}

type Taken<Parameters extends readonly Parameter<unknown>[]> = {
  [Place in keyof Parameters]: Parameters[Place] extends Parameter<infer One> ? One : never
}

/** One way to call a built-in function; a function may have several. */
export interface Signature {
  readonly name: string
  readonly parameters: readonly Parameter<unknown>[]
  readonly result: FeelType
  readonly call: (values: readonly unknown[], run: Run) => Value
}

/** Declares one way to call a function. The body gets the values taken, in the order of the parameters; null is "no result". */
export function define<const Parameters extends readonly Parameter<unknown>[]>(
  name: string,
  parameters: Parameters,
  result: FeelType,
  body: (values: Taken<Parameters>, run: Run) => Value,
): Signature {
  // Safe: `applySignature` calls with exactly what the parameters read, in their order.
  return { name, parameters, result, call: (values, run) => body(values as Taken<Parameters>, run) }
}

function parameter<One>(name: string, type: FeelType, read: (value: Value) => One | undefined): Parameter<One> {
  return { name, type, mode: 'needed', read }
}

function hasKind<Kind extends Kinded['kind']>(value: Value, kind: Kind): value is Extract<Kinded, { kind: Kind }> {
  return value !== null && typeof value === 'object' && !isList(value) && !isContext(value) && value.kind === kind
}
type Kinded = FeelNumber | FeelDate | FeelTime | FeelDateTime | YearMonthDuration | DayTimeDuration | FeelRange | FeelFunction

const ofKind =
  <Kind extends Kinded['kind']>(kind: Kind, type: FeelType) =>
  (name: string): Parameter<Extract<Kinded, { kind: Kind }>> =>
    parameter(name, type, (value) => {
      const fitted = hasKind(value, kind) ? value : coerce(value, type)
      return hasKind(fitted, kind) ? fitted : undefined
    })

export const num = ofKind('number', 'number')
export const time = ofKind('time', 'time')
export const months = ofKind('years and months duration', 'years and months duration')
export const dayTime = ofKind('days and time duration', 'days and time duration')

export const range = (name: string): Parameter<FeelRange> =>
  parameter(name, { range: 'Any' }, (value) => (hasKind(value, 'range') ? value : undefined))
export const func = (name: string): Parameter<FeelFunction> =>
  parameter(name, 'Any', (value) => (hasKind(value, 'function') ? value : undefined))
export const text = (name: string): Parameter<string> =>
  parameter(name, 'string', (value) => {
    const fitted = coerce(value, 'string')
    return typeof fitted === 'string' ? fitted : undefined
  })
export const flag = (name: string): Parameter<boolean | null> =>
  parameter(name, 'boolean', (value) => (value === null || typeof value === 'boolean' ? value : undefined))
/** A whole number of JavaScript. */
export const whole = (name: string): Parameter<number> =>
  parameter(name, 'number', (value) => {
    const fitted = coerce(value, 'number')
    return hasKind(fitted, 'number') ? (integerOf(fitted) ?? undefined) : undefined
  })
/** A whole number; decimals fall away. */
export const truncated = (name: string): Parameter<number> =>
  parameter(name, 'number', (value) => {
    const fitted = coerce(value, 'number')
    if (!hasKind(fitted, 'number')) return undefined
    const rounded = roundNumber(fitted, 0, 'down')
    return rounded === null ? undefined : (integerOf(rounded) ?? undefined)
  })
/** A list; a single value counts as a list of one (DMN 1.5 §10.3.2.9.4), null does not. */
export const list = (name: string): Parameter<readonly Value[]> =>
  parameter(name, { list: 'Any' }, (value) => (value === null ? undefined : isList(value) ? value : [value]))
export const context = (name: string): Parameter<FeelContext> =>
  parameter(name, { context: {} }, (value) => {
    const fitted = coerce(value, { context: {} })
    return isContext(fitted) ? fitted : undefined
  })
/** Any value, null too. */
export const any = (name: string): Parameter<Value> => parameter(name, 'Any', (value) => value)
/** A value that can have a place in a range. */
export const point = (name: string): Parameter<Value> =>
  parameter(name, 'Any', (value) => (value === null || isList(value) || isContext(value) || hasKind(value, 'range') ? undefined : value))

/** May be left out; given as null it does not fit. */
export function optional<One>(needed: Parameter<One>): Parameter<One | undefined> {
  return { ...needed, mode: 'optional', read: needed.read }
}

/** May be left out, and null counts as left out. */
export function omittable<One>(needed: Parameter<One>): Parameter<One | null | undefined> {
  return { ...needed, mode: 'optional', read: (value) => (value === null ? null : needed.read(value)) }
}

/** All further arguments as a list. */
export function rest<One>(needed: Parameter<One>): Parameter<readonly One[]> {
  return {
    ...needed,
    mode: 'rest',
    read(value) {
      const taken = isList(value) ? value.map(needed.read) : []
      return taken.every((one) => one !== undefined) ? (taken as readonly One[]) : undefined // Safe: just checked.
    },
  }
}

/** Calls with values by place or by name; undefined when they do not fit this way of calling. */
export function applySignature(signature: Signature, given: readonly Value[] | ReadonlyMap<string, Value>, run: Run): Value | undefined {
  const values = isByName(given) ? byName(signature, given) : byPlace(signature, given)
  if (values === undefined) return undefined
  const taken: unknown[] = []
  for (const [place, one] of signature.parameters.entries()) {
    const value = values[place]
    if (value === undefined) {
      if (one.mode === 'needed') return undefined
      taken.push(one.mode === 'rest' ? [] : undefined)
      continue
    }
    const read = one.read(value)
    if (read === undefined) return undefined
    taken.push(read)
  }
  return signature.call(taken, run)
}

function isByName(given: readonly Value[] | ReadonlyMap<string, Value>): given is ReadonlyMap<string, Value> {
  return given instanceof Map
}

function byPlace({ parameters }: Signature, given: readonly Value[]): (Value | undefined)[] | undefined {
  const last = parameters[parameters.length - 1]
  if (last?.mode === 'rest') {
    const before = parameters.length - 1
    return given.length <= before ? undefined : [...given.slice(0, before), given.slice(before)]
  }
  return given.length > parameters.length ? undefined : parameters.map((_, place) => given[place])
}

function byName({ parameters }: Signature, given: ReadonlyMap<string, Value>): (Value | undefined)[] | undefined {
  const names = parameters.map((one) => one.name)
  for (const name of given.keys()) if (!names.includes(name)) return undefined
  return names.map((name) => given.get(name))
}
