import { inspect, parseExpression, partsOf, type FeelType, type Node } from '#kernel/pure/expressions/index.ts'
import { unlessFalse, valueOf, whenTrue } from './xlsform-from-feel.ts'
import type { Piece, Reading } from './xlsform-pieces.ts'
import type { Question, Scope } from './xlsform-scope.ts'
import { toFeel } from './xlsform-to-feel.ts'
import { callOf, printXPath, textOf, XPathFault, type XPath } from './xlsform-xpath.ts'
import { namesOf } from './open-template.ts'
import { yesNo } from './xlsform-scope.ts'

/** FEEL over the fields of a scope, read again; refused where a name of a field is none in a formula (it begins with a digit, say). */
function reread(text: string, scope: Scope): Node {
  if (text.length > 2000) throw new XPathFault('xpath-long', '2000')
  try {
    const expression = parseExpression(text, { names: namesIn(scope) })
    if (inspect(expression).problems.length === 0) return expression.root
  } catch {
    // Said below.
  }
  throw new XPathFault('xpath-name', text)
}

function namesIn({ questions, self }: Scope): Record<string, FeelType> {
  const own = [...questions, ...(self === undefined ? [] : [self])].filter(({ inside }) => inside === undefined)
  return namesOf(own.map(({ field }) => field))
}

/** Reads FEEL of a template. */
export function readFeel(text: string, scope: Scope): Node {
  return parseExpression(text, { names: namesIn(scope) }).root
}

/** The natural reading where writing it back gives the same form, so that nothing of the meaning is lost; else the exact one. */
function choose(given: { node: XPath; plain?: XPath; scope: Scope; back: (node: Node) => XPath; exact: () => string }): string {
  const { node, plain = node, scope, back, exact } = given
  try {
    const natural = toFeel(plain, scope, 'natural').text
    if (printXPath(back(reread(natural, scope))) === printXPath(node)) return natural
  } catch (fault) {
    if (!(fault instanceof XPathFault)) throw fault
  }
  const text = exact()
  reread(text, scope)
  return text
}

/** When a question is asked (`relevant`), as FEEL. Throws `XPathFault`. */
export function readRelevant(node: XPath, scope: Scope): string {
  return choose({ node, scope, back: (feel) => whenTrue(feel, scope), exact: () => conditionOf(toFeel(node, scope, 'exact')).text })
}

function conditionOf(piece: Piece): Piece {
  if (piece.type !== 'boolean' || piece.question !== undefined) throw new XPathFault('xpath-mixed', piece.text)
  return piece
}

/** What an answer must be (`constraint` of `scope.self`), as FEEL over the record: it never refuses while there is no answer. */
export function readConstraint(written: XPath, scope: Scope): string {
  const { self } = scope
  if (self === undefined) throw new Error('a constraint belongs to a question')
  const node = withSelf(written, self.name)
  const exact = () => {
    const piece = conditionOf(toFeel(node, scope, 'exact'))
    return `${self.field.name.zh} = null or ${piece.open ? `(${piece.text}) = true` : piece.level < 2 ? `(${piece.text})` : piece.text}`
  }
  const back = (feel: Node) => {
    if (!passesUnanswered(feel, self.field.name.zh)) throw new XPathFault('xpath-self', '.')
    return unlessFalse(feel, scope)
  }
  return choose({ node, plain: asksItself(node) ? node : withoutGuards(node), scope, back, exact })
}

/** `${x}` in the constraint of x is `.`. */
function withSelf(node: XPath, name: string): XPath {
  const inner = (one: XPath) => withSelf(one, name)
  switch (node.kind) {
    case 'field':
      return node.name === name ? { kind: 'self' } : node
    case 'negative':
      return { ...node, operand: inner(node.operand) }
    case 'binary':
      return { ...node, left: inner(node.left), right: inner(node.right) }
    case 'call':
      return { ...node, given: node.given.map(inner) }
    case 'number':
    case 'text':
    case 'self':
      return node
  }
}

/** Without `${x} = '' or …`: guards that FEEL does not need. */
function withoutGuards(node: XPath): XPath {
  if (node.kind !== 'binary' || (node.operator !== 'or' && node.operator !== 'and')) return node
  const [left, right] = [withoutGuards(node.left), withoutGuards(node.right)]
  if (node.operator === 'or' && isGuard(left)) return right
  return { ...node, left, right }
}

/** Whether `. = ''` stands in it: somebody wrote down what happens without an answer. */
function asksItself(node: XPath): boolean {
  if (node.kind !== 'binary') return false
  if (node.operator === '=' && node.left.kind === 'self' && node.right.kind === 'text' && node.right.text === '') return true
  return node.operator === 'or' && (asksItself(node.left) || asksItself(node.right))
}

const isGuard = (node: XPath): boolean =>
  node.kind === 'binary' &&
  ((node.operator === '=' && node.left.kind === 'field' && node.right.kind === 'text' && node.right.text === '') ||
    (node.operator === 'or' && isGuard(node.left) && isGuard(node.right)))

