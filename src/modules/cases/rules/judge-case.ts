import { targetsOf } from './case-moves.ts'
import type { CaseFile } from './case-records.ts'
import { seatPath, type CallerSeat } from './case-seat.ts'
import type { CaseAction, CaseOutcome, CaseState, CaseStep, SeatLevel } from './case-steps.ts'
import type { CaseTerms } from './case-terms.ts'

/** What is asked of a case, as far as the rule reads it. */
export interface AskedAct {
  readonly action: CaseAction
  readonly to?: CaseStep | undefined
  readonly opinion?: string | undefined
  readonly reason?: string | undefined
  readonly risks?: readonly string[] | undefined
  readonly kind?: string | undefined
  readonly nationalNo?: string | undefined
  readonly mode?: 'helped' | 'natural' | undefined
  readonly referTo?: string | undefined
  readonly toSeat?: SeatLevel | undefined
}

export type CaseRefusal =
  | 'no-such-move'
  | 'not-yours'
  | 'choose-step'
  | 'reason-needed'
  | 'opinion-needed'
  | 'risks-needed'
  | 'risk-unknown'
  | 'kind-needed'
  | 'kind-unknown'
  | 'number-needed'
  | 'mode-needed'
  | 'refer-to-needed'
  | 'seat-needed'
  | 'already-green'

/** Where a case goes; what changes of it besides. */
export interface JudgedAct {
  readonly step: CaseStep
  readonly state: CaseState
  readonly round: number
  readonly heldBy: string
  readonly outcome: CaseOutcome | null
}

export type CaseVerdict = { readonly ok: true; readonly act: JudgedAct } | { readonly ok: false; readonly reason: CaseRefusal }

const no = (reason: CaseRefusal): CaseVerdict => ({ ok: false, reason })
const needReason: readonly CaseAction[] = [
  'return',
  'reject',
  'refer',
  'withdraw',
  'pause',
  'ask',
  'revert',
  'relapse',
  'green',
  'transfer',
]
/** Steps whose passing is a judgement that must be worded. */
const needOpinion: readonly CaseStep[] = ['assessment', 'review', 'decision', 'exit-review', 'exit-decision']
/** Acts of an office above: it may take a case over, stop or end it although somebody below holds it. */
const fromAbove: readonly CaseAction[] = ['return', 'pause', 'resume', 'transfer', 'green', 'revert', 'relapse', 'end', 'withdraw']

/** Whether an act may be done by somebody who sits there, and where the case goes. Pure: what other parts miss is asked elsewhere. */
export function judgeAct(file: CaseFile, act: AskedAct, around: { seat: CallerSeat; terms: CaseTerms }): CaseVerdict {
  const targets = targetsOf(file.step, file.state, act.action)
  if (targets.length === 0) return no('no-such-move')
  if (!mayAct(file, act.action, around.seat)) return no('not-yours')
  const target = act.to === undefined && targets.length === 1 ? targets[0] : targets.find(({ toStep }) => toStep === act.to)
  if (target === undefined) return no('choose-step')
  const lacking = lacks(file, act, around.terms)
  if (lacking !== undefined) return no(lacking)
  const round = act.action === 'relapse' ? file.round + 1 : file.round
  const stays = target.toStep === file.step
  const ownSeat = act.action === 'transfer' && act.toSeat !== undefined ? act.toSeat : undefined
  const heldBy = ownSeat === undefined && stays ? file.heldBy : seatPath(file.areaPath, ownSeat ?? around.terms.steps[target.toStep].seat)
  return { ok: true, act: { step: target.toStep, state: target.toState, round, heldBy, outcome: target.outcome ?? null } }
}

/** Who holds a case acts on it; some acts are also those of the offices above it, and what is asked for may be supplied from below. */
export function mayAct(file: CaseFile, action: CaseAction, seat: CallerSeat): boolean {
  if (seat.level === 'none') return false
  if (file.heldBy === seat.path) return true
  if (file.state === 'supplement' && action === 'supply') return file.areaPath.startsWith(seat.path)
  const isAbove = file.heldBy.startsWith(seat.path)
  if (file.step === 'ended') return file.areaPath.startsWith(seat.path) && seat.level !== 'village'
  return isAbove && fromAbove.includes(action)
}

function lacks(file: CaseFile, act: AskedAct, terms: CaseTerms): CaseRefusal | undefined {
  const { action } = act
  if (needReason.includes(action) && act.reason === undefined) return 'reason-needed'
  if (action === 'refer' && act.referTo === undefined) return 'refer-to-needed'
  if (action === 'transfer' && act.toSeat === undefined) return 'seat-needed'
  if (action === 'green' && file.isGreen) return 'already-green'
  if (act.risks !== undefined && !act.risks.every((risk) => terms.risks.includes(risk))) return 'risk-unknown'
  if (act.kind !== undefined && !terms.kinds.includes(act.kind)) return 'kind-unknown'
  if (action !== 'pass') return undefined
  if (needOpinion.includes(file.step) && act.opinion === undefined) return 'opinion-needed'
  if (file.step === 'decision' && (act.risks ?? file.risks).length === 0) return 'risks-needed'
  if (file.step === 'decision' && act.kind === undefined && file.kind === null) return 'kind-needed'
  if (file.step === 'entry' && act.nationalNo === undefined) return 'number-needed'
  return file.step === 'exit-decision' && act.mode === undefined ? 'mode-needed' : undefined
}
