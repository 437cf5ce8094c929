import type { Day, DayCalendar, DayCount } from '#kernel/pure/time/index.ts'
import type { CaseFile } from '../case-records.ts'
import type { CaseStep } from '../case-steps.ts'
import { elapsedDays, reckonClock, type ClockPause, type ClockTerm } from './clock-days.ts'
import type { ClockKind, ClockParty, ClockState, LimitKind, PauseReason } from './clock-kinds.ts'

/** A pause of a clock with its reason. */
export interface HeldPause extends ClockPause {
  readonly pauseId: string
  readonly reason: PauseReason
}

/** A clock as it is kept. */
export interface KeptClock {
  readonly clockId: string
  readonly caseId: string
  readonly householdId: string
  readonly areaPath: string
  readonly round: number
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly limit: LimitKind
  readonly party: ClockParty
  readonly heldBy: string
  readonly days: number
  readonly calendar: DayCount['calendar']
  readonly startedOn: Day
  readonly state: ClockState
  readonly stoppedOn: Day | null
  /** The act that ended it, or `done` where what it waited for was done. */
  readonly stoppedBy: string | null
  readonly tookDays: number | null
  readonly mark50On: Day | null
  readonly mark75On: Day | null
  readonly dueOn: Day | null
  readonly unknownYear: number | null
  readonly calendarRevision: string
  readonly pauses: readonly HeldPause[]
}

/** Working days with what they are called: a clock notes by which it was counted. */
export interface RevisedCalendar extends DayCalendar {
  readonly revision: string
}

/** What is new about a clock that begins. */
export interface BegunClock {
  readonly clockId: string
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly limit: LimitKind
  readonly party: ClockParty
  readonly count: DayCount
  readonly startedOn: Day
}

/** The term that a clock counts. */
export function termOf(clock: Pick<KeptClock, 'startedOn' | 'days' | 'calendar' | 'pauses'>): ClockTerm {
  return { startedOn: clock.startedOn, count: { days: clock.days, calendar: clock.calendar }, pauses: clock.pauses }
}

/** A clock of a case that begins to run. */
export function beginClock(file: CaseFile, begun: BegunClock, calendar: RevisedCalendar): KeptClock {
  const { count, ...rest } = begun
  const { caseId, householdId, areaPath, round, heldBy } = file
  const clock: KeptClock = {
    caseId,
    householdId,
    areaPath,
    round,
    heldBy,
    ...rest,
    days: count.days,
    calendar: count.calendar,
    state: 'running',
    stoppedOn: null,
    stoppedBy: null,
    tookDays: null,
    pauses: [],
    mark50On: null,
    mark75On: null,
    dueOn: null,
    unknownYear: null,
    calendarRevision: '',
  }
  return countAnew(clock, calendar)
}

/** A clock that stopped goes on as if it had not. */
export function reopenClock(clock: KeptClock, calendar: RevisedCalendar): KeptClock {
  return countAnew({ ...clock, state: 'running', stoppedOn: null, stoppedBy: null, tookDays: null }, calendar)
}

/** A clock whose term is over on a day; its pauses end with it. */
export function stopClock(clock: KeptClock, given: { on: Day; by: string }, calendar: RevisedCalendar): KeptClock {
  const pauses = clock.pauses.map((pause) => (pause.resumedOn === null ? { ...pause, resumedOn: given.on } : pause))
  const tookDays = elapsedDays(termOf({ ...clock, pauses }), calendar, given.on)
  return { ...clock, pauses, state: 'stopped', stoppedOn: given.on, stoppedBy: given.by, tookDays }
}

/** A clock that is held from a day on for a reason; one that is held for it already stays as it is. */
export function holdClock(
  clock: KeptClock,
  given: { on: Day; reason: PauseReason; pauseId: string },
  calendar: RevisedCalendar,
): KeptClock {
  if (openReasons(clock).includes(given.reason)) return clock
  const pause: HeldPause = { pauseId: given.pauseId, reason: given.reason, pausedOn: given.on, resumedOn: null }
  return countAnew({ ...clock, pauses: [...clock.pauses, pause] }, calendar)
}

/** A clock that is no longer held for a reason; it runs again where no other one holds it. */
export function releaseClock(clock: KeptClock, given: { on: Day; reason: PauseReason }, calendar: RevisedCalendar): KeptClock {
  const pauses = clock.pauses.map((pause) =>
    pause.reason === given.reason && pause.resumedOn === null
      ? { ...pause, resumedOn: given.on < pause.pausedOn ? pause.pausedOn : given.on }
      : pause,
  )
  return countAnew({ ...clock, pauses }, calendar)
}

/** The days of the marks by this calendar. Of a notice only its end is a mark. */
export function countAnew(clock: KeptClock, calendar: RevisedCalendar): KeptClock {
  const { marks, unknownYear } = reckonClock(termOf(clock), calendar)
  const isWaited = clock.kind === 'notice'
  const state = clock.state === 'stopped' ? 'stopped' : openReasons(clock).length > 0 ? 'paused' : 'running'
  const days = { mark50On: isWaited ? null : marks[50], mark75On: isWaited ? null : marks[75], dueOn: marks[100] }
  return { ...clock, ...days, state, unknownYear, calendarRevision: calendar.revision }
}

/** Reasons that hold a clock now. */
export function openReasons(clock: Pick<KeptClock, 'pauses'>): PauseReason[] {
  return clock.pauses.filter(({ resumedOn }) => resumedOn === null).map(({ reason }) => reason)
}
