import type { SyntaxNode } from '@lezer/common'
import { expressionErrors } from './errors.ts'
import { negated, readNumber } from './numbers.ts'
import { plainName } from './names.ts'
import { readText } from './read-text.ts'
import { readType } from './read-type.ts'
import { children, maxNesting, nameOf, spanOf, textOf, type Reading } from './tree.ts'
import type { ArithmeticOperator, ComparisonOperator, Iteration, Node } from './syntax.ts'

/** A node of the grammar as a part of the expression. */
export function readNode(node: SyntaxNode, reading: Reading): Node {
  reading.depth += 1
  if (reading.depth > maxNesting) throw expressionErrors.tooDeep({ limit: maxNesting })
  const read = readers[node.name]
  // Safe to say so: the grammar has no other expression nodes (the test walks them all).
  if (read === undefined) throw new Error(`no reader for ${node.name}`)
  const result = read(node, reading)
  reading.depth -= 1
  return result
}

type Read = (node: SyntaxNode, reading: Reading) => Node

const readers: Readonly<Record<string, Read>> = {
  null: (node) => ({ kind: 'literal', value: null, ...spanOf(node) }),
  NumericLiteral: readNumeric,
  StringLiteral: (node, reading) => ({ kind: 'literal', value: readText(textOf(node, reading)), ...spanOf(node) }),
  BooleanLiteral: (node, reading) => ({ kind: 'literal', value: textOf(node, reading) === 'true', ...spanOf(node) }),
  DateTimeLiteral: readDateTime,
  VariableName: (node, reading) => ({ kind: 'variable', name: variableName(node, reading), ...spanOf(node) }),
  SpecialFunctionName: (node) => ({ kind: 'variable', name: 'years and months duration', ...spanOf(node) }),
  '?': (node) => ({ kind: 'input', ...spanOf(node) }),
  ParenthesizedExpression: (node, reading) => readNode(part(node, 1), reading),
  List: (node, reading) => ({ kind: 'list', items: inner(node).map((item) => readNode(item, reading)), ...spanOf(node) }),
  Context: readContext,
  PathExpression: (node, reading) => ({
    kind: 'path',
    source: readNode(part(node, 0), reading),
    name: tokensOf(part(node, 2), reading),
    ...spanOf(node),
  }),
  FilterExpression: (node, reading) => ({
    kind: 'filter',
    source: readNode(part(node, 0), reading),
    condition: readNode(part(node, 2), reading),
    ...spanOf(node),
  }),
  FunctionInvocation: (node, reading) => readCall(node, readNode(part(node, 0), reading), reading),
  ArithmeticExpression: readArithmetic,
  Comparison: readComparison,
  SimplePositiveUnaryTest: readSimpleTest,
  Interval: readInterval,
  Conjunction: (node, reading) => readPair('and', node, reading),
  Disjunction: (node, reading) => readPair('or', node, reading),
  InstanceOfExpression: (node, reading) => ({
    kind: 'instance',
    value: readNode(part(node, 0), reading),
    type: readType(part(node, 3), reading),
    ...spanOf(node),
  }),
  IfExpression: (node, reading) => ({
    kind: 'if',
    condition: readNode(part(node, 1), reading),
    yes: readNode(part(node, 3), reading),
    no: readNode(part(node, 5), reading),
    ...spanOf(node),
  }),
  ForExpression: (node, reading) => ({
    kind: 'for',
    iterations: readIterations(part(node, 1), reading),
    body: readNode(part(node, 3), reading),
    ...spanOf(node),
  }),
  QuantifiedExpression: (node, reading) => ({
    kind: 'quantified',
    every: part(node, 0).name === 'every',
    iterations: readIterations(part(node, 1), reading),
    body: readNode(part(node, 3), reading),
    ...spanOf(node),
  }),
  FunctionDefinition: readFunction,
}

function part(node: SyntaxNode, place: number): SyntaxNode {
  const found = children(node)[place]
  // The tree has no errors, so the grammar's parts are all there.
  if (found === undefined) throw new Error(`${node.name} without part ${place}`)
  return found
}

/** Without the brackets around. */
function inner(node: SyntaxNode): SyntaxNode[] {
  return children(node).slice(1, -1)
}

/** A name as its words and signs, one blank between. */
function tokensOf(node: SyntaxNode, reading: Reading): string {
  return children(node)
    .map((token) => textOf(token, reading))
    .join(' ')
}

function variableName(node: SyntaxNode, reading: Reading): string {
  const plain = tokensOf(node, reading)
  return reading.declared.get(plain) ?? plain
}

function readNumeric(node: SyntaxNode, reading: Reading): Node {
  const text = textOf(node, reading)
  const size = readNumber(text.replace(/^-\s*/, ''))
  // A number too large for FEEL is null, as any result out of range is.
  return { kind: 'literal', value: size === null ? null : text.startsWith('-') ? negated(size) : size, ...spanOf(node) }
}

