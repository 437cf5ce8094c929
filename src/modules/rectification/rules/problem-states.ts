/** The states of a problem, in the order of its way. */
export const problemStates = ['found', 'assigned', 'accepted', 'rectifying', 'completed', 'verified', 'closed', 'withdrawn'] as const
export type ProblemState = (typeof problemStates)[number]

/**
 * What can be done to a problem. `remind`, `supervise`, `release`, `extend` and `edit` leave it where it is; `sample` too, where the problem is
 * really mended.
 */
export const problemActions = [
  'assign',
  'accept',
  'decline',
  'plan',
  'complete',
  'recall',
  'return',
  'verify',
  'strike',
  'sample',
  'reopen',
  'transfer',
  'withdraw',
  'remind',
  'supervise',
  'release',
  'extend',
  'edit',
] as const
export type ProblemAction = (typeof problemActions)[number]

/** States in which a problem is neither struck off nor withdrawn. */
export function isOpen(state: ProblemState): boolean {
  return state !== 'closed' && state !== 'withdrawn'
}
