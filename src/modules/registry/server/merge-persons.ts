import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { MergePreview, MergeRecord, MergeRefusal } from '../rules/duplicate-records.ts'
import { getPair } from './duplicates.ts'
import { movePair } from './duplicates-store.ts'
import { registryErrors } from './errors.ts'
import type { ReadingDeps } from './get-household.ts'
import { findHouseholdRow } from './household-store.ts'
import { beforeMerge, type PersonMerge } from './merge-askers.ts'
import {
  endMerge,
  findMergeForUpdate,
  findMergeRows,
  insertMerge,
  listMergeRows,
  moveCorrections,
  nameHead,
  readBefore,
  restoreMerged,
  takeHead,
  writeLoser,
  writeWinner,
  type ListedMerge,
  type MergeRow,
} from './merge-store.ts'
import { listMergeFields, suggestStaying, takeValues } from './merge-values.ts'
import { compareAgain } from './national-compare.ts'
import { raiseRevision } from './register-store.ts'

/** What merging a pair would do; without `staysId` the better row stays. Throws `registry.not-found`. */
export async function previewMerge(
  ctx: Context,
  pairId: string,
  given: { staysId?: string | undefined; deps: ReadingDeps },
): Promise<MergePreview> {
  const { vault } = given.deps
  return inTransaction(ctx, async (db) => {
    const pair = await getPair(ctx, db, pairId)
    const rows = await findMergeRows(db, ctx.scope, { personIds: [pair.person_a, pair.person_b], isHeld: false })
    const [one, other] = rows
    if (one === undefined || other === undefined) throw registryErrors.notFound()
    const stays = rows.find((row) => row.person_id === given.staysId) ?? suggestStaying(one, other, vault)
    const leaves = stays === one ? other : one
    return {
      pairId,
      staysId: stays.person_id,
      leavesId: leaves.person_id,
      ...listMergeFields(stays, leaves, vault),
      refusals: await listRefusals(ctx, db, { stays, leaves }),
      emptied: leaves.members === 1 && leaves.household_id !== stays.household_id ? leaves.household_no : undefined,
    }
  })
}

/** A head who leaves a household with others in it leaves it headless; and whoever keeps something about the loser may refuse. */
async function listRefusals(ctx: Context, db: Db, given: { stays: MergeRow; leaves: MergeRow; mergeId?: string }): Promise<MergeRefusal[]> {
  const { stays, leaves } = given
  const isHeadElsewhere = leaves.is_head && leaves.members > 1 && leaves.household_id !== stays.household_id
  const refusals: MergeRefusal[] = isHeadElsewhere ? [{ by: 'registry', why: 'head-elsewhere' }] : []
  const merge = mergeOf(stays, leaves, given.mergeId ?? makeId())
  for (const asker of beforeMerge) for (const why of await asker.ask(ctx, db, merge)) refusals.push({ by: asker.name, why })
  return refusals
}

function mergeOf(stays: MergeRow, leaves: MergeRow, mergeId: string): PersonMerge {
  return { mergeId, winnerId: stays.person_id, loserId: leaves.person_id, householdId: stays.household_id, areaPath: stays.area_path }
}

export interface MergePersons {
  staysId: string
  leavesId: string
  /** Field keys of which the value of the row that leaves survives. */
  take: readonly string[]
  reason: string
  pairId?: string
}

/**
 * Makes two rows one: the one stays with the values chosen, the other leaves and everything that points at it is pointed at the one
 * that stays, or its keeper refuses. Throws `registry.not-found`, `already-merged`, `head-elsewhere`, `merge-refused`, `reason-needed`.
 */
