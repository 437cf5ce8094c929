import { maskPhone } from '#kernel/pure/text/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { allPages, exportList, findHouseholds, mapped } from '#modules/registry/server/index.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { workingDaysUntil } from '../../rules/notices/notice-days.ts'
import type { ObjectionCard, ObjectionLetterData, ObjectionRecheck, ObjectionRecord } from '../../rules/notices/notice-records.ts'
import { consequenceWords, recheckWords } from '../../rules/notices/objection-consequence-words.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import type { ExportObjections, ListObjections } from '../../rules/notices/objection-requests.ts'
import { seatOfCaller } from '../case-seat.ts'
import { outcomesFor } from './objection-outcomes.ts'
import { findNotice, listLines } from './notice-store.ts'
import {
  countOpenObjections,
  findObjection,
  listObjections,
  openObjection,
  type KeptObjection,
  type ObjectionCounts,
} from './objection-store.ts'

type Within = Context & { readonly db: Db }
const usualPage = 50

/** A page of objections with how many wait for an answer, or for the county to look again. */
export type ObjectionPage = Page<ObjectionCard> & ObjectionCounts

/** One page of objections: open ones first, those due soonest on top. */
export async function readObjections(ctx: Context, query: ListObjections): Promise<ObjectionPage> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => ({
    ...(await pageOf({ ...ctx, db }, { filter, after, limit })),
    ...(await countOpenObjections(db, ctx.scope, ctx.today)),
  }))
}

async function pageOf(
  ctx: Within,
  given: { filter: Omit<ListObjections, 'after' | 'limit'>; after: string | undefined; limit: number },
): Promise<Page<ObjectionCard>> {
  const { filter, after, limit } = given
  const cursor = readCursor(after, ['number', 'day', 'id'])
  const rows = await listObjections(ctx.db, { scope: ctx.scope, filter }, { limit: limit + 1, after: cursor })
  const page = toPage(rows, limit, (row) => [row.answeredAt === null ? 0 : 1, row.dueOn, row.objectionId])
  return { ...page, items: await cardsOf(ctx, page.items) }
}

/** All objections to a notice. */
export async function objectionsOfNotice(ctx: Within, noticeId: string): Promise<ObjectionCard[]> {
  return cardsOf(ctx, await listObjections(ctx.db, { scope: ctx.scope, filter: { noticeId } }, { limit: 200, after: undefined }))
}

async function cardsOf(ctx: Within, rows: readonly KeptObjection[]): Promise<ObjectionCard[]> {
  if (rows.length === 0) return []
  const areas = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area.name]))
  const calendar = await openCalendar(ctx)
  const ids = rows.flatMap(({ householdId }) => (householdId === null ? [] : [householdId]))
  const heads = new Map((await findHouseholds(ctx, ctx.db, ids)).map((card) => [card.householdId as string, card.headName]))
  return rows.map((row) => {
    const { objectionId, objectionNo, noticeId, noticeNo, title, caseId, source, state, receivedOn, dueOn, checkerName, answeredName } = row
    return {
      objectionId,
      objectionNo,
      noticeId,
      noticeNo,
      title,
      caseId,
      source,
      state,
      receivedOn,
      dueOn,
      checkerName,
      answeredName,
      consequence: row.consequence,
      recheck: recheckOf(row, ctx.today),
      township: areas.get(seatPath(row.areaPath, 'township')) ?? '',
      village: areas.get(seatPath(row.areaPath, 'village')) ?? '',
      headName: heads.get(row.householdId ?? '') ?? null,
      isOverdue: row.answeredAt === null && dueOn < ctx.today,
      daysLeft: row.answeredAt === null ? workingDaysUntil(ctx.today, dueOn, calendar) : null,
    }
  })
}

function recheckOf(row: KeptObjection, today: string): ObjectionRecheck | null {
  const { recheckDueOn: dueOn, recheckOutcome: outcome, recheckedName: byName, recheckedAt: at } = row
  return dueOn === null ? null : { dueOn, isOverdue: outcome === null && dueOn < today, outcome, byName, at }
}

/** One objection; out of the caller's scope it is not found. */
export async function readObjection(ctx: Context, deps: { vault: Vault }, objectionId: string): Promise<ObjectionRecord> {
  return inTransaction(ctx, (db) => getObjection({ ...ctx, db }, deps, objectionId))
}

