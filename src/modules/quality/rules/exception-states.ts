/** How an exception goes: asked by one, decided by another of the county; a granted one ends on its day or before. */
export type ExceptionState = 'asked' | 'granted' | 'refused' | 'ended' | 'expired'
export const exceptionStates = ['asked', 'granted', 'refused', 'ended', 'expired'] as const satisfies readonly ExceptionState[]

export const nextExceptionStates = {
  asked: ['granted', 'refused'],
  granted: ['ended', 'expired'],
  refused: [],
  ended: [],
  expired: [],
} as const satisfies Record<ExceptionState, readonly ExceptionState[]>

/** The state that a decision leads to. */
export const exceptionAfter = { grant: 'granted', refuse: 'refused', end: 'ended' } as const
export type ExceptionDecision = keyof typeof exceptionAfter

export type ExceptionReason = 'wrong-state' | 'own-request' | 'day-needed' | 'day-past' | 'day-too-far' | 'reason-needed'
export type ExceptionVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: ExceptionReason }

/** What a decision needs: how it stands, who asked, who decides, and until when it shall hold. `longestOn` is the last day policy allows. */
export interface ExceptionFacts {
  readonly state: ExceptionState
  readonly askedBy: string
  readonly decidedBy: string
  readonly decision: ExceptionDecision
  readonly untilOn: string | undefined
  readonly note: string | undefined
  readonly today: string
  readonly longestOn: string
}

/** Whether an exception may be granted, refused or ended. Whoever asked never grants; a grant has a last day. */
export function judgeException(facts: ExceptionFacts): ExceptionVerdict {
  const { state, decision, untilOn, today } = facts
  const next: readonly ExceptionState[] = nextExceptionStates[state]
  if (!next.includes(exceptionAfter[decision])) return { ok: false, reason: 'wrong-state' }
  if (decision !== 'grant') return (facts.note ?? '').length < 4 ? { ok: false, reason: 'reason-needed' } : { ok: true }
  if (facts.askedBy === facts.decidedBy) return { ok: false, reason: 'own-request' }
  if (untilOn === undefined) return { ok: false, reason: 'day-needed' }
  if (untilOn < today) return { ok: false, reason: 'day-past' }
  return untilOn > facts.longestOn ? { ok: false, reason: 'day-too-far' } : { ok: true }
}

/** Whether a granted exception holds on a day: its last day is still covered. */
export function isInForce(exception: { readonly state: ExceptionState; readonly untilOn: string | null }, today: string): boolean {
  return exception.state === 'granted' && exception.untilOn !== null && exception.untilOn >= today
}
