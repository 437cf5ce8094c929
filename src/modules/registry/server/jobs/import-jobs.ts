import { isNamedError } from '#kernel/pure/errors/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { destroyFile, pathOfFile } from '#kernel/server/files/index.ts'
import { defineJob, isStopped, type AnyJob, type JobRun } from '#kernel/server/jobs/index.ts'
import { registryErrors } from '../errors.ts'
import { endAct, getAct, type ImportAct } from '../import/act-store.ts'
import { applyImport, applyWaiting, destroyWaiting, noteRefusal } from '../import/apply-import.ts'
import { readWork, stateOf, writeWork } from '../import/ask-work.ts'
import { getBatch, noteBatch, whileImporting, type StoredBatch } from '../import/batch-store.ts'
import { compareImport } from '../import/compare-import.ts'
import type { ImportDeps } from '../import/import-files.ts'
import { takeReturned } from '../import/take-returned.ts'
import { stageImport } from '../import/stage-import.ts'
import { undoImport } from '../import/undo-import.ts'

type Run = JobRun<{ actId: string }>

interface Work {
  ctx: Context
  deps: ImportDeps
  act: ImportAct
  batch: StoredBatch
  onProgress: () => void
}

/** A machine that is switched off four times during one import is none of its faults. */
const attempts = 5

/** The work of imports in the background; each act is done once, however often its job is run. */
export function makeImportJobs(deps: ImportDeps & { clock?: () => number }): AnyJob[] {
  const handle = (run: Run) => workOn(run, deps)
  const giveUp = (run: Run, code: string) => giveUpOn(run, deps, code)
  return [defineJob({ ...readWork, attempts, handle, giveUp }), defineJob({ ...writeWork, attempts, handle, giveUp })]
}

/** The one who asked, as a job of the system: COPY needs a role that no request has. The reason stands in the audit. */
function contextOf(run: Run, deps: { clock?: () => number }, act?: ImportAct): Context {
  const now = (deps.clock ?? Date.now)()
  return {
    caller: { id: act?.askedBy ?? 'system:jobs', name: act?.askedName ?? 'jobs', roles: [] },
    scope: grantSystem(run.countyCode, `registry.import.${act?.did ?? 'look'}`),
    now: instantOf(now),
    today: dayOf(now),
    database: run.database,
    deadline: 'job',
  }
}

async function workOn(run: Run, deps: ImportDeps & { clock?: () => number }): Promise<void> {
  const look = contextOf(run, deps)
  const act = await inTransaction(look, (db) => getAct(db, look, run.payload.actId))
  if (act.isEnded) return
  const ctx = contextOf(run, deps, act)
  const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, act.batchId))
  const state = stateOf[act.did]
  try {
    // In another state the act was done before a crash kept it from being ended, and somebody has asked for more since.
    if (batch.state === state) await deedOf[act.did]({ ctx, deps, act, batch, onProgress: () => run.check() })
  } catch (fault) {
    if (isStopped(fault)) throw fault
    if (!isNamedError(fault)) {
      await noteBatch(ctx, batch.batchId, { state }) // it is tried again
      throw fault
    }
    // A refusal stands in the batch, where the screen shows it; trying again would come to the same.
  }
  await inTransaction(ctx, (db) => endAct(db, ctx, act.actId))
}

const deedOf: Readonly<Record<ImportAct['did'], (work: Work) => Promise<unknown>>> = {
  stage,
  return: async (work) => {
    if (await takeReturned(work)) await stage(work)
  },
  compare: ({ ctx, deps, batch, onProgress }) =>
    whileImporting(ctx, onProgress, () => compareImport(ctx, { ...deps, onProgress }, batch.batchId)).catch(async (fault: unknown) => {
      if (!isNamedError(fault) || isStopped(fault)) throw fault
      await stage({ ctx, deps, batch, onProgress }) // the waiting rows are gone with a crash of the server
    }),
  apply,
  discard: ({ ctx, deps, batch }) => discardFile(ctx, deps, batch),
  undo: ({ ctx, act, batch, onProgress }) => undoImport(ctx, { batchId: batch.batchId, reason: act.reason, act }, onProgress),
}

/** Reads the batch's file into waiting rows; what goes wrong stands in the batch. */
function stage({ ctx, deps, batch, onProgress }: Omit<Work, 'act'>): Promise<StoredBatch> {
  const { batchId, fileId, fileName, fileHash, fileBytes } = batch
  if (fileId === undefined) throw registryErrors.notFound()
  const path = pathOfFile(deps.filesDirectory, fileId)
  return stageImport(ctx, deps, { batchId, path, fileId, fileName, fileHash, fileBytes, isTriedAgain: true, onProgress })
}

/** Destroys the file of a batch that was discarded, and everything that waited. */
async function discardFile(ctx: Context, deps: ImportDeps, batch: StoredBatch): Promise<void> {
  await inTransaction(ctx, (db) => destroyWaiting(db, ctx, batch.batchId))
  if (batch.fileId === undefined) return
  destroyFile(deps.filesDirectory, batch.fileId)
  await noteBatch(ctx, batch.batchId, { fileId: null })
}

/**
 * Applies a batch. Waiting rows that a crash of the server took are read again: the same file, mending and register give the same
 * differences as were confirmed. A register that changed since is compared again, and the new differences wait for a person.
 */
async function apply(work: Work): Promise<void> {
  const { ctx, batch, onProgress } = work
  try {
    await applyWaiting(ctx, batch.batchId, onProgress)
  } catch (fault) {
    if (!isNamedError(fault) || isStopped(fault)) throw fault
    if (fault.code === 'registry.diff-outdated') await compareAnew(work)
    else if (fault.code === 'registry.staging-lost') await applyAnew(work)
    else await noteRefusal(ctx, batch.batchId, fault)
  }
}

async function compareAnew({ ctx, deps, batch, onProgress }: Work): Promise<void> {
  const { code, details } = registryErrors.diffOutdated()
  await noteBatch(ctx, batch.batchId, { error: { code, details } })
  await whileImporting(ctx, onProgress, () => compareImport(ctx, { ...deps, onProgress }, batch.batchId))
}

async function applyAnew(work: Work): Promise<void> {
  const { ctx, batch, onProgress } = work
  await noteBatch(ctx, batch.batchId, { stagedRows: null })
  const staged = await stage(work)
  if (staged.diffRevision === batch.diffRevision && JSON.stringify(staged.differences) === JSON.stringify(batch.differences))
    await applyImport(ctx, batch.batchId, onProgress)
  else await noteBatch(ctx, batch.batchId, { error: { code: 'registry.diff-outdated', details: {} } })
}

/** After the last attempt: the batch is again where a person can do something with it, and says that the program failed. */
async function giveUpOn(run: Run, deps: ImportDeps & { clock?: () => number }, code: string): Promise<void> {
  const look = contextOf(run, deps)
  const act = await inTransaction(look, (db) => getAct(db, look, run.payload.actId))
  if (act.isEnded) return
  const ctx = contextOf(run, deps, act)
  const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, act.batchId))
  const state = {
    stage: 'interrupted',
    return: 'interrupted',
    compare: 'interrupted',
    apply: 'staged',
    undo: 'applied',
    discard: 'discarded',
  } as const
  if (batch.state === stateOf[act.did])
    await noteBatch(ctx, act.batchId, { state: state[act.did], error: { code: 'registry.fault', details: { code } } })
  await inTransaction(ctx, (db) => endAct(db, ctx, act.actId))
}
