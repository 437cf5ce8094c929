import { describe, expect, it } from 'vitest'
import { readDay, type Day } from '#kernel/pure/time/index.ts'
import { shippedPolicies } from '#modules/policies/server/index.ts'
import { exitItems, isThrough, judgeExit, type ExitFacts, type ExitItem, type ExitTerms } from './exit-gate.ts'
import { exitMissingWords, exitWords } from './exit-words.ts'

const day = (text: string): Day => {
  const read = readDay(text)
  if (read === undefined) throw new Error(text)
  return read
}
const known = <Value>(value: Value | null) => ({ value, source: 'x', on: null })
const terms: ExitTerms = { months: 6, measuresPerRisk: 1, naturalFreeOf: ['帮扶措施'], periodToAtLeast: '2023-10-31', stableMonths: 6 }
const income = { periodTo: '2023-11-30', perPerson: 800_000, stable: { net: 1_200_000, months: 6, persons: 3 }, isStale: false }
const good: ExitFacts = {
  asOf: day('2023-12-18'),
  identifiedOn: day('2023-06-18'),
  mode: 'helped',
  risks: ['因病', '因学'],
  measures: [
    { risk: '因病', startedOn: '2023-07-01' },
    { risk: '因学', startedOn: '2023-09-01' },
  ],
  income: known(income),
  line: known(750_000),
  safeguards: ['义务教育', '基本医疗', '住房安全', '饮水安全'].map((name) => ({ name, ...known(true) })),
  newRisks: [],
  noLabour: known(false),
  labourUnfilled: 0,
}
const left = (facts: Partial<ExitFacts>, instead: Partial<ExitTerms> = {}) =>
  judgeExit({ ...good, ...facts }, { ...terms, ...instead }).filter(({ state }) => state !== 'met')
const said = (facts: Partial<ExitFacts>, instead: Partial<ExitTerms> = {}) =>
  left(facts, instead).map(({ state, word }) => `${state} ${word}`)

describe('the gate of elimination', () => {
  it('lets through what meets everything, item by item', () => {
    const items = judgeExit(good, terms)
    expect([isThrough(items), new Set(items.map(({ state }) => state))]).toEqual([true, new Set(['met'])])
    expect(new Set(items.map(({ name }) => name))).toEqual(new Set(exitItems))
  })

  // What is changed of a household that meets everything → what the gate says, and nothing else.
  it.each<[string, Partial<ExitFacts>, string[]]>([
    ['six months but a day', { asOf: day('2023-12-17') }, ['not-met months.not-met']],
    ['identified at the end of a long month', { identifiedOn: day('2023-08-31'), asOf: day('2024-02-29') }, []],
    ['no day of identification', { identifiedOn: null }, ['unknown months.unknown']],
    ['a risk without a measure', { measures: good.measures.slice(0, 1) }, ['not-met measures.not-met']],
    [
      'a measure that begins later',
      { measures: [...good.measures.slice(0, 1), { risk: '因学', startedOn: '2024-01-01' }] },
      ['not-met measures.not-met'],
    ],
    ['natural, without measures', { measures: [], mode: 'natural' }, ['excused measures.not-met', 'excused measures.not-met']],
    ['natural, but too early', { asOf: day('2023-12-17'), mode: 'natural' }, ['not-met months.not-met']],
    ['no risk named', { risks: [] }, ['unknown measures.no-risks']],
    ['income on the line', { income: known({ ...income, perPerson: 750_000 }) }, ['not-met income.not-met']],
    ['income a fen above', { income: known({ ...income, perPerson: 750_001 }) }, []],
    ['nothing computed', { income: known(null as typeof income | null) }, ['unknown income.none', 'unknown stable.none']],
    ['computed before lines changed', { income: known({ ...income, isStale: true }) }, ['unknown income.stale', 'unknown stable.stale']],
    ['computed too long ago', { income: known({ ...income, periodTo: '2023-09-30' }) }, ['unknown income.old', 'unknown stable.old']],
    ['no line in force', { line: known(null as number | null) }, ['unknown income.no-line', 'unknown stable.no-line']],
    ['an item without a class', { income: known({ ...income, perPerson: null }) }, ['unknown income.unclassified']],
    [
      'an unstable half year',
      { income: known({ ...income, stable: { net: 1_125_000, months: 6, persons: 3 } }) },
      ['not-met stable.not-met'],
    ],
    ['a half year a fen above', { income: known({ ...income, stable: { net: 1_125_001, months: 6, persons: 3 } }) }, []],
    ['an empty half year', { income: known({ ...income, stable: null }) }, ['unknown stable.no-lines']],
    [
      'water not safe',
      { safeguards: good.safeguards.map((one) => (one.name === '饮水安全' ? { ...one, value: false } : one)) },
      ['not-met safeguards.not-met'],
    ],
    [
      'insurance not on file',
      { safeguards: good.safeguards.map((one) => (one.name === '基本医疗' ? { ...one, value: null } : one)) },
      ['unknown safeguards.unknown'],
    ],
    [
      'two new leads',
      {
        newRisks: [
          { kind: 'lead', on: '2023-10-05' },
          { kind: 'visit', on: '2023-11-05' },
        ],
      },
      ['not-met new-risk.lead', 'not-met new-risk.visit'],
    ],
    ['wholly without labour', { noLabour: known(true) }, ['not-met labour.not-met']],
    ['wholly without labour, natural', { noLabour: known(true), mode: 'natural' }, ['not-met labour.not-met']],
    ['labour of two not filled', { noLabour: known(null as boolean | null), labourUnfilled: 2 }, ['unknown labour.unknown']],
  ])('%s', (_, facts, expected) => {
    expect(said(facts)).toEqual(expected)
    expect(isThrough(judgeExit({ ...good, ...facts }, terms))).toBe(expected.every((one) => one.startsWith('excused')))
  })

  it('excuses the months of a natural elimination only where policy says so', () => {
    const early = { asOf: day('2023-12-17'), mode: 'natural' as const }
    expect(said(early, { naturalFreeOf: ['帮扶措施', '识别月数'] })).toEqual(['excused months.not-met'])
    expect(said({ ...early, mode: 'helped' }, { naturalFreeOf: ['识别月数'] })).toEqual(['not-met months.not-met'])
  })

  it('has a sentence for each answer, also where it is missing for a move', () => {
    const all: ExitItem[] = [{}, { identifiedOn: null }, { risks: [] }, { income: known(null as typeof income | null) }].flatMap((one) =>
      judgeExit({ ...good, ...one }, terms),
    )
    for (const { word } of all) expect(Object.keys(exitWords)).toContain(word)
    const open = Object.keys(exitWords).filter((word) => !word.endsWith('.met'))
    expect(Object.keys(exitMissingWords).sort()).toEqual(open.map((word) => `missing.exit.${word}`).sort())
  })

  it('knows no quota: no share or number of households is asked for, by fact or by policy', () => {
    const names = shippedPolicies()
      .filter(({ entry }) => entry.key === 'cases.elimination')
      .flatMap(({ texts }) => texts.flatMap(({ content }) => (JSON.parse(content) as { values: { name: string; unit: string }[] }).values))
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter(({ name, unit }) => /比例|指标|户数|任务|%/.test(name + unit))).toEqual([])
    expect(Object.keys(good).filter((key) => /share|ratio|quota|target|percent|rate/i.test(key))).toEqual([])
  })
})
