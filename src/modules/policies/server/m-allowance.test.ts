import { describe, expect, it } from 'vitest'
import { decideModelColumns, interpret, numbersOf, type OutputColumn } from '#kernel/pure/decisions/index.ts'
import { numberFrom, toJson, type Value } from '#kernel/pure/expressions/index.ts'
import { compiledShipped, judge, shippedModel } from '../../../../test/shipped-policies.ts'
import { fenOf } from '../rules/outcome.ts'
import { outputsOf } from '../rules/run-example.ts'

const roundings = ['到分四舍五入', '到元四舍五入', '到元进一'] as const
type Rounding = (typeof roundings)[number]

/** One household: whole numbers, money in fen. */
interface Household {
  readonly people: number
  readonly covered: number
  readonly income: number
  readonly allowance: number
}

const standards = [48_000n, 50_001n, 56_000n] as const

/** M-051 in whole numbers: twelfths of a fen by person, rounded once. */
function oracle(
  { people, covered, income, allowance }: Household,
  terms: { standard: bigint; rounding: Rounding; isDeducted: boolean },
): bigint {
  const { standard, rounding, isDeducted } = terms
  const [all, own] = [BigInt(people), BigInt(covered)]
  const missing = ((12n * standard - BigInt(income)) * all + (isDeducted ? BigInt(allowance) : 0n)) * own
  if (missing <= 0n) return 0n
  const unit = 12n * all * (rounding === '到分四舍五入' ? 1n : 100n)
  const rounded = rounding === '到元进一' ? (missing + unit - 1n) / unit : (2n * missing + unit) / (2n * unit)
  return rounded * (rounding === '到分四舍五入' ? 1n : 100n)
}

/** Incomes about the standard, at it, beside it, and on half a fen; far above and below nothing. */
function someHouseholds(count: number): Household[] {
  let state = 20_231_218
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  return Array.from({ length: count }, () => {
    const people = 1 + random(8)
    const edge = 12 * Number(standards[random(standards.length)] ?? 0n)
    const income = [edge - 3 + random(7), edge - 1_200 + random(2_400), random(800_000), random(3_000_000) - 200_000][random(4)] ?? 0
    return { people, covered: random(people + 1), income, allowance: random(3) === 0 ? 0 : random(1_000_000) }
  })
}

const column = (values: number[], scale: number) => ({ kind: 'numbers' as const, values: Float64Array.from(values), scale })

describe('M-051 estimate of the allowance', () => {
  it.each(roundings.flatMap((rounding) => ['是', '否'].map((deducts): [Rounding, string] => [rounding, deducts])))(
    'M-051 agrees with whole numbers to the fen for random households: %s, allowance left out of the income: %s',
    (rounding, deducts) => {
      const households = someHouseholds(10_000)
      for (const standard of standards) {
        const of = shippedModel('safeguards.allowance-estimate', {
          农村低保月标准: numberFrom(standard, 2),
          补差取整方式: rounding,
          测算扣除低保金: deducts,
        })
        const facts = {
          低保人数: column(
            households.map((one) => one.covered),
            0,
          ),
          家庭人口数: column(
            households.map((one) => one.people),
            0,
          ),
          人均纯收入: column(
            households.map((one) => one.income),
            2,
          ),
          低保金: column(
            households.map((one) => one.allowance),
            2,
          ),
        }
        const decided = decideModelColumns(compiledShipped(of), facts, households.length)
        const amounts = numbersOf(decided.outputs.find(({ name }) => name === '月补差测算') ?? noOutput, 2)
        const expected = households.map((one) => Number(oracle(one, { standard, rounding, isDeducted: deducts === '是' })))
        expect(amounts.inexact).toBe(0)
        expect(expected.filter((fen, at) => amounts.values[at] !== fen)).toEqual([])
        for (const [at, one] of households.entries()) {
          if (at % 500 !== 0) continue
          const alone = new Map<string, Value>([
            ...of.parameters,
            ['低保人数', numberFrom(BigInt(one.covered), 0)],
            ['家庭人口数', numberFrom(BigInt(one.people), 0)],
            ['人均纯收入', numberFrom(BigInt(one.income), 2)],
            ['低保金', numberFrom(BigInt(one.allowance), 2)],
          ])
          const { value } = interpret(of.model, { name: of.decision, inputs: alone })
          expect(Number(fenOf(outputsOf(of.decision, value).get('月补差测算') ?? null))).toBe(expected[at])
        }
      }
    },
    120_000,
  )

  it('M-051 is not decided before the county has filled its standard, and says so of households with allowance only', () => {
    const facts = { 家庭人口数: 3, 人均纯收入: '3600', 低保金: '0' }
    const said = (covered: number) => [...judge('safeguards.allowance-estimate', { ...facts, 低保人数: covered }).values()].map(toJson)
    expect(shippedModel('safeguards.allowance-estimate').parameters.get('农村低保月标准') ?? null).toBeNull()
    expect(said(2).every((value) => value === null)).toBe(true)
    expect(said(0)).toEqual([0, '没有低保人员'])
  })
})

const noOutput: OutputColumn = { name: '', codes: new Int32Array(0), words: [] }
