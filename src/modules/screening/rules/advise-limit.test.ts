import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviseLimit, type RaisedCase } from './advise-limit.ts'

const rules = { current: 5_000, compare: 'at-least', step: 500, leastAnswers: 20, leastRight: 5, recallAtLeast: 0.95 } as const
const raised = (value: number, isRight: boolean | null, at: number): RaisedCase => ({
  value,
  isRight,
  month: at % 2 === 0 ? '202309' : '202310',
  householdId: `h${at}`,
  village: `v${at % 4}`,
})

describe('advising a limit', () => {
  it('recommends the limit above which the real ones begin', () => {
    // Below 8,000 yuan nothing was real, above everything.
    const cases = Array.from({ length: 40 }, (_, at) => raised(5_000 + at * 200, 5_000 + at * 200 >= 8_000, at))
    const advice = adviseLimit({ ...rules, cases })
    expect(advice).toMatchObject({ recommended: 8_000, why: 'raise' })
    const [now] = advice.outlooks
    const then = advice.outlooks.find((one) => one.limit === 8_000)
    expect(now).toMatchObject({ answered: 40, right: 25, recall: 1, visits: 20 })
    expect(then).toMatchObject({ answered: 25, right: 25, recall: 1, visits: 12.5, precision: { value: 1 } })
    expect(then?.visitsPerVillage).toBeLessThan(now?.visitsPerVillage ?? 0)
  })

  it('stays where a higher limit would lose real ones, and says nothing from few answers', () => {
    const mixed = Array.from({ length: 40 }, (_, at) => raised(5_000 + at * 200, at % 2 === 0, at))
    expect(adviseLimit({ ...rules, cases: mixed })).toMatchObject({ recommended: null, why: 'stay' })
    expect(adviseLimit({ ...rules, cases: mixed.slice(0, 19) })).toMatchObject({ recommended: null, why: 'too-few-answers' })
    expect(adviseLimit({ ...rules, cases: [] })).toMatchObject({ recommended: null, outlooks: [{ answered: 0, recall: null }] })
  })

  it('never recommends a limit that loses more than the policy allows, and never raises the work', () => {
    const some = fc.record({ value: fc.integer({ min: 5_000, max: 60_000 }), isRight: fc.option(fc.boolean(), { nil: null }) })
    fc.assert(
      fc.property(fc.array(some, { maxLength: 120 }), (given) => {
        const cases = given.map((one, at) => raised(one.value, one.isRight, at))
        const { outlooks, recommended } = adviseLimit({ ...rules, cases })
        const [now] = outlooks
        const chosen = outlooks.find((one) => one.limit === recommended)
        if (recommended !== null && (chosen?.recall ?? 0) < rules.recallAtLeast) return false
        return outlooks.every((one) => one.visits <= (now?.visits ?? 0) && one.right <= one.answered)
      }),
    )
  })
})
