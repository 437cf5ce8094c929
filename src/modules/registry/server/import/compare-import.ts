import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { DifferenceCounts, ImportBatch, Progress } from '../../contract.ts'
import { findField, kinds } from '../../policy/policy.ts'
import { registryErrors } from '../errors.ts'
import { findRevision } from '../register-store.ts'
import { getBatch, joining, noteBatch, prepareLongWork, updateBatch, type StoredBatch } from './batch-store.ts'
import {
  countPairs,
  insertDifferences,
  insertMissing,
  listHouseholdPairs,
  listPersonPairs,
  listVillagePairs,
  type CompareScope,
  type NotedDifference,
  type Pair,
} from './difference-store.ts'
import { buildPlaces, findPlaces, type FoundPlaces, type ListedPlace } from './place-book.ts'
import { restoreDecisions } from './missing-store.ts'
import { planRow, type PlanInput } from './plan-row.ts'
import type { MergedEntity } from './row-values.ts'
import {
  clearDifferences,
  countStaged,
  dropRowsOfPlaces,
  findNumberPrefixes,
  insertProblems,
  listPlaces,
  listUsedPlaces,
  savePaths,
} from './staging-store.ts'

const pairsAtATime = 5_000
const listedAreas = 200

interface Comparison {
  ctx: Context
  db: Db
  vault: Vault
  batch: StoredBatch
  scope: CompareScope
  differenceNo: number
  onProgress: ((progress: Progress) => void) | undefined
}

/**
 * Computes what a staged batch would change against the register of this moment and puts it in state `staged`.
 * Throws `registry.staging-lost`, `registry.other-county`, `registry.nothing-to-import`.
 */
export async function compareImport(
  ctx: Context,
  deps: { vault: Vault; onProgress?: ((progress: Progress) => void) | undefined },
  batchId: string,
): Promise<void> {
  await inTransaction(ctx, async (db) => {
    await prepareLongWork(db, ctx)
    const batch = await getBatch(db, ctx, batchId)
    if (batch.kind === undefined) throw registryErrors.wrongState({ state: batch.state })
    const staged = await countStaged(db, ctx, batchId)
    if (staged.persons + staged.villages === 0) throw registryErrors.stagingLost()
    await refuseOtherNumbers(db, ctx, batch)
    await clearDifferences(db, ctx, batchId)
    const isChosen = batch.choices.all !== undefined || Object.keys(batch.choices.fields).length > 0
    const scope = { batchId, kind: batch.kind, on: batch.asOf, isChosen }
    const comparison: Comparison = {
      ctx: { ...ctx, db },
      db,
      vault: deps.vault,
      batch,
      scope,
      differenceNo: 1,
      onProgress: deps.onProgress,
    }
    const places = await settlePlaces(comparison)
    const differences: ImportBatch['differences'] = {
      newAreas: places.newAreas.slice(0, listedAreas),
      newAreaCount: places.newAreas.length,
    }
    const entities = kinds.find((one) => one.kind === scope.kind)?.entities ?? []
    for (const entity of entities)
      differences[entity] = entity === 'village' ? await compareVillages(comparison) : await comparePages(comparison, entity)
    await restoreDecisions(db, ctx, batchId)
    await updateBatch(db, ctx, {
      batchId,
      patch: {
        state: 'staged',
        counts: comparison.batch.counts,
        differences,
        diffRevision: await findRevision(db, ctx.scope.countyCode),
        stagedAt: ctx.now,
        progress: { step: 'done', done: staged.persons + staged.villages },
      },
    })
  })
}

/** Household numbers begin with the code of the county: a file whose numbers all begin otherwise is another county's. */
async function refuseOtherNumbers(db: Db, ctx: Context, batch: StoredBatch): Promise<void> {
  const { file, register } = await findNumberPrefixes(db, ctx, batch.batchId)
  if (file === undefined || register === undefined || file === register) return
  throw registryErrors.otherCounty({ expected: register, found: file, rows: batch.counts.staged ?? 0 })
}

class TriedOut extends Error {}

/** Finds the places, tries out (and takes back) making the missing ones, and refuses rows whose place can be neither found nor made. */
async function settlePlaces(comparison: Comparison): Promise<FoundPlaces> {
  const { ctx, db, scope } = comparison
  const places = await listPlaces(db, ctx, scope.batchId)
  const found = await findPlaces(ctx, places)
  await savePaths(db, ctx, { batchId: scope.batchId, paths: found.paths })
  if (found.paths.every((path) => path !== undefined)) return found
  let built: FoundPlaces | undefined
  await inTransaction(ctx, async (inner) => {
    built = await buildPlaces({ ...ctx, db: inner }, places)
    throw new TriedOut()
  }).catch((fault: unknown) => {
    if (!(fault instanceof TriedOut)) throw fault
  })
  const unplaced = places.filter((place) => built?.paths[place.areaNo] === undefined)
  const areaNos = unplaced.map((place) => place.areaNo)
  const used = unplaced.length === 0 ? new Set() : await listUsedPlaces(db, ctx, { batchId: scope.batchId, areaNos })
  const lost = unplaced.filter((place) => used.has(place.areaNo))
  if (lost.length > 0) await refusePlaces(comparison, lost)
  const lostNames = new Set(lost.map((place) => `${place.township}/${place.village}`))
  return { ...found, newAreas: found.newAreas.filter((area) => !lostNames.has(`${area.township}/${area.village}`)) }
}

