import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, parseExpression, printNumber, readDate, startRun, type Value } from '#kernel/pure/expressions/index.ts'
import { phone, phoneToday, toNumber, toTruth } from '../../../../test/ledgers/xlsform-phone.ts'
import { toFeel as feelValue } from './feel-values.ts'
import { namesOf } from './open-template.ts'
import type { FieldValue } from './records.ts'
import type { Field } from './template.ts'
import { unlessFalse, valueOf, whenTrue } from './xlsform-from-feel.ts'
import { readCalculation, readConstraint, readFeel, readRelevant, writeCheck } from './xlsform-meaning.ts'
import type { Question, Scope } from './xlsform-scope.ts'
import { callOf, join, parseXPath, printXPath, textOf, XPathFault, type XPath } from './xlsform-xpath.ts'

const named = (key: string, zh: string, kind: Field['kind'], rest: Partial<Field> = {}): Question => ({
  name: key,
  field: { key, name: { zh, en: key }, kind, ...rest },
})
const choices = ['a', 'b', 'c'].map((key) => ({ key, name: { zh: `选${key}`, en: key } }))
const questions: readonly Question[] = [
  named('n1', '面积', 'number', { places: 2 }),
  named('n2', '产量', 'number', { places: 2 }),
  named('t1', '备注', 'text'),
  named('s1', '等级', 'choice', { choices }),
  named('m1', '困难', 'choices', { choices }),
  named('y1', '达标', 'yes-no'),
  named('d1', '开始日期', 'date'),
  named('d2', '结束日期', 'date'),
]
const self = questions[0]
if (self === undefined) throw new Error('there are questions')
const scope: Scope = { questions }

const values = fc.record({
  n1: fc.option(fc.constantFrom('0', '1', '2.5', '-3', '7')),
  n2: fc.option(fc.constantFrom('0', '1', '2.5', '-3', '7')),
  t1: fc.option(fc.constantFrom('甲', '乙丙', 'abc', '12')),
  s1: fc.option(fc.constantFrom('a', 'b', 'c')),
  m1: fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 })),
  y1: fc.option(fc.boolean()),
  d1: fc.option(fc.constantFrom('2024-06-03', '2024-06-10', '2023-01-01')),
  d2: fc.option(fc.constantFrom('2024-06-03', '2024-06-10', '2023-01-01')),
})
type Values = Readonly<Record<string, FieldValue>>

