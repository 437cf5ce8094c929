import type { Context } from '#kernel/server/caller/index.ts'
import { readTerms, type CaseTerms } from '../../rules/case-terms.ts'
import { readClockPolicy, type ClockPolicy } from '../../rules/clocks/clock-policy.ts'
import { readWith } from '../case-terms.ts'

/** What clocks are set by: the terms of the procedure, and how they count. */
export interface ClockTerms {
  readonly terms: CaseTerms
  readonly policy: ClockPolicy
}

/** What policy says of clocks for an area on a day. Throws `cases.terms-incomplete` with the parameter's name. */
export async function clockTermsOf(ctx: Context, asked: { areaPath: string; asOf: string }): Promise<ClockTerms> {
  return readWith(ctx, asked, (valueOf) => ({ terms: readTerms(valueOf), policy: readClockPolicy(valueOf) }))
}
