import type { DayCount } from '#kernel/pure/time/index.ts'
import type { CaseFile } from '../case-records.ts'
import { caseSteps, type CaseAction, type CaseStep } from '../case-steps.ts'
import type { CaseTerms } from '../case-terms.ts'
import type { ClockKind, PauseReason } from './clock-kinds.ts'
import { holds, type ClockPolicy } from './clock-policy.ts'

/** A clock that a case must have as it stands. */
export interface WantedClock {
  readonly kind: ClockKind
  /** Step whose term it is. */
  readonly step: CaseStep
  readonly count: DayCount
}

/** A clock that has not stopped, as far as the plan reads it. */
export interface HeldClock {
  readonly clockId: string
  readonly kind: ClockKind
  readonly step: CaseStep
  readonly round: number
  /** Reasons that hold it now. */
  readonly held: readonly PauseReason[]
}

/** What a move does to the clocks of a case. */
export interface ClockPlan {
  readonly stop: readonly string[]
  /** Begins today, or goes on from where one of this kind was stopped in this round (`reopens`). */
  readonly start: readonly (WantedClock & { readonly reopens: boolean })[]
  readonly pause: readonly { readonly clockId: string; readonly reason: PauseReason }[]
  readonly resume: readonly { readonly clockId: string; readonly reason: PauseReason }[]
}

const intervals: readonly CaseStep[] = ['tracking', 'follow-up']
/** Reasons that the state of a case says; others are said by the parts that hold a clock. */
const byState: readonly PauseReason[] = ['supplement', 'paused']

/** The clocks that a case has as it stands: of its step, of the whole, of what was asked for, of help once it is due. */
export function wantedClocks(file: Pick<CaseFile, 'step' | 'state' | 'isGreen'>, terms: CaseTerms): WantedClock[] {
  const { step, state } = file
  if (state === 'ended') return []
  const { procedure } = caseSteps[step]
  const of = (kind: ClockKind, at: CaseStep, count: DayCount): WantedClock => ({
    kind,
    step: at,
    count: { days: count.days, calendar: count.calendar },
  })
  const wanted: WantedClock[] = []
  if (step !== 'measures') wanted.push(of(intervals.includes(step) ? 'tracking' : 'step', step, terms.steps[step]))
  const isUndecided = procedure === 'identification' && step !== 'entry'
  if (isUndecided) wanted.push(of('total', 'assessment', terms.whole))
  if (procedure === 'elimination' && step !== 'exit-entry') wanted.push(of('exit-total', 'exit-visit', terms.exitWhole))
  // Help is due from the decision on; through the green channel at once.
  if (step === 'entry' || step === 'measures' || (isUndecided && file.isGreen)) {
    wanted.push(of('measures', 'measures', terms.steps.measures))
    wanted.push(of('helper', 'measures', { days: terms.helperDays, calendar: 'calendar' }))
  }
  if (state === 'supplement') wanted.push(of('supplement', step, { days: terms.supplementDays, calendar: 'working' }))
  return wanted
}

/** What changes of a case's clocks when it has moved. A notice's clock is kept by the notice as long as the case stands at its step. */
export function planClocks(
  file: Pick<CaseFile, 'step' | 'state' | 'isGreen' | 'round'>,
  around: {
    readonly terms: CaseTerms
    readonly policy: ClockPolicy
    readonly held: readonly HeldClock[]
    /** Kinds that were done in this round, before the case moved on: they do not begin again. */
    readonly done: readonly ClockKind[]
    readonly action: CaseAction | 'open'
  },
): ClockPlan {
  const { terms, policy, held, done, action } = around
  const wanted = wantedClocks(file, terms)
  const isWanted = (clock: HeldClock) =>
    clock.round === file.round &&
    (clock.kind === 'notice'
      ? clock.step === file.step && file.state !== 'ended'
      : wanted.some(({ kind, step }) => kind === clock.kind && step === clock.step))
  const kept = held.filter(isWanted)
  const reason = byState.find((one) => one === file.state)
  const stays = (clock: HeldClock, one: PauseReason) => one === reason && holds(policy, clock.kind, one)
  return {
    stop: held.filter((clock) => !isWanted(clock)).map(({ clockId }) => clockId),
    start: wanted
      .filter(({ kind, step }) => !done.includes(kind) && !kept.some((clock) => clock.kind === kind && clock.step === step))
      // An elimination that is begun once more has its whole term again; one that is returned goes on with what was left.
      .map((clock) => ({ ...clock, reopens: clock.kind === 'total' || (clock.kind === 'exit-total' && action !== 'start-exit') })),
    pause: kept.flatMap((clock) =>
      reason !== undefined && !clock.held.includes(reason) && holds(policy, clock.kind, reason) ? [{ clockId: clock.clockId, reason }] : [],
    ),
    resume: kept.flatMap((clock) =>
      clock.held.filter((one) => byState.includes(one) && !stays(clock, one)).map((one) => ({ clockId: clock.clockId, reason: one })),
    ),
  }
}
