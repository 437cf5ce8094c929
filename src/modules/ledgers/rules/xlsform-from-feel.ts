import type { Node, NodeOf } from '#kernel/pure/expressions/index.ts'
import { yesNo, type Question, type Scope } from './xlsform-scope.ts'
import { matchesNothing } from './xlsform-pieces.ts'
import { answerOf, cannot, emptyParts, isNull, named, noFormula, questionNamed, value, type Side, type Work } from './xlsform-values.ts'
import { callOf, join, joined, textOf, XPathFault, type XPath } from './xlsform-xpath.ts'

/**
 * FEEL knows true, false and unknown; XPath only true and false, and an unanswered number is in no order to any other. So a condition is written either so
 * that it holds where FEEL says true (`whenTrue`: shown only then), or where FEEL does not say false (`unlessFalse`: a check that cannot be judged does not refuse).
 */
/** Holds exactly where the condition is true. Throws `XPathFault` for what the common subset cannot say. */
export function whenTrue(node: Node, scope: Scope): XPath {
  return condition(node, { scope, answered: new Set(), condition }, 'true')
}

/** Holds exactly where the condition is not false, the question itself being answered. */
export function unlessFalse(node: Node, scope: Scope): XPath {
  const work: Work = { scope, answered: new Set(scope.self === undefined ? [] : [scope.self.name]), condition }
  return condition(withoutOwnGuard(node, scope), work, 'not false')
}

/** The value of a formula; nothing (or NaN, which shows as nothing) where FEEL says null. */
export function valueOf(node: Node, scope: Scope): XPath {
  return value(node, { scope, answered: new Set(), condition })
}

/** `x = null or …` of a check on x: the form asks a constraint only of an answer. */
function withoutOwnGuard(node: Node, { self }: Scope): Node {
  if (node.kind !== 'or' || self === undefined) return node
  const { left, right } = node
  if (left.kind === 'or') {
    const rest = withoutOwnGuard(left, { questions: [], self })
    return rest === left ? node : { ...node, left: rest }
  }
  const isGuard =
    left.kind === 'comparison' &&
    left.operator === '=' &&
    left.left.kind === 'variable' &&
    left.left.name === self.field.name.zh &&
    isNull(left.right)
  return isGuard ? right : node
}

const other = (side: Side): Side => (side === 'true' ? 'not false' : 'true')

function condition(node: Node, work: Work, side: Side): XPath {
  if (node.kind === 'literal' && typeof node.value === 'boolean') return callOf(String(node.value))
  if (node.kind === 'variable') return answerIs(questionNamed(node.name, work), side)
  if (node.kind === 'or') return either(node, work, side)
  if (node.kind === 'and') return join('and', condition(node.left, work, side), condition(node.right, work, side))
  if (node.kind === 'comparison') return comparison(node, work, side)
  if (node.kind === 'in') return oneOf(node, work)
  if (node.kind === 'call') return callCondition(node, work, side)
  if (node.kind === 'if')
    return callOf('if', condition(node.condition, work, 'true'), condition(node.yes, work, side), condition(node.no, work, side))
  throw cannot(node.kind)
}

/** `x = null or …`: what follows is asked only where x is answered. */
function either(node: NodeOf<'or' | 'and'>, work: Work, side: Side): XPath {
  const guards = guardsOf(node.left)
  const [only] = guards
  if (only !== undefined && node.left.kind === 'comparison') {
    const regex = patternOf(node.right, only, work)
    if (regex !== undefined && matchesNothing(regex)) return callOf('regex', answerOf(only, work), textOf(regex))
  }
  const answered = new Set([...work.answered, ...guards.map((zh) => questionNamed(zh, work).name)])
  return join('or', condition(node.left, work, side), condition(node.right, { ...work, answered }, side))
}

/** Names that a chain of `x = null or y = null` asks for. */
function guardsOf(node: Node): string[] {
  if (node.kind === 'or') return [...guardsOf(node.left), ...guardsOf(node.right)]
  return node.kind === 'comparison' &&
    node.operator === '=' &&
    node.left.kind === 'variable' &&
    node.left.name !== '今天' &&
    isNull(node.right)
    ? [node.left.name]
    : []
}