function readDateTime(node: SyntaxNode, reading: Reading): Node {
  const first = part(node, 0)
  if (first.name === 'AtLiteral') {
    const target: Node = { kind: 'variable', name: '@', ...spanOf(first) }
    const value = readText(textOf(part(first, 0), reading))
    return { kind: 'call', target, values: [{ kind: 'literal', value, ...spanOf(first) }], names: null, ...spanOf(node) }
  }
  return readCall(node, { kind: 'variable', name: tokensOf(first, reading), ...spanOf(first) }, reading)
}

function readCall(node: SyntaxNode, target: Node, reading: Reading): Node {
  const given = children(node).find((child) => child.name === 'PositionalParameters' || child.name === 'NamedParameters')
  if (given?.name !== 'NamedParameters') {
    const values = given === undefined ? [] : children(given).map((value) => readNode(value, reading))
    return { kind: 'call', target, values, names: null, ...spanOf(node) }
  }
  const named = children(given)
  const names = named.map((one) => nameOf(part(one, 0), reading))
  return { kind: 'call', target, values: named.map((one) => readNode(part(one, 1), reading)), names, ...spanOf(node) }
}

function readContext(node: SyntaxNode, reading: Reading): Node {
  const entries = inner(node).map((entry) => {
    const key = part(part(entry, 0), 0)
    const name = key.name === 'StringLiteral' ? readText(textOf(key, reading)) : nameOf(key, reading)
    return { key: name, value: readNode(part(entry, 1), reading) }
  })
  return { kind: 'context', entries, ...spanOf(node) }
}

function readArithmetic(node: SyntaxNode, reading: Reading): Node {
  const parts = children(node)
  if (parts.length === 2) {
    const operand = readNode(part(node, 1), reading)
    return textOf(part(node, 0), reading) === '-' ? { kind: 'negation', operand, ...spanOf(node) } : operand
  }
  const sign = textOf(part(node, 1), reading)
  // Safe: the grammar has these signs only; ^ is another way to write **.
  const operator = (sign === '^' ? '**' : sign) as ArithmeticOperator
  return { kind: 'arithmetic', operator, left: readNode(part(node, 0), reading), right: readNode(part(node, 2), reading), ...spanOf(node) }
}

function readComparison(node: SyntaxNode, reading: Reading): Node {
  const sign = part(node, 1)
  const left = readNode(part(node, 0), reading)
  if (sign.name === 'between') {
    return { kind: 'between', value: left, low: readNode(part(node, 2), reading), high: readNode(part(node, 4), reading), ...spanOf(node) }
  }
  if (sign.name === 'in') {
    const rest = children(node).slice(2)
    const tests = rest
      .flatMap((one) => (one.name === 'PositiveUnaryTests' ? children(one) : [one]))
      .filter((one) => one.name === 'PositiveUnaryTest')
    return { kind: 'in', value: left, tests: tests.map((test) => readNode(part(test, 0), reading)), ...spanOf(node) }
  }
  // Safe: the grammar has these signs only.
  const operator = textOf(sign, reading) as ComparisonOperator
  return { kind: 'comparison', operator, left, right: readNode(part(node, 2), reading), ...spanOf(node) }
}

function readSimpleTest(node: SyntaxNode, reading: Reading): Node {
  const first = part(node, 0)
  if (first.name === 'Interval') return readNode(first, reading)
  // Safe: as above.
  return {
    kind: 'test',
    operator: textOf(first, reading) as ComparisonOperator,
    operand: readNode(part(node, 1), reading),
    ...spanOf(node),
  }
}

function readInterval(node: SyntaxNode, reading: Reading): Node {
  return {
    kind: 'interval',
    low: readNode(part(node, 1), reading),
    high: readNode(part(node, 3), reading),
    lowClosed: textOf(part(node, 0), reading) === '[',
    highClosed: textOf(part(node, 4), reading) === ']',
    ...spanOf(node),
  }
}

function readPair(kind: 'and' | 'or', node: SyntaxNode, reading: Reading): Node {
  return { kind, left: readNode(part(node, 0), reading), right: readNode(part(node, 2), reading), ...spanOf(node) }
}

function readIterations(node: SyntaxNode, reading: Reading): Iteration[] {
  return children(node).map((one) => {
    const range = children(part(one, 2))
    const [source, , end] = range
    if (source === undefined) throw new Error('an iteration without a source')
    return {
      name: plainName(nameOf(part(one, 0), reading)),
      source: readNode(source, reading),
      end: end === undefined ? null : readNode(end, reading),
    }
  })
}

function readFunction(node: SyntaxNode, reading: Reading): Node {
  const parts = children(node)
  const formal = parts.find((one) => one.name === 'FormalParameters')
  const body = parts.find((one) => one.name === 'FunctionBody')
  if (body === undefined) throw new Error('a function without a body')
  const parameters = (formal === undefined ? [] : children(formal)).map((one) => {
    const type = children(one).find((child) => child.name === 'Type')
    return { name: plainName(nameOf(part(one, 0), reading)), type: type === undefined ? undefined : (readType(type, reading) ?? undefined) }
  })
  const external = parts.some((one) => one.name === 'external')
  return { kind: 'function', parameters, body: readNode(part(body, 0), reading), external, ...spanOf(node) }
}
