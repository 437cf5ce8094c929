import { problemActions, problemStates, type ProblemAction, type ProblemState } from './problem-states.ts'

type Moves = Readonly<Partial<Record<ProblemAction, ProblemState>>>

/** What the office may do beside the way, wherever the unit works. */
const beside = (state: ProblemState): Moves => ({ transfer: 'assigned', withdraw: 'withdrawn', edit: state, remind: state, extend: state })
const listed = (state: ProblemState): Moves => ({ supervise: state, release: state })

/** From which state an action leads where. The database holds the same list (`rectification.is_legal_move`). */
export const nextStates = {
  found: { assign: 'assigned', edit: 'found', withdraw: 'withdrawn', ...listed('found') },
  assigned: { accept: 'accepted', decline: 'found', plan: 'rectifying', ...beside('assigned'), ...listed('assigned') },
  accepted: { decline: 'found', plan: 'rectifying', ...beside('accepted'), ...listed('accepted') },
  rectifying: { plan: 'rectifying', complete: 'completed', ...beside('rectifying'), ...listed('rectifying') },
  completed: { recall: 'rectifying', return: 'rectifying', verify: 'verified', ...listed('completed') },
  verified: { return: 'rectifying', strike: 'closed', ...listed('verified') },
  closed: { sample: 'closed', reopen: 'rectifying' },
  withdrawn: { reopen: 'found' },
} as const satisfies Record<ProblemState, Moves>

/** Where an action leads from a state; undefined where it may not be done. */
export function targetOf(state: ProblemState, action: ProblemAction): ProblemState | undefined {
  const moves: Moves = nextStates[state]
  return moves[action]
}

/** Every legal move. */
export function allMoves(): { from: ProblemState; action: ProblemAction; into: ProblemState }[] {
  return problemStates.flatMap((from) =>
    problemActions.flatMap((action) => {
      const into = targetOf(from, action)
      return into === undefined ? [] : [{ from, action, into }]
    }),
  )
}
