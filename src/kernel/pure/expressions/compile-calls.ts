import { callNamed, callWith, deeper, isFunction } from './call-function.ts'
import { functionNamed } from './compile-names.ts'
import type { Compile, Environment, Evaluator, Known, Scope } from './compiling.ts'
import { note, spend } from './run.ts'
import type { NodeOf } from './syntax.ts'
import type { Run, Value } from './values.ts'

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

/** `function(a, b) …`: keeps the scope in which it was written. */
export const compileFunction: Compile<NodeOf<'function'>> = (part, known, { compile, sizeOf, depthOf }) => {
  const parameters = part.parameters.map((parameter) => parameter.name)
  const parameterTypes = part.parameters.map((parameter) => parameter.type)
  const inner = parameters.reduce<Known | null>((outer, name) => ({ kind: 'name', name, outer }), known)
  // Code of another language is never run: such a function gives null.
  const body: Evaluator = part.external
    ? (_scope, environment) => note(environment.run, 'external-function', part)
    : compile(part.body, inner)
  const cost = sizeOf(part.body) + 1
  const levels = depthOf(part.body) + levelsOfCall
  return (scope, environment) => ({
    kind: 'function',
    name: '',
    parameters,
    parameterTypes,
    call: (values, run) => runBody({ body, cost, levels, scope, environment }, values, run),
  })
}

/** What a call itself needs of the stack, in levels of parts. */
const levelsOfCall = 5

interface Body {
  readonly body: Evaluator
  readonly cost: number
  readonly levels: number
  readonly scope: Scope | null
  readonly environment: Environment
}

function runBody({ body, cost, levels, scope, environment }: Body, values: readonly Value[], run: Run): Value {
  spend(run, cost)
  return deeper(run, levels, () => {
    const inner = values.reduce<Scope | null>((outer, value) => ({ value, outer }), scope)
    return body(inner, { ...environment, run })
  })
}
