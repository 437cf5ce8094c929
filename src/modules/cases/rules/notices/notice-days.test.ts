import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, readDay, type Day, type DayCalendar } from '#kernel/pure/time/index.ts'
import { daysLeftOn, lastDayOf } from './notice-days.ts'

// A week with a make-up Saturday and a holiday on Wednesday.
const holidays: DayCalendar = {
  isWorkingDay: (day) => day === '2026-11-28' || (day !== '2026-11-25' && ![0, 6].includes(new Date(day).getUTCDay())),
  knowsYear: () => true,
}
const day = (text: string): Day => {
  const read = readDay(text)
  if (read === undefined) throw new Error(text)
  return read
}
const plain = { calendar: 'calendar', holidays } as const
const working = { calendar: 'working', holidays } as const

describe('the days of a notice', () => {
  it('are counted from the day after it was posted', () => {
    expect(lastDayOf(day('2026-11-22'), 5, plain).on).toBe('2026-11-27')
    // Mon 23, Tue 24, Thu 26, Fri 27, Sat 28 (made up).
    expect(lastDayOf(day('2026-11-22'), 5, working).on).toBe('2026-11-28')
  })

  it('are held by an objection, whose day does not count', () => {
    const given = { from: day('2026-11-22'), endsOn: day('2026-11-27'), ...plain }
    expect(daysLeftOn(day('2026-11-22'), given)).toBe(5)
    expect(daysLeftOn(day('2026-11-23'), given)).toBe(5)
    expect(daysLeftOn(day('2026-11-25'), given)).toBe(3)
    expect(daysLeftOn(day('2026-11-27'), given)).toBe(1)
  })

  it('are never fewer than the authority wants, however often it is objected to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 15 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(20), fc.nat(10)), { maxLength: 6 }),
        (days, isWorking, pauses) => {
          const count = isWorking ? working : plain
          let from = day('2026-11-20')
          let endsOn = lastDayOf(from, days, count).on
          let hung = 0
          // Counted one by one, as an inspector would: full days on which the notice hung and nobody had objected.
          const countUp = (until: Day) => {
            for (let at = addDays(from, 1); at <= until; at = addDays(at, 1)) if (!isWorking || holidays.isWorkingDay(at)) hung += 1
          }
          for (const [after, length] of pauses) {
            const on = addDays(from, after)
            if (on > endsOn) break
            countUp(addDays(on, -1))
            const left = daysLeftOn(on, { from, endsOn, ...count })
            from = addDays(on, length)
            endsOn = lastDayOf(from, left, count).on
          }
          countUp(endsOn)
          expect(hung).toBe(days)
        },
      ),
    )
  })
})
