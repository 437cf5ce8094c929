import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAnswers, precisionOf } from './lead-answers.ts'
import type { LeadAnswer } from '../contract.ts'

const named = (answers: Readonly<Record<string, LeadAnswer>>) =>
  Object.entries(answers).map(([leadReasonId, answer]) => ({ leadReasonId, answer }))
const said = (verdict: ReturnType<typeof judgeAnswers>) => (verdict.ok ? Object.fromEntries(verdict.answers) : verdict.reason)

describe('the answers of a visit', () => {
  it.each([
    ['confirmed', {}, { a: 'confirmed', b: 'confirmed' }],
    ['confirmed', { b: 'dismissed' }, { a: 'confirmed', b: 'dismissed' }],
    ['dismissed', {}, { a: 'dismissed', b: 'dismissed' }],
    ['not-here', {}, { a: 'not-here', b: 'not-here' }],
    ['needs-help-elsewhere', { a: 'dismissed' }, { a: 'dismissed', b: 'needs-help-elsewhere' }],
    ['confirmed', { a: 'dismissed', b: 'not-here' }, 'nothing-confirmed'],
    ['dismissed', { a: 'confirmed' }, 'dismissed-yet-confirmed'],
    ['dismissed', { a: 'needs-help-elsewhere' }, 'dismissed-yet-confirmed'],
    ['not-here', { a: 'dismissed' }, 'not-here-yet-judged'],
    ['confirmed', { c: 'confirmed' }, 'unknown-reason'],
  ] as const)('%s with %j: %j', (whole, parts, wanted) => {
    expect(said(judgeAnswers(whole, ['a', 'b'], named(parts)))).toEqual(wanted)
  })
})

describe('precision', () => {
  it('is unknown while nothing was verified', () => {
    expect(precisionOf({ confirmed: 0, elsewhere: 0, dismissed: 0 })).toBeNull()
  })

  it('counts help given elsewhere as real trouble', () => {
    expect(precisionOf({ confirmed: 2, elsewhere: 1, dismissed: 1 })).toBe(0.75)
  })

  it('lies between 0 and 1 and rises with every confirmed reason', () => {
    const count = fc.nat(500)
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 500 }), (confirmed, elsewhere, dismissed) => {
        const before = precisionOf({ confirmed, elsewhere, dismissed }) ?? -1
        const after = precisionOf({ confirmed: confirmed + 1, elsewhere, dismissed }) ?? -1
        return before >= 0 && before <= 1 && after > before
      }),
    )
  })
})
