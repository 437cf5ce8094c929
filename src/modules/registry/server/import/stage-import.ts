import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { isStopped } from '#kernel/server/jobs/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { ImportKind, Progress } from '../../contract.ts'
import { getBatch, insertBatch, noteBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { compareImport } from './compare-import.ts'
import { readMending } from './fix-store.ts'
import { keepLostRows } from './keep-lost-rows.ts'
import { readMemories } from './memory-store.ts'
import { noteUnopened } from './note-unopened.ts'
import type { OpenInput } from './open-import.ts'
import { stageFile } from './stage-file.ts'
import { clearStaged, countStaged } from './staging-store.ts'

/** A file that lies in quarantine, and what its sender said of it. */
export interface StageInput {
  /** Given when a file is staged again; else a batch is made. */
  batchId?: string
  path: string
  fileId?: string
  fileName: string
  fileHash: string
  fileBytes: number
  /** What the sender says it is; refused when the columns say otherwise. */
  kind?: ImportKind
  sender?: string
  /** The day of which the file speaks, when it does not say so itself. */
  asOf?: string
  onProgress?: (progress: Progress) => void
  /** A fault that is no refusal is noted by the caller, who tries again. */
  isTriedAgain?: boolean
}

/**
 * Reads a file into waiting rows and computes what it would change; nothing of the register is touched. Needs a system scope. Rows that
 * an earlier attempt had read to the end are not read again. A file that cannot be read ends in state `refused` with the reason, which is
 * thrown too (`sheets.*`, `registry.*`).
 */
export async function stageImport(ctx: Context, deps: { vault: Vault }, input: StageInput): Promise<StoredBatch> {
  const batchId = input.batchId ?? makeId()
  if (input.batchId === undefined)
    await inTransaction(ctx, (db) => insertBatch(db, ctx, { ...input, batchId, asOf: input.asOf ?? ctx.today }))
  return whileImporting(
    ctx,
    () => input.onProgress?.({ step: 'wait', done: 0 }),
    async () => {
      try {
        const open = await readIn(ctx, deps, { ...input, batchId })
        input.onProgress?.({ step: 'compare', done: 0 })
        await compareImport(ctx, { ...deps, onProgress: input.onProgress }, batchId)
        await keepLostRows(ctx, deps, { batchId, path: input.path, open })
        return await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
      } catch (fault) {
        await noteFault(ctx, { batchId, fault, isTriedAgain: input.isTriedAgain === true })
        throw fault
      }
    },
  )
}

async function readIn(ctx: Context, deps: { vault: Vault }, input: StageInput & { batchId: string }): Promise<OpenInput> {
  const { batchId, path } = input
  const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
  const memories = await inTransaction(ctx, (db) => readMemories(db, ctx, batch.sender))
  const open: OpenInput = {
    kind: input.kind ?? batch.kind,
    fileName: batch.fileName,
    mapping: batch.mapping,
    memoryOf: (kind) => memories.get(kind),
  }
  if (await isReadAlready(ctx, batch)) return open
  await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: true }))
  await noteBatch(ctx, batchId, { state: 'staging', error: null, stagedRows: null, progress: { step: 'read', done: 0 } })
  const mending = await inTransaction(ctx, (db) => readMending(db, ctx, { ...deps, batchId }))
  try {
    await stageFile(ctx, { ...deps, batch, path, open, mending, asOf: input.asOf, onProgress: input.onProgress })
  } catch (fault) {
    if (isNamedError(fault) && isAboutColumns.has(fault.code)) await noteUnopened(ctx, { batch, path, open })
    throw fault
  }
  return open
}

/** Refusals after which a person may map the columns. */
const isAboutColumns = new Set(['registry.unknown-kind', 'registry.other-kind', 'sheets.missing-columns', 'sheets.no-header'])

/** Whether the file was read to its end with everything that was mended, and the rows still wait: the tables are unlogged. */
async function isReadAlready(ctx: Context, batch: StoredBatch): Promise<boolean> {
  const { stagedRows, batchId } = batch
  if (stagedRows === undefined || batch.fixes.isWaiting) return false
  const staged = await inTransaction(ctx, (db) => countStaged(db, ctx, batchId))
  return (
    staged.persons + staged.villages > 0 &&
    staged.households === stagedRows.households &&
    staged.persons === stagedRows.persons &&
    staged.villages === stagedRows.villages
  )
}

async function noteFault(ctx: Context, given: { batchId: string; fault: unknown; isTriedAgain: boolean }): Promise<void> {
  const { batchId, fault } = given
  if (isStopped(fault) || (given.isTriedAgain && !isNamedError(fault))) return
  const error = isNamedError(fault) ? { code: fault.code, details: fault.details } : { code: 'registry.fault', details: {} }
  await noteBatch(ctx, batchId, { state: isNamedError(fault) ? 'refused' : 'interrupted', error, stagedRows: null })
  await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: false }))
}
