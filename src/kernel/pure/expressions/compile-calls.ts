import { functionNamed } from './compile-names.ts'
import type { Compile, Environment, Evaluator, Known, Scope } from './compiling.ts'
import { expressionErrors } from './errors.ts'
import { maxCalls, note, spend } from './run.ts'
import type { NodeOf } from './syntax.ts'
import { coerce, isContext, isList } from './types.ts'
import type { FeelFunction, FeelType, Run, Value } from './values.ts'

/** `f(1, 2)`, `f(a: 1)`: of a built-in function, one that a variable holds, or one written here. */
export const compileCall: Compile<NodeOf<'call'>> = (part, known, { compile }) => {
  const target = compile(part.target, known)
  const values = part.values.map((value) => compile(value, known))
  const { names } = part
  const instead = part.target.kind === 'variable' ? functionNamed(part.target.name) : null
  const name = part.target.kind === 'variable' ? part.target.name : ''
  return (scope, environment) => {
    const found = target(scope, environment)
    const called = isFunction(found) ? found : instead
    if (called === null) return note(environment.run, 'no-function', part, { name })
    spend(environment.run, 1)
    const given = values.map((value) => value(scope, environment))
    const result = names === null ? callWith(called, given, environment.run) : callNamed(called, names, given, environment.run)
    return result === undefined ? note(environment.run, 'wrong-arguments', part, { name: called.name === '' ? name : called.name }) : result
  }
}

export function isFunction(value: Value): value is FeelFunction {
  return value !== null && typeof value === 'object' && !isList(value) && !isContext(value) && value.kind === 'function'
}

/** Calls by place. Undefined when the arguments do not fit. */
export function callWith(called: FeelFunction, values: readonly Value[], run: Run): Value | undefined {
  if (called.apply !== undefined) return called.apply(values, run)
  if (values.length !== called.parameters.length) return undefined
  return enter(called, values, run)
}

function callNamed(called: FeelFunction, names: readonly string[], values: readonly Value[], run: Run): Value | undefined {
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

/** `function(a, b) …`: keeps the scope in which it was written. */
export const compileFunction: Compile<NodeOf<'function'>> = (part, known, { compile, sizeOf }) => {
  const parameters = part.parameters.map((parameter) => parameter.name)
  const parameterTypes = part.parameters.map((parameter) => parameter.type)
  const inner = parameters.reduce<Known | null>((outer, name) => ({ kind: 'name', name, outer }), known)
  // Code of another language is never run: such a function gives null.
  const body: Evaluator = part.external
    ? (_scope, environment) => note(environment.run, 'external-function', part)
    : compile(part.body, inner)
  const cost = sizeOf(part.body) + 1
  return (scope, environment) => ({
    kind: 'function',
    name: '',
    parameters,
    parameterTypes,
    call: (values, run) => runBody({ body, cost, scope, environment }, values, run),
  })
}

interface Body {
  readonly body: Evaluator
  readonly cost: number
  readonly scope: Scope | null
  readonly environment: Environment
}

function runBody({ body, cost, scope, environment }: Body, values: readonly Value[], run: Run): Value {
  spend(run, cost)
  return deeper(run, Math.min(cost, 50) + 5, () => {
    const inner = values.reduce<Scope | null>((outer, value) => ({ value, outer }), scope)
    return body(inner, { ...environment, run })
  })
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
