import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { requestJob } from '#kernel/server/jobs/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { DuplicatePerson, DuplicateRecord, DuplicateSearch, DuplicateState } from '../rules/duplicate-records.ts'
import { readLinkNumber } from '../rules/linkage-number.ts'
import { countPairs, findLatestSearch, findPairForUpdate, insertSearch, listPairRows, movePair, type PairRow } from './duplicates-store.ts'
import { registryErrors } from './errors.ts'
import { maskOf } from './fact-records.ts'
import type { ReadingDeps } from './get-household.ts'
import { searchJob } from './jobs/search-duplicates.ts'
import { findMergeRows, type MergeRow } from './merge-store.ts'
import { findRevision } from './register-store.ts'
import { placeOfPersonCell } from './tables.ts'

/** Begins a search of the whole register; a job does it. Throws `registry.search-running`. */
export async function startDuplicateSearch(ctx: Context): Promise<{ searchId: string }> {
  return inTransaction(ctx, async (db) => {
    const searchId = makeId()
    if (!(await insertSearch(db, ctx, searchId))) throw registryErrors.searchRunning()
    await audit(db, ctx, { did: 'registry.search-duplicates', objectKind: 'registry.duplicate-search', objectId: searchId })
    await requestJob(db, ctx, { job: searchJob, payload: { searchId } })
    return { searchId }
  })
}

/** The latest search and how many pairs wait, within the scope. */
export async function getDuplicateState(
  ctx: Context,
): Promise<{ search: DuplicateSearch | undefined; counts: Record<DuplicateState, number>; can: { search: boolean; undo: boolean } }> {
  return inTransaction(ctx, async (db) => {
    const row = await findLatestSearch(db, ctx.scope.countyCode)
    const revision = await findRevision(db, ctx.scope.countyCode)
    const counts: Record<DuplicateState, number> = { open: 0, later: 0, different: 0, merged: 0 }
    for (const { state, count } of await countPairs(db, ctx.scope)) counts[state] = count
    const search = row === undefined ? undefined : toSearch(row, revision)
    return { search, counts, can: { search: mayDo(ctx, 'registry.duplicate', 'search'), undo: mayDo(ctx, 'registry.duplicate', 'merge') } }
  })
}

function toSearch(row: NonNullable<Awaited<ReturnType<typeof findLatestSearch>>>, revision: number): DuplicateSearch {
  return {
    searchId: row.search_id,
    state: row.state,
    step: row.step ?? undefined,
    error: row.error ?? undefined,
    persons: row.persons,
    compared: Number(row.compared),
    found: row.found,
    kept: row.kept,
    cut: row.cut,
    startedName: row.started_name,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    isOutdated: row.revision !== null && Number(row.revision) !== revision,
  }
}

/** Pairs within the scope, the surest first: a township sees those of whom both live in it. */
export async function listDuplicates(
  ctx: Context,
  query: { state: DuplicateState; after?: string | undefined; limit: number },
  deps: ReadingDeps,
): Promise<Page<DuplicateRecord>> {
  return inTransaction(ctx, async (db) => {
    const after = readCursor(query.after, ['number', 'id'])
    const rows = await listPairRows(db, { scope: ctx.scope, state: query.state, after, limit: query.limit })
    const page = toPage(rows, query.limit, (row) => [-Math.round(row.score * 10), row.pair_id])
    return { ...page, items: await showPairs(ctx, db, page.items, deps) }
  })
}

/** One pair, held until the transaction ends. Throws `registry.not-found` out of scope. */
export async function getPair(ctx: Context, db: Db, pairId: string): Promise<PairRow> {
  const row = await findPairForUpdate(db, ctx.scope, pairId)
  if (row === undefined) throw registryErrors.notFound()
  return row
}

