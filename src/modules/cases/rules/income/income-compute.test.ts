import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountIncome, incomeClasses, monthsBefore, type ItemRule } from '#modules/policies/rules/index.ts'
import { makeDay } from '#kernel/pure/time/index.ts'
import { computeSheet, divided, type SheetLine, type ViewTerms } from './income-compute.ts'
import { lastMonths, monthPlus, monthsIn, monthsOfDays, portionIn } from './income-months.ts'

const plain: ViewTerms = { notCounted: [], deducted: [], workCost: null }
const rules = new Map<string, ItemRule>([
  ['务工收入', { incomeClass: '工资性', isCounted: true }],
  ['种植业收入', { incomeClass: '生产经营性', isCounted: true }],
  ['土地流转收入', { incomeClass: '财产性', isCounted: true }],
  ['低保金', { incomeClass: '转移性', isCounted: true }],
  ['种植业支出', { incomeClass: '生产经营性支出', isCounted: true }],
  ['保险理赔', { incomeClass: '理赔', isCounted: true }],
  ['住院自付', { incomeClass: '合规自付支出', isCounted: true }],
  ['礼金慰问金', { incomeClass: '不计', isCounted: false }],
])
let number = 0
const line = (item: string, fen: number, monthFrom: string, monthTo = monthFrom): SheetLine => {
  number += 1
  return { lineId: String(number), item, personId: null, monthFrom, monthTo, fen: BigInt(fen) }
}
const year = { from: '202211', to: '202310' }
const sheet = (lines: SheetLine[], more: { persons?: number; terms?: ViewTerms } = {}) =>
  computeSheet({ lines, rules, period: year, persons: more.persons ?? 3, terms: more.terms ?? plain, stableMonths: 6 })

describe('months', () => {
  it('count on over the year end, both ways', () => {
    expect([monthPlus('202211', 2), monthPlus('202301', -1), monthPlus('202312', 1), monthPlus('202303', -15)]).toEqual([
      '202301',
      '202212',
      '202401',
      '202112',
    ])
    expect(monthsIn({ from: '202211', to: '202310' })).toBe(12)
    expect(lastMonths(year, 6)).toEqual({ from: '202305', to: '202310' })
  })

  it('are the twelve before the month of identification', () => {
    const on = makeDay(2024, 3, 1)
    if (on === undefined) return expect.unreachable('a day')
    expect(monthsOfDays(monthsBefore(on, 12))).toEqual({ from: '202303', to: '202402' })
  })

  it('share an amount so that neighbouring periods add up to it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 11n), max: 10n ** 11n }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: -50, max: 50 }),
        (amount, months, cut) => {
          const range = { from: '202209', to: monthPlus('202209', months - 1) }
          const before = portionIn(amount, range, { from: '190001', to: monthPlus('202209', cut - 1) })
          const after = portionIn(amount, range, { from: monthPlus('202209', cut), to: '209912' })
          expect(before + after).toBe(amount)
        },
      ),
    )
    expect(portionIn(100n, { from: '202212', to: '202302' }, { from: '202301', to: '202312' })).toBe(67n)
    expect(portionIn(100n, { from: '202212', to: '202302' }, { from: '202303', to: '202312' })).toBe(0n)
  })
})

describe('the income sheet', () => {
  const lines = [
    line('务工收入', 2_400_000, '202211', '202310'),
    line('务工收入', 900_000, '202209', '202211'),
    line('种植业收入', 350_005, '202308'),
    line('土地流转收入', 80_000, '202301'),
    line('低保金', 120_050, '202303'),
    line('种植业支出', 90_010, '202304'),
    line('保险理赔', 500_000, '202307'),
    line('住院自付', 1_800_033, '202306'),
    line('礼金慰问金', 10_000, '202305'),
    line('务工收入', 1, '202311'),
  ]

  it('gives the rural view by its formula, each number divided once', () => {
    const { rural } = sheet(lines)
    expect(rural).toMatchObject({ wages: 2_700_000n, business: 350_005n, property: 80_000n, transfers: 120_050n, expenses: 90_010n })
    expect([rural.net, rural.perPerson]).toEqual([3_160_045n, 1_053_348n])
    expect([rural.reference, rural.referencePerPerson]).toEqual([1_860_012n, 620_004n])
    expect(rural.notCounted).toBe(10_000n)
  })

  it('gives the civil affairs view from the same lines by what policy leaves out and deducts', () => {
    const terms = { notCounted: ['低保金'], deducted: ['住院自付'], workCost: 1250 }
    const { civil, rural } = sheet(lines, { terms })
    expect(rural.net).toBe(3_160_045n)
    expect(civil).toMatchObject({
      transfers: 0n,
      notCounted: 120_050n,
      workCost: 337_500n,
      deductions: [{ item: '住院自付', fen: 1_800_033n }],
    })
    expect([civil.net, civil.perPerson]).toEqual([2_700_000n + 350_005n + 80_000n - 90_010n - 337_500n - 1_800_033n, 300_821n])
  })

  it('puts the latest half year to a year, and knows nothing where nothing is entered for it', () => {
    expect(sheet(lines).stable).toMatchObject({ months: 6, period: { from: '202305', to: '202310' }, net: 1_550_005n })
    expect(sheet([line('务工收入', 100, '202212')]).stable).toBeNull()
    expect(sheet([line('住院自付', 100, '202309')]).stable).toBeNull()
  })

  it('knows no net income where an item has no rule', () => {
    const { rural, civil, unclassified, stable } = sheet([...lines, line('来历不明', 5, '202310')])
    expect([rural.net, rural.perPerson, civil.net, stable, unclassified]).toEqual([null, null, null, null, ['来历不明']])
  })

  it('rounds half away from zero, below zero as well', () => {
    expect([divided(5n, 2n), divided(-5n, 2n), divided(4n, 3n), divided(-4n, 3n), divided(0n, 7n)]).toEqual([3n, -3n, 1n, -1n, 0n])
    expect(sheet([line('种植业支出', 5, '202301')], { persons: 2 }).rural.perPerson).toBe(-3n)
  })
})

