import type { CaseFile } from '../case-records.ts'
import { caseSteps, stepNames, type CaseStep } from '../case-steps.ts'
import type { NoticeKind } from './notice-fields.ts'

/**
 * What an upheld objection leads to. `returned`: the case goes back to the visit. `under-way`: it is there already, or nothing was decided that
 * could be taken back. `recheck`: it is beyond the procedure or with an office above, and the county looks at it once more. `none`: it has ended.
 */
export const objectionConsequences = ['returned', 'under-way', 'recheck', 'none'] as const
export type ObjectionConsequence = (typeof objectionConsequences)[number]

/** What the county comes to. */
export const recheckOutcomes = ['stands', 'reverted', 'handled'] as const
export type RecheckOutcome = (typeof recheckOutcomes)[number]

const visitOf = { identification: 'visit', elimination: 'exit-visit' } as const satisfies Record<NoticeKind, CaseStep>

/** The step to which a case goes back when an objection to its notice was right. */
export function stepAfterObjection(kind: NoticeKind): 'visit' | 'exit-visit' {
  return visitOf[kind]
}

/** Where a case stands decides what comes of an objection that was right; `mayReturn`: the answerer's office may return it from there. */
export function consequenceOf(
  file: Pick<CaseFile, 'step' | 'outcome' | 'round'>,
  given: { readonly kind: NoticeKind; readonly round: number; readonly mayReturn: boolean },
): ObjectionConsequence {
  const { kind, round, mayReturn } = given
  if (file.step === 'ended') return kind === 'elimination' && file.outcome === 'stable' && file.round === round ? 'recheck' : 'none'
  // It began anew after the round that was objected to.
  if (file.round !== round) return 'under-way'
  const { procedure } = caseSteps[file.step]
  if (procedure !== kind) return kind === 'elimination' && procedure === 'help' ? 'under-way' : 'recheck'
  if (stepNames.indexOf(file.step) <= stepNames.indexOf(visitOf[kind])) return 'under-way'
  return mayReturn ? 'returned' : 'recheck'
}
