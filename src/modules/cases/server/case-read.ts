import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { allPages, exportList, findHouseholds } from '#modules/registry/server/index.ts'
import { stepNamesOfPolicy } from '../rules/case-names.ts'
import type { CaseCard, CaseFile, CaseRecord, NextAction } from '../rules/case-records.ts'
import type { ExportCases, ListCases } from '../rules/case-requests.ts'
import { targetsOf } from '../rules/case-moves.ts'
import { caseActions, stepNames } from '../rules/case-steps.ts'
import type { CaseTerms } from '../rules/case-terms.ts'
import { mayAct } from '../rules/judge-case.ts'
import { paperKey } from '../rules/papers/paper-kinds.ts'
import { missingFor } from './act-on-case.ts'
import { countBySteps, listCaseFiles, listCaseTownships, type AskedPaper, type FilterCases } from './case-list-store.ts'
import { takesMeasures } from './case-parts.ts'
import { listMeasures, listVisits } from './case-parts-store.ts'
import { seatOfCaller } from './case-seat.ts'
import { nearestDue } from './clocks/clock-read.ts'
import { findCase, findCasesOfHousehold, listEvents } from './case-store.ts'
import { termsOf } from './case-terms.ts'

const usualPage = 50
const rowsAtOnce = 500

/** One page of cases with how many stand at each step. */
export async function readCases(
  ctx: Context,
  query: ListCases,
): Promise<Page<CaseCard> & { total: number; steps: Record<string, number> }> {
  const { after, limit = usualPage, ...asked } = query
  return inTransaction(ctx, async (db) => {
    const filter = await filterOf({ ...ctx, db }, asked)
    const page = await pageOf(ctx, db, { filter, after, limit })
    const steps = await countBySteps(db, { scope: ctx.scope, filter })
    const counted = filter.step === undefined ? Object.values(steps) : [steps[filter.step] ?? 0]
    return { ...page, total: counted.reduce((sum, one) => sum + one, 0), steps }
  })
}

async function filterOf(
  ctx: Context & { readonly db: Db },
  { mine, overdue, unfiled, ...asked }: Omit<ListCases, 'after' | 'limit'>,
): Promise<FilterCases> {
  const filter = {
    ...asked,
    ...(mine === true ? { heldBy: seatOfCaller(ctx).path } : {}),
    ...(overdue === true ? { lateOn: ctx.today } : {}),
  }
  return unfiled === true ? { ...filter, lacking: await papersAskedBelow(ctx, filter) } : filter
}

/** The papers that the steps ask for, township by township: a township may have a version of its own. */
async function papersAskedBelow(ctx: Context & { readonly db: Db }, filter: FilterCases): Promise<AskedPaper[]> {
  const found: AskedPaper[] = []
  for (const below of await listCaseTownships(ctx.db, { scope: ctx.scope, filter })) {
    const { steps } = await termsOf(ctx, { areaPath: below, asOf: ctx.today })
    for (const step of stepNames) found.push(...steps[step].papers.map((name) => ({ below, step, kind: paperKey(name) })))
  }
  return found
}

async function pageOf(
  ctx: Context,
  db: Db,
  given: { filter: FilterCases; after: string | undefined; limit: number },
): Promise<Page<CaseCard>> {
  const { filter, after, limit } = given
  const rows = await listCaseFiles(db, { scope: ctx.scope, filter }, { limit: limit + 1, after: readCursor(after, ['day', 'id']) })
  const page = toPage(rows, limit, (row) => [row.stepSince, row.caseId])
  return { ...page, items: await cardsOf({ ...ctx, db }, page.items) }
}