export async function mergePersons(ctx: Context, input: MergePersons, deps: ReadingDeps): Promise<{ mergeId: string }> {
  if (input.reason.trim() === '') throw registryErrors.reasonNeeded()
  return inTransaction(ctx, async (db) => {
    const rows = await findMergeRows(db, ctx.scope, { personIds: [input.staysId, input.leavesId], isHeld: true })
    const stays = rows.find((row) => row.person_id === input.staysId)
    const leaves = rows.find((row) => row.person_id === input.leavesId)
    if (stays === undefined || leaves === undefined || stays === leaves) throw registryErrors.notFound()
    if (stays.left_on !== null || leaves.left_on !== null) throw registryErrors.alreadyMerged()
    const mergeId = makeId()
    const [refusal] = await listRefusals(ctx, db, { stays, leaves, mergeId })
    if (refusal?.why === 'head-elsewhere') throw registryErrors.headElsewhere()
    if (refusal !== undefined) throw registryErrors.mergeRefused({ ...refusal })
    await writeMerge(ctx, db, { input, stays, leaves, mergeId, deps })
    await audit(db, ctx, {
      did: 'registry.merge-persons',
      objectKind: 'registry.person',
      objectId: stays.person_id,
      reason: input.reason,
      details: { mergeId, leaves: leaves.person_id, fields: input.take },
    })
    await raiseRevision(db, ctx, mergeId)
    await compareAgain(ctx, db, { householdIds: [stays.household_id, leaves.household_id], vault: deps.vault })
    return { mergeId }
  })
}

async function writeMerge(
  ctx: Context,
  db: Db,
  given: { input: MergePersons; stays: MergeRow; leaves: MergeRow; mergeId: string; deps: ReadingDeps },
): Promise<void> {
  const { input, stays, leaves, mergeId, deps } = given
  const household = await findHouseholdRow(db, ctx.scope, stays.household_id)
  if (household === undefined) throw registryErrors.notFound()
  const before = await readBefore(db, ctx.scope.countyCode, { winnerId: stays.person_id, loserId: leaves.person_id })
  const taken = takeValues({ winner: stays, loser: leaves, household, vault: deps.vault }, input.take)
  await writeWinner(db, ctx, { winner: stays, ...taken, mergeId })
  const name = taken.columns.name ?? stays.name
  const becomesHead = leaves.is_head && leaves.household_id === stays.household_id
  if (becomesHead) await takeHead(db, ctx, { winner: stays, loser: leaves, name, mergeId })
  if (becomesHead || stays.is_head) await nameHead(db, ctx, { householdId: stays.household_id, name, mergeId })
  await writeLoser(db, ctx, { loserId: leaves.person_id, winnerId: stays.person_id, mergeId })
  const merge = mergeOf(stays, leaves, mergeId)
  const to = { personId: stays.person_id, householdId: stays.household_id, areaPath: stays.area_path }
  const moved: Record<string, string[]> = { registry: await moveCorrections(db, ctx, { from: leaves.person_id, to }) }
  for (const asker of beforeMerge) moved[asker.name] = await asker.repoint(ctx, db, merge)
  const areaPath = commonArea(stays.area_path, leaves.area_path)
  await insertMerge(db, ctx, {
    mergeId,
    pairId: input.pairId,
    winnerId: stays.person_id,
    loserId: leaves.person_id,
    areaPath,
    chosen: taken.fields,
    before,
    moved,
    reason: input.reason,
  })
  if (input.pairId !== undefined) await movePair(db, ctx, { pairId: input.pairId, to: 'merged', note: input.reason })
}

/** The smallest area that holds both. */
function commonArea(one: string, other: string): string {
  const [mine, theirs] = [one.split('.'), other.split('.')]
  const end = mine.findIndex((segment, at) => segment === '' || segment !== theirs[at])
  return `${mine.slice(0, end < 0 ? mine.length : end).join('.')}.`
}