function answersOf(given: Values): Record<string, string> {
  const said = (one: FieldValue): string =>
    one === null
      ? ''
      : typeof one === 'boolean'
        ? one
          ? 'yes'
          : 'no'
        : Array.isArray(one)
          ? one.map(String).join(' ')
          : JSON.stringify(one).replace(/"/g, '')
  return Object.fromEntries(Object.entries(given).map(([key, one]) => [key, said(one)]))
}

function feel(text: string, given: Values): Value {
  const variables = new Map<string, Value>([['今天', readDate(phoneToday)]])
  for (const { field } of questions) variables.set(field.name.zh, feelValue(field, given[field.key]))
  const run = startRun()
  return evaluate(parseExpression(text, { names: namesOf(questions.map(({ field }) => field)) }), variables, run)
}

const field = (name: string): XPath => ({ kind: 'field', name })
const num = (text: string): XPath => ({ kind: 'number', text })
const { numeric, logical } = fc.letrec<{ numeric: XPath; logical: XPath }>((tie) => ({
  numeric: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      field('n1'),
      field('n2'),
      num('2'),
      num('0.5'),
      callOf('count-selected', field('m1')),
      callOf('string-length', field('t1')),
    ),
    fc.tuple(fc.constantFrom('+', '-', '*'), tie('numeric'), tie('numeric')).map(([op, a, b]) => join(op as '+', a, b)),
    fc.tuple(tie('numeric'), fc.constantFrom('2', '4')).map(([a, b]) => join('div', a, num(b))),
    fc.tuple(tie('numeric'), fc.constantFrom('2', '3')).map(([a, b]) => join('mod', a, num(b))),
    tie('numeric').map((operand): XPath => ({ kind: 'negative', operand })),
    tie('numeric').map((one) => callOf('int', one)),
    fc.tuple(tie('logical'), tie('numeric'), tie('numeric')).map(([c, a, b]) => callOf('if', c, a, b)),
    fc.constantFrom(
      callOf('coalesce', field('n2'), num('0')),
      join('-', callOf('today'), field('d1')),
      join('-', field('d2'), field('d1')),
    ),
  ),
  logical: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('numeric'), tie('numeric')).map(([op, a, b]) => join(op as '<', a, b)),
    fc
      .tuple(fc.constantFrom('=', '!='), fc.constantFrom('n1', 't1', 's1', 'm1', 'y1', 'd1'))
      .map(([op, a]) => join(op as '=', field(a), textOf(''))),
    fc.tuple(fc.constantFrom('=', '!='), fc.constantFrom('a', 'b')).map(([op, a]) => join(op as '=', field('s1'), textOf(a))),
    fc.tuple(fc.constantFrom('=', '!='), fc.constantFrom('yes', 'no')).map(([op, a]) => join(op as '=', field('y1'), textOf(a))),
    fc.constantFrom('a', 'c').map((a) => callOf('selected', field('m1'), textOf(a))),
    fc.constantFrom('<', '>=', '=', '!=').map((op) => join(op as '<', field('d1'), field('d2'))),
    fc.constantFrom('<=', '>').map((op) => join(op as '<', field('d2'), callOf('today'))),
    fc.constantFrom('[a-z]+', '.*', '[0-9]{2}').map((a) => callOf('regex', field('t1'), textOf(a))),
    fc.constantFrom(
      callOf('contains', field('t1'), textOf('乙')),
      callOf('starts-with', field('t1'), textOf('a')),
      join('=', field('t1'), textOf('甲')),
    ),
    fc.tuple(fc.constantFrom('and', 'or'), tie('logical'), tie('logical')).map(([op, a, b]) => join(op as 'and', a, b)),
    tie('logical').map((one) => callOf('not', one)),
    fc.tuple(tie('logical'), tie('logical'), tie('logical')).map(([c, a, b]) => callOf('if', c, a, b)),
  ),
}))

/** Undefined for what is refused: too long, both empty. */
function tried<Of>(make: () => Of): Of | undefined {
  try {
    return make()
  } catch (fault) {
    if (fault instanceof XPathFault) return undefined
    throw fault
  }
}

const rounds = process.env['BANGFU_FULL'] === '1' ? 10_000 : 60

