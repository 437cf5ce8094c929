import type { LeadAnswer } from '../contract.ts'
import type { RulePrecision } from './lead-records.ts'

export type AnswerReason = 'unknown-reason' | 'nothing-confirmed' | 'dismissed-yet-confirmed' | 'not-here-yet-judged'
export type AnswersVerdict =
  | { readonly ok: true; readonly answers: ReadonlyMap<string, LeadAnswer> }
  | { readonly ok: false; readonly reason: AnswerReason }

/**
 * The answer of every reason of a lead. A reason that is not named takes the answer of the whole; the whole and its parts must agree:
 * 属实 needs one reason that is, 不属实 has none, 不在本村 judges nothing. 需其他帮助 may stand beside any answer of a single reason,
 * because the trouble may be another one than the lists saw.
 */
export function judgeAnswers(
  whole: LeadAnswer,
  reasonIds: readonly string[],
  named: readonly { readonly leadReasonId: string; readonly answer: LeadAnswer }[],
): AnswersVerdict {
  if (named.some((one) => !reasonIds.includes(one.leadReasonId))) return { ok: false, reason: 'unknown-reason' }
  const answers = new Map<string, LeadAnswer>(reasonIds.map((id) => [id, whole]))
  for (const { leadReasonId, answer } of named) answers.set(leadReasonId, answer)
  const given = [...answers.values()]
  const isReal = (answer: LeadAnswer) => answer === 'confirmed' || answer === 'needs-help-elsewhere'
  if (whole === 'confirmed' && given.length > 0 && !given.includes('confirmed')) return { ok: false, reason: 'nothing-confirmed' }
  if (whole === 'dismissed' && given.some(isReal)) return { ok: false, reason: 'dismissed-yet-confirmed' }
  if (whole === 'not-here' && given.some((answer) => answer !== 'not-here')) return { ok: false, reason: 'not-here-yet-judged' }
  return { ok: true, answers }
}

/** Share of a rule's verified reasons that were real trouble; null while none was verified. 不在本村 verified nothing. */
export function precisionOf(counts: Pick<RulePrecision, 'confirmed' | 'elsewhere' | 'dismissed'>): number | null {
  const real = counts.confirmed + counts.elsewhere
  const verified = real + counts.dismissed
  return verified === 0 ? null : real / verified
}
