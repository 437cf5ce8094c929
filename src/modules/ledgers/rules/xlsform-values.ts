import { isContext, isList, printNumber, printTemporal, type Node, type NodeOf } from '#kernel/pure/expressions/index.ts'
import type { Question, Scope } from './xlsform-scope.ts'
import { callOf, join, textOf, XPathFault, type XPath } from './xlsform-xpath.ts'

export type Side = 'true' | 'not false'
export interface Work {
  readonly scope: Scope
  /** Questions that are answered here: `.` of a constraint, and what a guard before has looked at. */
  readonly answered: ReadonlySet<string>
  /** Writes a condition. */
  readonly condition: (node: Node, work: Work, side: Side) => XPath
}

export const cannot = (what: string): XPathFault => new XPathFault('feel-part', what)
export const named = ({ name }: Question): XPath => ({ kind: 'field', name })
export const isNull = (node: Node): boolean => node.kind === 'literal' && node.value === null
const isOfNoFormula = ({ field }: Question): boolean => noFormula.includes(field.kind)
export const noFormula: readonly string[] = ['month', 'place', 'photo', 'file', 'signature', 'table']

/** The question of a name in FEEL. */
export function questionNamed(zh: string, { scope }: Work): Question {
  const found = scope.questions.find(({ field, inside }) => inside === undefined && field.name.zh === zh)
  if (found === undefined) throw cannot(zh)
  return found
}

/** The answer to a question: `.` for its own. */
export const answerOf = (zh: string, work: Work): XPath => {
  const question = questionNamed(zh, work)
  return question.name === work.scope.self?.name ? { kind: 'self' } : named(question)
}

/** The value of a part; nothing or NaN where FEEL says null. */
export function value(node: Node, work: Work): XPath {
  if (node.kind === 'literal') return literal(node)
  if (node.kind === 'variable') return variable(node, work)
  if (node.kind === 'negation') return { kind: 'negative', operand: value(node.operand, work) }
  if (node.kind === 'arithmetic') return arithmetic(node, work)
  if (node.kind === 'if') return ifValue(node, work)
  if (node.kind === 'call') return callValue(node, work)
  throw cannot(node.kind)
}

function variable({ name }: NodeOf<'variable'>, work: Work): XPath {
  if (name === '今天') return callOf('today')
  if (isOfNoFormula(questionNamed(name, work))) throw cannot(name)
  return answerOf(name, work)
}

function literal(node: NodeOf<'literal'>): XPath {
  const { value: one } = node
  if (one === null) return textOf('')
  if (typeof one === 'string') return textOf(one)
  if (typeof one === 'boolean' || isList(one) || isContext(one)) throw cannot(typeof one)
  if (one.kind === 'number') {
    const text = printNumber(one)
    return text.startsWith('-') ? { kind: 'negative', operand: { kind: 'number', text: text.slice(1) } } : { kind: 'number', text }
  }
  if (one.kind === 'date') return callOf('date', textOf(printTemporal(one)))
  throw cannot(one.kind)
}

const isText = (node: Node, work: Work): boolean =>
  (node.kind === 'literal' && typeof node.value === 'string') ||
  (node.kind === 'variable' && node.name !== '今天' && ['text', 'long-text', 'choice'].includes(questionNamed(node.name, work).field.kind))

function arithmetic(node: NodeOf<'arithmetic'>, work: Work): XPath {
  const { operator, left, right } = node
  if (operator === '**' || isText(left, work) || isText(right, work)) throw cannot(operator)
  const rest = remainder(node, work)
  if (rest !== undefined) return rest
  const days = daysOfDuration(right)
  if (operator === '/' && days === '1' && left.kind === 'arithmetic') return arithmetic(left, work)
  if (days !== undefined) {
    if (operator !== '+' && operator !== '-') throw cannot('duration')
    return join(operator, value(left, work), { kind: 'number', text: days })
  }
  return join(operator === '/' ? 'div' : operator, value(left, work), value(right, work))
}

function daysOfDuration(node: Node): string | undefined {
  if (node.kind !== 'call' || node.target.kind !== 'variable' || node.target.name !== 'duration') return undefined
  const [text] = node.values
  return text?.kind === 'literal' && typeof text.value === 'string' ? /^P(\d{1,5})D$/.exec(text.value)?.[1] : undefined
}

/** `a - b * round down(a / b, 0)` is what XPath calls mod. */
function remainder({ operator, left, right }: NodeOf<'arithmetic'>, work: Work): XPath | undefined {
  if (operator !== '-' || right.kind !== 'arithmetic' || right.operator !== '*') return undefined
  const [by, down] = [right.left, right.right]
  if (down.kind !== 'call' || down.target.kind !== 'variable' || down.target.name !== 'round down') return undefined
  const [quotient, places] = down.values
  if (quotient?.kind !== 'arithmetic' || quotient.operator !== '/' || places?.kind !== 'literal') return undefined
  const [a, b] = [value(left, work), value(by, work)]
  const isSame = JSON.stringify([a, b]) === JSON.stringify([value(quotient.left, work), value(quotient.right, work)])
  return isSame ? join('mod', a, b) : undefined
}