/** Merges the two of a pair. Throws as `mergePersons`, and `registry.revision-changed`, `registry.wrong-state`. */
export async function mergePair(
  ctx: Context,
  pairId: string,
  given: { revision: number; staysId: string; take: readonly string[]; reason: string; deps: ReadingDeps },
): Promise<{ mergeId: string }> {
  return inTransaction(ctx, async (db) => {
    const pair = await getPair(ctx, db, pairId)
    if (pair.revision !== given.revision) throw registryErrors.revisionChanged({ revision: pair.revision })
    if (pair.state === 'merged') throw registryErrors.wrongState({ state: pair.state })
    const both = [pair.person_a, pair.person_b]
    const leavesId = both.find((id) => id !== given.staysId)
    if (!both.includes(given.staysId) || leavesId === undefined) throw registryErrors.notFound()
    return mergePersons({ ...ctx, db }, { ...given, leavesId, pairId }, given.deps)
  })
}

/** Takes a merge back: both rows stand as before. Throws `registry.touched-later` when one was written again since, `registry.wrong-state`. */
export async function undoMerge(ctx: Context, mergeId: string, given: { reason: string; deps: ReadingDeps }): Promise<void> {
  const { reason, deps } = given
  if (reason.trim() === '') throw registryErrors.reasonNeeded()
  await inTransaction(ctx, async (db) => {
    const merge = await findMergeForUpdate(db, ctx.scope, mergeId)
    if (merge === undefined) throw registryErrors.notFound()
    if (merge.undone_at !== null) throw registryErrors.wrongState({ state: 'undone' })
    const rows = await findMergeRows(db, ctx.scope, { personIds: [merge.winner_id, merge.loser_id], isHeld: true })
    const [stays, leaves] = [merge.winner_id, merge.loser_id].map((id) => rows.find((row) => row.person_id === id))
    if (stays === undefined || leaves === undefined) throw registryErrors.notFound()
    const touched = [stays, leaves].filter((row) => row.touched_by !== mergeId).length
    if (touched > 0) throw registryErrors.touchedLater({ rows: touched })
    const back = mergeOf(stays, leaves, mergeId)
    for (const asker of beforeMerge) await asker.putBack(ctx, db, { ...back, moved: merge.moved[asker.name] ?? [] })
    const home = { personId: leaves.person_id, householdId: leaves.household_id, areaPath: leaves.area_path }
    await moveCorrections(db, ctx, { from: stays.person_id, to: home, only: merge.moved['registry'] ?? [] })
    await restoreMerged(db, ctx, mergeId)
    await endMerge(db, ctx, { mergeId, reason })
    if (merge.pair_id !== null) await movePair(db, ctx, { pairId: merge.pair_id, to: 'open', note: undefined })
    await audit(db, ctx, {
      did: 'registry.undo-merge',
      objectKind: 'registry.person',
      objectId: merge.winner_id,
      reason,
      details: { mergeId },
    })
    await raiseRevision(db, ctx, mergeId)
    await compareAgain(ctx, db, { householdIds: [stays.household_id, leaves.household_id], vault: deps.vault })
  })
}

/** Merges within the scope, the latest first. */
export async function listMerges(ctx: Context, query: { after?: string | undefined; limit: number }): Promise<Page<MergeRecord>> {
  return inTransaction(ctx, async (db) => {
    const rows = await listMergeRows(db, { scope: ctx.scope, after: readCursor(query.after, ['instant', 'id']), limit: query.limit })
    const page = toPage(rows, query.limit, (row) => [row.merged_at, row.merge_id])
    return { ...page, items: page.items.map((row) => toMergeRecord(ctx, row)) }
  })
}

function toMergeRecord(ctx: Context, row: ListedMerge): MergeRecord {
  return {
    mergeId: row.merge_id,
    name: row.name,
    place: [row.township, row.village, row.group_name].filter((part) => part !== null).join(' '),
    householdId: row.household_id,
    fields: row.chosen.length,
    reason: row.reason,
    mergedName: row.merged_name,
    mergedAt: row.merged_at,
    undoneName: row.undone_name ?? undefined,
    undoneAt: row.undone_at ?? undefined,
    undoReason: row.undo_reason ?? undefined,
    can: { undo: row.undone_at === null && row.is_untouched && mayDo(ctx, 'registry.duplicate', 'merge') },
  }
}
