import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { askRevealBudget, countAllReveals, type CountsReveals } from '#modules/registry/server/index.ts'
import { countShown, findIntake, insertIntakeEvent, placeOfIntake } from './intake-store.ts'

/** What the callers have seen of intakes in full, for the budget that counts whole numbers of all modules. */
export const countIntakesShown: CountsReveals = async (ctx) => {
  const { hour, day } = await countShown(ctx.db, ctx, undefined)
  return { hour, day }
}

/** The whole telephone and ID number, to call the person back; who saw it and why is kept. */
export async function showIntake(
  ctx: Context,
  deps: { vault: Vault },
  given: { intakeId: string; reason: string },
): Promise<{ phone: string | null; idNumber: string | null }> {
  const { intakeId, reason } = given
  return inTransaction(ctx, async (db) => {
    const row = await findIntake(db, ctx.scope, intakeId)
    if (row === undefined) throw httpErrors.notFound()
    const within = { ...ctx, db }
    await askRevealBudget(within, async () => {
      const { knowsPerson } = await countShown(db, ctx, intakeId)
      return { ...(await countAllReveals(within)), knowsPerson }
    })
    await insertIntakeEvent(db, ctx, { row, action: 'show', reason })
    await audit(db, ctx, { did: 'cases.intake.show', objectKind: 'cases.intake', objectId: intakeId, reason })
    const open = (column: 'phone' | 'id', cell: Buffer | null) =>
      cell === null ? null : deps.vault.decrypt(cell, placeOfIntake(column, intakeId))
    return { phone: open('phone', row.phoneCell), idNumber: open('id', row.idCell) }
  })
}
