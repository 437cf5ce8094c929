import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Totals } from '../contract.ts'
import { balanceTotals } from '../rules/totals.ts'
import { countTownships } from './totals-store.ts'

/** Households and persons by township within the scope: registered = exited + not exited must hold in each (M-004). */
export async function getTotals(ctx: Context): Promise<Totals> {
  return inTransaction(ctx, async (db) => balanceTotals(await countTownships(db, ctx.scope)))
}
