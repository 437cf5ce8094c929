import { expect, it } from 'vitest'
import type { Day } from '#kernel/pure/time/index.ts'
import { stateCalendar } from '#kernel/server/calendar/index.ts'
import type { CaseTerms } from '../case-terms.ts'
import { makePace, predictClock, type RunningClock } from './clock-forecast.ts'
import type { CaseStep } from '../case-steps.ts'

const day = (text: string) => text as Day // Safe: days written in this test
const village = '99.9903.990301.990301001.990301001001.'
const township = '99.9903.990301.990301001.'
/** Every step two working days. */
const steps = new Proxy({}, { get: () => ({ seat: 'village', days: 2, calendar: 'working', papers: [] }) })
// Safe: the forecast reads nothing but the steps.
const terms = { steps } as unknown as CaseTerms

const stepTerm = { startedOn: day('2024-03-04'), count: { days: 5, calendar: 'working' as const }, pauses: [] }
const step = (dueOn: string): RunningClock => ({
  clockId: '1',
  caseId: '1',
  areaPath: village,
  kind: 'step',
  step: 'visit',
  state: 'running',
  dueOn: day(dueOn),
  term: stepTerm,
  atStep: 'visit',
  stepTerm,
})
const took = (of: CaseStep, days: readonly number[], where = township) =>
  days.map((one) => ({ township: where, step: of, took: one, count: 1 }))
const at = (today: string, pace = makePace([])) => ({ today: day(today), calendar: stateCalendar, pace, terms })

it('takes what is allowed where too few steps were done to go by', () => {
  expect(predictClock(step('2024-03-11'), at('2024-03-06'))).toEqual({ doneOn: '2024-03-11', breachOn: null })
  expect(predictClock(step('2024-03-11'), at('2024-03-06', makePace(took('visit', [9, 9]))))).toEqual({
    doneOn: '2024-03-11',
    breachOn: null,
  })
})

it('takes the median of those that took as long already, of the township before the county', () => {
  const slow = makePace(took('visit', [1, 7, 8]))
  expect(predictClock(step('2024-03-11'), at('2024-03-06', slow))).toEqual({ doneOn: '2024-03-14', breachOn: '2024-03-12' })
  const elsewhere = took('visit', [9, 9, 9, 9], '99.9903.990301.990301002.')
  expect(predictClock(step('2024-03-11'), at('2024-03-06', makePace([...elsewhere, ...took('visit', [3, 3, 4])])))).toEqual({
    doneOn: '2024-03-07',
    breachOn: null,
  })
  expect(predictClock(step('2024-03-11'), at('2024-03-06', makePace(elsewhere)))).toMatchObject({ breachOn: '2024-03-12' })
})

it('expects to be late what took longer than anything of late, and knows what is late already', () => {
  const quick = makePace(took('visit', [1, 1, 1]))
  expect(predictClock(step('2024-03-11'), at('2024-03-06', quick))).toEqual({ doneOn: null, breachOn: '2024-03-12' })
  expect(predictClock(step('2024-03-11'), at('2024-03-12', quick))).toEqual({ doneOn: null, breachOn: '2024-03-12' })
})

it('adds the later steps up to the decision for the whole, and says nothing of what is held', () => {
  const whole = { ...step('2024-03-25'), kind: 'total' as const }
  // Three days of the visit are left, then check, statement, appraisal, notice, review and decision, two each: 11 to 27 March.
  expect(predictClock(whole, at('2024-03-06'))).toEqual({ doneOn: '2024-03-27', breachOn: '2024-03-26' })
  expect(predictClock({ ...whole, state: 'paused' }, at('2024-03-06'))).toEqual({ doneOn: null, breachOn: null })
  expect(predictClock({ ...step('2024-03-11'), kind: 'notice' }, at('2024-03-06'))).toEqual({ doneOn: '2024-03-11', breachOn: null })
})