/** `if x = null then 0 else count(x)` and its like are one function of XPath; any other `if` is an if. */
function ifValue(node: NodeOf<'if'>, work: Work): XPath {
  const { condition: test, yes, no } = node
  if (test.kind === 'comparison' && test.operator === '=' && test.left.kind === 'variable' && isNull(test.right)) {
    const { name } = test.left
    const question = questionNamed(name, work)
    if (no.kind === 'variable' && no.name === name) return callOf('coalesce', answerOf(name, work), value(yes, work))
    const found = isZeroNode(yes) && no.kind === 'call' ? countOf(no, question, work) : undefined
    if (found !== undefined) return found
  }
  return callOf('if', work.condition(test, work, 'true'), value(yes, work), value(no, work))
}

function countOf(node: NodeOf<'call'>, question: Question, work: Work): XPath | undefined {
  const name = node.target.kind === 'variable' ? node.target.name : ''
  const [given] = node.values
  const isItself = given?.kind === 'variable' && given.name === question.field.name.zh
  if (name === 'sum' && question.field.kind === 'table' && given?.kind === 'path') return rowsValue('sum', given, work)
  if (!isItself) return undefined
  if (name === 'count' && question.field.kind === 'table') return callOf('count', named(question))
  if (name === 'count' && question.field.kind === 'choices') return callOf('count-selected', answerOf(given.name, work))
  if (name === 'string length' && isText(given, work) && question.field.kind !== 'choice')
    return callOf('string-length', answerOf(given.name, work))
  return undefined
}

function rowsValue(name: 'sum' | 'min' | 'max', path: NodeOf<'path'>, { scope }: Work): XPath {
  const table = path.source.kind === 'variable' ? path.source.name : ''
  const column = scope.questions.find(({ inside, field }) => inside?.field.name.zh === table && field.name.zh === path.name)
  if (column === undefined || !['number', 'money'].includes(column.field.kind)) throw cannot(`${table}.${path.name}`)
  return callOf(name, named(column))
}

/** How many rows, or the sum of a column: nothing while there are none, where XPath says 0. */
function ofRows(name: string, given: Node, work: Work): XPath | undefined {
  const source = given.kind === 'path' && name === 'sum' ? given.source : name === 'count' ? given : undefined
  if (source?.kind !== 'variable' || source.name === '今天') return undefined
  const table = questionNamed(source.name, work)
  if (table.field.kind !== 'table') return undefined
  const count = callOf('count', named(table))
  const value = given.kind === 'path' ? rowsValue('sum', given, work) : count
  return callOf('if', join('=', count, { kind: 'number', text: '0' }), textOf(''), value)
}

const plainCalls: Readonly<Record<string, string>> = { floor: 'floor', ceiling: 'ceiling', abs: 'abs' }

function callValue(node: NodeOf<'call'>, work: Work): XPath {
  const name = node.target.kind === 'variable' ? node.target.name : ''
  const [a, b] = node.values
  if (node.names !== null || a === undefined) throw cannot(name || 'function')
  if (name === 'date' && a.kind === 'literal' && typeof a.value === 'string') return callOf('date', textOf(a.value))
  if ((name === 'min' || name === 'max') && a.kind === 'path' && b === undefined) return rowsValue(name, a, work)
  const rows = ofRows(name, a, work)
  if (rows !== undefined && b === undefined) return rows
  const plain = plainCalls[name]
  if (plain !== undefined && b === undefined) return callOf(plain, value(a, work))
  if (name === 'round down' && isZeroNode(b)) return callOf('int', value(a, work))
  if (name === 'round half up' && b !== undefined)
    return isZeroNode(b) ? callOf('round', value(a, work)) : callOf('round', value(a, work), value(b, work))
  const isLength = name === 'string length' || name === 'count'
  if (isLength && a.kind === 'variable') return lengthOf(name, a, work)
  throw cannot(name || 'function')
}

function isZeroNode(node: Node | undefined): boolean {
  if (node?.kind !== 'literal') return false
  const { value: one } = node
  return typeof one === 'object' && one !== null && 'kind' in one && one.kind === 'number' && printNumber(one) === '0'
}

/** FEEL says nothing of the length of nothing, XPath 0. */
function lengthOf(name: string, a: NodeOf<'variable'>, work: Work): XPath {
  const question = questionNamed(a.name, work)
  const isFit = name === 'count' ? question.field.kind === 'choices' : ['text', 'long-text'].includes(question.field.kind)
  if (!isFit) throw cannot(name)
  const asked = answerOf(a.name, work)
  const length = callOf(name === 'count' ? 'count-selected' : 'string-length', asked)
  return work.answered.has(question.name) ? length : callOf('if', join('!=', asked, textOf('')), length, textOf(''))
}

/** Questions without whose answers the value is unknown, each with the condition that it has none. */
export function emptyParts(node: Node, work: Work): Map<string, XPath> {
  if (node.kind === 'literal' || (node.kind === 'variable' && node.name === '今天')) return new Map()
  if (node.kind === 'variable') {
    const question = questionNamed(node.name, work)
    return work.answered.has(question.name) ? new Map() : new Map([[question.name, join('=', answerOf(node.name, work), textOf(''))]])
  }
  if (node.kind === 'negation') return emptyParts(node.operand, work)
  if (node.kind === 'arithmetic') return new Map([...emptyParts(node.left, work), ...emptyParts(node.right, work)])
  if (node.kind === 'call' && node.values.every((one) => one.kind !== 'path'))
    return new Map(node.values.flatMap((one) => [...emptyParts(one, work)]))
  if (node.kind === 'if') {
    const written = value(node, work)
    if (written.kind === 'call' && (written.name === 'coalesce' ? emptyParts(node.yes, work).size === 0 : written.name !== 'if'))
      return new Map()
  }
  throw cannot(node.kind)
}