async function refusePlaces(comparison: Comparison, lost: readonly ListedPlace[]): Promise<void> {
  const { ctx, db, scope, batch } = comparison
  const rows = await dropRowsOfPlaces(db, ctx, { batchId: scope.batchId, areaNos: lost.map((place) => place.areaNo) })
  const column = batch.columns.find((one) => one.key === 'village')
  const problems = rows.map((row) => ({
    severity: 'refused' as const,
    sheet: '',
    row,
    column: column?.column,
    label: column?.label,
    reason: 'unknown-place' as const,
  }))
  await insertProblems(db, ctx, { batchId: scope.batchId, problems, firstNo: 10_000_000 })
  const { staged = 0, refused = 0 } = batch.counts
  batch.counts = { ...batch.counts, staged: staged - rows.length, refused: refused + rows.length }
  if (batch.counts.staged === 0) throw registryErrors.nothingToImport({ refused: batch.counts.refused })
}

/** Fields of an entity that the file has columns for. */
function fieldsOf(batch: StoredBatch, entity: MergedEntity): string[] {
  const keys = batch.columns.flatMap(({ key }) => {
    const field = key === undefined ? undefined : findField(key)
    return field?.entity === entity && field.type !== 'area' && field.key !== 'personNo' && field.key !== 'householdNo' ? [field.key] : []
  })
  const repeats = kinds.find((one) => one.kind === batch.kind)?.repeats === true
  if (entity === 'person') return [...keys, 'householdNo', ...(repeats ? ['earlierWork'] : [])]
  return entity === 'village' ? keys : [...keys, 'area']
}

function planInputOf({ batch, scope, vault }: Comparison, entity: MergedEntity): PlanInput {
  return { entity, kind: scope.kind, batchId: scope.batchId, on: scope.on, fields: fieldsOf(batch, entity), choices: batch.choices, vault }
}

async function comparePages(comparison: Comparison, entity: 'household' | 'person'): Promise<DifferenceCounts> {
  const { ctx, db, scope } = comparison
  const counted = await joining(db, 'by-hash', () => countPairs(db, ctx, { ...scope, entity }))
  const counts: DifferenceCounts = { new: counted.new, changed: 0, same: 0, conflict: 0, missing: 0, noted: 0 }
  const input = planInputOf(comparison, entity)
  const list = entity === 'person' ? listPersonPairs : listHouseholdPairs
  const known = counted.all - counted.new
  for (let after = '', left = known - counted.same, done = 0; left > 0; ) {
    const from = after
    const pairs = await joining(db, 'by-key', () => list(db, ctx, { ...scope, after: from, limit: pairsAtATime }))
    const last = pairs.at(-1)
    if (last === undefined) break
    after = last.waiting.row_key
    left -= pairs.length
    done += pairs.length
    await notePlans(comparison, { input, pairs, counts })
    comparison.onProgress?.({ step: 'compare', done, total: known })
    await noteBatch(ctx, scope.batchId, { progress: { step: 'compare', done, total: known } })
  }
  counts.same = known - counts.changed - counts.conflict
  const isFull = kinds.find((one) => one.kind === scope.kind)?.isFull === true
  if (isFull) {
    const missing = { ...scope, entity, firstNo: comparison.differenceNo }
    counts.missing = await joining(db, 'by-hash', () => insertMissing(db, ctx, missing))
    comparison.differenceNo += counts.missing
  }
  return counts
}

async function compareVillages(comparison: Comparison): Promise<DifferenceCounts> {
  const found = await listVillagePairs(comparison.db, comparison.ctx, comparison.scope)
  const counts: DifferenceCounts = { new: found.new, changed: 0, same: 0, conflict: 0, missing: 0, noted: 0 }
  await notePlans(comparison, { input: planInputOf(comparison, 'village'), pairs: found.pairs, counts })
  counts.same = found.same + found.pairs.length - counts.changed - counts.conflict
  return counts
}

async function notePlans(
  comparison: Comparison,
  given: { input: PlanInput; pairs: readonly Pair[]; counts: DifferenceCounts },
): Promise<void> {
  const { ctx, db, scope } = comparison
  const differences: NotedDifference[] = []
  for (const { held, waiting, name, place } of given.pairs) {
    const plan = planRow(given.input, held, waiting)
    if (plan === undefined) continue
    given.counts[plan.status] += 1
    differences.push({ entity: given.input.entity, rowId: held.row_id, rowKey: held.row_key, row: waiting.row_no, name, place, plan })
  }
  await insertDifferences(db, ctx, { batchId: scope.batchId, firstNo: comparison.differenceNo, differences })
  comparison.differenceNo += differences.length
}
