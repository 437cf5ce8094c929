import { describe, expect, it } from 'vitest'
import { limitsIn, shippedLimits, thresholdsWith } from '../policy/lead-limits.ts'
import { defaultThresholds, Thresholds } from '../policy/policy.ts'
import { disabilityGrade, houseGrade, ruleFor, type LeadCase } from '../rules/lead-table.ts'
import { leadTableWith, shippedLeadTable } from './lead-table.ts'

const table = leadTableWith(defaultThresholds)
const asked = (one: Partial<LeadCase> & Pick<LeadCase, 'list'>) => ruleFor(table, { isOfConcern: false, ...one })
/** One hundredth below, at and above a number. */
const beside = (whole: number) => [whole * 100 - 1, whole * 100, whole * 100 + 1]

describe('the table of leads', () => {
  it('holds own costs against the line of the household, to the fen', () => {
    expect(beside(5000).map((fen) => asked({ list: 'medical', isOfConcern: true, hundredths: fen }))).toEqual([undefined, 'L01', 'L01'])
    expect(beside(20_000).map((fen) => asked({ list: 'medical', hundredths: fen }))).toEqual([undefined, 'L01', 'L01'])
  })

  it('takes months from the limit on, and days from the one after it', () => {
    const months = [2, 3, 4].map((one) => asked({ list: 'jobs', hundredths: one * 100, state: '失业' }))
    expect(months).toEqual([undefined, 'L05', 'L05'])
    expect([36, 37].map((days) => asked({ list: 'water', hundredths: days * 100 }))).toEqual([undefined, 'L10'])
    expect([30, 31].map((days) => asked({ list: 'bank', hundredths: days * 100 }))).toEqual([undefined, 'L11'])
  })

  it('compares grades in whatever writing they come', () => {
    expect(['1', '贰级', '三'].map((grade) => asked({ list: 'disability', state: disabilityGrade(grade) }))).toEqual([
      'L02',
      'L02',
      undefined,
    ])
    expect(['c', 'D级', 'B'].map((grade) => asked({ list: 'housing', state: houseGrade(grade), other: '是' }))).toEqual([
      'L06',
      'L06',
      undefined,
    ])
  })

  it('says nothing of what it does not know', () => {
    expect(asked({ list: 'medical', isOfConcern: true })).toBeUndefined()
    expect(asked({ list: 'housing', state: 'C级' })).toBeUndefined()
  })

  it('follows limits of a run and of a file, and another text of the table', () => {
    const { leads } = defaultThresholds
    const stricter = leadTableWith({ ...defaultThresholds, leads: { ...leads, L11: { days_more_than: 60 }, L02: { grades: ['1'] } } })
    expect(ruleFor(stricter, { list: 'bank', isOfConcern: false, hundredths: 6_000 })).toBeUndefined()
    expect(ruleFor(stricter, { list: 'disability', isOfConcern: false, state: '一级' })).toBe('L02')
    expect(ruleFor(stricter, { list: 'disability', isOfConcern: false, state: '二级' })).toBeUndefined()
    const inclusive = leadTableWith(defaultThresholds, shippedLeadTable().replace('&gt; 贷款逾期线索天数', '&gt;= 贷款逾期线索天数'))
    expect(ruleFor(inclusive, { list: 'bank', isOfConcern: false, hundredths: 3_000 })).toBe('L11')
  })

  it('refuses a text that the comparison could not judge', () => {
    const asking = shippedLeadTable().replace('&gt; 贷款逾期线索天数', '? * 2 &gt; 贷款逾期线索天数')
    expect(() => leadTableWith(defaultThresholds, asking)).toThrowError(expect.objectContaining({ code: 'screening.bad-lead-table' }))
  })

  it('keeps limits whole in the form that a run keeps', () => {
    expect(limitsIn(Thresholds.parse(thresholdsWith(shippedLimits)))).toEqual(shippedLimits)
    expect(shippedLimits.size).toBe(16)
  })
})
