import type { ProblemCard } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { problemActions, type ProblemState } from '../rules/problem-states.ts'

type Action = ActWords['action']

/** What leads on from a state, the usual way. */
const onwards: Readonly<Record<ProblemState, readonly Action[]>> = {
  found: ['assign'],
  assigned: ['accept', 'plan'],
  accepted: ['plan'],
  rectifying: ['complete'],
  completed: ['verify'],
  verified: ['strike'],
  closed: ['sample'],
  withdrawn: ['reopen'],
}

/** The act that leads a problem on, where the caller may do it. */
export function forwardOf(card: Pick<ProblemCard, 'state' | 'can'>): Action | undefined {
  return onwards[card.state].find((action) => card.can[action] === true)
}

/** Everything that the caller may do to all of some problems, what leads on first. */
export function commonActions(cards: readonly Pick<ProblemCard, 'state' | 'can'>[]): Action[] {
  const may = problemActions.filter((action): action is Action => action !== 'extend' && cards.every(({ can }) => can[action] === true))
  const [first] = cards
  const leading = first === undefined ? [] : onwards[first.state].filter((action) => may.includes(action))
  return [...leading, ...may.filter((action) => !leading.includes(action))]
}
