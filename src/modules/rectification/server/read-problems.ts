import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import { listAreas } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { missingParts } from '../rules/closing-gate.ts'
import { hasWorked, isTheirs } from '../rules/judge-problem.ts'
import { overdueSeconds, standingOf } from '../rules/problem-due.ts'
import { targetOf } from '../rules/problem-moves.ts'
import type { ProblemCard, ProblemRecord } from '../rules/problem-records.ts'
import type { DrawSample, FilterProblems, ListProblems } from '../rules/problem-requests.ts'
import { isOfUnit } from '../rules/problem-seat.ts'
import { problemActions, problemStates, type ProblemAction, type ProblemState } from '../rules/problem-states.ts'
import { closedRate, disagreements, totalsBy, type ProblemTotals, type TotalsBy, type TotalsPart } from '../rules/problem-totals.ts'
import { inProblems, whileReadingProblems } from './closed-kinds-store.ts'
import { listExtensions } from './extension-store.ts'
import { findLetter } from './letter-store.ts'
import {
  countProblems,
  drawClosed,
  listBoardRows,
  listProblemRows,
  placeInOrder,
  type CountedRow,
  type ListedProblem,
} from './problem-list-store.ts'
import { findProblem, listEvents, listEvidence } from './problem-store.ts'
import { seatOf } from './seat-store.ts'
import { termsFor } from './terms.ts'

const dayMs = 86_400_000
const accepting: readonly ProblemAction[] = ['verify', 'strike', 'sample']

/** A page of the ledger. */
export async function readProblems(ctx: Context, query: ListProblems): Promise<Page<ProblemCard>> {
  return whileReadingProblems(ctx, async (db) => {
    const { after, limit, ...filter } = query
    const { soonDays } = await termsFor({ ...ctx, db })
    const cursor = readCursor(after, ['number', 'number', 'instant', 'id'])
    const rows = await listProblemRows(db, ctx, { filter, soonDays, limit: limit + 1, after: cursor })
    const page = toPage(rows, limit, placeInOrder)
    return { ...page, items: await toCards({ ...ctx, db }, page.items, soonDays) }
  })
}

/** The board: how many stand at each state, and the first of each; the same rows as the ledger. */
export async function readBoard(
  ctx: Context,
  filter: FilterProblems,
): Promise<{ columns: { state: ProblemState; n: number; cards: ProblemCard[] }[] }> {
  return whileReadingProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { soonDays } = await termsFor(within)
    const rows = await listBoardRows(db, ctx, { filter, soonDays, most: 20 })
    const counted = await countProblems(db, ctx, { filter, soonDays })
    const cards = await toCards(within, rows, soonDays)
    const columns = problemStates
      .filter((state) => state !== 'withdrawn' || filter.view === 'withdrawn')
      .map((state) => ({
        state,
        n: counted.find((row) => row.by === 'state' && row.key === state)?.n ?? 0,
        cards: cards.filter((card) => card.state === state),
      }))
    return { columns }
  })
}

/** The counts of the ledger as it is filtered, added up again (R24). */
export async function readTotals(ctx: Context, filter: FilterProblems): Promise<ProblemTotals> {
  return whileReadingProblems(ctx, async (db) => {
    const { soonDays } = await termsFor({ ...ctx, db })
    return toTotals(await countProblems(db, ctx, { filter, soonDays }), ctx.now)
  })
}

function toTotals(rows: readonly CountedRow[], at: string): ProblemTotals {
  const held = rows.filter((row) => !row.isWithdrawn)
  const whole = held.find((row) => row.by === null)
  const part = (by: TotalsBy): TotalsPart[] =>
    held.filter((row) => row.by === by).map(({ key, name, n, closed }) => ({ key, name, n, closed }))
  // Safe: one entry for each word of the list.
  const by = Object.fromEntries(totalsBy.map((key) => [key, part(key)])) as Record<TotalsBy, TotalsPart[]>
  const [total, closed] = [whole?.n ?? 0, whole?.closed ?? 0]
  const open = by.state.filter(({ key }) => key !== 'closed').reduce((sum, { n }) => sum + n, 0)
  const withdrawn = rows.find((row) => row.by === null && row.isWithdrawn)?.n ?? 0
  const counted = { total, closed, open, by }
  return { ...counted, withdrawn, rate: closedRate(closed, total), letters: whole?.letters ?? 0, disagree: disagreements(counted), at }
}

