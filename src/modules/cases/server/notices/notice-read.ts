import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import { allPages, exportList, mapped } from '#modules/registry/server/index.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { daysLeftOn } from '../../rules/notices/notice-days.ts'
import { lintNotice, type NoticeFinding } from '../../rules/notices/notice-lint.ts'
import type { NoticeCard, NoticeLine, NoticeRecord } from '../../rules/notices/notice-records.ts'
import type { ExportNotices, ListNotices, NoticeTask } from '../../rules/notices/notice-requests.ts'
import { isHanging } from '../../rules/notices/notice-states.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { seatOfCaller } from '../case-seat.ts'
import { qrPathOf } from '../intake/declaration-qr.ts'
import { declarationTerms } from '../intake/declaration-terms.ts'
import { householdsOf, lintTermsOf, paperOf, textsOfNotice } from './notice-make.ts'
import {
  countNoticeStates,
  countNoticeTasks,
  findNotice,
  listLines,
  listNoticeEvents,
  listNoticeFiles,
  listNotices,
  type KeptLine,
  type KeptNotice,
} from './notice-store.ts'
import { noticeTermsOf } from './notice-terms.ts'
import { objectionsOfNotice } from './objection-read.ts'

type Within = Context & { readonly db: Db }
const usualPage = 50

/** A page of notices with how many stand how, and at how many something is to be done. */
export type NoticePage = Page<NoticeCard> & {
  readonly counts: Readonly<Record<string, number>>
  readonly tasks: Readonly<Record<NoticeTask, number>>
}

/** One page of notices, the newest first. */
export async function readNotices(ctx: Context, query: ListNotices): Promise<NoticePage> {
  const { after, limit = usualPage, ...filter } = query
  return inTransaction(ctx, async (db) => ({
    ...(await pageOf({ ...ctx, db }, { filter, after, limit })),
    counts: await countNoticeStates(db, ctx.scope),
    tasks: await countNoticeTasks(db, ctx.scope, askedBy(ctx)),
  }))
}

const askedBy = ({ caller, today }: Context) => ({ callerId: caller.id, today })

async function pageOf(
  ctx: Within,
  given: { filter: Omit<ListNotices, 'after' | 'limit'>; after: string | undefined; limit: number },
): Promise<Page<NoticeCard>> {
  const { filter, after, limit } = given
  const search = { scope: ctx.scope, filter, by: askedBy(ctx) }
  const rows = await listNotices(ctx.db, search, { limit: limit + 1, after: readCursor(after, ['id']) })
  const page = toPage(rows, limit, (row) => [row.noticeId])
  return { ...page, items: await cardsOf(ctx, page.items) }
}

/** Cards of notices, with the names of their places and the days that are left. */
export async function cardsOf(ctx: Within, notices: readonly KeptNotice[]): Promise<NoticeCard[]> {
  if (notices.length === 0) return []
  const areas = new Map((await listAreas(ctx, { level: 'village' })).map((area) => [area.path, area.name]))
  const holidays = await openCalendar(ctx)
  return notices.map((notice) => {
    const { noticeId, noticeNo, areaPath, kind, state, title, households, postedOn, endsOn, photos, openObjections } = notice
    const [from, last] = [readDay(notice.countsFrom ?? ''), readDay(endsOn ?? '')]
    const running = state === 'posted' && from !== undefined && last !== undefined
    const left = running ? daysLeftOn(ctx.today, { from, endsOn: last, calendar: notice.calendar, holidays }) : null
    return {
      noticeId,
      noticeNo,
      areaPath,
      kind,
      state,
      title,
      households,
      postedOn,
      endsOn,
      photos,
      openObjections,
      township: areas.get(seatPath(areaPath, 'township')) ?? '',
      village: areas.get(areaPath) ?? '',
      daysLeft: state === 'paused' ? notice.daysLeft : left,
      draftedName: notice.draftedName,
      releasedName: notice.releasedName,
    }
  })
}

/** One notice; out of the caller's scope it is not found. */
export async function readNotice(ctx: Context, deps: { vault: Vault }, noticeId: string, origin?: string): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const notice = await getNotice({ ...ctx, db }, deps, noticeId)
    const { publicAddress = origin } = await declarationTerms({ ...ctx, db }, notice.areaPath)
    if (publicAddress === undefined) return notice
    const address = `${publicAddress}${notice.publicPath}`
    return { ...notice, qr: { address, ...qrPathOf(address) } }
  })
}

