import { call } from './xlsform-calls.ts'
import {
  choiceNamed,
  condition,
  feelText,
  isChoice,
  number,
  typeOf,
  whole,
  within,
  yesOrNo,
  type Piece,
  type Reading,
  type Work,
} from './xlsform-pieces.ts'
import type { Question, Scope } from './xlsform-scope.ts'
import { comparisons, XPathFault, type XPath, type XPathOperator } from './xlsform-xpath.ts'

/** An expression of a form as FEEL over the fields' Chinese names. Throws `XPathFault` for what is not of the common subset. */
export function toFeel(node: XPath, scope: Scope, reading: Reading): Piece {
  return piece(node, { scope, reading, piece })
}

function piece(node: XPath, work: Work): Piece {
  switch (node.kind) {
    case 'number':
      return whole(node.text, 'number')
    case 'text':
      return whole(feelText(node.text), 'string')
    case 'self':
      if (work.scope.self === undefined) throw new XPathFault('xpath-self', '.')
      return pieceOf(work.scope.self)
    case 'field':
      return pieceOf(questionOf(node.name, work.scope))
    case 'negative': {
      const operand = number(node.operand, work)
      return { text: `-${within(operand, 7)}`, type: 'number', level: 6, open: operand.open }
    }
    case 'binary':
      return binary(node.operator, [node.left, node.right], work)
    case 'call':
      return call(node.name, node.given, work)
  }
}

function questionOf(name: string, scope: Scope): Question {
  const found = scope.questions.find((one) => one.name === name) ?? (scope.self?.name === name ? scope.self : undefined)
  if (found !== undefined) return found
  throw new XPathFault(scope.outside?.has(name) === true ? 'xpath-outside' : 'xpath-field', `\${${name}}`)
}

function pieceOf(question: Question): Piece {
  const { field, name, inside } = question
  if (inside !== undefined) throw new XPathFault('xpath-outside', `\${${name}}`)
  return { ...whole(field.name.zh, typeOf(question), true), question, empty: 'blank' }
}

function binary(operator: XPathOperator, [left, right]: readonly [XPath, XPath], work: Work): Piece {
  if (operator === 'or' || operator === 'and') {
    const level = operator === 'or' ? 1 : 2
    const [a, b] = [condition(left, work), condition(right, work)]
    return { text: `${within(a, level)} ${operator} ${within(b, level + 1)}`, type: 'boolean', level, open: a.open || b.open }
  }
  if (comparisons.includes(operator)) return comparison(operator, [left, right], work)
  const [a, b] = [piece(left, work), piece(right, work)]
  if (a.type === 'date' || b.type === 'date') return dates(operator, [left, right], { a, b })
  if (a.type !== 'number' || b.type !== 'number') throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
  const open = a.open || b.open || operator === 'div'
  if (operator === 'mod') {
    // XPath keeps the sign of the first number, FEEL's modulo that of the second.
    const rest = `${within(a, 4)} - ${within(b, 5)} * round down(${within(a, 5)} / ${within(b, 6)}, 0)`
    return { text: rest, type: 'number', level: 4, open: true }
  }
  const level = operator === '+' || operator === '-' ? 4 : 5
  return { text: `${within(a, level)} ${operator === 'div' ? '/' : operator} ${within(b, level + 1)}`, type: 'number', level, open }
}

/** Days between two days, and a day some days later or earlier. */
function dates(operator: XPathOperator, [, right]: readonly [XPath, XPath], { a, b }: { a: Piece; b: Piece }): Piece {
  if (operator === '-' && a.type === 'date' && b.type === 'date')
    return { text: `(${within(a, 4)} - ${within(b, 5)}) / duration("P1D")`, type: 'number', level: 5, open: a.open || b.open }
  if ((operator === '+' || operator === '-') && a.type === 'date' && right.kind === 'number' && /^\d{1,5}$/.test(right.text))
    return { text: `${within(a, 4)} ${operator} duration("P${right.text}D")`, type: 'date', level: 4, open: a.open }
  throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
}

function comparison(operator: XPathOperator, sides: readonly [XPath, XPath], work: Work): Piece {
  const [left, right] = sides.map((one) => piece(one, work))
  if (left === undefined || right === undefined) throw new Error('a comparison has two sides')
  const made = (a: Piece, b: Piece, open: boolean): Piece => ({
    text: `${within(a, 4)} ${operator} ${within(b, 4)}`,
    type: 'boolean',
    level: 3,
    open,
  })
  const a = fitted(left, { node: sides[0], other: right })
  const b = fitted(right, { node: sides[1], other: left })
  const types = [a.type, b.type]
  if (types.includes('nothing')) {
    // `= ''`: without an answer. Of anything but a question XPath would look at a text.
    if ((operator !== '=' && operator !== '!=') || (a.question ?? b.question) === undefined)
      throw new XPathFault('xpath-mixed', `'' ${operator}`)
    return made(a, b, false)
  }
  if (a.type !== b.type || a.type === 'list' || a.type === 'month') throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
  if (operator !== '=' && operator !== '!=') {
    if (a.type !== 'number' && a.type !== 'date') throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
    return made(a, b, a.open || b.open)
  }
  if (isChoice(a) && isChoice(b) && !sameChoices(a, b)) throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
  if (a.open && b.open && (a.empty === 'either' || b.empty === 'either'))
    throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
  const plain = a.empty === 'blank' && b.empty === 'blank'
  if (!a.open || !b.open || plain || work.reading === 'natural') return made(a, b, false)
  // Two sums without a value are equal in FEEL, and not in XPath; their difference is neither.
  if (a.type !== 'number') throw new XPathFault('xpath-mixed', `${a.text} ${operator} ${b.text}`)
  return { text: `${within(a, 4)} - ${within(b, 5)} ${operator} 0`, type: 'boolean', level: 3, open: false }
}

function sameChoices(a: Piece, b: Piece): boolean {
  const of = (one: Piece) => JSON.stringify((one.question?.field.choices ?? []).map(({ key, name }) => [key, name.zh]))
  return of(a) === of(b)
}

/** A text beside a question: the name of its choice, yes or no, a number, nothing. */
function fitted(one: Piece, { node, other }: { node: XPath; other: Piece }): Piece {
  if (node.kind !== 'text') {
    // A number beside a choice is the name of one: `${level} = 1`.
    return node.kind === 'number' && other.question !== undefined && isChoice(other) ? choiceNamed(other.question, node.text) : one
  }
  if (node.text === '') return whole('null', 'nothing', true)
  const { question } = other
  if (question !== undefined && isChoice(other)) return choiceNamed(question, node.text)
  if (question?.field.kind === 'yes-no') return yesOrNo(node.text)
  if (other.type === 'number' && /^-?\d+(\.\d+)?$/.test(node.text)) return whole(node.text, 'number')
  return one
}
