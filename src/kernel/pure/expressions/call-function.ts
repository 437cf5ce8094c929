import { expressionErrors } from './errors.ts'
import { maxCalls } from './run.ts'
import { coerce, isContext, isList } from './types.ts'
import type { FeelFunction, FeelType, Run, Value } from './values.ts'

export function isFunction(value: Value): value is FeelFunction {
  return value !== null && typeof value === 'object' && !isList(value) && !isContext(value) && value.kind === 'function'
}

/** Calls by place. Undefined when the arguments do not fit. */
export function callWith(called: FeelFunction, values: readonly Value[], run: Run): Value | undefined {
  if (called.apply !== undefined) return called.apply(values, run)
  if (values.length !== called.parameters.length) return undefined
  return enter(called, values, run)
}

/** Calls by name. */
export function callNamed(called: FeelFunction, names: readonly string[], values: readonly Value[], run: Run): Value | undefined {
  const given = new Map(names.map((name, place) => [name, values[place] ?? null]))
  if (given.size !== names.length) return undefined
  if (called.apply !== undefined) return called.apply(given, run)
  if (names.some((name) => !called.parameters.includes(name))) return undefined
  return enter(
    called,
    called.parameters.map((name) => given.get(name) ?? null),
    run,
  )
}

/** With the conversions of the declared types; what does not fit then makes the whole call null (DMN 1.5 §10.3.2.13.2). */
function enter(called: FeelFunction, values: readonly Value[], run: Run): Value | undefined {
  const types = called.parameterTypes
  const fitted = types === undefined ? values : values.map((value, place) => fitOne(value, types[place]))
  if (fitted.some((value, place) => value === null && values[place] !== null)) return undefined
  const result = called.call(fitted, run)
  return called.resultType === undefined ? result : coerce(result, called.resultType)
}

function fitOne(value: Value, type: FeelType | undefined): Value {
  return type === undefined ? value : coerce(value, type)
}

/** Goes one call deeper; throws `expressions.too-deep` where a recursion does not end. `by`: about how many parts may be nested inside. */
export function deeper<Result>(run: Run, by: number, work: () => Result): Result {
  if (run.depthLeft < by) throw expressionErrors.tooDeep({ limit: maxCalls })
  run.depthLeft -= by
  try {
    return work()
  } finally {
    run.depthLeft += by
  }
}
