import { describe, expect, it } from 'vitest'
import { readDay, type Day } from '#kernel/pure/time/index.ts'
import { daysOfText, factDay, type Cells } from './fact.ts'
import { monitoringFacts, monthsSinceElimination, standingOf } from './fact-monitoring.ts'

function day(text: string): Day {
  const read = readDay(text)
  if (read === undefined) throw new Error(text)
  return read
}

const rowOf = (cells: Readonly<Record<string, string>>): Cells => ({ cell: (key) => cells[key] ?? null })
const household = (cells: Readonly<Record<string, string>>) => ({ ...rowOf(cells), areaPath: '', members: [], hasOpenLead: null })

function factOf(name: string, cells: Readonly<Record<string, string>>, asOf: string) {
  return monitoringFacts[name]?.value(household(cells), factDay(day(asOf)))
}

describe('R01: full months since the risk was eliminated', () => {
  it.each([
    ['2023-03-15', '2023-09-14', 5],
    ['2023-03-15', '2023-09-15', 6],
    ['2023-08-31', '2024-02-28', 5],
    ['2023-08-31', '2024-02-29', 6],
    ['2023-03-15', '2023-03-15', 0],
    ['2023-03-15', '2023-03-14', null],
  ])('eliminated on %s, judged on %s: %s', (eliminatedOn, asOf, months) => {
    expect(monthsSinceElimination([{ identifiedOn: null, eliminatedOn: day(eliminatedOn) }], day(asOf))).toBe(months)
  })

  const relapsed = [
    { identifiedOn: day('2022-01-01'), eliminatedOn: day('2023-01-10') },
    { identifiedOn: day('2023-05-01'), eliminatedOn: day('2023-06-01') },
  ]
  it.each([
    ['2023-04-30', 3],
    ['2023-05-15', null],
    ['2023-11-30', 5],
    ['2023-12-01', 6],
  ])('a relapse restarts the clock: on %s %s', (asOf, months) => {
    expect(monthsSinceElimination(relapsed, day(asOf))).toBe(months)
    expect(monthsSinceElimination(relapsed.toReversed(), day(asOf))).toBe(months)
  })

  it('has no months for a household that was never monitored, nor for one whose risk stands', () => {
    expect(monthsSinceElimination([], day('2023-12-31'))).toBeNull()
    expect(monthsSinceElimination([{ identifiedOn: day('2023-01-01'), eliminatedOn: null }], day('2023-12-31'))).toBeNull()
  })
})

describe('the standing of a household in monitoring', () => {
  const open = { monitorCategory: '边缘易致贫户', identifiedMonth: '202306', eliminated: 'false' }
  const cleared = { monitorCategory: '脱贫不稳定户', identifiedMonth: '202206', eliminated: 'true', eliminatedMonth: '202306' }

  it.each<[string, Readonly<Record<string, string>>, string, unknown]>([
    ['without a kind it was not taken in', {}, '2023-12-31', { state: '未纳入' }],
    ['open', open, '2023-12-31', { state: '未消除' }],
    ['not taken in yet on an earlier day', open, '2023-05-31', { state: '未纳入' }],
    ['taken in from the first day of the month', open, '2023-06-01', { state: '未消除' }],
    ['eliminated, since the last day of the month', cleared, '2023-12-31', { state: '已消除', since: '2023-06-30' }],
    ['still open before the month', cleared, '2023-05-31', { state: '未消除' }],
    ['eliminated without a month', { ...cleared, eliminatedMonth: '' }, '2023-12-31', { state: '已消除', since: null }],
    ['nothing said of elimination', { monitorCategory: '边缘易致贫户' }, '2023-12-31', null],
    [
      'taken in again after the month: since when is not known',
      { ...cleared, identifiedMonth: '202308' },
      '2023-12-31',
      { state: '已消除', since: null },
    ],
    ['taken in again and open', { ...cleared, identifiedMonth: '202308', eliminated: 'false' }, '2023-12-31', { state: '未消除' }],
    [
      'only the year of elimination: its last day',
      { ...cleared, eliminatedMonth: '2023' },
      '2023-12-31',
      { state: '已消除', since: '2023-12-31' },
    ],
  ])('%s', (_, cells, asOf, standing) => {
    expect(standingOf(rowOf(cells), factDay(day(asOf)))).toEqual(standing)
  })

  it('counts months from the last day of a month, and never less than none', () => {
    expect(factOf('风险消除满月数', cleared, '2023-12-30')).toBe(6)
    expect(factOf('风险消除满月数', cleared, '2023-12-29')).toBe(5)
    expect(factOf('风险消除满月数', cleared, '2023-06-10')).toBe(0)
    expect(factOf('风险消除日', cleared, '2023-12-31')).toBe(daysOfText(day('2023-06-30')))
    expect(factOf('风险消除满月数', open, '2023-12-31')).toBeNull()
  })

  it('says 无 of a household without a kind, and nothing of a kind that nobody knows', () => {
    expect(factOf('监测对象类别', {}, '2023-12-31')).toBe('无')
    expect(factOf('监测对象类别', { monitorCategory: '某类' }, '2023-12-31')).toBeNull()
    expect(factOf('是监测对象', { monitorCategory: '某类' }, '2023-12-31')).toBe(true)
  })
})
