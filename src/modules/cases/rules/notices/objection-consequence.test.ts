import { describe, expect, it } from 'vitest'
import { caseSteps, stepNames, type CaseStep } from '../case-steps.ts'
import { consequenceOf } from './objection-consequence.ts'

const at = (step: CaseStep, outcome: 'stable' | 'not-identified' | null = null) => ({ step, outcome, round: 1 })

describe('an objection that was right', () => {
  it('has a consequence wherever its case stands', () => {
    const told = (kind: 'identification' | 'elimination', mayReturn: boolean) =>
      stepNames.filter((step) => step !== 'ended').map((step) => `${step} ${consequenceOf(at(step), { kind, round: 1, mayReturn })}`)
    const of = (kind: 'identification' | 'elimination', mayReturn: boolean, consequence: string) =>
      told(kind, mayReturn).flatMap((text) => (text.endsWith(` ${consequence}`) ? [text.split(' ')[0]] : []))
    expect(of('identification', true, 'under-way')).toEqual(['assessment', 'visit'])
    expect(of('identification', true, 'returned')).toEqual(['statement', 'check', 'appraisal', 'notice', 'review', 'decision', 'entry'])
    expect(of('identification', true, 'recheck')).toEqual(
      stepNames.filter((step) => step !== 'ended' && caseSteps[step].procedure !== 'identification'),
    )
    expect(of('elimination', true, 'under-way')).toEqual(['measures', 'tracking', 'exit-visit'])
    expect(of('elimination', true, 'recheck')).toEqual(
      stepNames.filter((step) => caseSteps[step].procedure === 'identification').concat('follow-up'),
    )
    expect(of('identification', false, 'returned')).toEqual([])
    expect(consequenceOf(at('decision'), { kind: 'identification', round: 1, mayReturn: false })).toBe('recheck')
  })

  it('changes nothing of a case that has ended, but for an elimination that was made final', () => {
    const ended = (kind: 'identification' | 'elimination', outcome: 'stable' | 'not-identified', round = 1) =>
      consequenceOf(at('ended', outcome), { kind, round, mayReturn: false })
    expect([ended('identification', 'not-identified'), ended('identification', 'stable'), ended('elimination', 'stable')]).toEqual([
      'none',
      'none',
      'recheck',
    ])
    expect(ended('elimination', 'stable', 2)).toBe('none')
    expect(consequenceOf({ step: 'visit', outcome: null, round: 2 }, { kind: 'identification', round: 1, mayReturn: true })).toBe(
      'under-way',
    )
  })
})
