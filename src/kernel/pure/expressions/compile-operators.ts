import { calculate, negate } from './arithmetic.ts'
import { compareValues, contains, equals } from './compare.ts'
import type { Compile, Environment, Evaluator } from './compiling.ts'
import { compareNumbers } from './numbers.ts'
import { note } from './run.ts'
import type { ComparisonOperator, Node, NodeOf } from './syntax.ts'
import { isContext, isInstance, isList, printType, typeOfValue } from './types.ts'
import type { FeelRange, Run, Value } from './values.ts'

export const compileArithmetic: Compile<NodeOf<'arithmetic'>> = (part, known, { compile }) => {
  const left = compile(part.left, known)
  const right = compile(part.right, known)
  const { operator } = part
  return (scope, environment) => {
    const a = left(scope, environment)
    const b = right(scope, environment)
    const result = calculate(operator, a, b)
    return result === null ? note(environment.run, 'no-result', part, { operator, ...typesOf(a, b) }) : result
  }
}

export const compileNegation: Compile<NodeOf<'negation'>> = (part, known, { compile }) => {
  const operand = compile(part.operand, known)
  return (scope, environment) => negate(operand(scope, environment))
}

export const compileComparison: Compile<NodeOf<'comparison'>> = (part, known, { compile }) => {
  const left = compile(part.left, known)
  const right = compile(part.right, known)
  const { operator } = part
  return (scope, environment) => {
    const a = left(scope, environment)
    const b = right(scope, environment)
    const result = compareBy(operator, a, b, environment.run)
    return result === null ? note(environment.run, 'not-comparable', part, { operator, ...typesOf(a, b) }) : result
  }
}

function typesOf(a: Value, b: Value): { left: string; right: string } {
  return { left: printType(typeOfValue(a, 29)), right: printType(typeOfValue(b, 29)) }
}

/** One comparison; null where the two cannot be compared. */
export function compareBy(operator: ComparisonOperator, a: Value, b: Value, run: Run): boolean | null {
  if (operator === '=') return equals(a, b, run)
  if (operator === '!=') {
    const same = equals(a, b, run)
    return same === null ? null : !same
  }
  const order = isNumber(a) && isNumber(b) ? compareNumbers(a, b) : compareValues(a, b)
  if (order === null) return null
  return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0
}

function isNumber(value: Value): value is Extract<Value, { kind: 'number' }> {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'number'
}

export const compileAnd: Compile<NodeOf<'and' | 'or'>> = (part, known, { compile }) => {
  const left = compile(part.left, known)
  const right = compile(part.right, known)
  // Three values: false decides an `and`, true an `or`, whatever the other side is (DMN 1.5 table 40).
  const deciding = part.kind === 'or'
  return (scope, environment) => {
    const a = left(scope, environment)
    if (a === deciding) return deciding
    const b = right(scope, environment)
    if (b === deciding) return deciding
    return a === !deciding && b === !deciding ? !deciding : null
  }
}

export const compileBetween: Compile<NodeOf<'between'>> = (part, known, { compile }) => {
  const value = compile(part.value, known)
  const low = compile(part.low, known)
  const high = compile(part.high, known)
  return (scope, environment) => {
    const found = value(scope, environment)
    const above = compareValues(found, low(scope, environment))
    const below = compareValues(found, high(scope, environment))
    if (above === null || below === null) return note(environment.run, 'not-comparable', part)
    return above >= 0 && below <= 0
  }
}

export const compileInstance: Compile<NodeOf<'instance'>> = (part, known, { compile }) => {
  const value = compile(part.value, known)
  const { type } = part
  return (scope, environment) => {
    const found = value(scope, environment)
    return type === null ? note(environment.run, 'unknown-type', part) : isInstance(found, type)
  }
}

export const compileInterval: Compile<NodeOf<'interval'>> = (part, known, { compile }) => {
  const low = compile(part.low, known)
  const high = compile(part.high, known)
  const { lowClosed, highClosed } = part
  return (scope, environment) => {
    const from = low(scope, environment)
    const to = high(scope, environment)
    // An end without a value is not "without end": nothing can be said of such a range.
    if (from === null || to === null || compareValues(from, to) === null) return note(environment.run, 'no-range', part)
    return { kind: 'range', low: from, high: to, lowClosed, highClosed }
  }
}

