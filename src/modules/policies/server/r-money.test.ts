import { describe, expect, it } from 'vitest'
import { decideModelColumns, numbersOf } from '#kernel/pure/decisions/index.ts'
import { isContext, printNumber, toJson, type Value } from '#kernel/pure/expressions/index.ts'
import { formatYuan } from '#kernel/pure/money/index.ts'
import { fullMonthsBetween, makeDay, readDay } from '#kernel/pure/time/index.ts'
import { compiledShipped, judge, shippedModel } from '../../../../test/shipped-policies.ts'
import { loanQuarters, quartersWithoutSubsidy } from '../rules/loan-quarters.ts'

const readings = ['A', "A'", 'B', 'C'] as const
type Reading = (typeof readings)[number]

/** Fen of a number output; -1n where there is none. */
function fenOf(value: Value): bigint {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'number') return -1n
  const [whole = '0', part = ''] = printNumber(value).split('.')
  return BigInt(whole + part.padEnd(2, '0'))
}

const paid = (reading: Reading, sales: string, already = '0') =>
  fenOf(judge('markets.sales-reward', { 奖补读法: reading, 年度合格销售额: sales, 本政策期已奖补: already }).get('应发奖补') ?? null)

/** R05 in whole numbers: thousandths of a fen, rounded half up, then the cap. */
function oracle(reading: Reading, sales: bigint, already: bigint): bigint {
  const [low, high, cap] = [10_000_000n, 50_000_000n, 30_000_000n]
  const thousandths = ((): bigint => {
    if (reading === 'A') return sales < low ? 0n : sales < high ? sales * 50n : sales * 70n
    if (reading === "A'") return sales <= low ? 0n : sales <= high ? sales * 50n : sales * 70n
    if (reading === 'B') return sales <= low ? 0n : sales <= high ? (sales - low) * 50n : (high - low) * 50n + (sales - high) * 70n
    return sales < low ? 0n : sales <= high ? sales * 50n : high * 50n + (sales - high) * 70n
  })()
  const rounded = (thousandths + 500n) / 1000n
  const left = cap > already ? cap - already : 0n
  return rounded < left ? rounded : left
}

function someSales(count: number): { sales: Float64Array; already: Float64Array } {
  let state = 20_231_218
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  const edges = [10_000_000, 50_000_000, 428_571_428, 430_000_000]
  const sales = Float64Array.from({ length: count }, () => {
    const edge = edges[random(edges.length)] ?? 0
    return random(3) === 0 ? edge - 2 + random(5) : random(2) === 0 ? random(60_000_000) : random(1_000_000_000)
  })
  return { sales, already: Float64Array.from({ length: count }, () => (random(4) === 0 ? random(31_000_000) : 0)) }
}

describe('R05 sales reward', () => {
  const table: [string, Record<Reading, string>][] = [
    ['99999.99', { A: '0.00', "A'": '0.00', B: '0.00', C: '0.00' }],
    ['100000', { A: '5000.00', "A'": '0.00', B: '0.00', C: '5000.00' }],
    ['499999.99', { A: '25000.00', "A'": '25000.00', B: '20000.00', C: '25000.00' }],
    ['500000', { A: '35000.00', "A'": '25000.00', B: '20000.00', C: '25000.00' }],
    ['1500000', { A: '105000.00', "A'": '105000.00', B: '90000.00', C: '95000.00' }],
    ['4285714.28', { A: '300000.00', "A'": '300000.00', B: '285000.00', C: '290000.00' }],
    ['4300000', { A: '300000.00', "A'": '300000.00', B: '286000.00', C: '291000.00' }],
    ['5000000', { A: '300000.00', "A'": '300000.00', B: '300000.00', C: '300000.00' }],
  ]

  it.each(table)('R05 pays for %s yuan what each reading says', (sales, wanted) => {
    expect(Object.fromEntries(readings.map((reading) => [reading, formatYuan(Number(paid(reading, sales)))]))).toEqual(wanted)
  })

  it('R05 reads A unless the county says otherwise', () => {
    expect(shippedModel('markets.sales-reward').parameters.get('奖补读法')).toBe('A')
  })

  it('R05 shares the cap of one policy over two years, and starts anew with one policy a year', () => {
    expect([paid('A', '3000000'), paid('A', '2000000', '210000')]).toEqual([21_000_000n, 9_000_000n])
    expect(paid('A', '2000000')).toBe(14_000_000n)
  })

  it('R05 jumps at 500,000 yuan, and its cap binds from 4,285,714.29 yuan', () => {
    expect([paid('A', '499999'), paid('A', '500000')]).toEqual([2_499_995n, 3_500_000n])
    expect(toJson(judge('markets.sales-reward', { 年度合格销售额: '4285714.28', 本政策期已奖补: '0' }).get('封顶') ?? null)).toBe('未封顶')
    expect(toJson(judge('markets.sales-reward', { 年度合格销售额: '4300000', 本政策期已奖补: '0' }).get('封顶') ?? null)).toBe('已封顶')
  })

  it.each(readings)(
    'R05 agrees with whole numbers for 100,000 random sales under reading %s',
    (reading) => {
      const count = 100_000
      const { sales, already } = someSales(count)
      const compiled = compiledShipped(shippedModel('markets.sales-reward', { 奖补读法: reading }))
      const facts = {
        年度合格销售额: { kind: 'numbers' as const, values: sales, scale: 2 },
        本政策期已奖补: { kind: 'numbers' as const, values: already, scale: 2 },
      }
      const decided = decideModelColumns(compiled, facts, count)
      const rewards = numbersOf(
        decided.outputs.find((one) => one.name === '应发奖补') ?? { name: '', codes: new Int32Array(0), words: [] },
        2,
      )
      expect(rewards.inexact).toBe(0)
      let wrong = 0
      for (let at = 0; at < count; at += 1) {
        const expected = oracle(reading, BigInt(sales[at] ?? 0), BigInt(already[at] ?? 0))
        if (rewards.values[at] !== Number(expected)) wrong += 1
        if (at % 1000 === 0) {
          const value = decided.valueOf(at)
          if (!isContext(value) || fenOf(value.get('应发奖补') ?? null) !== expected) wrong += 1
        }
      }
      expect(wrong).toBe(0)
    },
    120_000,
  )
})

