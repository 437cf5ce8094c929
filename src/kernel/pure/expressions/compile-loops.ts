import { dateOfDays, daysOf } from './calendar.ts'
import { compareValues } from './compare.ts'
import type { Compile, Compiling, Environment, Evaluator, Known, Scope } from './compiling.ts'
import { integerOf, numberOf } from './numbers.ts'
import { checkItems, maxItems, note, spend } from './run.ts'
import type { Iteration, Node, NodeOf } from './syntax.ts'
import { isList } from './types.ts'
import type { FeelRange, Run, Value } from './values.ts'

type Items = (scope: Scope | null, environment: Environment) => readonly Value[] | null

/** `for x in a, y in b return …`: every combination, the last name running fastest; `partial` is what came out so far. */
export const compileFor: Compile<NodeOf<'for'>> = (part, known, compiling) => {
  const loop = compileRounds(part.iterations, { kind: 'name', name: 'partial', outer: known }, compiling)
  const body = compiling.compile(part.body, loop.known)
  const cost = compiling.sizeOf(part.body) + 1
  return (scope, environment) => {
    const results: Value[] = []
    const finished = loop.each({ value: results, outer: scope }, environment, (inner) => {
      checkItems(environment.run, 1)
      spend(environment.run, cost)
      if (results.length >= maxItems) checkItems(environment.run, maxItems + 1)
      results.push(body(inner, environment))
      return true
    })
    return finished === null ? note(environment.run, 'no-list', part) : results
  }
}

/** `some x in a satisfies …`, `every …`: three-valued like `or` and `and`. */
export const compileQuantified: Compile<NodeOf<'quantified'>> = (part, known, compiling) => {
  const loop = compileRounds(part.iterations, known, compiling)
  const body = compiling.compile(part.body, loop.known)
  const cost = compiling.sizeOf(part.body) + 1
  const deciding = !part.every
  return (scope, environment) => {
    let result: boolean | null = !deciding
    const finished = loop.each(scope, environment, (inner) => {
      spend(environment.run, cost)
      const holds = body(inner, environment)
      if (holds === deciding) result = deciding
      else if (typeof holds !== 'boolean' && result !== deciding) result = null
      return holds !== deciding
    })
    return finished === null ? note(environment.run, 'no-list', part) : result
  }
}

interface Rounds {
  /** The names inside. */
  readonly known: Known | null
  /** Calls `round` for every combination until it says false. Null when one of the sources is no list. */
  readonly each: (scope: Scope | null, environment: Environment, round: (scope: Scope | null) => boolean) => boolean | null
}

/** The sources nest at most as deep as there are names written, so this recursion is bounded by the text. */
function compileRounds(iterations: readonly Iteration[], known: Known | null, compiling: Compiling): Rounds {
  const [first, ...rest] = iterations
  if (first === undefined) return { known, each: (scope, _environment, round) => round(scope) }
  const items = compileSource(first, known, compiling)
  const inner = compileRounds(rest, { kind: 'name', name: first.name, outer: known }, compiling)
  return {
    known: inner.known,
    each(scope, environment, round) {
      const list = items(scope, environment)
      if (list === null) return null
      for (const value of list) {
        spend(environment.run, 1)
        const on = inner.each({ value, outer: scope }, environment, round)
        if (on !== true) return on
      }
      return true
    },
  }
}

function compileSource(iteration: Iteration, known: Known | null, { compile }: Compiling): Items {
  const source = compile(iteration.source, known)
  if (iteration.end !== null) {
    const end = compile(iteration.end, known)
    return (scope, environment) => countBetween(source(scope, environment), end(scope, environment), environment.run)
  }
  return (scope, environment) => {
    const value = source(scope, environment)
    if (value === null) return null
    if (isList(value)) return value
    return isRange(value) ? itemsOfRange(value, environment.run) : [value]
  }
}

function isRange(value: Value): value is FeelRange {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'range'
}

/** The whole numbers or days of a range with both ends, closed or not. */
function itemsOfRange(range: FeelRange, run: Run): readonly Value[] | null {
  const all = countBetween(range.low, range.high, run)
  if (all === null || (compareValues(range.low, range.high) ?? 1) > 0) return null
  return all.slice(range.lowClosed ? 0 : 1, range.highClosed ? undefined : -1)
}

/** 1..3 and 3..1, day by day between two dates; null for other ends. */
function countBetween(from: Value, to: Value, run: Run): readonly Value[] | null {
  const first = ordinalOf(from)
  const last = ordinalOf(to)
  if (first === null || last === null || first.dates !== last.dates) return null
  checkItems(run, Math.abs(last.at - first.at) + 1)
  const step = last.at < first.at ? -1 : 1
  return Array.from({ length: Math.abs(last.at - first.at) + 1 }, (_, place) => {
    const at = first.at + place * step
    return first.dates ? dateOfDays(at) : numberOf(at)
  })
}

function ordinalOf(value: Value): { at: number; dates: boolean } | null {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null
  if (value.kind === 'date') return { at: daysOf(value), dates: true }
  const at = value.kind === 'number' ? integerOf(value) : null
  return at === null ? null : { at, dates: false }
}

/** `list[3]`, `list[-1]`, `list[item > 2]`, `list[age > 60]`. */
export const compileFilter: Compile<NodeOf<'filter'>> = (part, known, compiling) => {
  const source = compiling.compile(part.source, known)
  const condition = compiling.compile(part.condition, { kind: 'item', outer: known })
  const cost = compiling.sizeOf(part.condition) + 1
  const perItem = alwaysCondition(part.condition)
  return (scope, environment) => {
    const value = source(scope, environment)
    const list = isList(value) ? value : value === null ? [] : [value]
    if (!perItem) {
      const place = indexOf(list, condition, scope, environment)
      if (place !== null) return value === null ? null : itemAt(list, place)
    }
    spend(environment.run, cost * list.length)
    return list.filter((item) => condition({ value: item, outer: scope }, environment) === true)
  }
}

/** Kinds that give true, false or null for each item, never a place. */
function alwaysCondition(node: Node): boolean {
  return ['comparison', 'and', 'or', 'between', 'in', 'instance', 'quantified'].includes(node.kind)
}

/** The place that the brackets name; null when they hold a condition. A place is the same for every item, so the first one is asked. */
function indexOf(list: readonly Value[], condition: Evaluator, scope: Scope | null, environment: Environment): number | null {
  const first = condition({ value: list[0] ?? null, outer: scope }, environment)
  if (first === null || typeof first !== 'object' || !('kind' in first) || first.kind !== 'number') return null
  return integerOf(first) ?? 0
}

function itemAt(list: readonly Value[], place: number): Value {
  return (place > 0 ? list[place - 1] : place < 0 ? list[list.length + place] : undefined) ?? null
}
