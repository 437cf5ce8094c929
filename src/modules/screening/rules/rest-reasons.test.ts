import { describe, expect, it } from 'vitest'
import { restRuleOn } from '../policy/rest-of-reasons.ts'
import { hasGrown, type SaidReason } from './rest-reasons.ts'

const costs = (yuan: number): SaidReason => ({ value: yuan.toFixed(2), measure: yuan, facts: [{ selfPaid: String(yuan) }] })
const school = (...states: string[]): SaidReason => ({
  value: states.join('；'),
  measure: null,
  facts: states.map((studyState) => ({ studyState })),
})
const work = (months: number, lostOn: string): SaidReason => ({
  value: `${months} 失业`,
  measure: months,
  facts: [{ lostOn, jobState: '失业' }],
})

describe('a dismissed reason', () => {
  it('rests while a sum grows less than the margin, and speaks when it has grown by it', () => {
    const rule = restRuleOn('2023-12-01', 'L01')
    expect(hasGrown(costs(12_300), costs(12_300), rule)).toBe(false)
    expect(hasGrown(costs(14_299), costs(12_300), rule)).toBe(false)
    expect(hasGrown(costs(14_760), costs(12_300), rule)).toBe(true)
    // A fifth of a small sum is less than the least margin.
    expect(hasGrown(costs(6_900), costs(5_000), rule)).toBe(false)
    expect(hasGrown(costs(7_000), costs(5_000), rule)).toBe(true)
    expect(hasGrown(costs(3_000), costs(12_300), rule)).toBe(false)
  })

  it('speaks for a new fact, in whatever order the rows come', () => {
    const rule = restRuleOn('2023-12-01', 'L04')
    expect(hasGrown(school('辍学', '休学'), school('休学', '辍学'), rule)).toBe(false)
    expect(hasGrown(school('辍学'), school('休学', '辍学'), rule)).toBe(false)
    expect(hasGrown(school('辍学', '休学'), school('休学'), rule)).toBe(true)
  })

  it('is not woken by months passing, but by another loss of work', () => {
    const rule = restRuleOn('2023-12-01', 'L05')
    expect(hasGrown(work(5, '2023-07-01'), work(4, '2023-07-01'), rule)).toBe(false)
    expect(hasGrown(work(10, '2023-07-01'), work(4, '2023-07-01'), rule)).toBe(true)
    expect(hasGrown(work(3, '2023-09-01'), work(4, '2023-07-01'), rule)).toBe(true)
  })

  it('of a run before numbers were kept apart is read from its value', () => {
    const rule = restRuleOn('2023-12-01', 'L11')
    expect(hasGrown({ value: '50', measure: 50, facts: [] }, { value: '45', measure: null, facts: [] }, rule)).toBe(false)
    expect(hasGrown({ value: '75', measure: 75, facts: [] }, { value: '45', measure: null, facts: [] }, rule)).toBe(true)
  })
})
