import { addDays, type Day, type DayCalendar, type DayCount } from '#kernel/pure/time/index.ts'

/** Days that do not count: from `pausedOn` to the day before `resumedOn`; without one it has no end yet. */
export interface ClockPause {
  readonly pausedOn: Day
  readonly resumedOn: Day | null
}

/**
 * What a clock counts. A day is *counted* when it lies after `startedOn` (the first one is the next day), is a day of its calendar (`working`:
 * worked by the day calendar; `calendar`: every day), and lies in no pause `[pausedOn, resumedOn)`.
 */
export interface ClockTerm {
  readonly startedOn: Day
  readonly count: DayCount
  readonly pauses: readonly ClockPause[]
}

export const clockMarks = [50, 75, 100] as const
export type ClockMark = (typeof clockMarks)[number]

/** The days of the marks; null where they are not reached: no limit (0 days), or a pause without end stands before. */
export interface ReckonedClock {
  readonly marks: Readonly<Record<ClockMark, Day | null>>
  /** First year among the days looked at (those of a working calendar, outside of pauses) whose holidays are not known; else null. */
  readonly unknownYear: number | null
}

/** A term that finds no more days for so long is not reached: a calendar in which nothing is worked must not hold the program. */
const mostDaysAhead = 15_000

/**
 * The day of each mark: of mark p, the first day on which counted days × 100 ≥ p × days of the term. The day of mark 100 is the last day of the
 * term (due day); the next one is past it.
 */
export function reckonClock(term: ClockTerm, calendar: DayCalendar): ReckonedClock {
  const { days } = term.count
  const marks: Record<ClockMark, Day | null> = { 50: null, 75: null, 100: null }
  let unknownYear: number | null = null
  let counted = 0
  let day = term.startedOn
  for (let ahead = 0; counted < days && ahead < mostDaysAhead; ahead += 1) {
    day = dayAfter(day)
    if (isHeld(term.pauses, day)) {
      if (isHeldForGood(term.pauses, day)) break
      continue
    }
    if (term.count.calendar === 'working') {
      const year = Number(day.slice(0, 4))
      if (unknownYear === null && !calendar.knowsYear(year)) unknownYear = year
      if (!calendar.isWorkingDay(day)) continue
    }
    counted += 1
    for (const mark of clockMarks) if (marks[mark] === null && counted * 100 >= mark * days) marks[mark] = day
  }
  return { marks, unknownYear }
}

/** Counted days until the end of `on`; 0 before the first. */
export function elapsedDays(term: ClockTerm, calendar: DayCalendar, on: Day): number {
  let counted = 0
  for (let day = dayAfter(term.startedOn); day <= on; day = dayAfter(day)) if (isCounted(term, calendar, day)) counted += 1
  return counted
}

/** Whether a clock counts a day after its start. */
export function isCounted({ startedOn, count, pauses }: ClockTerm, calendar: DayCalendar, day: Day): boolean {
  return day > startedOn && !isHeld(pauses, day) && (count.calendar === 'calendar' || calendar.isWorkingDay(day))
}

/** Days of the term that are left at the end of `on`: 0 on the due day, negative by the counted days since; what a pause holds does not count. */
export function daysLeft(term: ClockTerm, calendar: DayCalendar, on: Day): number {
  return term.count.days - elapsedDays(term, calendar, on)
}

/** Part of the term that is used, 1 on the due day; 0 where there is no limit. */
export function usedShare(term: ClockTerm, calendar: DayCalendar, on: Day): number {
  return term.count.days === 0 ? 0 : elapsedDays(term, calendar, on) / term.count.days
}

/**
 * Natural days by whose time they were, from the day after `startedOn` to `until`: a day in a pause is others' time, and so is every day of a clock
 * that waits for others.
 */
export function daysByParty(clock: {
  readonly startedOn: Day
  readonly until: Day
  readonly party: 'own' | 'others'
  readonly pauses: readonly ClockPause[]
}): { own: number; others: number } {
  const found = { own: 0, others: 0 }
  for (let day = dayAfter(clock.startedOn); day <= clock.until; day = dayAfter(day))
    found[clock.party === 'others' || isHeld(clock.pauses, day) ? 'others' : 'own'] += 1
  return found
}

/** Days that were asked for, with the next one: a county's clocks walk over the same few hundred again and again. */
const nextDays = new Map<Day, Day>()
const mostNextDays = 50_000

/** The day after a day. */
export function dayAfter(day: Day): Day {
  const known = nextDays.get(day)
  if (known !== undefined) return known
  if (nextDays.size >= mostNextDays) nextDays.clear()
  const next = addDays(day, 1)
  nextDays.set(day, next)
  return next
}

function isHeld(pauses: readonly ClockPause[], day: Day): boolean {
  return pauses.some(({ pausedOn, resumedOn }) => pausedOn <= day && (resumedOn === null || day < resumedOn))
}

function isHeldForGood(pauses: readonly ClockPause[], day: Day): boolean {
  return pauses.some(({ pausedOn, resumedOn }) => pausedOn <= day && resumedOn === null)
}