describe('an expression of a form and its FEEL', { timeout: 600_000 }, () => {
  it('show a question for the same answers', () => {
    let taken = 0
    fc.assert(
      fc.property(logical, fc.array(values, { minLength: 8, maxLength: 8 }), (node, records) => {
        const text = tried(() => readRelevant(node, scope))
        if (text === undefined) return
        taken += 1
        for (const record of records)
          expect({ text, holds: feel(text, record) === true }).toEqual({ text, holds: toTruth(phone(node, answersOf(record))) })
        const back = tried(() => whenTrue(readFeel(text, scope), scope))
        if (back !== undefined) {
          for (const record of records) expect(toTruth(phone(back, answersOf(record)))).toBe(feel(text, record) === true)
          expect(readRelevant(back, scope)).toBe(text)
        }
      }),
      { numRuns: rounds },
    )
    expect(taken).toBeGreaterThan(rounds / 2)
  })

  it('refuse the same answers', () => {
    fc.assert(
      fc.property(logical, fc.array(values, { minLength: 8, maxLength: 8 }), (node, records) => {
        const own: Scope = { questions, self }
        const text = tried(() => readConstraint(node, own))
        if (text === undefined) return
        for (const record of records) {
          // A phone asks the constraint only of an answer.
          const refuses = record.n1 !== null && !toTruth(phone(node, answersOf(record)))
          expect({ text, refuses: feel(text, record) === false }).toEqual({ text, refuses })
        }
        const back = tried(() => unlessFalse(readFeel(text, own), own))
        if (back !== undefined) expect(readConstraint(back, own)).toBe(text)
      }),
      { numRuns: rounds },
    )
  })

  it('give the same numbers', () => {
    fc.assert(
      fc.property(numeric, fc.array(values, { minLength: 6, maxLength: 6 }), (node, records) => {
        const read = tried(() => readCalculation(node, scope))
        if (read === undefined) return
        for (const record of records) {
          const found = feel(read.text, record)
          const wanted = toNumber(phone(node, answersOf(record)))
          const given =
            found === null
              ? Number.NaN
              : Number(typeof found === 'object' && 'kind' in found && found.kind === 'number' ? printNumber(found) : 'x')
          expect({ text: read.text, is: Number.isNaN(wanted) ? Number.isNaN(given) : Math.abs(given - wanted) < 1e-6 }).toEqual({
            text: read.text,
            is: true,
          })
        }
        const back = tried(() => valueOf(readFeel(read.text, scope), scope))
        if (back !== undefined) expect(readCalculation(back, scope).text).toBe(read.text)
      }),
      { numRuns: rounds },
    )
  })

  it('are as an officer would write them where nothing is lost by it', () => {
    const relevant = (text: string) => readRelevant(parseXPath(text), scope)
    expect(relevant("${s1} = 'a' and ${n1} > 5")).toBe('等级 = "选a" and 面积 > 5')
    expect(relevant("not(selected(${m1}, 'b'))")).toBe('not((list contains(困难, "选b")) = true)')
    expect(relevant("${y1} = 'yes'")).toBe('达标 = true')
    const constraint = (text: string) => readConstraint(parseXPath(text), { questions, self })
    expect(constraint('. >= 0 and . <= 100')).toBe('面积 >= 0 and 面积 <= 100')
    expect(constraint("${n2} = '' or . <= ${n2}")).toBe('面积 <= 产量')
    expect(constraint('. <= ${n2}')).toBe('面积 = null or (面积 <= 产量) = true')
    expect(relevant('(today() - ${d1}) div 365 >= 60')).toBe('(今天 - 开始日期) / duration("P1D") / 365 >= 60')
  })

  it('come back as they were when a check goes out', () => {
    for (const text of [
      '面积 <= 产量',
      '结束日期 >= 开始日期',
      '等级 != "选a" or 面积 <= 2000',
      '面积 > 0',
      'not(达标 = true) or 产量 > 0',
      '面积 = null or 产量 = null or abs(面积 * 2 - 产量) <= 1',
    ]) {
      const { self: of, constraint } = writeCheck(readFeel(text, scope), { all: questions })
      expect({ constraint, text: readConstraint(parseXPath(constraint), { questions, self: of }) }).toEqual({ constraint, text })
    }
  })

  it('are refused where a form cannot say them, and where a name is unknown', () => {
    const code = (make: () => unknown) => {
      try {
        return make()
      } catch (fault) {
        return fault instanceof XPathFault ? `${fault.code} ${fault.what}` : fault
      }
    }
    const read = (text: string) => code(() => readRelevant(parseXPath(text), scope))
    expect(read('${nobody} = 1')).toBe('xpath-field ${nobody}')
    expect(read("pulldata('a','b') = 1")).toBe('xpath-function pulldata()')
    expect(read('/data/n1 > 3')).toBe('xpath-sign /data/n1 > 3')
    expect(read("${n1} = 'viele'")).toBe('xpath-mixed 面积 = "viele"')
    expect(read("${s1} = 'zz'")).toBe('xpath-choice zz')
    expect(read('${n1} >')).toBe('xpath-end ')
    expect(read(`${'('.repeat(500)}1${')'.repeat(500)} = 1`)).toBe('xpath-deep 40')
    expect(read(`${'not('.repeat(200)}true()${')'.repeat(200)}`)).toBe('xpath-deep 40')
    expect(read('${n1} > 1'.padEnd(3000, ' and ${n1} > 1'))).toBe('xpath-long 2000')
    expect(code(() => writeCheck(readFeel('面积 != null', scope), { all: questions }))).toBe('feel-part ')
    expect(code(() => writeCheck(readFeel('every x in 困难 satisfies x = "选a"', scope), { all: questions }))).toBe('feel-part ')
  })

  it('are written with as few brackets as they need and read as the same', () => {
    fc.assert(
      fc.property(logical, (node) => {
        expect(parseXPath(printXPath(node))).toEqual(node)
      }),
      { numRuns: rounds },
    )
  })
})