/** Says that two are not the same, leaves them for later, or asks again. Throws `registry.revision-changed`, `registry.wrong-state`. */
export async function decideDuplicate(
  ctx: Context,
  pairId: string,
  given: { revision: number; decision: 'different' | 'later' | 'open'; note?: string | undefined; deps: ReadingDeps },
): Promise<DuplicateRecord> {
  return inTransaction(ctx, async (db) => {
    const pair = await getPair(ctx, db, pairId)
    if (pair.revision !== given.revision) throw registryErrors.revisionChanged({ revision: pair.revision })
    if (pair.state === 'merged' || pair.state === given.decision) throw registryErrors.wrongState({ state: pair.state })
    await movePair(db, ctx, { pairId, to: given.decision, note: given.note })
    await audit(db, ctx, {
      did: `registry.duplicate-${given.decision}`,
      objectKind: 'registry.duplicate-pair',
      objectId: pairId,
      details: { score: pair.score },
    })
    return showPair(ctx, db, { pairId, deps: given.deps })
  })
}

/** One pair of the list. Throws `registry.not-found` out of scope. */
export async function getDuplicate(ctx: Context, pairId: string, deps: ReadingDeps): Promise<DuplicateRecord> {
  return inTransaction(ctx, (db) => showPair(ctx, db, { pairId, deps }))
}

async function showPair(ctx: Context, db: Db, given: { pairId: string; deps: ReadingDeps }): Promise<DuplicateRecord> {
  const [record] = await showPairs(ctx, db, [await getPair(ctx, db, given.pairId)], given.deps)
  if (record === undefined) throw registryErrors.notFound()
  return record
}

/** Pairs as screens show them, numbers and telephones masked. */
export async function showPairs(ctx: Context, db: Db, rows: readonly PairRow[], deps: ReadingDeps): Promise<DuplicateRecord[]> {
  const persons = new Map(
    (await findMergeRows(db, ctx.scope, { personIds: rows.flatMap((row) => [row.person_a, row.person_b]), isHeld: false })).map((row) => [
      row.person_id,
      row,
    ]),
  )
  return rows.flatMap((row) => {
    const [one, other] = [persons.get(row.person_a), persons.get(row.person_b)]
    return one === undefined || other === undefined ? [] : [toRecord(ctx, row, { one, other, deps })]
  })
}

function toRecord(
  ctx: Context,
  row: PairRow,
  { one, other, deps }: { one: MergeRow; other: MergeRow; deps: ReadingDeps },
): DuplicateRecord {
  const mayDecide = mayDo(ctx, 'registry.duplicate', 'decide') && row.state !== 'merged'
  return {
    pairId: row.pair_id,
    score: Math.round(row.score * 10) / 10,
    steps: row.steps,
    block: row.block,
    state: row.state,
    persons: [showPerson(one, deps), showPerson(other, deps)],
    decidedName: row.decided_name ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    note: row.note ?? undefined,
    revision: row.revision,
    can: {
      different: mayDecide && row.state !== 'different',
      later: mayDecide && row.state === 'open',
      open: mayDecide && row.state !== 'open',
      merge: mayDecide && mayDo(ctx, 'registry.duplicate', 'merge'),
    },
  }
}

/** A person of a pair as screens show him. */
export function showPerson(row: MergeRow, { vault }: ReadingDeps): DuplicatePerson {
  const open = (kind: 'id' | 'phone', cell: Buffer | null) =>
    cell === null ? undefined : maskOf(kind, vault.decrypt(cell, placeOfPersonCell(kind, row.person_no)))
  return {
    personId: row.person_id,
    personNo: row.person_no,
    householdId: row.household_id,
    householdNo: row.household_no,
    name: row.name,
    sex: row.sex ?? undefined,
    bornOn: row.born_on === null ? undefined : readDay(row.born_on),
    relation: row.relation ?? undefined,
    isHead: row.is_head,
    idMasked: open('id', row.id_cell),
    isNumberRight: row.id_cell !== null && readLinkNumber(vault.decrypt(row.id_cell, placeOfPersonCell('id', row.person_no))).isRight,
    phoneMasked: open('phone', row.phone_cell),
    place: [row.township, row.village, row.group_name].filter((part) => part !== null).join(' '),
  }
}
