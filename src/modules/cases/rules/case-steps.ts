/** The procedures of a case, in their order (policy.md §2.6–2.8). */
export const procedures = ['identification', 'help', 'elimination', 'after'] as const
export type Procedure = (typeof procedures)[number]

/** Where an office sits; who does a step is policy. */
export const seatLevels = ['village', 'township', 'county'] as const
export type SeatLevel = (typeof seatLevels)[number]

/** A step with what policy may not change: its procedure, and whether it decides about what others did (four eyes). */
interface Step {
  readonly procedure: Procedure
  readonly judges: boolean
}

/** All steps in their order; `pass` leads from each to the next one of its procedure. */
export const caseSteps = {
  assessment: { procedure: 'identification', judges: false },
  visit: { procedure: 'identification', judges: false },
  statement: { procedure: 'identification', judges: false },
  check: { procedure: 'identification', judges: false },
  appraisal: { procedure: 'identification', judges: false },
  notice: { procedure: 'identification', judges: false },
  review: { procedure: 'identification', judges: true },
  decision: { procedure: 'identification', judges: true },
  entry: { procedure: 'identification', judges: false },
  measures: { procedure: 'help', judges: false },
  tracking: { procedure: 'help', judges: false },
  'exit-visit': { procedure: 'elimination', judges: false },
  'exit-appraisal': { procedure: 'elimination', judges: false },
  'exit-notice': { procedure: 'elimination', judges: false },
  'exit-review': { procedure: 'elimination', judges: true },
  'exit-decision': { procedure: 'elimination', judges: true },
  'exit-entry': { procedure: 'elimination', judges: false },
  'follow-up': { procedure: 'after', judges: false },
  ended: { procedure: 'after', judges: false },
} as const satisfies Record<string, Step>

export type CaseStep = keyof typeof caseSteps
// Safe: the keys of the table are its steps.
export const stepNames = Object.keys(caseSteps) as CaseStep[]

/** How a case stands: worked on, waiting for what was asked for, its clocks held, or ended. */
export const caseStates = ['open', 'supplement', 'paused', 'ended'] as const
export type CaseState = (typeof caseStates)[number]

/** How a case ended. */
export const caseOutcomes = ['not-identified', 'referred', 'withdrawn', 'stable', 'household-ended'] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** What can be done to a case. */
export const caseActions = [
  'pass',
  'return',
  'ask',
  'supply',
  'pause',
  'resume',
  'reject',
  'refer',
  'withdraw',
  'transfer',
  'green',
  'start-exit',
  'revert',
  'relapse',
  'settle',
  'end',
] as const
export type CaseAction = (typeof caseActions)[number]

/** The step after this one in its procedure, or the first of what follows the procedure. */
export function stepAfter(step: CaseStep): CaseStep | undefined {
  if (step === 'tracking' || step === 'follow-up' || step === 'ended') return undefined
  return stepNames[stepNames.indexOf(step) + 1]
}

/** Earlier steps of the same procedure, to which a case may be returned. */
export function stepsBefore(step: CaseStep): CaseStep[] {
  const { procedure } = caseSteps[step]
  return stepNames.slice(0, stepNames.indexOf(step)).filter((name) => caseSteps[name].procedure === procedure)
}
