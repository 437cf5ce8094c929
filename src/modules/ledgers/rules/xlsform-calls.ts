import {
  choiceNamed,
  condition,
  feelText,
  isChoice,
  matchesNothing,
  number,
  typeOf,
  whole,
  within,
  type Piece,
  type PieceType,
  type Work,
} from './xlsform-pieces.ts'
import { XPathFault, type XPath } from './xlsform-xpath.ts'

/** A function of a form as FEEL. Throws for those that are not of the common subset. */
export function call(name: string, given: readonly XPath[], work: Work): Piece {
  const make = calls[name]
  if (make === undefined) throw new XPathFault('xpath-function', `${name}()`)
  if (!make.counts.includes(given.length)) throw new XPathFault('xpath-arguments', `${name}()`)
  return make.make(given, work)
}

interface Call {
  readonly counts: readonly number[]
  readonly make: (given: readonly XPath[], work: Work) => Piece
}
const first = (given: readonly XPath[]): XPath => given[0] ?? { kind: 'text', text: '' }
const second = (given: readonly XPath[]): XPath => given[1] ?? { kind: 'text', text: '' }

/** A function of FEEL over numbers that is null where one of them is. */
const ofNumbers =
  (feel: string, more = ''): Call['make'] =>
  (given, work) => {
    const numbers = given.map((one) => number(one, work))
    const text = numbers.map((one) => one.text).join(', ')
    return whole(
      `${feel}(${text}${numbers.length === 1 ? more : ''})`,
      'number',
      numbers.some((one) => one.open),
    )
  }

const ofTexts =
  (feel: string): Call['make'] =>
  (given, work) => {
    const [a, b] = [work.piece(first(given), work), second(given)]
    if (a.type !== 'string' || isChoice(a) || b.kind !== 'text' || b.text === '') throw new XPathFault('xpath-mixed', `${feel}()`)
    return whole(`${feel}(${a.text}, ${feelText(b.text)})`, 'boolean', a.open)
  }

const calls: Readonly<Record<string, Call>> = {
  true: { counts: [0], make: () => whole('true', 'boolean') },
  false: { counts: [0], make: () => whole('false', 'boolean') },
  today: { counts: [0], make: () => whole('今天', 'date') },
  date: { counts: [1], make: ([given]) => readDay(given) },
  not: { counts: [1], make: (given, work) => negated(condition(first(given), work), work) },
  if: { counts: [3], make: choose },
  selected: { counts: [2], make: selected },
  'count-selected': { counts: [1], make: (given, work) => countOf(first(given), { work, type: 'list', feel: 'count' }) },
  'string-length': { counts: [1], make: (given, work) => countOf(first(given), { work, type: 'string', feel: 'string length' }) },
  regex: { counts: [2], make: pattern },
  contains: { counts: [2], make: ofTexts('contains') },
  'starts-with': { counts: [2], make: ofTexts('starts with') },
  'ends-with': { counts: [2], make: ofTexts('ends with') },
  int: { counts: [1], make: ofNumbers('round down', ', 0') },
  round: { counts: [1, 2], make: ofNumbers('round half up', ', 0') },
  floor: { counts: [1], make: ofNumbers('floor') },
  ceiling: { counts: [1], make: ofNumbers('ceiling') },
  abs: { counts: [1], make: ofNumbers('abs') },
  coalesce: { counts: [2], make: coalesce },
  sum: { counts: [1], make: (given, work) => ofRows('sum', given, work) },
  count: { counts: [1], make: (given, work) => ofRows('count', given, work) },
  min: { counts: [1], make: (given, work) => ofRows('min', given, work) },
  max: { counts: [1], make: (given, work) => ofRows('max', given, work) },
}

function readDay(given: XPath | undefined): Piece {
  if (given?.kind !== 'text' || !/^\d{4}-\d{2}-\d{2}$/.test(given.text)) throw new XPathFault('xpath-arguments', 'date()')
  return whole(`date(${feelText(given.text)})`, 'date')
}

function negated(one: Piece, { reading }: Work): Piece {
  // What is unknown is false in XPath, so its contrary is true; in FEEL it stays unknown.
  return whole(
    one.open && reading === 'exact' ? `not((${one.text}) = true)` : `not(${one.text})`,
    'boolean',
    one.open && reading === 'natural',
  )
}

function choose(given: readonly XPath[], work: Work): Piece {
  const rows = work.reading === 'natural' ? withoutRows(given, work) : undefined
  if (rows !== undefined) return rows
  const test = condition(first(given), work)
  const branch = (node: XPath | undefined): Piece =>
    node === undefined || (node.kind === 'text' && node.text === '') ? whole('null', 'nothing', true) : work.piece(node, work)
  const [yes, no] = [branch(given[1]), branch(given[2])]
  const type = yes.type === 'nothing' ? no.type : yes.type
  if (no.type !== 'nothing' && no.type !== type) throw new XPathFault('xpath-mixed', 'if()')
  const open = [yes, no].filter((one) => one.open).map((one) => (one.type === 'nothing' ? 'blank' : (one.empty ?? 'nan')))
  const empty = open.every((one) => one === open[0]) ? (open[0] ?? 'nan') : 'either'
  const text = `if ${test.text} then ${within(yes, 1)} else ${no.text}`
  return { text, type, level: 0, open: yes.open || no.open, empty }
}

