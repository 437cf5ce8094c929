import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { registerChanged } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { raiseRevision } from '../register-store.ts'
import { getBatch } from './batch-store.ts'
import { endMemberships, saveDecisions } from './missing-store.ts'

/**
 * Decides about rows that a full file does not hold: keep them, or end their membership. Before the import is applied the decision is
 * noted and carried out with it; afterwards at once. Throws `registry.wrong-state`, `registry.not-found`.
 */
export async function decideMissing(
  ctx: Context,
  batchId: string,
  input: { differenceNos: readonly number[]; decision: 'keep' | 'left' },
): Promise<{ decided: number; left: number }> {
  return inTransaction(ctx, async (db) => {
    const batch = await getBatch(db, ctx, batchId)
    if (batch.state !== 'staged' && batch.state !== 'applied') throw registryErrors.wrongState({ state: batch.state })
    const decided = await saveDecisions(db, ctx, { batchId, ...input })
    if (decided === 0) throw registryErrors.notFound()
    const isNow = batch.state === 'applied' && input.decision === 'left'
    const left = isNow ? await endMemberships(db, ctx, { batchId, on: batch.asOf }) : 0
    if (left > 0) {
      const revision = await raiseRevision(db, ctx, batchId)
      await announce(db, ctx, registerChanged, { batchId: batch.batchId, revision, did: 'applied' })
    }
    await audit(db, ctx, {
      did: 'registry.import-decide',
      objectKind: 'registry.import-batch',
      objectId: batchId,
      details: { decision: input.decision, decided, left },
    })
    return { decided, left }
  })
}
