import {
  equals,
  type FeelContext,
  isContext,
  isList,
  evaluateUnaryTests,
  parseUnaryTests,
  type Run,
  type Value,
} from '#kernel/pure/expressions/index.ts'
import { type Place, type PreparedTest, unreadable } from './interpret-literal.ts'
import type { Evaluation } from './interpret-trace.ts'
import { isAnything } from './interpret-types.ts'

/** Allowed values as a list of tests, best first: the order of PRIORITY and OUTPUT ORDER. Empty without allowed values. */
export function prepareOrder(text: string, place: Place): PreparedTest[] {
  if (isAnything(text)) return []
  try {
    const parsed = parseUnaryTests(text, { names: place.names })
    return parsed.tests.map((test): PreparedTest => {
      const alone = { ...parsed, tests: [test] }
      return (value, scope, at) => evaluateUnaryTests(alone, value, scope, at.run)
    })
  } catch (error) {
    unreadable(text, place, error)
    return []
  }
}

/** The place of a value in an order, from 0; behind all others when it stands in none. */
export function orderOf(order: readonly PreparedTest[], value: Value, scope: FeelContext, at: Evaluation): number {
  const found = order.findIndex((test) => test(value, scope, at) === true)
  return found < 0 ? order.length : found
}

/** True when two rows of outputs are the same; two unknown values are the same here. */
export function equalValues(a: readonly Value[], b: readonly Value[], run: Run): boolean {
  return a.every((value, column) => isSame(value, b[column] ?? null, run))
}

function isSame(a: Value, b: Value, run: Run): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && equalValues(a, b, run)
  if (isContext(a) && isContext(b)) return a.size === b.size && [...a].every(([name, value]) => isSame(value, b.get(name) ?? null, run))
  return equals(a, b, run) === true
}
