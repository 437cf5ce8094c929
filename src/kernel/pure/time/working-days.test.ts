import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dueDay, withOwnDays, type Day, type DayCalendar } from './index.ts'

const day = (text: string) => text as Day // Safe: days written in this test
const weekends: DayCalendar = {
  isWorkingDay: (one) => ![0, 6].includes(new Date(one).getUTCDay()),
  knowsYear: (year) => year <= 2026,
}

describe('the day until which something must be done', () => {
  it('counts from the day after, every day or working days only', () => {
    expect(dueDay(day('2023-12-18'), { days: 5, calendar: 'calendar' }, weekends)).toEqual({ on: '2023-12-23', unknownYear: null })
    expect(dueDay(day('2023-12-18'), { days: 5, calendar: 'working' }, weekends)).toEqual({ on: '2023-12-25', unknownYear: null })
  })

  it('says which year on its way is not known, and asks for none where every day counts', () => {
    expect(dueDay(day('2026-12-30'), { days: 3, calendar: 'working' }, weekends)).toEqual({ on: '2027-01-04', unknownYear: 2027 })
    expect(dueDay(day('2026-12-30'), { days: 3, calendar: 'calendar' }, weekends)).toEqual({ on: '2027-01-02', unknownYear: null })
  })

  it('follows the days that an authority has announced itself', () => {
    const days = new Map([
      [day('2026-12-31'), 'free'],
      [day('2027-01-02'), 'working'],
    ] as const)
    const own = withOwnDays(weekends, { days, years: new Set([2027]) })
    expect(dueDay(day('2026-12-30'), { days: 2, calendar: 'working' }, own)).toEqual({ on: '2027-01-02', unknownYear: null })
  })

  it('has as many working days before it as were asked for, and is one itself', () => {
    const from = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays(day('2020-01-01'), days))
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 90 }), (begin, days) => {
        const { on } = dueDay(begin, { days, calendar: 'working' }, weekends)
        let counted = 0
        for (let one = addDays(begin, 1); one <= on; one = addDays(one, 1)) if (weekends.isWorkingDay(one)) counted += 1
        expect([counted, weekends.isWorkingDay(on)]).toEqual([days, true])
      }),
    )
  })
})
