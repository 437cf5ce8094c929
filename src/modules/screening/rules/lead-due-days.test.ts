import { describe, expect, it } from 'vitest'
import type { Day } from '#kernel/pure/time/index.ts'
import { leadDeadlinesOn } from '../policy/lead-deadlines.ts'
import { dueDay, isOverdue } from './lead-due-days.ts'

// Safe: written as days here.
const day = (text: string) => text as Day
const weekdays = (one: Day) => ![0, 6].includes(new Date(one).getUTCDay())

describe('the day until which a step must be done', () => {
  it('counts every day where the policy says calendar days', () => {
    expect(dueDay(day('2023-12-18'), { days: 5, calendar: 'calendar' }, () => false)).toBe('2023-12-23')
  })

  it('leaves out days off where the policy says working days', () => {
    expect(dueDay(day('2023-12-18'), { days: 5, calendar: 'working' }, weekdays)).toBe('2023-12-25')
    expect(dueDay(day('2023-12-23'), { days: 1, calendar: 'working' }, weekdays)).toBe('2023-12-25')
  })

  it('is still in time on the day itself, and late on the next', () => {
    expect(isOverdue({ state: 'sent', dueOn: '2023-12-25' }, '2023-12-25')).toBe(false)
    expect(isOverdue({ state: 'sent', dueOn: '2023-12-25' }, '2023-12-26')).toBe(true)
    expect(isOverdue({ state: 'returned', dueOn: '2023-12-25' }, '2023-12-26')).toBe(true)
  })

  it('is past without being late once the lead was answered or never sent', () => {
    expect(isOverdue({ state: 'answered', dueOn: '2023-12-25' }, '2024-02-01')).toBe(false)
    expect(isOverdue({ state: 'new', dueOn: null }, '2024-02-01')).toBe(false)
  })
})

it('names document and clause of the deadlines in force', () => {
  const found = leadDeadlinesOn('2026-11-22')
  expect(found.document).not.toBe('')
  expect(found.clause).not.toBe('')
  expect(leadDeadlinesOn('1999-01-01').version).toBe(found.version)
})
