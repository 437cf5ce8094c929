import {
  caseActions,
  caseStates,
  caseSteps,
  stepAfter,
  stepNames,
  stepsBefore,
  type CaseAction,
  type CaseOutcome,
  type CaseState,
  type CaseStep,
} from './case-steps.ts'

/** From which step and state an action leads where. The database holds the same list (`cases.is_legal_move`). */
export interface CaseMove {
  readonly step: CaseStep
  readonly state: CaseState
  readonly action: CaseAction
  readonly toStep: CaseStep
  readonly toState: CaseState
  readonly outcome?: CaseOutcome
}

type Target = Pick<CaseMove, 'toStep' | 'toState' | 'outcome'>

const rejectable: readonly CaseStep[] = ['assessment', 'visit', 'check', 'appraisal', 'notice', 'review', 'decision']
const identification = (step: CaseStep) => caseSteps[step].procedure === 'identification' && step !== 'entry'
const elimination = (step: CaseStep) => caseSteps[step].procedure === 'elimination' && step !== 'exit-entry'
const open = (toStep: CaseStep): Target => ({ toStep, toState: 'open' })
const ended = (outcome: CaseOutcome): Target => ({ toStep: 'ended', toState: 'ended', outcome })

/** Targets of an action from an open case. */
const fromOpen: Record<CaseAction, (step: CaseStep) => readonly Target[]> = {
  pass: (step) => {
    const next = stepAfter(step)
    return next === undefined ? [] : [open(next)]
  },
  return: (step) => stepsBefore(step).map(open),
  ask: (step) => (identification(step) || elimination(step) ? [{ toStep: step, toState: 'supplement' }] : []),
  supply: () => [],
  pause: (step) => (identification(step) || elimination(step) ? [{ toStep: step, toState: 'paused' }] : []),
  resume: () => [],
  // An elimination that is refused leaves the household under help.
  reject: (step) => {
    if (rejectable.includes(step)) return [ended('not-identified')]
    return elimination(step) ? [open('tracking')] : []
  },
  refer: (step) => (rejectable.includes(step) ? [ended('referred')] : []),
  withdraw: (step) => (identification(step) ? [ended('withdrawn')] : []),
  transfer: (step) => (step === 'ended' ? [] : [open(step)]),
  green: (step) => (identification(step) && step !== 'decision' ? [open(step)] : []),
  'start-exit': (step) => (step === 'tracking' ? [open('exit-visit')] : []),
  revert: (step) => (step === 'follow-up' ? [open('tracking')] : []),
  relapse: (step) => (step === 'follow-up' ? [open('visit')] : []),
  settle: (step) => (step === 'follow-up' ? [ended('stable')] : []),
  end: (step) => (step === 'ended' ? [] : [ended('household-ended')]),
}

/** Where an action may lead from a step and state; empty where it may not be done. */
export function targetsOf(step: CaseStep, state: CaseState, action: CaseAction): readonly Target[] {
  if ((step === 'ended') !== (state === 'ended')) return []
  if (state === 'ended') return action === 'relapse' ? [open('visit')] : []
  if (state === 'open') return fromOpen[action](step)
  if (!identification(step) && !elimination(step)) return []
  // What waits for somebody is answered, taken back, or ended by what ends a household or an application.
  const answer: CaseAction = state === 'supplement' ? 'supply' : 'resume'
  if (action === answer) return [open(step)]
  if (action === 'transfer') return [{ toStep: step, toState: state }]
  return action === 'end' || action === 'withdraw' ? fromOpen[action](step) : []
}

/** Every legal move. */
export function allMoves(): CaseMove[] {
  return stepNames.flatMap((step) =>
    caseStates.flatMap((state) =>
      caseActions.flatMap((action) => targetsOf(step, state, action).map((target) => ({ step, state, action, ...target }))),
    ),
  )
}
