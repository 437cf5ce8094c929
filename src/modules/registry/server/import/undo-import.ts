import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { registerChanged } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { raiseRevision } from '../register-store.ts'
import { countRegister } from '../totals-store.ts'
import type { OnProgress } from './apply-import.ts'
import { getBatch, joining, noteBatch, prepareLongWork, updateBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { countTouchedLater, madeTables, removeMade, removeMemberships, restoreRows } from './undo-store.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Takes a whole batch back in one transaction: the register stands as before it, revision numbers aside. Needs a system scope.
 * Throws `registry.touched-later` when a later batch or correction wrote one of its rows, `registry.wrong-state`, `registry.busy`.
 */
export async function undoImport(ctx: Context, input: { batchId: string; reason: string }, onProgress?: OnProgress): Promise<StoredBatch> {
  if (input.reason.trim() === '') throw registryErrors.reasonNeeded()
  return whileImporting(ctx, { mayWait: true }, async () => {
    const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, input.batchId))
    if (batch.state !== 'applied' && batch.state !== 'undoing') throw registryErrors.wrongState({ state: batch.state })
    await noteBatch(ctx, input.batchId, { state: 'undoing', progress: { step: 'undo', done: 0 } })
    try {
      await inTransaction(ctx, (db) => undoInside({ ...ctx, db }, { db, ...input, batch, onProgress }))
    } catch (fault) {
      await noteBatch(ctx, input.batchId, { state: 'applied' }) // nothing was taken back
      throw fault
    }
    return inTransaction(ctx, (db) => getBatch(db, ctx, input.batchId))
  })
}

interface Undoing {
  db: Db
  batchId: string
  reason: string
  batch: StoredBatch
  onProgress: OnProgress | undefined
}

async function undoInside(ctx: Context, given: Undoing): Promise<void> {
  const { db, batchId } = given
  await prepareLongWork(db, ctx)
  const rows = await joining(db, 'by-hash', () => countTouchedLater(db, ctx, batchId))
  if (rows > 0) throw registryErrors.touchedLater({ rows })
  const before = await countRegister(db, ctx)
  const restored = await joining(db, 'by-hash', async () => {
    await removeMemberships(db, ctx, batchId)
    return restoreRows(db, ctx, batchId)
  })
  const removed = await removeAll(ctx, given)
  const now = await countRegister(db, ctx)
  const isRight = now.households === before.households - (removed['household'] ?? 0) && now.memberships === now.persons
  if (!isRight) throw registryErrors.unbalanced({ entity: 'register' })
  const revision = await raiseRevision(db, ctx, batchId)
  await updateBatch(db, ctx, { batchId, patch: { state: 'undone', undoneAt: ctx.now, progress: { step: 'done', done: restored } } })
  await audit(db, ctx, {
    did: 'registry.import-undo',
    objectKind: 'registry.import-batch',
    objectId: batchId,
    reason: given.reason,
    details: { kind: given.batch.kind, restored, removed },
  })
  await announce(db, ctx, registerChanged, { batchId: given.batch.batchId, revision, did: 'undone' })
}

async function removeAll(ctx: Context, given: Undoing): Promise<Record<string, number>> {
  const removed: Record<string, number> = {}
  for (const part of madeTables) {
    let count = 0
    for (let after = nobody; ; ) {
      const step = await removeMade(given.db, ctx, { batchId: given.batchId, part, after })
      if (step === undefined) break
      after = step.last
      count += step.count
      given.onProgress?.({ step: 'undo', done: count })
    }
    removed[part.table] = count
  }
  return removed
}