/** The pattern that this field is matched against. */
function patternOf(node: Node, zh: string, work: Work): string | undefined {
  if (node.kind !== 'call' || node.target.kind !== 'variable' || node.target.name !== 'matches') return undefined
  const [asked, wanted] = node.values
  if (asked?.kind !== 'variable' || asked.name !== zh || !['text', 'long-text'].includes(questionNamed(zh, work).field.kind))
    return undefined
  return wanted?.kind === 'literal' && typeof wanted.value === 'string' ? wholePattern(wanted.value) : undefined
}

const wholePattern = (text: string): string | undefined => /^\^\((.*)\)\$$/su.exec(text)?.[1]

/** A yes-no field by itself. */
function answerIs(question: Question, side: Side): XPath {
  if (question.field.kind !== 'yes-no') throw cannot(question.field.name.zh)
  return join(side === 'true' ? '=' : '!=', named(question), textOf(side === 'true' ? yesNo.yes : yesNo.no))
}

const isTrue = (node: Node): boolean => node.kind === 'literal' && node.value === true

function isCondition(node: Node): boolean {
  if (node.kind === 'call' && node.target.kind === 'variable')
    return ['not', 'list contains', 'matches', 'contains', 'starts with', 'ends with'].includes(node.target.name)
  return ['and', 'or', 'comparison', 'in'].includes(node.kind)
}

function comparison(node: NodeOf<'comparison'>, work: Work, side: Side): XPath {
  const { operator, left, right } = node
  // `(…) = true` makes false of what is unknown.
  if (operator === '=' && isTrue(right) && isCondition(left)) return condition(left, work, 'true')
  if (isNull(left) || isNull(right)) return withoutAnswer(isNull(left) ? right : left, operator, work)
  if (operator === '=' || operator === '!=') return equality(operator, { left, right }, work)
  const unknown = [...new Map([...emptyParts(left, work), ...emptyParts(right, work)])]
  const answered = new Set([...work.answered, ...unknown.map(([name]) => name)])
  const ordered = join(operator, ordering(left, { ...work, answered }), ordering(right, { ...work, answered }))
  if (side === 'true') return join(operator, ordering(left, work), ordering(right, work))
  const guard = joined(
    'or',
    unknown.map(([, empty]) => empty),
  )
  return guard === undefined ? ordered : join('or', guard, ordered)
}

/** A side of `<`: only numbers and days have an order in XPath. */
function ordering(node: Node, work: Work): XPath {
  if (node.kind === 'variable' && node.name !== '今天') {
    const { field } = questionNamed(node.name, work)
    if (!['number', 'money', 'date'].includes(field.kind)) throw cannot(field.name.zh)
  }
  if (node.kind === 'literal' && typeof node.value === 'string') throw cannot(node.value)
  return value(node, work)
}

function withoutAnswer(node: Node, operator: string, work: Work): XPath {
  if (operator !== '=' && operator !== '!=') throw cannot(operator)
  if (node.kind === 'variable' && node.name !== '今天') {
    // In formulas files are numbers and a position is nothing at all.
    if (['place', 'photo', 'file', 'signature', 'table'].includes(questionNamed(node.name, work).field.kind)) throw cannot(node.name)
    return join(operator, answerOf(node.name, work), textOf(''))
  }
  const empty = joined('or', [...emptyParts(node, work).values()]) ?? callOf('false')
  return operator === '=' ? empty : callOf('not', empty)
}

