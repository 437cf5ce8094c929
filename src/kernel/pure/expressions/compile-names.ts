import { builtins } from './builtins/index.ts'
import type { Compile, Known, Scope } from './compiling.ts'
import { entryOf, propertyOf } from './properties.ts'
import { note, spend } from './run.ts'
import type { NodeOf } from './syntax.ts'
import { isContext, isList } from './types.ts'
import type { FeelFunction, Value } from './values.ts'

/** A name: the innermost scope that has it, then the variables, then the built-in functions. Unknown names are null, and noted. */
export const compileVariable: Compile<NodeOf<'variable'>> = (part, known) => {
  const { name } = part
  const steps = stepsTo(name, known)
  const builtin: FeelFunction | null = builtins.get(name) ?? null
  const only = steps[0]
  if (only !== undefined && only.kind === 'name') {
    const { hops } = only
    return (scope) => up(scope, hops)?.value ?? null
  }
  return (scope, environment) => {
    for (const step of steps) {
      const held = up(scope, step.hops)?.value ?? null
      if (step.kind === 'name') return held
      if (isContext(held)) {
        const entry = entryOf(held, name)
        if (entry !== undefined) return entry
      }
      if (step.kind === 'item' && name === 'item') return held
    }
    const found = environment.variables.get(name)
    if (found !== undefined) return found
    if (builtin !== null) return builtin
    return (
      entryOf(environment.variables, name) ??
      (environment.variables.has(name) ? null : note(environment.run, 'unknown-name', part, { name }))
    )
  }
}

interface Step {
  readonly kind: Known['kind']
  readonly hops: number
}

/** The scopes that may have the name, inner ones first; after one that has it for sure no other counts. */
function stepsTo(name: string, known: Known | null): Step[] {
  const steps: Step[] = []
  let hops = 0
  for (let at = known; at !== null; at = at.outer) {
    if (at.kind !== 'name') steps.push({ kind: at.kind, hops })
    else if (at.name === name) return [...steps, { kind: 'name', hops }]
    hops += 1
  }
  return steps
}

function up(scope: Scope | null, hops: number): Scope | null {
  let at = scope
  for (let left = hops; left > 0 && at !== null; left -= 1) at = at.outer
  return at
}

/** The built-in function of that name: also where a variable of the same name is no function (a list called `count` may be counted). */
export function functionNamed(name: string): FeelFunction | null {
  return builtins.get(name) ?? null
}

/** `a.b`: an entry of a context, a property of a date; of a list it is the list of what the items give. */
export const compilePath: Compile<NodeOf<'path'>> = (part, known, { compile }) => {
  const source = compile(part.source, known)
  const { name } = part
  const follow = (value: Value): Value | undefined => {
    if (value === null || typeof value !== 'object' || isList(value)) return undefined
    return isContext(value) ? entryOf(value, name) : propertyOf(value, name)
  }
  return (scope, environment) => {
    const value = source(scope, environment)
    if (isList(value)) {
      spend(environment.run, value.length)
      return value.map((item) => follow(item) ?? null)
    }
    const found = follow(value)
    return found === undefined ? note(environment.run, 'no-entry', part, { name }) : found
  }
}
