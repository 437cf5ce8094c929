import { addDays, type Day, type DayCalendar } from '#kernel/pure/time/index.ts'
import { caseSteps, stepAfter, type CaseStep } from '../case-steps.ts'
import type { CaseTerms } from '../case-terms.ts'
import { dayAfter, elapsedDays, isCounted, reckonClock, type ClockTerm } from './clock-days.ts'
import type { ClockKind, ClockState } from './clock-kinds.ts'

/** How long a step took of late: counted days → how many times. */
export type TookDays = ReadonlyMap<number, number>

/** How long steps took of late, in a township and in the whole county. */
export interface Pace {
  of(step: CaseStep, areaPath: string): TookDays
}

/** A clock that runs, as far as the forecast reads it. */
export interface RunningClock {
  readonly clockId: string
  readonly caseId: string
  readonly areaPath: string
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly state: ClockState
  readonly dueOn: Day | null
  readonly term: ClockTerm
  /** Step at which its case stands now, and since when. */
  readonly atStep: CaseStep
  readonly stepTerm: ClockTerm
}

/** What becomes of a clock at today's pace. `doneOn`: the day on which it is expected to be done; null: later than anything before. */
export interface Prediction {
  readonly doneOn: Day | null
  /** First day past the limit; null where it will be kept. */
  readonly breachOn: Day | null
}

/** Fewer steps than this are no pace; what policy allows counts instead. */
const leastSteps = 3

/**
 * What a running clock comes to when its case goes on as fast as steps of this kind went of late: the present step takes the median of those that
 * took longer than it took already, each later one its median; with fewer than three to go by, what policy allows. A step that took longer than
 * any before is expected to be late. Notices and supplements are waited for, not worked on: they are done on their due day.
 */
export function predictClock(
  clock: RunningClock,
  around: { readonly today: Day; readonly calendar: DayCalendar; readonly pace: Pace; readonly terms: CaseTerms },
): Prediction {
  const { dueOn } = clock
  if (dueOn === null || clock.state !== 'running') return { doneOn: null, breachOn: null }
  const breachOn = addDays(dueOn, 1)
  if (dueOn < around.today) return { doneOn: null, breachOn }
  if (clock.kind === 'notice') return { doneOn: dueOn, breachOn: null }
  const doneOn = expectedDay(clock, around)
  return { doneOn, breachOn: doneOn === null || doneOn > dueOn ? breachOn : null }
}

function expectedDay(clock: RunningClock, around: Parameters<typeof predictClock>[1]): Day | null {
  const { calendar, pace, terms } = around
  const isStep = clock.kind === 'step'
  // Clocks of no step of their own (a visit to come, a helper to name) are done on their last day as far as is known.
  const isWhole = clock.kind === 'total' || clock.kind === 'exit-total'
  if (!isStep && !isWhole) return clock.dueOn
  let day = endOfStep(clock.stepTerm, pace.of(clock.atStep, clock.areaPath), around)
  if (isStep) return day
  for (let step = stepAfter(clock.atStep); step !== undefined && isBeforeDecision(step); step = stepAfter(step)) {
    if (day === null) return null
    const { days, calendar: kind } = terms.steps[step]
    const took = median(pace.of(step, clock.areaPath)) ?? days
    day = reckonClock({ startedOn: day, count: { days: took, calendar: kind }, pauses: [] }, calendar).marks[100] ?? day
  }
  return day
}

function isBeforeDecision(step: CaseStep): boolean {
  const { procedure } = caseSteps[step]
  return (procedure === 'identification' && step !== 'entry') || (procedure === 'elimination' && step !== 'exit-entry')
}

/** The day on which the present step is expected to be done; today at the earliest. */
function endOfStep(term: ClockTerm, took: TookDays, { today, calendar }: { today: Day; calendar: DayCalendar }): Day | null {
  const elapsed = elapsedDays(term, calendar, today)
  const isKnown = countOf(took) >= leastSteps
  const allowed = isKnown ? median(new Map([...took].filter(([days]) => days >= elapsed))) : term.count.days
  if (allowed === undefined) return null
  let left = Math.max(0, allowed - elapsed)
  let day = today
  for (let ahead = 0; left > 0 && ahead < 5_000; ahead += 1) {
    day = dayAfter(day)
    if (isCounted(term, calendar, day)) left -= 1
  }
  return left > 0 ? null : day
}

function countOf(took: TookDays): number {
  return [...took.values()].reduce((sum, count) => sum + count, 0)
}

/** The middle one, the longer of two in the middle; `undefined` of none, and of fewer than can be a pace. */
function median(took: TookDays): number | undefined {
  const count = countOf(took)
  if (count === 0) return undefined
  let before = 0
  for (const [days, times] of [...took].sort(([one], [other]) => one - other)) {
    before += times
    if (before * 2 > count) return days
  }
  return undefined
}

/** A pace from what was counted by township: a township's own where it did enough such steps, else the county's, else none. */
export function makePace(
  found: readonly { readonly township: string; readonly step: CaseStep; readonly took: number; readonly count: number }[],
): Pace {
  const byPlace = new Map<string, Map<number, number>>()
  const add = (key: string, took: number, count: number) => {
    const held = byPlace.get(key) ?? new Map<number, number>()
    byPlace.set(key, held.set(took, (held.get(took) ?? 0) + count))
  }
  for (const { township, step, took, count } of found) {
    add(`${township} ${step}`, took, count)
    add(` ${step}`, took, count)
  }
  const none: TookDays = new Map()
  return {
    of: (step, areaPath) => {
      const township = `${areaPath.split('.').slice(0, 4).join('.')}.`
      const own = byPlace.get(`${township} ${step}`) ?? none
      if (countOf(own) >= leastSteps) return own
      const all = byPlace.get(` ${step}`) ?? none
      return countOf(all) >= leastSteps ? all : none
    },
  }
}
