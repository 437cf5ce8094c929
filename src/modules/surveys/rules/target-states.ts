/** Where a target stands. `ended`: its household is none any more. */
export const targetStates = ['waiting', 'retry', 'answered', 'refused', 'wrong-number', 'moved', 'deceased', 'unreached', 'ended'] as const
export type TargetState = (typeof targetStates)[number]

/** What a call came to. */
export const callOutcomes = ['answered', 'no-answer', 'call-back', 'refused', 'wrong-number', 'moved', 'deceased'] as const
export type CallOutcome = (typeof callOutcomes)[number]

const afterCall = ['retry', 'answered', 'refused', 'wrong-number', 'moved', 'deceased', 'unreached', 'ended'] as const

/** Which state follows which; the database holds the same (`surveys.next_target_states`). */
export const nextTargetStates = {
  waiting: afterCall,
  retry: afterCall,
  answered: ['answered'],
  refused: ['retry', 'ended'],
  'wrong-number': ['retry', 'ended'],
  moved: ['retry', 'ended'],
  deceased: ['retry', 'ended'],
  unreached: ['retry', 'ended'],
  ended: ['waiting', 'retry'],
} as const satisfies Record<TargetState, readonly TargetState[]>

/** How often and when a call is tried again; policy `surveys.calling`. */
export interface CallTerms {
  readonly mostAttempts: number
  readonly retryHours: number
  /** Calls are made from this hour of the day to that one. */
  readonly fromHour: number
  readonly toHour: number
}

/** States in which a call is still to be made. */
export const openStates: readonly TargetState[] = ['waiting', 'retry']
/** States that ended without an answer and may be taken up again by hand. */
export const reopenStates: readonly TargetState[] = ['refused', 'wrong-number', 'moved', 'deceased', 'unreached']

/** The state after a call: who did not answer is tried again until the calls are used up; who asked to be called back is always tried again. */
export function stateAfterCall(outcome: CallOutcome, attempts: number, terms: CallTerms): TargetState {
  if (outcome === 'no-answer') return attempts >= terms.mostAttempts ? 'unreached' : 'retry'
  return outcome === 'call-back' ? 'retry' : outcome
}

const hourMs = 3_600_000
const shanghaiMs = 8 * hourMs
const dayMs = 24 * hourMs

/** From when on a call is tried again: so many hours later, within the hours in which one calls (Asia/Shanghai). Milliseconds since 1970. */
export function nextCallMs(lastMs: number, terms: CallTerms): number {
  const earliest = lastMs + terms.retryHours * hourMs + shanghaiMs
  const midnight = Math.floor(earliest / dayMs) * dayMs
  const hour = (earliest - midnight) / hourMs
  if (hour < terms.fromHour) return midnight + terms.fromHour * hourMs - shanghaiMs
  if (hour >= terms.toHour) return midnight + dayMs + terms.fromHour * hourMs - shanghaiMs
  return earliest - shanghaiMs
}