/** `< 5` outside of unary tests is a range without the other end; `= 5` one of a single value. */
export const compileTest: Compile<NodeOf<'test'>> = (part, known, { compile }) => {
  const operand = compile(part.operand, known)
  const { operator } = part
  return (scope, environment) => {
    const end = operand(scope, environment)
    return end === null ? note(environment.run, 'no-range', part) : rangeOf(operator, end)
  }
}

function rangeOf(operator: ComparisonOperator, end: Value): FeelRange | null {
  const [low, high] = operator === '<' || operator === '<=' ? [null, end] : operator === '=' ? [end, end] : [end, null]
  if (operator === '!=') return null
  const closed = operator === '<=' || operator === '>=' || operator === '='
  return { kind: 'range', low, high, lowClosed: closed && low !== null, highClosed: closed && high !== null }
}

export const compileIn: Compile<NodeOf<'in'>> = (part, known, { compile }) => {
  const value = compile(part.value, known)
  const tests = part.tests.map((test) => compilePositiveTest(test, compile(test.kind === 'test' ? test.operand : test, known)))
  return (scope, environment) => {
    const found = value(scope, environment)
    return anyOf(tests, found, scope, { ...environment, input: found })
  }
}

export type PositiveTest = (input: Value, scope: Parameters<Evaluator>[0], environment: Environment) => boolean | null

/** True when one test holds; null when none does but one could not be judged. */
export function anyOf(
  tests: readonly PositiveTest[],
  input: Value,
  scope: Parameters<Evaluator>[0],
  environment: Environment,
): boolean | null {
  let result: boolean | null = false
  for (const test of tests) {
    const holds = test(input, scope, environment)
    if (holds === true) return true
    if (holds === null) result = null
  }
  return result
}

/**
 * One unary test against a value (DMN 1.5 §7.3.3 and table 55): a comparison with the value, a range or list that holds it, a value equal to it,
 * or a condition that uses `?` and is true. `evaluate` gives the operand of a comparison, else the whole test.
 */
export function compilePositiveTest(node: Node, evaluate: Evaluator): PositiveTest {
  if (node.kind === 'test') {
    const { operator } = node
    return (input, scope, environment) => compareBy(operator, input, evaluate(scope, environment), environment.run)
  }
  if (isCondition(node)) {
    return (_input, scope, environment) => {
      const holds = evaluate(scope, environment)
      return typeof holds === 'boolean' ? holds : null
    }
  }
  if (node.kind === 'interval') {
    return (input, scope, environment) => {
      const range = evaluate(scope, environment)
      return range === null ? null : holdsFor(range, input, environment.run)
    }
  }
  return (input, scope, environment) => holdsFor(evaluate(scope, environment), input, environment.run)
}

const conditions: ReadonlySet<Node['kind']> = new Set(['comparison', 'and', 'or', 'between', 'in', 'instance', 'quantified'])

/** A part that says yes or no by itself, rather than naming a value that the input should equal. */
function isCondition(node: Node): boolean {
  return conditions.has(node.kind) || usesInput(node)
}

function usesInput(node: Node): boolean {
  if (node.kind === 'input') return false
  if (node.kind === 'call') return node.values.some((value) => value.kind === 'input' || usesInput(value))
  return false
}

function holdsFor(test: Value, input: Value, run: Run): boolean | null {
  if (test !== null && typeof test === 'object' && !isContext(test)) {
    if (isList(test)) return listHolds(test, input, run)
    if (test.kind === 'range') return isRange(input) ? equals(test, input, run) : contains(test, input)
  }
  return equals(input, test, run)
}

function isRange(value: Value): value is FeelRange {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'range'
}

/** A list as a test: the input is one of its items, lies in a range among them, or equals the whole list. */
function listHolds(test: readonly Value[], input: Value, run: Run): boolean {
  if (isList(input) && equals(test, input, run) === true) return true
  return test.some((item) => (isRange(item) && !isRange(input) ? contains(item, input) : equals(input, item, run)) === true)
}
