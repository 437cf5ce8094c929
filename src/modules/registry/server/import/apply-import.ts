import { isNamedError } from '#kernel/pure/errors/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { registerChanged, type ImportTotals, type Progress } from '../../contract.ts'
import { balanceTotals } from '../../rules/totals.ts'
import { registryErrors } from '../errors.ts'
import { noteNationalImport } from '../national-start.ts'
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
import { clearBadRows } from './bad-row-store.ts'
import { getBatch, joining, noteBatch, prepareLongWork, updateBatch, whileImporting, type StoredBatch } from './batch-store.ts'
import { clearMending } from './fix-store.ts'
import { loadingFirst } from './first-load-store.ts'
import { endMemberships } from './missing-store.ts'
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
 * `registry.diff-outdated`, `registry.staging-lost`, `registry.unbalanced`; the batch is `staged` again then and says why.
 */
export async function applyImport(ctx: Context, batchId: string, onProgress?: OnProgress): Promise<StoredBatch> {
  try {
    return await applyWaiting(ctx, batchId, onProgress)
  } catch (fault) {
    if (!isWrongState(fault)) await noteRefusal(ctx, batchId, fault)
    throw fault
  }
}

/** Puts a batch whose apply came to nothing where a person can act on it. */
export async function noteRefusal(ctx: Context, batchId: string, fault: unknown): Promise<void> {
  const error = isNamedError(fault) ? { code: fault.code, details: fault.details } : { code: 'registry.fault', details: {} }
  await noteBatch(ctx, batchId, { state: 'staged', error }) // nothing of it holds
}

function isWrongState(fault: unknown): boolean {
  return isNamedError(fault) && fault.code === 'registry.wrong-state'
}

/** As `applyImport`, for a caller who knows what to do about a refusal: the batch stays `applying` until that is done. */
export async function applyWaiting(ctx: Context, batchId: string, onProgress?: OnProgress): Promise<StoredBatch> {
  return whileImporting(
    ctx,
    () => onProgress?.({ step: 'wait', done: 0 }),
    async () => {
      const batch = await inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
      if ((batch.state !== 'staged' && batch.state !== 'applying') || batch.kind === undefined)
        throw registryErrors.wrongState({ state: batch.state })
      await noteBatch(ctx, batchId, { state: 'applying', error: null })
      const report = async (progress: Progress): Promise<void> => {
        onProgress?.(progress)
        await noteBatch(ctx, batchId, { progress })
      }
      const scope = { batchId, kind: batch.kind, on: batch.asOf }
      await inTransaction(ctx, (db) => applyInside({ ctx: { ...ctx, db }, db, scope, batch, report }))
      await inTransaction(ctx, (db) => destroyWaiting(db, ctx, batchId))
      return inTransaction(ctx, (db) => getBatch(db, ctx, batchId))
    },
  )
}

/** Destroys what only waited: waiting rows, rows with problems, what was mended. What was wrong with which cell stays listed. */
export async function destroyWaiting(db: Db, ctx: Context, batchId: string): Promise<void> {
  await clearStaged(db, ctx, { batchId, withNotes: false })
  await clearBadRows(db, ctx, batchId)
  await clearMending(db, ctx, batchId)
}

interface Written {
  added: { households: number; persons: number; villages: number }
  changed: { households: number; persons: number; villages: number }
  left: number
}

async function applyInside(given: Applying): Promise<void> {
  const { ctx, db, scope, batch, report } = given
  await prepareLongWork(db, ctx)
  if (batch.diffRevision !== (await findRevision(db, ctx.scope.countyCode))) throw registryErrors.diffOutdated()
  await refuseLostRows(given)
  const before = await countRegister(db, ctx)
  await report({ step: 'areas', done: 0 })
  const places = await listPlaces(db, ctx, scope.batchId)
  const built = await buildPlaces(ctx, places)
  await savePaths(db, ctx, { batchId: scope.batchId, paths: built.paths })
  const newPersons = before.persons === 0 ? (batch.differences.person?.new ?? 0) : 0
  const written = await loadingFirst(db, newPersons, () => writeRows(given))
  await report({ step: 'check', done: 0 })
  const totals = await balance(given, before, written)
  await finish(given, written, totals)
}