// 1,000 sheets; BANGFU_INCOME_ROUNDS=10000 for the whole.
const rounds = Number(process.env['BANGFU_INCOME_ROUNDS'] ?? 1000)
const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const anyRule = fc.record({ incomeClass: fc.constantFrom(...incomeClasses), isCounted: fc.boolean() })
const anyLine = fc.record({
  item: fc.constantFrom(...items),
  fen: fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }),
  start: fc.integer({ min: -30, max: 20 }),
  months: fc.integer({ min: 1, max: 24 }),
})

describe(`any sheet (${rounds})`, () => {
  it('agrees with a naive computation in whole numbers, and with the accounting of policies', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { minLength: items.length, maxLength: items.length }),
        fc.array(anyLine, { maxLength: 25 }),
        fc.integer({ min: 1, max: 15 }),
        fc.record({
          notCounted: fc.subarray(items),
          deducted: fc.subarray(items),
          workCost: fc.option(fc.integer({ min: 0, max: 10_000 })),
        }),
        (made, drawn, persons, terms) => {
          const known = new Map(items.map((item, at) => [item, made[at] ?? { incomeClass: '不计' as const, isCounted: false }]))
          const lines = drawn.map(({ item, fen, start, months }, at) => {
            const monthFrom = monthPlus('202211', start)
            return {
              lineId: String(at),
              item,
              personId: at % 3 === 0 ? 'p' : null,
              monthFrom,
              monthTo: monthPlus(monthFrom, months - 1),
              fen: BigInt(fen),
            }
          })
          const found = computeSheet({ lines, rules: known, period: year, persons, terms, stableMonths: 6 })
          const [rural, civil] = oracle(lines, { known, persons, terms })
          expect([found.rural.net, found.rural.perPerson, found.civil.net, found.civil.perPerson]).toEqual([...rural, ...civil])
          expect(found.byPerson.reduce((sum, one) => sum + one.net, 0n)).toBe(rural[0])
          const on = makeDay(2023, 1, 1)
          if (on === undefined) return
          const entries = found.lines.map(({ item, fen }) => ({ item, fen: Number(fen), on }))
          const same = accountIncome({ entries, rules: known, period: { from: on, to: on }, persons })
          expect([same.net, same.reference]).toEqual([Number(found.rural.net), Number(found.rural.reference)])
        },
      ),
      { numRuns: rounds },
    )
  })
})

/** Month by month, in whole numbers: what every month has got by then less what it had before. */
function oracle(
  lines: readonly SheetLine[],
  { known, persons, terms }: { known: ReadonlyMap<string, ItemRule>; persons: number; terms: ViewTerms },
): [[bigint, bigint], [bigint, bigint]] {
  let [rural, civil, wages] = [0n, 0n, 0n]
  for (const { item, fen, monthFrom, monthTo } of lines) {
    const rule = known.get(item)
    if (rule === undefined) continue
    const months: string[] = []
    for (let month = monthFrom; month <= monthTo; month = monthPlus(month, 1)) months.push(month)
    let part = 0n
    months.forEach((month, at) => {
      if (month < year.from || month > year.to) return
      part += (fen * BigInt(at + 1)) / BigInt(months.length) - (fen * BigInt(at)) / BigInt(months.length)
    })
    const sign = { 工资性: 1n, 生产经营性: 1n, 财产性: 1n, 转移性: 1n, 生产经营性支出: -1n, 理赔: 0n, 合规自付支出: 0n, 不计: 0n }[
      rule.incomeClass
    ]
    if (rule.isCounted) rural += sign * part
    if (sign === 0n) civil -= terms.deducted.includes(item) ? part : 0n
    else if (rule.isCounted && !terms.notCounted.includes(item)) {
      civil += sign * part
      if (rule.incomeClass === '工资性') wages += part
    }
  }
  if (terms.workCost !== null) civil -= halfUp(wages * BigInt(terms.workCost), 10_000n)
  return [
    [rural, halfUp(rural, BigInt(persons))],
    [civil, halfUp(civil, BigInt(persons))],
  ]
}

function halfUp(amount: bigint, by: bigint): bigint {
  const size = amount < 0n ? -amount : amount
  const whole = size / by + ((size % by) * 2n >= by ? 1n : 0n)
  return amount < 0n ? -whole : whole
}