/** A value (`calculation`, a default with a function), as FEEL, and what it is. */
export function readCalculation(node: XPath, scope: Scope): { text: string; type: Piece['type'] } {
  const found = toFeel(node, scope, 'exact')
  if (found.type === 'list' || found.type === 'nothing' || found.type === 'month') throw new XPathFault('xpath-mixed', found.text)
  const text = choose({ node, scope, back: (feel) => valueOf(feel, scope), exact: () => found.text })
  return { text, type: found.type }
}

/** `if(…, 'yes', if(…, 'no', ''))`: a computed answer of yes and no, as FEEL; undefined where it is none. */
export function readYesNo(node: XPath, scope: Scope): string | undefined {
  if (node.kind !== 'call' || node.name !== 'if') return undefined
  const [test] = node.given
  if (test === undefined) return undefined
  const readings: readonly Reading[] = ['natural', 'exact']
  for (const reading of readings) {
    try {
      const { text } = toFeel(test, scope, reading)
      if (printXPath(writeYesNo(reread(text, scope), scope)) === printXPath(node)) return text
    } catch (fault) {
      if (!(fault instanceof XPathFault)) throw fault
    }
  }
  return undefined
}

/** A computed answer of yes and no, for a form. */
export function writeYesNo(feel: Node, scope: Scope): XPath {
  const no = callOf('not', unlessFalse(feel, { questions: scope.questions }))
  return callOf('if', whenTrue(feel, scope), textOf(yesNo.yes), callOf('if', no, textOf(yesNo.no), textOf('')))
}

/** A check as the constraint of the last question it reads that it does not refuse while unanswered. Throws `XPathFault` where there is none. */
export function writeCheck(
  feel: Node,
  { all, free = all }: { all: readonly Question[]; free?: readonly Question[] },
): { self: Question; constraint: string } {
  let fault = new XPathFault('feel-part', '')
  for (const self of [...free].reverse()) {
    if (self.inside !== undefined || !passesUnanswered(feel, self.field.name.zh)) continue
    try {
      return { self, constraint: printXPath(unlessFalse(feel, { questions: all, self })) }
    } catch (found) {
      if (!(found instanceof XPathFault)) throw found
      fault = found
    }
  }
  throw fault
}

/** Whether a condition is never false while this field has no value. */
export function passesUnanswered(node: Node, zh: string): boolean {
  if (node.kind === 'and') return passesUnanswered(node.left, zh) && passesUnanswered(node.right, zh)
  if (node.kind === 'or') return passesUnanswered(node.left, zh) || passesUnanswered(node.right, zh)
  if (node.kind === 'call') return isCallOf(node, 'not') ? neverTrue(node.values[0], zh) : isUnknown(node, zh)
  if (node.kind !== 'comparison') return false
  const { operator, left, right } = node
  if (orders.includes(operator)) return isUnknown(left, zh) || isUnknown(right, zh)
  return isItself(left, zh) && (isNull(right) ? operator === '=' : operator === '!=' && right.kind === 'literal')
}

/** Whether a condition is never true while this field has no value. */
function neverTrue(node: Node | undefined, zh: string): boolean {
  if (node === undefined) return false
  if (node.kind === 'and') return neverTrue(node.left, zh) || neverTrue(node.right, zh)
  if (node.kind === 'or') return neverTrue(node.left, zh) && neverTrue(node.right, zh)
  if (node.kind === 'call') return isCallOf(node, 'not') ? passesUnanswered(node.values[0] ?? node, zh) : isUnknown(node, zh)
  if (node.kind !== 'comparison') return false
  const { operator, left, right } = node
  if (orders.includes(operator)) return isUnknown(left, zh) || isUnknown(right, zh)
  const isTotal = operator === '=' && right.kind === 'literal' && right.value === true && left.kind !== 'variable'
  if (isTotal) return neverTrue(left, zh)
  return isItself(left, zh) && right.kind === 'literal' && (isNull(right) ? operator === '!=' : operator === '=')
}

const orders: readonly string[] = ['<', '<=', '>', '>=']
const isItself = (node: Node, zh: string): boolean => node.kind === 'variable' && node.name === zh
const isNull = (node: Node): boolean => node.kind === 'literal' && node.value === null
const isCallOf = (node: Node, name: string): boolean => node.kind === 'call' && node.target.kind === 'variable' && node.target.name === name

/** Whether a value is null while the field is: it is read, and by nothing that makes something of nothing. */
function isUnknown(node: Node, zh: string): boolean {
  if (isItself(node, zh)) return true
  if (node.kind === 'call') return node.values.some((one) => isUnknown(one, zh))
  return (node.kind === 'arithmetic' || node.kind === 'negation') && partsOf(node).some((one) => isUnknown(one, zh))
}
