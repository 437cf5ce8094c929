import { pathOfFile } from '#kernel/server/files/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { findCounty } from '../../../identity/server/index.ts'
import { applyImport } from '../import/apply-import.ts'
import { findBatchesIn, getBatch, noteBatch, waitForLongWork, whileImporting, type StoredBatch } from '../import/batch-store.ts'
import type { ImportDeps } from '../import/import-files.ts'
import { stageImport } from '../import/stage-import.ts'
import { clearStaged, countStaged } from '../import/staging-store.ts'
import { undoImport } from '../import/undo-import.ts'

/** The same caller as a job of the system: COPY needs a role that no request has. The reason stands in the audit. */
export function asImportJob(ctx: Context, reason: string): Context {
  const { db: _request, ...outside } = ctx
  return { ...outside, scope: grantSystem(ctx.scope.countyCode, reason), deadline: 'job' }
}

/** Reads a batch's file into waiting rows, in the background; what goes wrong stands in the batch. */
export async function runStaging(ctx: Context, deps: ImportDeps, batchId: string): Promise<void> {
  const job = asImportJob(ctx, 'registry.import.stage')
  await quietly(async () => {
    const batch = await inTransaction(job, (db) => getBatch(db, job, batchId))
    if (batch.fileId === undefined) return
    const { fileId, fileName, fileHash, fileBytes, sender } = batch
    const path = pathOfFile(deps.filesDirectory, fileId)
    await stageImport(job, deps, { batchId, path, fileId, fileName, fileHash, fileBytes, ...(sender === undefined ? {} : { sender }) })
  })
}

/** Applies a batch in the background; what goes wrong stands in the batch. */
export async function runApplying(ctx: Context, batchId: string): Promise<void> {
  const job = asImportJob(ctx, 'registry.import.apply')
  await quietly(
    () => applyImport(job, batchId),
    async (fault) => {
      if (isBusy(fault)) await noteBatch(job, batchId, { state: 'staged', error: errorOf(fault) })
    },
  )
}

/** Takes a batch back in the background. */
export async function runUndoing(ctx: Context, batchId: string, reason: string): Promise<void> {
  const job = asImportJob(ctx, 'registry.import.undo')
  await quietly(
    () => undoImport(job, { batchId, reason }),
    (fault) => noteBatch(job, batchId, { ...(isBusy(fault) ? { state: 'applied' } : {}), error: errorOf(fault) }),
  )
}

/** Takes the waiting rows of a batch away. */
export async function discardBatch(ctx: Context, batch: StoredBatch): Promise<void> {
  const job = asImportJob(ctx, 'registry.import.discard')
  await inTransaction(job, (db) => clearStaged(db, job, { batchId: batch.batchId, withNotes: false }))
}

async function quietly(work: () => Promise<unknown>, note?: (fault: unknown) => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (fault) {
    // The use cases write their refusal to the batch, where the screen shows it; nobody waits for this promise.
    await note?.(fault)
  }
}

function isBusy(fault: unknown): boolean {
  return isNamedError(fault) && fault.code === 'registry.busy'
}

function errorOf(fault: unknown): { code: string; details: unknown } {
  return isNamedError(fault) ? { code: fault.code, details: fault.details } : { code: 'registry.fault', details: {} }
}

/**
 * After a start: imports that a kill cut short. Nothing of them was applied; those whose rows still wait may be applied again, the others
 * are marked interrupted. Waits for a database that still takes the old one back.
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
  return whileImporting(ctx, { mayWait: true }, async () => {
    const open = await inTransaction(ctx, async (db) => {
      await waitForLongWork(db, ctx)
      return findBatchesIn(db, ctx, ['staging', 'applying', 'undoing'])
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
