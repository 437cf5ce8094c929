import { describe, expect, it } from 'vitest'
import type { LeadState } from '../contract.ts'
import {
  holderOf,
  judgeAnswering,
  judgeClosing,
  judgeReturning,
  judgeSending,
  leadStates,
  nextStates,
  receiverOfReturn,
  seatOf,
  townshipOf,
  villageOf,
  type LeadFacts,
} from './lead-states.ts'

const township = '99.9903.990301.990301101.'
const village = `${township}990301101201.`
const otherVillage = `${township}990301101202.`
const home = `${village}03.`
const seats = {
  county: seatOf(undefined),
  township: seatOf(township),
  village: seatOf(village),
  neighbour: seatOf(otherVillage),
  helper: { level: 'none', path: '' } as const,
}
const lead = (state: LeadState, heldBy: string | null = state === 'new' ? null : village): LeadFacts => ({ state, heldBy, areaPath: home })
const reason = (verdict: { ok: boolean; reason?: string }) => (verdict.ok ? 'yes' : verdict.reason)

describe('where a caller sits', () => {
  it('is read from the path of his area', () => {
    expect([seats.county.level, seats.township.level, seats.village.level, seatOf('99.9903.990301.').level]).toEqual([
      'county',
      'township',
      'village',
      'county',
    ])
  })

  it('counts a group as its village', () => {
    expect(seatOf(home)).toEqual({ level: 'village', path: village })
    expect([villageOf(home), townshipOf(home), villageOf(township)]).toEqual([village, township, township])
  })
})

describe('sending a lead', () => {
  it.each([
    ['county', 'new', 'yes'],
    ['township', 'new', 'yes'],
    ['village', 'new', 'not-yours'],
    ['helper', 'new', 'not-yours'],
    ['township', 'sent', 'already-with-them'],
    ['township', 'returned', 'already-with-them'],
    ['township', 'answered', 'already-answered'],
    ['township', 'closed', 'already-closed'],
  ] as const)('by the %s while it is %s: %s', (who, state, wanted) => {
    expect(reason(judgeSending(lead(state), seats[who], village))).toBe(wanted)
  })

  it('is possible again once the receiver is another: a village that got an account takes over from the township', () => {
    expect(judgeSending(lead('sent', township), seats.township, village).ok).toBe(true)
    expect(judgeSending(lead('returned', township), seats.township, village).ok).toBe(true)
    expect(reason(judgeSending(lead('returned', township), seats.township, township))).toBe('already-with-them')
  })
})

describe('answering a lead', () => {
  it.each([
    ['village', 'sent', village, 'yes'],
    ['village', 'returned', village, 'yes'],
    ['neighbour', 'sent', village, 'not-yours'],
    ['township', 'sent', village, 'not-yours'],
    ['township', 'sent', township, 'yes'],
    ['village', 'sent', township, 'not-yours'],
    ['county', 'sent', village, 'not-yours'],
    ['helper', 'sent', village, 'not-yours'],
    ['village', 'new', null, 'not-sent-yet'],
    ['village', 'answered', village, 'already-answered'],
    ['village', 'closed', village, 'already-closed'],
  ] as const)('by the %s while it is %s with %s: %s', (who, state, heldBy, wanted) => {
    expect(reason(judgeAnswering(lead(state, heldBy), seats[who]))).toBe(wanted)
  })
})

describe('sending a lead back', () => {
  it.each([
    ['village', 'sent', village, 'yes'],
    ['village', 'returned', village, 'yes'],
    ['village', 'answered', village, 'not-yours'],
    ['township', 'answered', village, 'yes'],
    ['county', 'answered', village, 'yes'],
    ['county', 'answered', township, 'yes'],
    ['township', 'answered', township, 'own-answer'],
    ['township', 'sent', township, 'nobody-above'],
    ['township', 'sent', village, 'not-yours'],
    ['township', 'new', null, 'not-sent-yet'],
    ['county', 'closed', village, 'already-closed'],
  ] as const)('by the %s while it is %s with %s: %s', (who, state, heldBy, wanted) => {
    expect(reason(judgeReturning(lead(state, heldBy), seats[who]))).toBe(wanted)
  })

  it('goes up to the township, or down to whoever answered', () => {
    expect(receiverOfReturn(lead('sent'))).toBe(township)
    expect(receiverOfReturn(lead('answered'))).toBe(village)
  })
})

describe('closing a lead', () => {
  it.each([
    ['township', 'answered', 'yes'],
    ['county', 'answered', 'yes'],
    ['village', 'answered', 'not-yours'],
    ['township', 'sent', 'not-answered-yet'],
    ['township', 'new', 'not-answered-yet'],
    ['township', 'closed', 'already-closed'],
  ] as const)('by the %s while it is %s: %s', (who, state, wanted) => {
    expect(reason(judgeClosing(lead(state), seats[who]))).toBe(wanted)
  })
})

it('tells who must act now', () => {
  expect([lead('new'), lead('sent'), lead('sent', township), lead('answered'), lead('closed')].map(holderOf)).toEqual([
    'nobody',
    'village',
    'township',
    'township',
    'nobody',
  ])
})

it('leads every state but the last one somewhere, and every state is listed', () => {
  expect(Object.keys(nextStates).sort()).toEqual([...leadStates].sort())
  expect(leadStates.filter((state) => nextStates[state].length === 0)).toEqual(['closed'])
})