function selected(given: readonly XPath[], work: Work): Piece {
  const [asked, name] = [work.piece(first(given), work), second(given)]
  const { question } = asked
  if (question === undefined || name.kind !== 'text') throw new XPathFault('xpath-arguments', 'selected()')
  if (question.field.kind === 'choices')
    return whole(`list contains(${asked.text}, ${choiceNamed(question, name.text).text})`, 'boolean', true)
  return work.piece({ kind: 'binary', operator: '=', left: first(given), right: name }, work)
}

/** A length or a number of choices: nothing has none. */
function countOf(node: XPath, { work, type, feel }: { work: Work; type: PieceType; feel: string }): Piece {
  const found = work.piece(node, work)
  if (found.type !== type || isChoice(found) || found.question === undefined) throw new XPathFault('xpath-mixed', `${feel}()`)
  if (work.reading === 'natural') return whole(`${feel}(${found.text})`, 'number', true)
  return { text: `if ${found.text} = null then 0 else ${feel}(${found.text})`, type: 'number', level: 0, open: false }
}

function pattern(given: readonly XPath[], work: Work): Piece {
  const [asked, regex] = [work.piece(first(given), work), second(given)]
  if (asked.type !== 'string' || isChoice(asked) || regex.kind !== 'text' || asked.question === undefined)
    throw new XPathFault('xpath-mixed', 'regex()')
  const wanted = feelText(`^(${regex.text})$`)
  const ofNothing = matchesNothing(regex.text)
  if (ofNothing === undefined) throw new XPathFault('xpath-arguments', 'regex()')
  const text = `matches(${asked.text}, ${wanted})`
  return ofNothing && work.reading === 'exact'
    ? { text: `${asked.text} = null or ${text}`, type: 'boolean', level: 1, open: false }
    : whole(text, 'boolean', true)
}

function coalesce(given: readonly XPath[], work: Work): Piece {
  const [a, b] = [work.piece(first(given), work), work.piece(second(given), work)]
  if (a.question === undefined || a.type !== b.type || isChoice(a) || a.type === 'boolean' || a.type === 'list')
    throw new XPathFault('xpath-mixed', 'coalesce()')
  return { text: `if ${a.text} = null then ${within(b, 1)} else ${a.text}`, type: a.type, level: 0, open: b.open, empty: b.empty ?? 'nan' }
}

/** `if(count(${rows}) = 0, '', sum(…))`: what FEEL says without asking whether there are rows. */
function withoutRows([test, none, some]: readonly XPath[], { scope }: Work): Piece | undefined {
  if (test?.kind !== 'binary' || test.operator !== '=' || test.left.kind !== 'call' || test.left.name !== 'count') return undefined
  if (none?.kind !== 'text' || none.text !== '' || some?.kind !== 'call') return undefined
  const [rows] = test.left.given
  const [asked] = some.given
  if (rows?.kind !== 'field' || asked?.kind !== 'field') return undefined
  const question = scope.questions.find(({ name }) => name === asked.name)
  if (some.name === 'count' && question?.field.kind === 'table') return whole(`count(${question.field.name.zh})`, 'number', true)
  if (some.name !== 'sum' || question?.inside?.name !== rows.name) return undefined
  return whole(`sum(${question.inside.field.name.zh}.${question.field.name.zh})`, 'number', true)
}

/** Of the rows of a repeat: how many, or of one column the sum, least, most. */
function ofRows(feel: string, given: readonly XPath[], { scope }: Work): Piece {
  const [asked] = given
  if (asked?.kind !== 'field') throw new XPathFault('xpath-arguments', `${feel}()`)
  const question = scope.questions.find((one) => one.name === asked.name)
  if (question === undefined) throw new XPathFault('xpath-field', `\${${asked.name}}`)
  const isTable = question.field.kind === 'table'
  const table = isTable ? question : question.inside
  if (table === undefined || (isTable && feel !== 'count')) throw new XPathFault('xpath-arguments', `${feel}()`)
  const rows = table.field.name.zh
  if (feel === 'count') return { text: `if ${rows} = null then 0 else count(${rows})`, type: 'number', level: 0, open: false }
  if (typeOf(question) !== 'number') throw new XPathFault('xpath-mixed', `${feel}()`)
  const values = `${rows}.${question.field.name.zh}`
  return feel === 'sum'
    ? { text: `if ${rows} = null then 0 else sum(${values})`, type: 'number', level: 0, open: true }
    : whole(`${feel}(${values})`, 'number', true)
}
