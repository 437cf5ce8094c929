import type { Context } from '#kernel/server/caller/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { readTerms, type CaseTerms } from '../rules/case-terms.ts'
import { casesErrors } from './errors.ts'

/** The policies that say it. */
export const termKeys = ['cases.procedure', 'cases.help-procedure', 'cases.exit-procedure', 'cases.layer-months']

/** What policy says of the procedure for an area on a day. Throws `cases.terms-incomplete` with the parameter's name. */
export async function termsOf(ctx: Context, asked: { areaPath: string; asOf: string }): Promise<CaseTerms> {
  const found = await parametersFor(ctx, { ...asked, keys: termKeys })
  try {
    return readTerms((name) => found.get(name)?.value)
  } catch (fault) {
    throw casesErrors.termsIncomplete({ name: fault instanceof Error ? fault.message : '' })
  }
}