function equality(operator: '=' | '!=', { left, right }: { left: Node; right: Node }, work: Work): XPath {
  if ([left, right].some((one) => one.kind === 'literal' && one.value === '')) throw cannot('""')
  const [a, b] = [left, right].map((one, at) => {
    const beside = at === 0 ? right : left
    const question = beside.kind === 'variable' && beside.name !== '今天' ? questionNamed(beside.name, work) : undefined
    return question === undefined ? value(one, work) : (literalFor(question, one) ?? value(one, work))
  })
  if (a === undefined || b === undefined) throw cannot(operator)
  const plain = join(operator, a, b)
  const isPlain = [left, right].every((one) => one.kind === 'variable')
  const [x, y] = [left, right].map((one) => joined('or', [...emptyParts(one, work).values()]))
  if (isPlain || x === undefined || y === undefined) return plain
  // Two values that are both unknown are equal in FEEL.
  const both = join('and', x, y)
  return operator === '=' ? join('or', plain, both) : join('and', plain, callOf('not', both))
}

/** What a literal beside a question is called in the form: the name of a choice, yes or no. */
function literalFor({ field }: Question, node: Node): XPath | undefined {
  if (field.kind === 'choice' || field.kind === 'choices') {
    if (node.kind === 'variable') throwUnlessSame(field, node)
    if (node.kind !== 'literal' || typeof node.value !== 'string') return undefined
    return choiceCalled(field, node.value)
  }
  if (field.kind === 'yes-no' && node.kind === 'literal' && typeof node.value === 'boolean')
    return textOf(node.value ? yesNo.yes : yesNo.no)
  if (noFormula.includes(field.kind)) throw cannot(field.name.zh)
  return undefined
}

/** A choice beside another field: the form compares names, FEEL what the choices are called. */
function throwUnlessSame(field: Question['field'], node: NodeOf<'variable'>): void {
  if (node.name !== field.name.zh) throw cannot(`${field.name.zh} = ${node.name}`)
}

function choiceCalled(field: Question['field'], zh: string): XPath {
  const found = field.choices?.find((choice) => choice.name.zh === zh)
  if (found === undefined) throw new XPathFault('xpath-choice', zh)
  return textOf(found.key)
}

/** `x in ("a", "b")`: one of some values. */
function oneOf(node: NodeOf<'in'>, work: Work): XPath {
  const tests = node.tests.flatMap((test) => (test.kind === 'list' ? test.items : [test]))
  const parts = tests.map((test) => {
    if (test.kind !== 'literal' || test.value === null) throw cannot('in')
    return equality('=', { left: node.value, right: test }, work)
  })
  const all = joined('or', parts)
  if (all === undefined || node.value.kind !== 'variable') throw cannot('in')
  return all
}

function callCondition(node: NodeOf<'call'>, work: Work, side: Side): XPath {
  const name = node.target.kind === 'variable' ? node.target.name : ''
  const [a, b] = node.values
  if (name === 'not' && a !== undefined) return callOf('not', condition(a, work, other(side)))
  if (a?.kind !== 'variable' || b?.kind !== 'literal' || typeof b.value !== 'string' || node.values.length !== 2)
    throw cannot(name || 'function')
  const question = questionNamed(a.name, work)
  const asked = answerOf(a.name, work)
  const test = testOf(name, { question, asked, text: b.value })
  const regex = name === 'matches' ? wholePattern(b.value) : undefined
  if (regex !== undefined && matchesNothing(regex) && !work.answered.has(question.name))
    return side === 'true' ? join('and', join('!=', asked, textOf('')), test) : test
  return side === 'true' || work.answered.has(question.name) ? test : join('or', join('=', asked, textOf('')), test)
}

function testOf(name: string, { question, asked, text }: { question: Question; asked: XPath; text: string }): XPath {
  const { field } = question
  if (name === 'list contains' && field.kind === 'choices') return callOf('selected', asked, choiceCalled(field, text))
  if (field.kind !== 'text' && field.kind !== 'long-text') throw cannot(name)
  const pattern = wholePattern(text)
  if (name === 'matches' && pattern !== undefined) return callOf('regex', asked, textOf(pattern))
  if (name === 'contains' && text !== '') return callOf('contains', asked, textOf(text))
  if (name === 'starts with' && text !== '') return callOf('starts-with', asked, textOf(text))
  if (name === 'ends with' && text !== '') return callOf('ends-with', asked, textOf(text))
  throw cannot(name)
}
