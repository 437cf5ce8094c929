import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { countyPathOf } from '../../rules/case-seat.ts'
import { declarationTerms } from './declaration-terms.ts'
import { eraseIntakes } from './intake-erase-store.ts'

/**
 * Erases what is kept of people whose intake was closed without a case, as the public page promises: names, numbers, texts, so many months after
 * (policy `cases.declaration`). What became a case is kept with it. Returns how many.
 */
export async function eraseOldIntakes(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (db) => {
    const { keepMonths } = await declarationTerms({ ...ctx, db }, countyPathOf(ctx.scope.countyCode))
    const erased = await eraseIntakes(db, ctx, keepMonths)
    if (erased > 0)
      await audit(db, ctx, {
        did: 'cases.intake.erase',
        objectKind: 'cases.intake',
        objectId: ctx.scope.countyCode,
        details: { erased, keepMonths },
      })
    return erased
  })
}
