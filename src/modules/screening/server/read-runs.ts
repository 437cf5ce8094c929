import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ComparisonRun, OpenMatch, Receipt } from '../contract.ts'
import type { StagedList } from '../rules/compare-requests.ts'
import type { CompareAgain, RestedReason, ShownRepair } from '../rules/compare-records.ts'
import type { HouseholdBrief, ShownOpenMatch } from '../rules/lead-records.ts'
import { judgeAgain } from './compare-again.ts'
import { openRepair, openWaiting } from './keep-waiting.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { countMatchedInScope } from './match-store.ts'
import { listOpenMatches, listRepairs, type StoredRepair } from './open-match-store.ts'
import { listKeptFiles, listReceipts } from './receipt-store.ts'
import { countLeadHouseholds, countRested, listRested } from './rested-store.ts'
import { findRun, findRunTerms, listRuns, type StoredRun } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'
import { showCandidates } from './show-candidates.ts'

const mostRuns = 60
const mostOpen = 500
const mostShown = 200

/** Runs of the county, the latest first; to an office below the county with the counts of its own area only. */
export async function readRuns(ctx: Context): Promise<{ items: ComparisonRun[] }> {
  return inTransaction(ctx, async (db) => {
    const items: ComparisonRun[] = []
    for (const run of await listRuns(db, ctx.scope.countyCode, mostRuns)) items.push(await showRun({ ...ctx, db }, run))
    return { items }
  })
}

/** A run with its files: as staged while it waits, as receipts afterwards. An office below the county sees no file. */
export async function readRun(
  ctx: Context,
  runId: string,
): Promise<{ run: ComparisonRun; files: StagedList[]; again: CompareAgain | null }> {
  return inTransaction(ctx, async (db) => {
    const run = await getRun(db, ctx, runId)
    const shown = await showRun({ ...ctx, db }, run)
    if (shown.counts === 'area') return { run: shown, files: [], again: null }
    const files = await listKeptFiles(db, ctx.scope.countyCode, runId)
    const expiresOn = (await findRunTerms(db, ctx.scope.countyCode, runId))?.expiresOn ?? ''
    const again = mayDo(ctx, 'screening.list', 'compare') ? await judgeAgain(db, ctx, { run, files, expiresOn }) : undefined
    const staged = files.map(({ receiptId, fileName, bytes, mapping }) => ({ receiptId, fileName, bytes, sheets: mapping }))
    return { run: shown, files: staged, again: again ?? null }
  })
}

async function showRun(ctx: Context & { db: Db }, run: StoredRun): Promise<ComparisonRun> {
  const compare = run.state === 'staged' && mayDo(ctx, 'screening.list', 'compare')
  if (ctx.scope.kind !== 'area') return { ...run, counts: 'county', can: { compare } }
  const { db, scope } = ctx
  const classes = await countMatchedInScope(db, scope.countyCode, run.runId)
  const rows = Object.values(classes).reduce((sum, count) => sum + count, 0)
  return {
    ...run,
    counts: 'area',
    fault: null,
    rowsRead: rows,
    rowsExpected: rows,
    classes,
    causes: {},
    delta: {},
    leads: run.state === 'done' ? await countLeadHouseholds(db, scope, run.month) : 0,
    leftOut: { rows: 0, persons: 0 },
    rested: await countRested(db, scope, run.runId),
    can: { compare: false },
  }
}

/** The run, if the caller's scope reaches it. Throws `screening.run-not-found`. */
export async function getRun(db: Db, ctx: Context, runId: string): Promise<StoredRun> {
  const run = await findRun(db, ctx.scope.countyCode, runId)
  if (run === undefined) throw screeningErrors.runNotFound()
  return run
}

/** What stays of a run's files. */
export async function readReceipts(ctx: Context, runId: string): Promise<{ items: Receipt[] }> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, runId)
    return { items: await listReceipts(db, ctx.scope.countyCode, runId) }
  })
}

/** Rows of a run that wait for a person, with who they may be. */
export async function readOpenMatches(ctx: Context, runId: string, deps: LeadDeps): Promise<{ items: ShownOpenMatch[] }> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, runId)
    const rows = await listOpenMatches(db, ctx.scope.countyCode, runId, mostOpen)
    const matches = rows.map(
      ({ openMatchId, list, file, sheet, row, cause, candidates, waiting, waitUntil }): OpenMatch => ({
        openMatchId,
        runId,
        list,
        place: { file, sheet, row },
        name: waiting === null ? '' : openWaiting(deps.vault, openMatchId, waiting).name,
        waitUntil: waiting === null ? null : waitUntil,
        cause,
        candidates,
      }),
    )
    return { items: await showCandidates({ ...ctx, db }, matches, deps) }
  })
}

/** Rows of a run that show a mistake of the register. */
export async function readRepairs(ctx: Context, runId: string, deps: LeadDeps): Promise<{ items: ShownRepair[] }> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, runId)
    const rows = await listRepairs(db, ctx.scope.countyCode, runId, mostShown)
    const householdIds = [...new Set(rows.map((row) => row.householdId))]
    const briefs = await readBriefs({ ...ctx, db }, householdIds)
    const members = await readMembers({ ...ctx, db }, householdIds, deps)
    const items = rows.map((row): ShownRepair => {
      const people = members.get(row.householdId) ?? []
      return showRepair(row, { people, household: briefs.get(row.householdId) ?? null, vault: deps.vault })
    })
    return { items }
  })
}

type Member = { personId: string; name: string; relation: string; idMasked: string }

function showRepair(row: StoredRepair, of: { people: readonly Member[]; household: HouseholdBrief | null; vault: Vault }): ShownRepair {
  const { repairId, list, file, sheet, row: rowNo, cause, field, state, personId, value } = row
  const person = of.people.find((one) => one.personId === personId)
  const cell = value === null ? undefined : openRepair(of.vault, repairId, value)
  const leaving = cell !== undefined && 'leaving' in cell ? cell.leaving : null
  const isHead = person?.relation === headWord
  // Of two the one who stays is head by himself; of more a person must say who, and how the others are related to him.
  const byHand = leaving !== null && isHead && of.people.length > 2 ? 'new-head' : leaving !== null && leaving.on === null ? 'no-day' : null
  return {
    repairId,
    list,
    place: { file, sheet, row: rowNo },
    cause,
    field,
    state,
    personId,
    personName: person?.name ?? '',
    idMasked: person?.idMasked ?? '',
    household: of.household,
    slip: cell !== undefined && 'slip' in cell ? cell.slip : null,
    leaving,
    byHand: row.wasProposed ? 'proposed-before' : byHand,
  }
}

/** As the register says it of a household's head. */
const headWord = '户主'

/** Reasons that rest since a run, with who dismissed them and why, within the caller's scope; `most` of them at most. */
export async function readRested(ctx: Context, runId: string, most = mostShown): Promise<{ items: RestedReason[]; total: number }> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, runId)
    const rows = await listRested(db, ctx.scope, runId, most)
    const briefs = await readBriefs({ ...ctx, db }, [...new Set(rows.map((row) => row.householdId))])
    const items = rows.map(({ householdId, ...row }) => ({ ...row, household: briefs.get(householdId) ?? null }))
    return { items, total: await countRested(db, ctx.scope, runId) }
  })
}
