import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { findCounty } from '../../../identity/server/index.ts'
import { listWorkedOn } from '../import/act-store.ts'
import { findBatchesIn, noteBatch, waitForLongWork, whileImporting } from '../import/batch-store.ts'
import { clearStaged, countStaged } from '../import/staging-store.ts'

/**
 * After a start: imports of the command line that a kill cut short; those that somebody asked the background for are gone on with by
 * their jobs. Nothing of them was applied; those whose rows still wait may be applied again, the others are marked interrupted. Waits for
 * a database that still takes the old one back.
 */
export async function recoverImports(database: Database): Promise<number> {
  const county = await findCounty(database)
  if (county === undefined) return 0
  const now = Date.now()
  const ctx: Context = {
    caller: { id: 'system:start', name: 'start', roles: ['system'] },
    scope: grantSystem(county.code, 'registry.import.recover'),
    now: instantOf(now),
    today: dayOf(now),
    database,
    deadline: 'job',
  }
  return whileImporting(ctx, undefined, async () => {
    const open = await inTransaction(ctx, async (db) => {
      await waitForLongWork(db, ctx)
      const worked = await listWorkedOn(db, ctx)
      return (await findBatchesIn(db, ctx, ['staging', 'applying', 'undoing'])).filter(({ batchId }) => !worked.has(batchId))
    })
    for (const { batchId, state } of open) {
      if (state === 'undoing') {
        await noteBatch(ctx, batchId, { state: 'applied' })
        continue
      }
      const staged = await inTransaction(ctx, (db) => countStaged(db, ctx, batchId))
      const isWhole = state === 'applying' && staged.persons + staged.villages > 0
      await noteBatch(ctx, batchId, { state: isWhole ? 'staged' : 'interrupted' })
      if (!isWhole) await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: false }))
    }
    return open.length
  })
}
