import type { IntakeState, MatchConfidence, MatchWay } from './intake-records.ts'
import type { IntakeAction } from './intake-records.ts'

/** How far a match is to be trusted: a number with its name is sure, a name or a number alone is for an officer to look at. */
export function confidenceOf(way: MatchWay, match: { isSameName: boolean; count: number }): MatchConfidence {
  if (way === 'officer') return 'sure'
  if (match.count > 1) return 'doubtful'
  if (way === 'id-number') return match.isSameName ? 'sure' : 'doubtful'
  if (way === 'phone-and-name') return 'sure'
  return way === 'name-in-village' ? 'likely' : 'doubtful'
}

/** What may be done in each state; a state that is forgotten does not compile. */
export const actionsOfIntake = {
  new: ['link', 'return', 'send', 'close'],
  matched: ['link', 'unlink', 'return', 'send', 'open-case', 'close'],
  linked: ['link', 'unlink', 'return', 'send', 'open-case', 'close'],
  'in-case': [],
  closed: ['reopen'],
} as const satisfies Record<IntakeState, readonly IntakeAction[]>

/** Whether an action is one of a state. */
export function isActionOf(state: IntakeState, action: IntakeAction): boolean {
  const known: readonly IntakeAction[] = actionsOfIntake[state]
  return known.includes(action)
}

/** The area above a village or township; of a county itself. */
export function areaAbove(path: string): string {
  const segments = path.split('.').filter((segment) => segment !== '')
  return segments.length <= 3 ? path : `${segments.slice(0, -1).join('.')}.`
}
