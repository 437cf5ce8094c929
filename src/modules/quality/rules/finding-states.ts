import type { Seat } from './worklist-places.ts'

/** How a finding stands. `fixed` is said by a check that no longer sees it, never by a person. */
export type FindingState = 'open' | 'sent' | 'fixed' | 'excepted'
export const findingStates = ['open', 'sent', 'excepted', 'fixed'] as const satisfies readonly FindingState[]

/** Where a finding may go from each state. A fixed one that is seen again opens, and counts as a recurrence. */
export const nextFindingStates = {
  open: ['sent', 'fixed', 'excepted'],
  sent: ['sent', 'fixed', 'excepted'],
  fixed: ['open', 'excepted'],
  excepted: ['open', 'fixed'],
} as const satisfies Record<FindingState, readonly FindingState[]>

/** What a village or township says of a finding: mended where it came from, or right although the rule finds it wrong. */
export type FindingAnswer = 'fixed-elsewhere' | 'right-as-is'
export const findingAnswers = ['fixed-elsewhere', 'right-as-is'] as const satisfies readonly FindingAnswer[]

/** What a decision about a finding needs of it. `sentTo`: area path of the village or township that must act. */
export interface FindingFacts {
  readonly state: FindingState
  readonly areaPath: string
  readonly sentTo: string | null
  readonly answer: FindingAnswer | null
}

export type FindingReason = 'not-yours' | 'already-fixed' | 'already-excepted' | 'already-with-them' | 'exception-asked' | 'not-household'
export type FindingVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: FindingReason }

const yes: FindingVerdict = { ok: true }
const no = (reason: FindingReason): FindingVerdict => ({ ok: false, reason })

/** Whether the caller may send a finding to `receiver`, the area path of the village, or of the township where the village has no account. */
export function judgeSending(finding: FindingFacts, seat: Seat, receiver: string): FindingVerdict {
  const still = judgeOpen(finding)
  if (!still.ok) return still
  if (seat.level !== 'county' && seat.level !== 'township') return no('not-yours')
  if (finding.answer === 'right-as-is') return no('exception-asked')
  // What was said to be mended and is still there goes out again.
  return finding.state === 'sent' && finding.sentTo === receiver && finding.answer === null ? no('already-with-them') : yes
}

/** Whether the caller may answer: whoever sees an open finding in his area knows it best; nobody needs to be asked first. */
export function judgeAnswering(finding: FindingFacts, seat: Seat): FindingVerdict {
  const still = judgeOpen(finding)
  if (!still.ok) return still
  if (seat.level === 'none') return no('not-yours')
  return finding.answer === 'right-as-is' ? no('exception-asked') : yes
}

/** Whether a correction may be proposed from a finding. */
export function judgeMending(finding: FindingFacts): FindingVerdict {
  return judgeOpen(finding)
}

/** Whether somebody should have acted: the due day itself is still in time, and whoever has answered has acted. */
export function isOverdue(finding: FindingFacts & { readonly dueOn: string | null }, today: string): boolean {
  return finding.state === 'sent' && finding.answer === null && finding.dueOn !== null && finding.dueOn < today
}

function judgeOpen(finding: FindingFacts): FindingVerdict {
  if (finding.state === 'fixed') return no('already-fixed')
  return finding.state === 'excepted' ? no('already-excepted') : yes
}