describe('shares, bonuses and wishes', () => {
  it('R04 finds 500.00 yuan in each of 1,547 wishes, and warns where the mean is another', () => {
    const wish = (wishes: number, funds: string) => judge('assistance.micro-wish', { 微心愿个数: wishes, 微心愿帮扶资金: funds })
    expect([toJson(wish(1547, '773500').get('平均金额') ?? null), toJson(wish(1547, '773500').get('结论') ?? null)]).toEqual([
      500,
      '与计划一致',
    ])
    expect(toJson(wish(115, '57500').get('结论') ?? null)).toBe('与计划一致')
    expect(toJson(wish(115, '60000').get('结论') ?? null)).toBe('高于计划')
  })

  it('R06 asks 66,000,000 of 220,000,000 yuan or 3 of 10 projects, and 475,500 of 3,170,000 yuan of pay', () => {
    const facts = {
      涉农项目资金: '220000000',
      以工代赈项目资金: '66000000',
      涉农项目数: 10,
      以工代赈项目数: 3,
      以工代赈劳务报酬: '3170000',
      低收入脱贫人口劳务报酬: '475500',
    }
    const of = (more: object) =>
      Object.fromEntries([...judge('employment.work-relief', { ...facts, ...more })].map(([name, value]) => [name, toJson(value)]))
    expect(of({})).toEqual({ 结论: '两项达标', 项目目标: 66_000_000, 劳务目标: 475_500 })
    expect(of({ 以工代赈项目口径: '项目数' })).toMatchObject({ 结论: '两项达标', 项目目标: 3 })
    expect(of({ 劳务报酬读法: 'B' })).toEqual({ 结论: '劳务占比未达标', 项目目标: 66_000_000, 劳务目标: 9_900_000 })
    expect(of({ 以工代赈项目资金: '65999999.99' })).toMatchObject({ 结论: '项目占比未达标' })
  })

  it('R07 pays a firm 42,000 yuan for 14 of 20 workers, from the day on which the year is full', () => {
    const bonus = (months: number) =>
      fenOf(
        judge('employment.workshop-bonus', { 连续就业满月数: months, 是脱贫劳动力: true, 本企业已为其奖补: false, 是认定车间: true }).get(
          '奖励金额',
        ) ?? null,
      )
    const since = (asOf: string) => fullMonthsBetween(readDay('2019-05-01') ?? neverDay(), readDay(asOf) ?? neverDay())
    expect([bonus(since('2020-04-30')), bonus(since('2020-05-01'))]).toEqual([0n, 300_000n])
    const workers = [...Array.from({ length: 14 }, () => 12), ...Array.from({ length: 6 }, () => 11)]
    expect(workers.reduce((sum, months) => sum + bonus(months), 0n)).toBe(4_200_000n)
  })

  it('R08 finds what breaks the three 3s', () => {
    const funeral = (directors: number, nights: number, cost: string) =>
      toJson(
        judge('governance.funeral', { 理事人数: directors, 吊唁晚数: nights, 丧事费用: cost, 已主动报备: true }).get('丧事核查') ?? null,
      )
    expect(funeral(3, 3, '30000.00')).toEqual(['合规'])
    expect(funeral(3, 4, '20000')).toEqual(['超过晚数'])
    expect(funeral(3, 3, '30000.01')).toEqual(['超过费用'])
    expect(funeral(2, 2, '10000')).toEqual(['理事不足'])
  })

  it('R17 lets 156 of 173 households pass and 155 fail', () => {
    const share = (targets: number) =>
      toJson(judge('industry.courtyard', { 符合条件户数: 173, 符合条件脱贫监测户数: targets }).get('结论') ?? null)
    expect([share(156), share(155)]).toEqual(['达到', '没有达到'])
  })

  it('R23 subsidises a loan of all 2023 four times, and misses a quarter without subsidy', () => {
    const loan = { paidOutOn: makeDay(2022, 11, 8) ?? neverDay(), repaidOn: null }
    const quarters = loanQuarters(loan, 2023)
    expect(quarters.map(({ days }) => days)).toEqual([90, 91, 92, 92])
    expect(quartersWithoutSubsidy(quarters, [1, 2, 4]).map(({ quarter }) => quarter)).toEqual([3])
    expect(loanQuarters({ ...loan, repaidOn: makeDay(2023, 4, 1) ?? neverDay() }, 2023)).toEqual([{ quarter: 1, days: 90 }])
    const second = judge('funds.interest-subsidy', { 贷款本金: '50000', 贷款年利率: '0.0385', 计息天数: 90, 本季已贴息: true, 贴息比例: 1 })
    expect(fenOf(second.get('贴息金额') ?? null)).toBe(0n)
  })

  it('R25 finds 949 of 1,000 below, 950 met, and one uninsured key person too many', () => {
    const target = (insured: number, key: number) =>
      toJson(
        judge('safeguards.insurance-target', { 应参保人数: 1000, 已参保人数: insured, 重点人群未参保人数: key }).get('参保目标') ?? null,
      )
    expect([target(949, 0), target(950, 0), target(1000, 1)]).toEqual([['参保率没有达到目标'], ['达到'], ['重点人群没有全部参保']])
  })
})

function neverDay(): never {
  throw new Error('no day')
}
