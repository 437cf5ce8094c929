import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { askRevealBudget, countAllReveals, type CountsReveals } from '#modules/registry/server/index.ts'
import type { OfRecord, RevealValue } from '../contract.ts'
import { openLedger } from './open-ledger.ts'
import { findRecord } from './record-store.ts'
import { countShown, insertReveal } from './reveal-store.ts'
import { isSealed, unsealValue } from './seal-values.ts'
import type { LedgerDeps } from './work-out.ts'

/** What ledgers have shown a caller in full, for the budget that counts whole numbers of all modules. */
export const countValuesShown: CountsReveals = async (ctx) => {
  const { hour, day } = await countShown(ctx.db, ctx)
  return { hour, day }
}

/**
 * One sensitive value in full, with a reason that the audit keeps; each record counts as one in the budget of whole numbers.
 * Throws `http.not-found` where there is none, `registry.reveal-budget`.
 */
export async function revealValue(ctx: Context, deps: LedgerDeps, given: OfRecord & RevealValue): Promise<{ value: string }> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const ledger = await openLedger(within, given.templateKey)
    const row = await findRecord(db, ctx, given)
    const value = row?.body[given.field]
    if (row === undefined || !isSealed(value) || !ledger.maySee(given.field)) throw httpErrors.notFound()
    const { recordId, field, reason } = given
    await askRevealBudget(within, async () => {
      const { knowsPerson } = await countShown(db, ctx, recordId)
      return { ...(await countAllReveals(within)), knowsPerson }
    })
    await insertReveal(db, ctx, { row, field, reason })
    await audit(db, ctx, {
      did: 'ledgers.reveal',
      objectKind: 'ledgers.record',
      objectId: recordId,
      reason,
      details: { field, template: given.templateKey },
    })
    return { value: unsealValue(deps.vault, { recordId, fieldKey: field, value }) }
  })
}
