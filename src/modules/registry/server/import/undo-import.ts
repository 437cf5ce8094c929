import { isNamedError } from '#kernel/pure/errors/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { isStopped } from '#kernel/server/jobs/index.ts'
import { registerChanged, type ImportBatch } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { noteNationalUndo } from '../national-start.ts'
import { raiseRevision } from '../register-store.ts'
import { countRegister } from '../totals-store.ts'
import { endAct, type ImportAct } from './act-store.ts'
import type { OnProgress } from './apply-import.ts'
import { getBatch, joining, noteBatch, prepareLongWork, updateBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { chooseMembers, chooseUntouched, countTouchedInPart, noteUndone } from './undo-part-store.ts'
import { countLeft, countTouchedLater, madeTables, removeMade, removeMemberships, restoreRows, type UndoScope } from './undo-store.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

export interface UndoInput {
  batchId: string
  reason: string
  /** Asked in the background: the act ends in the transaction of the undo, so that a second run finds it done. With a part: its rows. */
  act?: Pick<ImportAct, 'actId' | 'details'>
}

/**
 * Takes a batch back in one transaction, whole or in part: its rows stand as before it, revision numbers aside. Needs a system scope.
 * Throws `registry.touched-later` when a later batch, correction or anything else has changed one of them, `registry.wrong-state`,
 * `registry.nothing-to-undo`.
 */
export async function undoImport(ctx: Context, input: UndoInput, onProgress?: OnProgress): Promise<StoredBatch> {
  if (input.reason.trim() === '') throw registryErrors.reasonNeeded()
  return whileImporting(
    ctx,
    () => onProgress?.({ step: 'wait', done: 0 }),
    async () => {
      const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, input.batchId))
      if (batch.state !== 'applied' && batch.state !== 'undoing') throw registryErrors.wrongState({ state: batch.state })
      await noteBatch(ctx, input.batchId, { state: 'undoing', progress: { step: 'undo', done: 0 } })
      try {
        await inTransaction(ctx, (db) => undoInside({ ...ctx, db }, { db, ...input, batch, onProgress }))
      } catch (fault) {
        if (isStopped(fault)) throw fault // nothing was taken back; the next start goes on
        const told = isInUse(fault) ? registryErrors.touchedLater({ rows: 1 }) : fault
        const error = isNamedError(told) ? { code: told.code, details: told.details } : { code: 'registry.fault', details: {} }
        await noteBatch(ctx, input.batchId, { state: 'applied', error }) // nothing was taken back
        throw told
      }
      return inTransaction(ctx, (db) => getBatch(db, ctx, input.batchId))
    },
  )
}

/** A row of another table points to one that would go (SQLSTATE 23503): somebody has used it since. */
function isInUse(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === '23503'
}

interface Undoing extends UndoInput {
  db: Db
  batch: StoredBatch
  onProgress: OnProgress | undefined
}

async function undoInside(ctx: Context, given: Undoing): Promise<void> {
  const { db, batchId, batch } = given
  await prepareLongWork(db, ctx)
  const scope = await chooseRows(ctx, given)
  const before = await countRegister(db, ctx)
  const restored = await joining(db, 'by-hash', async () => {
    await removeMemberships(db, ctx, scope)
    return restoreRows(db, ctx, scope)
  })
  const removed = await removeAll(ctx, given, scope)
  const now = await countRegister(db, ctx)
  const isRight = now.households === before.households - (removed['household'] ?? 0) && now.memberships === now.persons
  if (!isRight) throw registryErrors.unbalanced({ entity: 'register' })
  if (scope.actId !== undefined) await noteUndone(db, ctx, { batchId, actId: scope.actId })
  const isWhole = scope.actId === undefined || (await countLeft(db, ctx, batchId)) === 0
  const undonePart = isWhole ? batch.undonePart : addUp(batch.undonePart, restored, removed)
  const revision = await raiseRevision(db, ctx, batchId)
  await noteNationalUndo(ctx, db)
  const state = isWhole ? { state: 'undone' as const, undoneAt: ctx.now } : { state: 'applied' as const, undonePart }
  const done = Object.values(restored).reduce((sum, rows) => sum + rows, 0)
  await updateBatch(db, ctx, { batchId, patch: { ...state, error: null, progress: { step: 'done', done } } })
  await audit(db, ctx, {
    did: 'registry.import-undo',
    objectKind: 'registry.import-batch',
    objectId: batchId,
    reason: given.reason,
    details: { kind: batch.kind, restored, removed, part: given.act?.details.part ?? 'whole' },
  })
  await announce(db, ctx, registerChanged, { batchId: batch.batchId, revision, did: 'undone' })
  if (given.act !== undefined) await endAct(db, ctx, given.act.actId)
}

/** Which rows are taken back; refuses when one of them was changed since. */
async function chooseRows(ctx: Context, given: Undoing): Promise<UndoScope> {
  const { db, batchId, act } = given
  const part = act?.details.part
  if (act === undefined || part === undefined) {
    const rows = await joining(db, 'by-hash', () => countTouchedLater(db, ctx, batchId))
    if (rows > 0) throw registryErrors.touchedLater({ rows })
    return { batchId, actId: undefined }
  }
  const scope = { batchId, actId: act.actId }
  if (part === 'untouched') await joining(db, 'by-hash', () => chooseUntouched(db, ctx, scope))
  const chosen = await chooseMembers(db, ctx, scope)
  if (chosen === 0) throw registryErrors.nothingToUndo()
  const rows = await countTouchedInPart(db, ctx, scope)
  if (rows > 0) throw registryErrors.touchedLater({ rows })
  return scope
}

async function removeAll(ctx: Context, given: Undoing, scope: UndoScope): Promise<Record<string, number>> {
  const removed: Record<string, number> = {}
  for (const part of madeTables) {
    let count = 0
    for (let after = nobody; ; ) {
      const step = await removeMade(given.db, ctx, { ...scope, part, after })
      if (step === undefined) break
      after = step.last
      count += step.count
      given.onProgress?.({ step: 'undo', done: count })
    }
    removed[part.table] = count
  }
  return removed
}

function addUp(
  before: ImportBatch['undonePart'],
  restored: Readonly<Record<string, number>>,
  removed: Readonly<Record<string, number>>,
): ImportBatch['undonePart'] {
  const of = (entity: string): number => (restored[entity] ?? 0) + (removed[entity] ?? 0)
  return {
    households: before.households + of('household'),
    persons: before.persons + of('person'),
    villages: before.villages + of('village'),
  }
}