/** Cases with what people know their households by. */
export async function cardsOf(ctx: Context & { readonly db: Db }, files: readonly CaseFile[]): Promise<CaseCard[]> {
  const known = await findHouseholds(
    ctx,
    ctx.db,
    files.map((file) => file.householdId),
  )
  const byId = new Map(known.map((card) => [card.householdId, card]))
  const open = files.filter(({ endedOn }) => endedOn === null)
  const due = await nearestDue(
    ctx,
    open.map(({ caseId }) => caseId),
  )
  return files.map((file) => {
    const household = byId.get(file.householdId)
    return {
      ...file,
      householdNo: household?.householdNo ?? '',
      headName: household?.headName ?? null,
      township: household?.township ?? '',
      village: household?.village ?? '',
      dueOn: due.get(file.caseId)?.dueOn ?? null,
      daysLeft: due.get(file.caseId)?.daysLeft ?? null,
      daysIn: due.get(file.caseId)?.calendar ?? null,
    }
  })
}

/** A whole case with what may be done next; out of the caller's scope it is not found. */
export async function readCase(ctx: Context, caseId: string): Promise<CaseRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findCase(db, ctx.scope, caseId)
    if (file === undefined) throw httpErrors.notFound()
    const [card] = await cardsOf(within, [file])
    if (card === undefined) throw httpErrors.notFound()
    const terms = await termsOf(within, { areaPath: file.areaPath, asOf: ctx.today })
    const may = mayDo(ctx, 'cases.case', 'act')
    return {
      file: card,
      terms: terms.steps,
      words: { risks: terms.risks, kinds: terms.kinds, categories: terms.categories },
      events: await listEvents(db, ctx.scope, caseId),
      visits: await listVisits(db, ctx.scope, caseId),
      measures: await listMeasures(db, ctx.scope, caseId),
      next: may ? await nextOf(within, file, terms) : [],
      can: { act: may, addMeasure: may && takesMeasures(file), addVisit: may && file.state !== 'ended' },
    }
  })
}

async function nextOf(ctx: Context & { readonly db: Db }, file: CaseFile, terms: CaseTerms): Promise<NextAction[]> {
  const seat = seatOfCaller(ctx)
  const found: NextAction[] = []
  for (const action of caseActions) {
    const targets = targetsOf(file.step, file.state, action)
    if (targets.length === 0 || !mayAct(file, action, seat) || (action === 'green' && file.isGreen)) continue
    found.push({ action, to: targets.map(({ toStep }) => toStep), missing: await missingFor(ctx, { file, action, terms }) })
  }
  return found
}

/** The cases of a household, the newest first. */
export async function readCasesOfHousehold(ctx: Context, householdId: string): Promise<{ items: CaseCard[] }> {
  return inTransaction(ctx, async (db) => {
    const [household] = await findHouseholds(ctx, db, [householdId])
    const files = await findCasesOfHousehold(db, ctx.scope, householdId)
    if (household === undefined && files.length === 0) throw httpErrors.notFound()
    return { items: await cardsOf({ ...ctx, db }, files) }
  })
}

const columns = [
  { label: '个案编号', width: 14 },
  { label: '户编号', width: 22 },
  { label: '户主', width: 12 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '环节', width: 12 },
  { label: '到此环节', width: 12 },
  { label: '开案', width: 12 },
  { label: '识别', width: 12 },
  { label: '消除', width: 12 },
  { label: '监测对象类别', width: 16 },
  { label: '风险', width: 24 },
  { label: '轮次', width: 8 },
] as const

/** The list as it is filtered, as a workbook or text; recorded as every export is. */
export async function exportCases(ctx: Context, query: ExportCases, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...asked } = query
  return inTransaction(ctx, async (db) => {
    const filter = await filterOf({ ...ctx, db }, asked)
    const cards = allPages((after) => pageOf(ctx, db, { filter, after, limit: rowsAtOnce }))
    const rows = async function* () {
      for await (const card of cards) yield toCells(card)
    }
    return exportList({ ...ctx, db }, { list: 'cases.case', columns, filter: asked, rows: rows(), purpose, format, ...deps })
  })
}

function toCells(card: CaseCard): string[] {
  const household = [card.householdNo, card.headName ?? '', card.township, card.village]
  const days = [card.stepSince, card.openedOn, card.identifiedOn ?? '', card.eliminatedOn ?? '']
  return [card.caseNo, ...household, stepNamesOfPolicy[card.step], ...days, card.kind ?? '', card.risks.join('、'), String(card.round)]
}
