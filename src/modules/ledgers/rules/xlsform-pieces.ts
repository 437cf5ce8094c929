import { evaluate, parseExpression, startRun } from '#kernel/pure/expressions/index.ts'
import { yesNo, type Question, type Scope } from './xlsform-scope.ts'
import { XPathFault, type XPath } from './xlsform-xpath.ts'

/**
 * How an expression is read. `exact`: in every case what it says, also for questions without an answer. `natural`: as a person would write it in FEEL,
 * where nothing speaks of unanswered questions; `xlsform-meaning.ts` takes it where it says the same.
 */
export type Reading = 'exact' | 'natural'

export type PieceType = 'number' | 'string' | 'boolean' | 'date' | 'list' | 'month' | 'nothing'
/** A part of a FEEL text. */
export interface Piece {
  readonly text: string
  readonly type: PieceType
  /** 0 if, 1 or, 2 and, 3 comparison, 4 sum, 5 product, 6 sign, 7 whole. */
  readonly level: number
  /** Whether it can be null. */
  readonly open: boolean
  /** What no answer looks like in XPath: `blank` (a field, an if) equals another blank, `nan` (a sum) equals nothing. Of an if it can be either. */
  readonly empty?: 'blank' | 'nan' | 'either'
  /** The question, where the piece is nothing else. */
  readonly question?: Question
}
export interface Work {
  readonly scope: Scope
  readonly reading: Reading
  /** Translates a part. */
  readonly piece: (node: XPath, work: Work) => Piece
}

export const whole = (text: string, type: PieceType, open = false): Piece => ({ text, type, level: 7, open })
/** The text of a piece, in brackets where something stronger stands around it. */
export const within = (one: Piece, least: number): string => (one.level < least ? `(${one.text})` : one.text)
/** A text of FEEL. */
export const feelText = (text: string): string => JSON.stringify(text)
export const isChoice = ({ question }: Piece): boolean => question?.field.kind === 'choice'

const typesOf: Readonly<Partial<Record<Question['field']['kind'], PieceType>>> = {
  number: 'number',
  money: 'number',
  text: 'string',
  'long-text': 'string',
  choice: 'string',
  choices: 'list',
  'yes-no': 'boolean',
  date: 'date',
  month: 'month',
}

/** What a question is in FEEL. Throws for kinds that stand in no expression. */
export function typeOf({ field, name }: Question): PieceType {
  const type = typesOf[field.kind]
  if (type === undefined) throw new XPathFault('xpath-kind', `\${${name}}`)
  return type
}

/** The Chinese name of the choice that a form calls so. */
export function choiceNamed({ field }: Question, name: string): Piece {
  const found = field.choices?.find((choice) => choice.key === name)
  if (found === undefined) throw new XPathFault('xpath-choice', name)
  return whole(feelText(found.name.zh), 'string')
}

export function yesOrNo(name: string): Piece {
  if (name !== yesNo.yes && name !== yesNo.no) throw new XPathFault('xpath-choice', name)
  return whole(String(name === yesNo.yes), 'boolean')
}

export function number(node: XPath, work: Work): Piece {
  const found = work.piece(node, work)
  if (found.type !== 'number') throw new XPathFault('xpath-mixed', found.text)
  return found
}

export function condition(node: XPath, work: Work): Piece {
  const found = work.piece(node, work)
  // An answer by itself is no condition: XPath would take every answer for true, `no` as well.
  if (found.type !== 'boolean' || found.question !== undefined) throw new XPathFault('xpath-mixed', found.text)
  return found
}

/** Whether a pattern matches a text without letters; undefined for what is no pattern. */
export function matchesNothing(pattern: string): boolean | undefined {
  const found = evaluate(parseExpression(`matches("", ${feelText(`^(${pattern})$`)})`), new Map(), startRun())
  return typeof found === 'boolean' ? found : undefined
}
