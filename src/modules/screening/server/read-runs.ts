import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import type { ComparisonRun, OpenMatch, Receipt } from '../contract.ts'
import type { StagedList } from '../rules/compare-requests.ts'
import type { RestedReason, ShownRepair } from '../rules/compare-records.ts'
import type { ShownOpenMatch } from '../rules/lead-records.ts'
import { openRepair, openWaiting } from './keep-waiting.ts'
import { readBriefs, readMembers, type LeadDeps } from './lead-neighbours.ts'
import { countMatchedInScope } from './match-store.ts'
import { listOpenMatches, listRepairs } from './open-match-store.ts'
import { listReceipts, listStagedFiles } from './receipt-store.ts'
import { countLeadHouseholds, countRested, listRested } from './rested-store.ts'
import { findRun, listRuns, type StoredRun } from './run-store.ts'
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
export async function readRun(ctx: Context, runId: string): Promise<{ run: ComparisonRun; files: StagedList[] }> {
  return inTransaction(ctx, async (db) => {
    const run = await getRun(db, ctx, runId)
    const shown = await showRun({ ...ctx, db }, run)
    if (shown.counts === 'area') return { run: shown, files: [] }
    const files = await listStagedFiles(db, ctx.scope.countyCode, runId)
    const staged = files.map(({ receiptId, fileName, bytes, mapping }) => ({ receiptId, fileName, bytes, sheets: mapping }))
    return { run: shown, files: staged }
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
    const items = rows.map(({ repairId, list, file, sheet, row, cause, field, state, personId, householdId, value }): ShownRepair => {
      const person = members.get(householdId)?.find((one) => one.personId === personId)
      return {
        repairId,
        list,
        place: { file, sheet, row },
        cause,
        field,
        state,
        personId,
        personName: person?.name ?? '',
        idMasked: person?.idMasked ?? '',
        household: briefs.get(householdId) ?? null,
        slip: value === null ? null : openRepair(deps.vault, repairId, value).slip,
      }
    })
    return { items }
  })
}

/** Reasons that rest since a run, with who dismissed them and why, within the caller's scope. */
export async function readRested(ctx: Context, runId: string): Promise<{ items: RestedReason[]; total: number }> {
  return inTransaction(ctx, async (db) => {
    await getRun(db, ctx, runId)
    const rows = await listRested(db, ctx.scope, runId, mostShown)
    const briefs = await readBriefs({ ...ctx, db }, [...new Set(rows.map((row) => row.householdId))])
    const items = rows.map(({ householdId, ...row }) => ({ ...row, household: briefs.get(householdId) ?? null }))
    return { items, total: await countRested(db, ctx.scope, runId) }
  })
}