/** The waiting tables are unlogged: after a crash of the server their rows are gone. */
async function refuseLostRows({ ctx, db, scope, batch }: Applying): Promise<void> {
  const staged = await countStaged(db, ctx, scope.batchId)
  const { person, village } = batch.differences
  const expected = [person, village].reduce(
    (sum, one) => (one === undefined ? sum : sum + one.new + one.changed + one.conflict + one.same),
    0,
  )
  if (staged.persons + staged.villages !== expected) throw registryErrors.stagingLost()
}

async function writeRows(given: Applying): Promise<Written> {
  const { ctx, db, scope } = given
  const added = { households: await addRows(given, 'household'), persons: 0, villages: await insertVillages(db, ctx, scope) }
  const changed = { households: await changeAll(given, 'household'), persons: 0, villages: await changeAll(given, 'village') }
  if (changed.households > 0) await joining(db, 'by-hash', () => moveHouseholds(db, ctx, scope))
  added.persons = await addRows(given, 'person')
  changed.persons = await changeAll(given, 'person')
  if (changed.persons > 0) await joining(db, 'by-hash', () => movePersons(db, ctx, scope))
  if (changed.households + changed.persons > 0) {
    await joining(db, 'by-hash', async () => {
      await followMoves(db, ctx, scope)
      await changeMemberships(db, ctx, scope)
    })
  }
  return { added, changed, left: await endMemberships(db, ctx, scope) }
}

async function finish({ ctx, db, scope, batch }: Applying, written: Written, totals: ImportTotals): Promise<void> {
  const { added, changed, left } = written
  const rows = [added, changed].reduce((sum, one) => sum + one.households + one.persons + one.villages, left)
  const revision = rows === 0 ? undefined : await raiseRevision(db, ctx, scope.batchId)
  await updateBatch(db, ctx, {
    batchId: scope.batchId,
    patch: {
      state: 'applied',
      totals,
      appliedAt: ctx.now,
      progress: { step: 'done', done: rows, total: rows },
      ...(revision === undefined ? {} : { appliedRevision: revision }),
    },
  })
  await audit(db, ctx, {
    did: 'registry.import-apply',
    objectKind: 'registry.import-batch',
    objectId: scope.batchId,
    details: { kind: scope.kind, fileHash: batch.fileHash, counts: batch.counts, added, changed, left },
  })
  await noteNationalImport(ctx, db, scope)
  if (revision !== undefined) await announce(db, ctx, registerChanged, { batchId: batch.batchId, revision, did: 'applied' })
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
    added += await joining(db, 'by-key', () => insert(db, ctx, { ...scope, from, to: starts[at + 1], mayKnow }))
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
    const block = { ...scope, entity, from, to: Math.min(from + blockRows - 1, range.last) }
    changed += await joining(db, 'by-hash', () => changeRows(db, ctx, block))
    await report({ step: 'changes', done: changed, total: counts.changed + counts.conflict + counts.noted })
  }
  if (changed !== counts.changed + counts.conflict + counts.noted) throw registryErrors.unbalanced({ entity })
  return changed
}

/** Counts again what is there now: before + added - left must be after, persons as many as memberships. */
async function balance(
  { ctx, db }: Applying,
  before: { households: number; persons: number },
  { added, left }: Written,
): Promise<ImportTotals> {
  const now = await countRegister(db, ctx)
  const isRight = now.households === before.households + added.households && now.persons === before.persons + added.persons - left
  if (!isRight || now.memberships !== now.persons) throw registryErrors.unbalanced({ entity: 'register' })
  const after = balanceTotals(await countTownships(db, ctx.scope))
  return {
    before: { households: before.households, persons: before.persons },
    added: { households: added.households, persons: added.persons },
    removed: { households: 0, persons: left },
    after,
    balances: after.balances,
  }
}
