import type { CaseEvent } from '../rules/case-records.ts'
import { caseSteps, stepNames, type CaseStep } from '../rules/case-steps.ts'

/** What became of one step in one round. */
export interface StepStory {
  readonly step: CaseStep
  readonly standing: 'done' | 'now' | 'next'
  /** Day on which the case came to this step for the last time. */
  readonly arrivedOn: string | null
  /** What was done while the case stood here, oldest first. */
  readonly acts: readonly CaseEvent[]
}

/** The twelve stations of the stepper (ux.md D6); elimination is one of them, with a line of its own below. */
export const stations: readonly CaseStep[] = stepNames.slice(0, stepNames.indexOf('exit-visit') + 1)
/** The stations of an elimination and of what comes after it. */
export const exitStations: readonly CaseStep[] = stepNames.slice(stepNames.indexOf('exit-visit'), stepNames.indexOf('ended'))

/** Index of the station at which a case stands; past the last one when it was eliminated. */
export function stationOf(step: CaseStep): number {
  const { procedure } = caseSteps[step]
  if (procedure === 'after') return stations.length
  return procedure === 'elimination' ? stations.length - 1 : stations.indexOf(step)
}

/** Whether the steps of an elimination are to be shown: they have begun. */
export function isAtExit(step: CaseStep): boolean {
  return ['elimination', 'after'].includes(caseSteps[step].procedure) && step !== 'ended'
}

/** The step at which an ended case stood last, for the stepper. */
export function lastStepOf(step: CaseStep, events: readonly CaseEvent[]): CaseStep {
  if (step !== 'ended') return step
  const end = [...events].reverse().find(({ stepAfter }) => stepAfter === 'ended')
  return end?.stepBefore ?? 'ended'
}

/** Each step of a round in order, with what was done there; what lies ahead is shown as far as the elimination, or through it once it has begun. */
export function storyOf(events: readonly CaseEvent[], round: number, now: CaseStep): StepStory[] {
  const ofRound = events.filter((event) => event.round === round)
  return stepNames
    .filter((step) => step !== 'ended')
    .map((step) => {
      const acts = ofRound.filter(({ stepBefore, action }) => stepBefore === step && action !== 'relapse')
      const arrivals = ofRound.filter(({ stepBefore, stepAfter }) => stepAfter === step && stepBefore !== step)
      const standing = step === now ? 'now' : acts.some(({ action }) => action !== 'return') || isBefore(step, now) ? 'done' : 'next'
      return { step, standing, arrivedOn: arrivals[arrivals.length - 1]?.onDay ?? null, acts } as const
    })
    .filter(({ step, standing, acts, arrivedOn }) => {
      if (standing === 'next') return isAtExit(now) || !isAtExit(step)
      return standing === 'now' || acts.length > 0 || arrivedOn !== null
    })
}

function isBefore(step: CaseStep, now: CaseStep): boolean {
  return stepNames.indexOf(step) < stepNames.indexOf(now)
}

/** The rounds that a case has been through, the newest first. */
export function roundsOf(events: readonly CaseEvent[]): number[] {
  return [...new Set(events.map(({ round }) => round))].sort((one, other) => other - one)
}

/** What a round came to. */
export interface Turn {
  readonly round: number
  readonly beganOn: string
  readonly identifiedOn: string | null
  readonly eliminatedOn: string | null
  readonly revertedOn: string | null
  /** Why a later round began. */
  readonly reason: string | null
}

/** When a household was identified and eliminated in each of its rounds, the newest first. */
export function turnsOf(events: readonly CaseEvent[]): Turn[] {
  const dayOf = (found: CaseEvent | undefined) => found?.onDay ?? null
  return roundsOf(events).map((round) => {
    const ofRound = [...events].filter((event) => event.round === round).sort((one, other) => other.seq - one.seq)
    const passed = (step: CaseStep) => dayOf(ofRound.find((event) => event.action === 'pass' && event.stepBefore === step))
    const first = ofRound[ofRound.length - 1]
    return {
      round,
      beganOn: first?.onDay ?? '',
      identifiedOn: passed('decision'),
      eliminatedOn: passed('exit-decision'),
      revertedOn: dayOf(ofRound.find(({ action }) => action === 'revert')),
      reason: first?.action === 'relapse' ? first.reason : null,
    }
  })
}
