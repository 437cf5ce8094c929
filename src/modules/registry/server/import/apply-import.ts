import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { registerChanged, type ImportTotals, type Progress } from '../../contract.ts'
import { balanceTotals } from '../../rules/totals.ts'
import { registryErrors } from '../errors.ts'
import { findRevision, raiseRevision } from '../register-store.ts'
import { countRegister, countTownships } from '../totals-store.ts'
import {
  blockRows,
  changeMemberships,
  changeRows,
  findLastDifference,
  followMoves,
  insertHouseholds,
  insertPersons,
  insertVillages,
  listBlockStarts,
  moveHouseholds,
  movePersons,
  type ApplyScope,
} from './apply-store.ts'
import { getBatch, noteBatch, prepareLongWork, updateBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { buildPlaces } from './place-book.ts'
import { clearStaged, countStaged, listPlaces, savePaths } from './staging-store.ts'

export type OnProgress = (progress: Progress) => void

interface Applying {
  ctx: Context
  db: Db
  scope: ApplyScope
  batch: StoredBatch
  report: (progress: Progress) => Promise<void>
}

/**
 * Applies a staged batch in one transaction: all of it or nothing. Needs a system scope. Throws `registry.wrong-state`,
 * `registry.diff-outdated`, `registry.staging-lost`, `registry.unbalanced`, `registry.busy`; the batch is `staged` again then.
 */
export async function applyImport(ctx: Context, batchId: string, onProgress?: OnProgress): Promise<StoredBatch> {
  return whileImporting(ctx, { mayWait: false }, async () => {
    const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
    if ((batch.state !== 'staged' && batch.state !== 'applying') || batch.kind === undefined)
      throw registryErrors.wrongState({ state: batch.state })
    await noteBatch(ctx, batchId, { state: 'applying', error: null })
    const report = async (progress: Progress): Promise<void> => {
      onProgress?.(progress)
      await noteBatch(ctx, batchId, { progress })
    }
    const scope = { batchId, kind: batch.kind, on: batch.asOf }
    try {
      await inTransaction(ctx, (db) => applyInside({ ctx: { ...ctx, db }, db, scope, batch, report }))
    } catch (fault) {
      await noteBatch(ctx, batchId, { state: 'staged', progress: {} as Progress }) // nothing of it holds
      throw fault
    }
    await inTransaction(ctx, (db) => clearStaged(db, ctx, { batchId, withNotes: false }))
    return inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
  })
}

async function applyInside(given: Applying): Promise<void> {
  const { ctx, db, scope, batch, report } = given
  await prepareLongWork(db)
  if (batch.diffRevision !== (await findRevision(db, ctx.scope.countyCode))) throw registryErrors.diffOutdated()
  const staged = await countStaged(db, ctx, scope.batchId)
  const expected = [batch.differences.person, batch.differences.village].reduce(
    (sum, one) => sum + (one === undefined ? 0 : one.new + one.changed + one.conflict + one.same),
    0,
  )
  if (staged.persons + staged.villages !== expected) throw registryErrors.stagingLost()
  const before = await countRegister(db, ctx)
  await report({ step: 'areas', done: 0 })
  const places = await listPlaces(db, ctx, scope.batchId)
  const built = await buildPlaces(ctx, places)
  await savePaths(db, ctx, { batchId: scope.batchId, paths: built.paths })
  const added = { households: await addRows(given, 'household'), persons: 0, villages: await insertVillages(db, ctx, scope) }
  const changed = await changeAll(given, 'household')
  await moveHouseholds(db, ctx, scope)
  added.persons = await addRows(given, 'person')
  const changedPersons = await changeAll(given, 'person')
  await movePersons(db, ctx, scope)
  await changeAll(given, 'village')
  if (changed + changedPersons > 0) {
    await followMoves(db, ctx, scope)
    await changeMemberships(db, ctx, scope)
  }
  await report({ step: 'check', done: 0 })
  const totals = await balance(given, { before, added })
  const revision =
    added.households + added.persons + added.villages + changed + changedPersons === 0
      ? undefined
      : await raiseRevision(db, ctx, scope.batchId)
  const total = staged.persons + staged.villages
  await updateBatch(db, ctx, {
    batchId: scope.batchId,
    patch: {
      state: 'applied',
      totals,
      appliedAt: ctx.now,
      progress: { step: 'done', done: total, total },
      ...(revision === undefined ? {} : { appliedRevision: revision }),
    },
  })
  await audit(db, ctx, {
    did: 'registry.import-apply',
    objectKind: 'registry.import-batch',
    objectId: scope.batchId,
    details: { kind: scope.kind, fileHash: batch.fileHash, counts: batch.counts, added, changed, changedPersons },
  })
  // Safe: the id was made as a batch id.
  if (revision !== undefined)
    await announce(db, ctx, registerChanged, { batchId: scope.batchId as StoredBatch['batchId'], revision, did: 'applied' })
}

async function addRows(given: Applying, entity: 'household' | 'person'): Promise<number> {
  const { ctx, db, scope, batch, report } = given
  const counts = batch.differences[entity]
  if (counts === undefined || counts.new === 0) return 0
  const starts = await listBlockStarts(db, ctx, { batchId: scope.batchId, entity })
  const insert = entity === 'household' ? insertHouseholds : insertPersons
  const mayKnow = counts.changed + counts.same + counts.conflict > 0
  let added = 0
  for (const [at, from] of starts.entries()) {
    added += await insert(db, ctx, { ...scope, from, to: starts[at + 1], mayKnow })
    await report({ step: entity === 'household' ? 'households' : 'persons', done: added, total: counts.new })
  }
  if (added !== counts.new) throw registryErrors.unbalanced({ entity })
  return added
}

async function changeAll(given: Applying, entity: 'household' | 'person' | 'village'): Promise<number> {
  const { ctx, db, scope, batch, report } = given
  const counts = batch.differences[entity]
  if (counts === undefined || counts.changed + counts.conflict + counts.noted === 0) return 0
  const range = await findLastDifference(db, ctx, { batchId: scope.batchId, entity })
  if (range === undefined) return 0
  let changed = 0
  for (let from = range.first; from <= range.last; from += blockRows) {
    changed += await changeRows(db, ctx, { ...scope, entity, from, to: Math.min(from + blockRows - 1, range.last) })
    await report({ step: 'changes', done: changed, total: counts.changed + counts.conflict + counts.noted })
  }
  if (changed !== counts.changed + counts.conflict + counts.noted) throw registryErrors.unbalanced({ entity })
  return changed
}

/** Counts again what is there now: before + added must be after, persons as many as memberships. */
async function balance(
  given: Applying,
  moved: { before: { households: number; persons: number }; added: { households: number; persons: number } },
): Promise<ImportTotals> {
  const { ctx, db } = given
  const { before, added } = moved
  const now = await countRegister(db, ctx)
  const isRight = now.households === before.households + added.households && now.persons === before.persons + added.persons
  if (!isRight || now.memberships !== now.persons) throw registryErrors.unbalanced({ entity: 'register' })
  const after = balanceTotals(await countTownships(db, ctx.scope))
  return {
    before: { households: before.households, persons: before.persons },
    added: { households: added.households, persons: added.persons },
    removed: { households: 0, persons: 0 },
    after,
    balances: after.balances,
  }
}
