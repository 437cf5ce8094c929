import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { SurveyOfHousehold } from '../rules/survey-records.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { surveysErrors } from './errors.ts'
import { listOfHousehold } from './of-household-store.ts'

/** The campaigns in which a household was asked, newest first, with what was found. Throws `surveys.not-found` out of scope. */
export async function readOfHousehold(ctx: Context, householdId: string): Promise<{ items: SurveyOfHousehold[] }> {
  return inTransaction(ctx, async (db) => {
    if ((await findHouseholds(ctx, db, [householdId])).length === 0) throw surveysErrors.notFound()
    return { items: await listOfHousehold(db, ctx, householdId) }
  })
}
