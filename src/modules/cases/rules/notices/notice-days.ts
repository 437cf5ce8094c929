import { addDays, dueDay, readDay, type Day, type DayCalendar, type DueDay } from '#kernel/pure/time/index.ts'

/** How the days of a notice are counted. */
export interface NoticeCount {
  readonly calendar: 'working' | 'calendar'
  readonly holidays: DayCalendar
}

/** The last day on which a notice hangs: so many days after `from`, the next day being the first. */
export function lastDayOf(from: Day, days: number, count: NoticeCount): DueDay {
  return dueDay(from, { days, calendar: count.calendar }, count.holidays)
}

/**
 * Days that are left when an objection comes on a day: that day is not counted as one on which the notice hung in peace. `from` is the day
 * after which days were counted, `endsOn` the last day.
 */
export function daysLeftOn(on: Day, given: { from: Day; endsOn: Day } & NoticeCount): number {
  const { from, endsOn, calendar, holidays } = given
  let left = 0
  for (let day = on > from ? on : addDays(from, 1); day <= endsOn; day = addDays(day, 1))
    if (calendar === 'calendar' || holidays.isWorkingDay(day)) left += 1
  return left
}

const mostDays = 800

/** Working days from the day after `today` to `dueOn` (`YYYY-MM-DD`), negative where that is past; days beyond two years are not counted. */
export function workingDaysUntil(today: string, dueOn: string, calendar: DayCalendar): number {
  const [from, to] = [readDay(today), readDay(dueOn)]
  if (from === undefined || to === undefined) return 0
  const [first, last] = from < to ? [from, to] : [to, from]
  let days = 0
  for (let day = addDays(first, 1), n = 0; day <= last && n < mostDays; day = addDays(day, 1), n += 1)
    if (calendar.isWorkingDay(day)) days += 1
  return from <= to ? days : -Math.max(1, days)
}