/** The same within a transaction. */
export async function getNotice(ctx: Within, deps: { vault: Vault }, noticeId: string): Promise<NoticeRecord> {
  const notice = await findNotice(ctx.db, ctx.scope, noticeId)
  if (notice === undefined) throw httpErrors.notFound()
  const [card] = await cardsOf(ctx, [notice])
  if (card === undefined) throw httpErrors.notFound()
  const kept = await listLines(ctx.db, ctx.scope, noticeId)
  const standing = kept.filter(({ struckOn }) => struckOn === null)
  const files = await listNoticeFiles(ctx.db, ctx.scope, noticeId)
  return {
    ...card,
    note: notice.note,
    nameStyle: notice.nameStyle,
    days: notice.days,
    calendar: notice.calendar,
    phones: notice.phones,
    paper: paperOf({
      notice,
      lines: standing.map(({ shown }) => shown),
      place: card,
    }),
    lines: kept.map(toLine),
    findings: isFinal(notice)
      ? []
      : await findingsOf(ctx, deps, {
          notice,
          lines: standing,
        }),
    files: files.map(({ storedId: _storedId, ...file }) => file),
    events: await listNoticeEvents(ctx.db, ctx.scope, noticeId),
    objections: await objectionsOfNotice(ctx, noticeId),
    submittedName: notice.submittedName,
    pausedOn: notice.pausedOn,
    withdrawnWhy: notice.withdrawnWhy,
    revision: notice.revision,
    publicPath: `/object/${ctx.scope.countyCode}/${notice.code}`,
    qr: null,
    can: canOf(ctx, notice),
  }
}

const isFinal = ({ state }: KeptNotice) => state !== 'draft' && state !== 'submitted'

const toLine = ({ caseId, caseNo, householdId, lineNo, monitorKind, risk, shown, struckOn, struckWhy }: KeptLine): NoticeLine => ({
  caseId,
  caseNo,
  householdId,
  lineNo,
  monitorKind,
  risk,
  shown,
  struckOn,
  struckWhy,
})

/** What a scan finds today in a notice as it is written; the policy and the households may have changed since. */
export async function findingsOf(
  ctx: Within,
  deps: { vault: Vault },
  given: { notice: KeptNotice; lines: readonly KeptLine[] },
): Promise<NoticeFinding[]> {
  const { notice, lines } = given
  const terms = await noticeTermsOf(ctx, notice.areaPath)
  const households = await householdsOf(
    ctx,
    deps,
    lines.map(({ householdId }) => householdId),
  )
  const enclosures = (await listNoticeFiles(ctx.db, ctx.scope, notice.noticeId)).filter(({ purpose }) => purpose === 'enclosure')
  const texts = textsOfNotice({ ...notice, lines: lines.map(({ shown }) => shown), files: enclosures.map(({ name }) => name) })
  return lintNotice(
    texts,
    lintTermsOf(ctx, { terms: { ...terms, phones: notice.phones, nameStyle: notice.nameStyle }, households: [...households.values()] }),
  )
}

function canOf(ctx: Context, notice: KeptNotice): NoticeRecord['can'] {
  const may = (action: string) => mayDo(ctx, 'cases.notice', action)
  const { level, path } = seatOfCaller(ctx)
  const { state } = notice
  const wrote = [...notice.editedBy, notice.draftedBy, notice.submittedBy ?? ''].includes(ctx.caller.id)
  const isAbove = (level === 'township' || level === 'county') && notice.areaPath.startsWith(path)
  const isOpen = state === 'draft' || state === 'submitted'
  return {
    change: may('draft') && state === 'draft' && level !== 'county',
    submit: may('draft') && state === 'draft' && level !== 'county' && notice.households > 0,
    return: state === 'submitted' && (may('release') ? isAbove : may('draft')),
    release: may('release') && state === 'submitted' && isAbove && !wrote,
    post: may('post') && state === 'released',
    withdraw: may('withdraw') && (isOpen || state === 'released' || isHanging(state)),
    addPhoto: may('post') && (state === 'released' || isHanging(state) || state === 'ended'),
    addEnclosure: may('draft') && state === 'draft',
    object: mayDo(ctx, 'cases.objection', 'record') && (isHanging(state) || state === 'ended'),
  }
}

const columns = [
  { label: '公示编号', width: 14 },
  { label: '乡镇', width: 14 },
  { label: '行政村', width: 14 },
  { label: '类别', width: 12 },
  { label: '标题', width: 40 },
  { label: '户数', width: 8 },
  { label: '状态', width: 12 },
  { label: '张贴日期', width: 12 },
  { label: '公示到', width: 12 },
  { label: '张贴照片', width: 10 },
  { label: '未答复异议', width: 12 },
  { label: '编制人', width: 12 },
  { label: '发布人', width: 12 },
] as const

/** The list as it is filtered, recorded as every export is. */
export async function exportNotices(ctx: Context, query: ExportNotices, deps: { filesDirectory: string }): Promise<Download> {
  const { purpose, format, ...filter } = query
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const cards = allPages((after) => pageOf(within, { filter, after, limit: 200 }))
    return exportList(within, { list: 'cases.notices', columns, filter, rows: mapped(cards, toCells), purpose, format, ...deps })
  })
}

function toCells(card: NoticeCard): string[] {
  return [
    card.noticeNo,
    card.township,
    card.village,
    noticeStateWords[card.kind].zh,
    card.title,
    String(card.households),
    noticeStateWords[card.state].zh,
    card.postedOn ?? '',
    card.endsOn ?? '',
    String(card.photos),
    String(card.openObjections),
    card.draftedName,
    card.releasedName ?? '',
  ]
}