/** One problem with what may be done next, what is missing for its end, and what happened. Throws `http.not-found`. */
export async function readProblem(ctx: Context, problemId: string): Promise<ProblemRecord> {
  return whileReadingProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findProblem(db, ctx, problemId)
    if (file === undefined) throw httpErrors.notFound()
    const { soonDays } = await termsFor(within)
    const [listed] = await listProblemRows(db, ctx, { filter: { no: file.problemNo }, soonDays, limit: 1, after: undefined })
    if (listed === undefined) throw httpErrors.notFound()
    const [card] = await toCards(within, [listed], soonDays)
    if (card === undefined) throw httpErrors.notFound()
    const seat = seatOf(ctx)
    const isUnits =
      file.unitKind !== null && file.unitId !== null && seat.may.act && isOfUnit(seat, { kind: file.unitKind, id: file.unitId })
    const mayWork = isUnits && (file.state === 'assigned' || file.state === 'accepted' || file.state === 'rectifying')
    const letter = file.letterId === null ? undefined : await findLetter(db, ctx, { letterId: file.letterId })
    const evidence = await listEvidence(db, ctx, problemId)
    return {
      card,
      file,
      missing: missingParts(file),
      letterNo: letter?.letterNo ?? null,
      events: await listEvents(db, ctx, problemId),
      evidence: evidence.map(({ problemId: _p, byId, fileId: _f, hash: _h, ...one }) => ({
        ...one,
        can: { withdraw: mayWork && byId === ctx.caller.id },
      })),
      extensions: await listExtensions(db, ctx, problemId, seat.may.assign && isTheirs(file, 'remind', seat)),
      mayAttach: mayWork,
      mayAskTime: mayWork && listed.asksUntil === null,
    }
  })
}

/** A sample of what was struck off, drawn by a seed and kept in the audit, so that it can be drawn again (抽查). */
export async function drawSample(ctx: Context, given: DrawSample): Promise<{ items: ProblemCard[]; seed: string }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const { soonDays } = await termsFor(within)
    const rows = await drawClosed(db, ctx, { campaignId: undefined, area: undefined, ...given })
    const details = { seed: given.seed, n: rows.length, campaignId: given.campaignId ?? null }
    await audit(db, ctx, { did: 'rectification.draw', objectKind: 'rectification.sample', objectId: given.seed, details })
    return { items: await toCards(within, rows, soonDays), seed: given.seed }
  })
}

/** Rows as cards: who and where it is about, how it stands to its last day, what the caller may do. */
export async function toCards(
  ctx: Context & { readonly db: Db },
  rows: readonly ListedProblem[],
  soonDays: number,
): Promise<ProblemCard[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.flatMap(({ householdId }) => (householdId === null ? [] : [householdId])))]
  const households = new Map((await findHouseholds(ctx, ctx.db, ids)).map((one) => [one.householdId as string, one]))
  const places = await placesOf(ctx)
  const seat = seatOf(ctx)
  const at = { nowMs: Date.parse(ctx.now), soonMs: soonDays * dayMs }
  return rows.map((row) => ({
    problemId: row.problemId,
    problemNo: row.problemNo,
    campaignName: row.campaignName,
    sourceKind: row.sourceKind,
    isClosedKind: row.isClosedKind,
    class: row.class,
    description: row.description,
    householdId: row.householdId,
    headOfHousehold: households.get(row.householdId ?? '')?.headName ?? null,
    subject: row.subject,
    place: places(row.areaPath),
    state: row.state,
    unitName: row.unitName,
    unitLevel: row.unitLevel,
    headName: row.headName,
    letterId: row.letterId,
    dueOn: row.dueOn,
    standing: standingOf(row, at),
    overdueSeconds: overdueSeconds(row, at.nowMs),
    leaderName: row.leaderName,
    closedAt: row.closedAt,
    measures: row.measures,
    evidenceCount: row.evidenceCount,
    returns: row.returns,
    reopened: row.reopened,
    revision: row.revision,
    asksUntil: row.asksUntil,
    can: canOf(row, seat),
  }))
}

function canOf(row: ListedProblem, seat: ReturnType<typeof seatOf>): ProblemCard['can'] {
  const may = problemActions.filter(
    (action) =>
      action !== 'extend' &&
      targetOf(row.state, action) !== undefined &&
      isTheirs(row, action, seat) &&
      !(accepting.includes(action) && hasWorked(row, action, seat)),
  )
  return Object.fromEntries(may.map((action) => [action, true]))
}

/** Township and village of a path, as they are called. */
export async function placesOf(ctx: Context): Promise<(path: string) => string> {
  const names = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area.name]))
  return (path) => {
    const segments = path.split('.').filter(Boolean)
    const cut = (depth: number) => (segments.length < depth ? '' : (names.get(`${segments.slice(0, depth).join('.')}.`) ?? ''))
    return [cut(4), cut(5)].filter((name) => name !== '').join(' ') || cut(3)
  }
}