export async function getObjection(ctx: Within, { vault }: { vault: Vault }, objectionId: string): Promise<ObjectionRecord> {
  const kept = await findObjection(ctx.db, ctx.scope, objectionId)
  if (kept === undefined) throw httpErrors.notFound()
  const [card] = await cardsOf(ctx, [kept])
  if (card === undefined) throw httpErrors.notFound()
  const lines = await listLines(ctx.db, ctx.scope, kept.noticeId)
  const heads = new Map(
    (
      await findHouseholds(
        ctx,
        ctx.db,
        lines.map(({ householdId }) => householdId),
      )
    ).map((one) => [one.householdId as string, one.headName]),
  )
  const { text, name, contact, finding, answer, recheck } = openObjection(vault, kept)
  const { level } = seatOfCaller(ctx)
  const isOpen = kept.answeredAt === null && level !== 'village' && mayDo(ctx, 'cases.objection', 'answer')
  return {
    ...card,
    text,
    name,
    finding,
    answer,
    contact: contact === null ? null : maskPhone(contact),
    enteredName: kept.enteredName,
    receivedAt: kept.receivedAt,
    checkBeganAt: kept.checkBeganAt,
    checkedOn: kept.checkedOn,
    answeredAt: kept.answeredAt,
    recheckOpinion: recheck,
    receiptPath: `/objection/${ctx.scope.countyCode}/${kept.receiptCode}`,
    lines: lines.map((line) => ({
      caseId: line.caseId,
      lineNo: line.lineNo,
      headName: heads.get(line.householdId) ?? '',
    })),
    revision: kept.revision,
    can: {
      check: isOpen,
      answer: isOpen && kept.state === 'checking' && kept.findingCell !== null,
      recheck: await outcomesFor(ctx, kept),
    },
  }
}

/** What the letter of answer is made from. Throws `http.not-found` while there is no answer. */
export async function objectionLetterData(ctx: Within, { vault }: { vault: Vault }, objectionId: string): Promise<ObjectionLetterData> {
  const kept = await findObjection(ctx.db, ctx.scope, objectionId)
  const notice = kept === undefined ? undefined : await findNotice(ctx.db, ctx.scope, kept.noticeId)
  if (kept === undefined || notice === undefined || kept.answeredAt === null || (kept.state !== 'upheld' && kept.state !== 'rejected'))
    throw httpErrors.notFound()
  const { text, name, finding, answer } = openObjection(vault, kept)
  const areas = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area.name]))
  return {
    objectionNo: kept.objectionNo,
    noticeNo: kept.noticeNo,
    noticeTitle: kept.title,
    receivedOn: kept.receivedOn,
    verdict: kept.state,
    consequence: kept.consequence,
    county: areas.get(seatPath(notice.areaPath, 'county')) ?? '',
    township: areas.get(seatPath(notice.areaPath, 'township')) ?? '',
    village: areas.get(notice.areaPath) ?? '',
    name: name ?? '',
    text,
    finding: finding ?? '',
    answer: answer ?? '',
    answeredOn: dayOf(Date.parse(kept.answeredAt)),
    answeredName: kept.answeredName ?? '',
    phones: notice.phones,
  }
}

const columns = [
  { label: '异议编号', width: 14 },
  { label: '公示编号', width: 14 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '针对户主', width: 12 },
  { label: '来源', width: 10 },
  { label: '收到日期', width: 12 },
  { label: '答复期限', width: 12 },
  { label: '状态', width: 12 },
  { label: '核查人', width: 12 },
  { label: '答复人', width: 12 },
  { label: '后续处理', width: 16 },
  { label: '复核期限', width: 12 },
  { label: '复核结果', width: 14 },
] as const

/** The list as it is filtered, recorded as every export is. What was objected is not in it. */
export async function exportObjections(ctx: Context, query: ExportObjections, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const cards = allPages((after) => pageOf(within, { filter, after, limit: 200 }))
    return exportList(within, { list: 'cases.objections', columns, filter, rows: mapped(cards, toCells), purpose, format, ...deps })
  })
}

function toCells(card: ObjectionCard): string[] {
  return [
    card.objectionNo,
    card.noticeNo,
    card.township,
    card.village,
    card.headName ?? '',
    noticeStateWords[card.source].zh,
    card.receivedOn,
    card.dueOn,
    noticeStateWords[card.state].zh,
    card.checkerName ?? '',
    card.answeredName ?? '',
    card.consequence === null ? '' : consequenceWords[card.consequence].zh,
    card.recheck?.dueOn ?? '',
    card.recheck?.outcome == null ? '' : recheckWords[card.recheck.outcome].zh,
  ]
}
