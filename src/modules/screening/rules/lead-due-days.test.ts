import { describe, expect, it } from 'vitest'
import { leadDeadlinesOn } from '../policy/lead-deadlines.ts'
import { isOverdue } from './lead-due-days.ts'

describe('a day until which a step must be done', () => {
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
