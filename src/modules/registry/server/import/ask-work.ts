import { z } from 'zod'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { requestJob } from '#kernel/server/jobs/index.ts'
import type { BatchState } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { insertAct, type ActRow, type ImportAct, type ImportDeed } from './act-store.ts'
import { getBatch, updateBatch, type StoredBatch } from './batch-store.ts'

const payload = z.strictObject({ actId: z.uuid() })

/** Jobs of imports: what reads a file and what writes the register are two queues, so that reading the next file waits for nobody's screen. */
export const readWork = { name: 'registry.import-read', payload }
export const writeWork = { name: 'registry.import-write', payload }

/** The state in which a batch is while the background works on it. */
export const stateOf: Readonly<Record<ImportDeed, BatchState>> = {
  stage: 'staging',
  return: 'staging',
  compare: 'staging',
  apply: 'applying',
  undo: 'undoing',
  discard: 'discarded',
}

/**
 * Asks the background to do something with a batch, in the transaction of the caller; the batch shows at once that it is worked on. The
 * job carries the id of the act, which says the rest.
 */
export async function askWork(
  db: Db,
  ctx: Context,
  asked: { batchId: string; did: ImportDeed; reason?: string; details?: ImportAct['details']; rows?: readonly ActRow[] },
): Promise<StoredBatch> {
  const { batchId, did } = asked
  const actId = await insertAct(db, ctx, asked)
  const reads = did === 'stage' || did === 'return'
  await updateBatch(db, ctx, {
    batchId,
    patch: {
      state: stateOf[did],
      error: null,
      ...(did === 'discard' ? {} : { progress: { step: 'wait', done: 0 } as const }),
      ...(reads ? { stagedRows: null } : {}),
    },
  })
  await requestJob(db, ctx, { job: did === 'apply' || did === 'undo' ? writeWork : readWork, payload: { actId } })
  return getBatch(db, ctx, batchId)
}

/** The batch, when what is asked may be done with it now. Throws `registry.wrong-state`, `registry.fixes-waiting`. */
export async function getBatchThatCan(
  db: Db,
  ctx: Context,
  given: { batchId: string; can: keyof StoredBatch['can'] },
): Promise<StoredBatch> {
  const batch = await getBatch(db, ctx, given.batchId)
  if (batch.can[given.can]) return batch
  if (given.can === 'apply' && batch.state === 'staged' && batch.fixes.isWaiting) throw registryErrors.fixesWaiting()
  throw registryErrors.wrongState({ state: batch.state })
}
