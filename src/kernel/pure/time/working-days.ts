import { makeDay, type Day } from './day.ts'

/** Which days are worked. Days of a year that is not known have their weekends only. */
export interface DayCalendar {
  isWorkingDay(day: Day): boolean
  /** Whether the holidays of a year have been published and are held. */
  knowsYear(year: number): boolean
}

/** `working`: Saturdays, Sundays and public holidays do not count, make-up days do. `calendar`: every day counts. */
export interface DayCount {
  readonly days: number
  readonly calendar: 'working' | 'calendar'
}

/** The last day of a term. `unknownYear`: the first year on the way whose holidays are not known, so that the day may still move; else null. */
export interface DueDay {
  readonly on: Day
  readonly unknownYear: number | null
}

/** The day until which something must be done: so many days after `from`, the first day counted being the next one. */
export function dueDay(from: Day, count: DayCount, calendar: DayCalendar): DueDay {
  let day = from
  let unknownYear: number | null = null
  for (let counted = 0; counted < count.days; ) {
    day = nextDay(day)
    if (count.calendar === 'working') {
      const year = Number(day.slice(0, 4))
      if (unknownYear === null && !calendar.knowsYear(year)) unknownYear = year
      if (!calendar.isWorkingDay(day)) continue
    }
    counted += 1
  }
  return { on: day, unknownYear }
}

/** A calendar with days of one's own: what an authority announced for its area, or a year that the other calendar does not hold yet. */
export function withOwnDays(
  base: DayCalendar,
  own: { readonly days: ReadonlyMap<Day, 'working' | 'free'>; readonly years: ReadonlySet<number> },
): DayCalendar {
  return {
    isWorkingDay: (day) => {
      const said = own.days.get(day)
      return said === undefined ? base.isWorkingDay(day) : said === 'working'
    },
    knowsYear: (year) => own.years.has(year) || base.knowsYear(year),
  }
}

function nextDay(day: Day): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const next = makeDay(year, month, date + 1) ?? makeDay(year, month + 1, 1) ?? makeDay(year + 1, 1, 1)
  if (next === undefined) throw new Error('the calendar ends in 2199')
  return next
}
