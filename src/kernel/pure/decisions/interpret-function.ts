import type { FeelContext, FeelFunction, Value } from '#kernel/pure/expressions/index.ts'
import { deeper } from '#kernel/pure/expressions/index.ts'
import { type Place, type Prepared, within } from './interpret-literal.ts'
import { type Evaluation, find } from './interpret-trace.ts'
import { receive, type ValueType } from './interpret-types.ts'
import type { FunctionDefinition, Variable } from './model.ts'

/** Prepares a function definition: its value is the function, which sees the names around it. Other languages than FEEL are never run. */
export function prepareFunction(expression: FunctionDefinition, place: Place): Prepared {
  const parameters = parametersOf(expression.parameters, place)
  const names = Object.fromEntries(parameters.map((one) => [one.name, one.type.feel]))
  const isFeel = expression.functionKind === 'FEEL'
  const body = isFeel && expression.body !== undefined ? place.prepare(expression.body, within(place, names)) : undefined
  const result = body?.type ?? 'Any'
  const call = (values: readonly Value[], scope: FeelContext, at: Evaluation): Value => {
    if (body === undefined) return find(at, isFeel ? 'no-logic' : 'not-run-here', place.of)
    const given = receiveAll({ values, parameters, of: place.of, at })
    return given === null ? null : body.evaluate(new Map([...scope, ...given]), at)
  }
  return {
    type: { parameters: parameters.map((one) => one.type.feel), result },
    evaluate: (scope, at) => makeFunction({ name: place.of, parameters, call: (values) => call(values, scope, at) }),
  }
}

/** A parameter with its type. */
export interface Parameter {
  readonly name: string
  readonly type: ValueType
}

/** The parameters of a function with their types. */
export function parametersOf(variables: readonly Variable[], place: Pick<Place, 'types' | 'model'>): Parameter[] {
  return variables.map((one) => ({ name: one.name, type: place.types.typeOf(place.model, one.typeRef) }))
}

interface Receiving {
  readonly values: readonly Value[]
  readonly parameters: readonly Parameter[]
  readonly of: string
  readonly at: Evaluation
}

/** The arguments under their types, by name; null with a finding when one does not fit: then the function is not called. */
export function receiveAll({ values, parameters, of, at }: Receiving): [string, Value][] | null {
  let isRefused = false
  const given = parameters.map((parameter, place): [string, Value] => {
    const { value, refused } = receive(values[place] ?? null, parameter.type, at.run)
    if (refused !== undefined) {
      find(at, refused, of, { argument: parameter.name })
      isRefused = true
    }
    return [parameter.name, value]
  })
  return isRefused ? null : given
}

interface Making {
  readonly name: string
  readonly parameters: readonly Parameter[]
  readonly call: (values: readonly Value[]) => Value
}

/** How many levels of the evaluator one call of a function of the model takes at most. */
const levels = 20

/** A function of the model as a value of FEEL: a recursion that does not end is stopped by the run's depth. */
export function makeFunction({ name, parameters, call }: Making): FeelFunction {
  return {
    kind: 'function',
    name,
    parameters: parameters.map((one) => one.name),
    // A parameter that takes a function is checked by `receive`, which asks less of functions.
    parameterTypes: parameters.map(({ type: { feel } }) => (typeof feel === 'object' && 'parameters' in feel ? undefined : feel)),
    call: (values, run) => deeper(run, levels, () => call(values)),
  }
}
