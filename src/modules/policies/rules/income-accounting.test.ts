import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, makeDay, type Day } from '#kernel/pure/time/index.ts'
import { shippedModel } from '../../../../test/shipped-policies.ts'
import { accountIncome, incomeClasses, type IncomeClass, type ItemRule, type LedgerEntry } from './income-accounting.ts'
import { itemRules } from './income-items.ts'
import { accountingYear, monthsBefore } from './income-periods.ts'

const day = (year: number, month: number, date: number): Day => {
  const made = makeDay(year, month, date)
  if (made === undefined) throw new Error(`no day ${year}-${month}-${date}`)
  return made
}
const entry = (item: string, fen: number, on: Day): LedgerEntry => ({ item, fen, on })
const some = ['务工收入', '种植业收入', '土地流转收入', '低保金', '种植业支出', '保险理赔', '住院自付', '一次性临时救助']
const rules = itemRules(shippedModel('cases.income-items'), some)

describe('the periods of income', () => {
  it('are twelve full months before the month of identification', () => {
    expect(monthsBefore(day(2021, 6, 10), 12)).toEqual({ from: '2020-06-01', to: '2021-05-31' })
    expect(monthsBefore(day(2024, 3, 1), 12)).toEqual({ from: '2023-03-01', to: '2024-02-29' })
    expect(monthsBefore(day(2024, 1, 31), 12)).toEqual({ from: '2023-01-01', to: '2023-12-31' })
  })

  it('are October to September for the yearly update, and January to December where a province says so', () => {
    expect(accountingYear(2023, 10)).toEqual({ from: '2022-10-01', to: '2023-09-30' })
    expect(accountingYear(2023, 1)).toEqual({ from: '2023-01-01', to: '2023-12-31' })
  })
})

describe('a household’s ledger', () => {
  const entries = [
    entry('务工收入', 2_400_000, day(2022, 10, 1)),
    entry('务工收入', 600_000, day(2023, 9, 30)),
    entry('务工收入', 700_000, day(2023, 10, 1)),
    entry('种植业收入', 350_005, day(2023, 8, 15)),
    entry('土地流转收入', 80_000, day(2023, 1, 5)),
    entry('低保金', 120_050, day(2023, 3, 10)),
    entry('种植业支出', 90_010, day(2023, 4, 1)),
    entry('保险理赔', 500_000, day(2023, 7, 1)),
    entry('住院自付', 1_800_033, day(2023, 6, 2)),
    entry('一次性临时救助', 200_000, day(2023, 6, 20)),
  ]

  it('gives the view of the year exactly, with what is listed beside it', () => {
    const account = accountIncome({ entries, rules, period: accountingYear(2023, 10), persons: 3 })
    expect(account.net).toBe(2_400_000 + 600_000 + 350_005 + 80_000 + 120_050 - 90_010)
    expect(account.netPerPerson).toBe(1_153_348)
    expect(account.reference).toBe(3_460_045 + 500_000 - 1_800_033)
    expect(account.notCounted).toBe(200_000)
  })

  it('gives the view of identification from the same ledger by another period', () => {
    const account = accountIncome({ entries, rules, period: monthsBefore(day(2023, 11, 20), 12), persons: 3 })
    expect(account.period).toEqual({ from: '2022-11-01', to: '2023-10-31' })
    expect(account.byClass['工资性']).toBe(1_300_000)
  })

  it('knows no net income where an item has no rule, and nothing per person without persons', () => {
    const account = accountIncome({
      entries: [...entries, entry('来历不明', 100, day(2023, 5, 1))],
      rules,
      period: accountingYear(2023, 10),
      persons: 3,
    })
    expect([account.net, account.netPerPerson, account.unclassified]).toEqual([null, null, ['来历不明']])
    expect(accountIncome({ entries, rules, period: accountingYear(2023, 10), persons: null }).netPerPerson).toBeNull()
  })

  it('counts an item differently where a province does', () => {
    const of = (area: string) => itemRules(shippedModel('cases.income-items', {}, area), ['救灾款', '务工收入']).get('救灾款')
    expect([of(''), of('45')]).toEqual([
      { incomeClass: '转移性', isCounted: true },
      { incomeClass: '转移性', isCounted: false },
    ])
  })

  it('agrees with sums of whole numbers for any ledger', () => {
    const anyRule = fc.record({ incomeClass: fc.constantFrom(...incomeClasses), isCounted: fc.boolean() })
    const anyEntry = fc.record({
      item: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      fen: fc.integer({ min: -10_000_000, max: 1_000_000_000 }),
      days: fc.integer({ min: -500, max: 500 }),
    })
    fc.assert(
      fc.property(
        fc.array(anyRule, { minLength: 5, maxLength: 5 }),
        fc.array(anyEntry, { maxLength: 40 }),
        fc.integer({ min: 1, max: 15 }),
        (made, drawn, persons) => {
          const known = new Map<string, ItemRule>(
            ['a', 'b', 'c', 'd', 'e'].map((item, at) => [item, made[at] ?? { incomeClass: '不计', isCounted: false }]),
          )
          const period = accountingYear(2023, 10)
          const ledger = drawn.map(({ item, fen, days }) => entry(item, fen, addDays(day(2023, 3, 31), days)))
          const account = accountIncome({ entries: ledger, rules: known, period, persons })
          expect([account.net, account.netPerPerson]).toEqual(oracle(ledger, known, { period, persons }))
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** The same by bigints: signs by class, halves away from zero. */
function oracle(
  ledger: readonly LedgerEntry[],
  known: ReadonlyMap<string, ItemRule>,
  { period, persons }: { period: { from: Day; to: Day }; persons: number },
): [number, number] {
  const signs: Partial<Record<IncomeClass, bigint>> = { 工资性: 1n, 生产经营性: 1n, 财产性: 1n, 转移性: 1n, 生产经营性支出: -1n }
  let net = 0n
  for (const { item, fen, on } of ledger) {
    const rule = known.get(item)
    if (on < period.from || on > period.to || rule?.isCounted !== true) continue
    net += BigInt(fen) * (signs[rule.incomeClass] ?? 0n)
  }
  const [size, people] = [net < 0n ? -net : net, BigInt(persons)]
  const rounded = (size * 2n + people) / (people * 2n)
  return [Number(net), Number(net < 0n ? -rounded : rounded)]
}
