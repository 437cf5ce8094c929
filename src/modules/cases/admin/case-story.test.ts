import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '../rules/case-records.ts'
import { lastStepOf, roundsOf, stationOf, stations, storyOf, turnsOf } from './case-story.ts'

let day = 0

/** An event on a day of its own. */
function event(round: number, action: CaseEvent['action'], from: CaseEvent['stepBefore'], to: CaseEvent['stepAfter']): CaseEvent {
  day += 1
  const onDay = `2023-12-${String(day).padStart(2, '0')}`
  const quiet = { heldBy: '', actorName: '', opinion: null, reason: action === 'relapse' ? '又住院' : null, details: {} }
  return { ...quiet, seq: day, round, action, stepBefore: from, stepAfter: to, stateAfter: 'open', at: `${onDay}T01:00:00.000Z`, onDay }
}

const first = [
  event(1, 'open', null, 'assessment'),
  event(1, 'pass', 'assessment', 'visit'),
  event(1, 'pass', 'visit', 'statement'),
  event(1, 'return', 'statement', 'visit'),
]

describe('what became of each step', () => {
  it('shows what was done, where the case is, and what lies ahead', () => {
    const story = storyOf(first, 1, 'visit')
    expect(story.slice(0, 4).map(({ step, standing }) => `${step} ${standing}`)).toEqual([
      'assessment done',
      'visit now',
      'statement next',
      'check next',
    ])
    expect(story[1]?.acts.map(({ action }) => action)).toEqual(['pass'])
    expect(story[1]?.arrivedOn).toBe(first[3]?.onDay)
    expect(story[2]?.acts.map(({ action }) => action)).toEqual(['return'])
  })

  it('leaves out steps that a later round did not come to', () => {
    const again = [...first, event(2, 'relapse', 'follow-up', 'visit'), event(2, 'pass', 'visit', 'statement')]
    expect(storyOf(again, 2, 'statement').map(({ step }) => step)[0]).toBe('visit')
    expect(roundsOf(again)).toEqual([2, 1])
  })

  it('keeps the place at which an ended case stood', () => {
    const ended = [...first, event(1, 'reject', 'visit', 'ended')]
    expect(lastStepOf('ended', ended)).toBe('visit')
    expect(stations[stationOf('visit')]).toBe('visit')
    expect(stationOf('exit-review')).toBe(stations.length - 1)
    expect(stationOf('follow-up')).toBe(stations.length)
  })
})

it('tells each round by its days', () => {
  const events = [
    ...first,
    event(1, 'pass', 'decision', 'entry'),
    event(1, 'pass', 'exit-decision', 'exit-entry'),
    event(1, 'revert', 'follow-up', 'tracking'),
    event(2, 'relapse', 'follow-up', 'visit'),
  ]
  const [second, begin] = turnsOf(events)
  expect(begin).toMatchObject({ round: 1, beganOn: first[0]?.onDay, identifiedOn: events[4]?.onDay, eliminatedOn: events[5]?.onDay })
  expect(begin?.revertedOn).toBe(events[6]?.onDay)
  expect(second).toMatchObject({ round: 2, identifiedOn: null, reason: '又住院' })
})
