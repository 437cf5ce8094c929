import { isNamedError } from '#kernel/pure/errors/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { destroyFile, pathOfFile } from '#kernel/server/files/index.ts'
import { isStopped } from '#kernel/server/jobs/index.ts'
import { registryErrors } from '../errors.ts'
import type { ImportAct } from './act-store.ts'
import { noteBatch, updateBatch, type StoredBatch } from './batch-store.ts'
import { noteMending, saveFixes } from './fix-store.ts'
import type { ImportDeps } from './import-files.ts'
import { findCorrected, type Corrected } from './find-corrected.ts'

const listedRows = 200

/**
 * Takes what was corrected in a file that was handed in again: the cells that differ from the first file are mended, everything else stays,
 * what was mended on the page too. Says whether there is anything to check anew; a file that is another or the same is refused and the
 * batch stays as it was. The corrected file is destroyed afterwards: the batch knows its cells.
 */
export async function takeReturned(given: {
  ctx: Context
  deps: ImportDeps
  act: ImportAct
  batch: StoredBatch
  onProgress: () => void
}): Promise<boolean> {
  const { ctx, deps, act, batch } = given
  const { batchId } = batch
  const { fileId = '', fileName = '' } = act.details
  await noteBatch(ctx, batchId, { progress: { step: 'returned', done: 0 } })
  try {
    if (batch.fileId === undefined) throw registryErrors.notFound()
    const corrected = await findCorrected({
      first: { path: pathOfFile(deps.filesDirectory, batch.fileId), name: batch.fileName },
      returned: { path: pathOfFile(deps.filesDirectory, fileId), name: fileName },
      batch,
      onProgress: given.onProgress,
    })
    if (corrected.fixes.length === 0) throw registryErrors.notCorrected()
    await keepCorrected(given, corrected)
    destroyFile(deps.filesDirectory, fileId)
    return true
  } catch (fault) {
    if (isStopped(fault) || !isNamedError(fault)) throw fault
    const isRefused = batch.differences.person === undefined && batch.differences.village === undefined
    await noteBatch(ctx, batchId, { state: isRefused ? 'refused' : 'staged', error: { code: fault.code, details: fault.details } })
    destroyFile(deps.filesDirectory, fileId)
    return false
  }
}

async function keepCorrected(given: Parameters<typeof takeReturned>[0], corrected: Corrected): Promise<void> {
  const { ctx, deps, act, batch } = given
  const { batchId } = batch
  const rows = new Set(corrected.fixes.map((fix) => `${fix.row}\0${fix.sheet}`)).size
  await inTransaction(ctx, async (db) => {
    await saveFixes(db, ctx, { ...deps, batchId, fixes: corrected.fixes, origin: 'returned' })
    await noteMending(db, ctx, batchId)
    const returned = {
      fileName: act.details.fileName ?? '',
      rows,
      cells: corrected.fixes.length,
      unknownRows: corrected.unknownRows.slice(0, listedRows),
      unknownCount: corrected.unknownRows.length,
    }
    await updateBatch(db, ctx, { batchId, patch: { returned } })
    const details = { rows, cells: returned.cells, unknown: returned.unknownCount }
    await audit(db, ctx, { did: 'registry.import-returned', objectKind: 'registry.import-batch', objectId: batchId, details })
  })
}
