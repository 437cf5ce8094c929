import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { readTerms, type CaseTerms } from '../rules/case-terms.ts'
import { readClockPolicy, type ClockPolicy } from '../rules/clock-policy.ts'
import { termKeys } from './case-terms.ts'
import { casesErrors } from './errors.ts'

/** The policies that say it. */
const keys = [...termKeys, 'cases.clocks']

/** What clocks are set by: the terms of the procedure, and how they count. */
export interface ClockTerms {
  readonly terms: CaseTerms
  readonly policy: ClockPolicy
}

/** What policy says of clocks for an area on a day. Throws `cases.terms-incomplete` with the parameter's name. */
export async function clockTermsOf(ctx: Context, asked: { areaPath: string; asOf: string }): Promise<ClockTerms> {
  const found = await parametersFor(ctx, { ...asked, keys })
  const valueOf = (name: string) => found.get(name)?.value
  try {
    return { terms: readTerms(valueOf), policy: readClockPolicy(valueOf) }
  } catch (fault) {
    throw casesErrors.termsIncomplete({ name: fault instanceof Error ? fault.message : '' })
  }
}
