import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { NoticeCandidates, NoticePreview, NoticeRecord } from '../../rules/notices/notice-records.ts'
import type { ChangeNotice, DraftNotice, ListNoticeCases } from '../../rules/notices/notice-requests.ts'
import { titleOf } from '../../rules/notices/notice-texts.ts'
import { seatOfCaller } from '../case-seat.ts'
import { termsOf } from '../case-terms.ts'
import { listWaitingCases } from './notice-candidate-store.ts'
import { noticeErrors } from './notice-errors.ts'
import { makeNotice, paperOf, placeOf } from './notice-make.ts'
import { getNotice } from './notice-read.ts'
import { findNotice } from './notice-store.ts'
import { noticeTermsOf } from './notice-terms.ts'
import { addNoticeEvent, insertNotice, replaceLines, rewriteNotice } from './notice-write-store.ts'

export interface NoticeDeps {
  readonly vault: Vault
  readonly filesDirectory: string
}

/** Households of a village that wait to be published, and what a new notice begins with. */
export async function readNoticeCases(ctx: Context, { area, kind }: ListNoticeCases): Promise<NoticeCandidates> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const place = await placeOf(within, area)
    const terms = await noticeTermsOf(within, area)
    const words = await termsOf(within, { areaPath: area, asOf: ctx.today })
    const waiting = await listWaitingCases(db, ctx.scope, { areaPath: area, kind })
    const cards = await findHouseholds(
      within,
      db,
      waiting.map(({ householdId }) => householdId),
    )
    const byId = new Map(cards.map((card) => [card.householdId as string, card]))
    const items = waiting.flatMap(({ caseId, caseNo, householdId, stepSince, monitorKind, risk }) => {
      const card = byId.get(householdId)
      if (card === undefined) return []
      const household = {
        householdNo: card.householdNo,
        headName: card.headName ?? null,
        group: card.group ?? null,
        members: card.memberCount,
      }
      const known = { monitorKind: words.kinds.includes(monitorKind ?? '') ? monitorKind : null, risk }
      return [{ caseId, caseNo, stepSince, ...household, ...known }]
    })
    return { items, kinds: words.kinds, risks: words.risks, columns: terms.columns, days: terms.days, title: titleOf(kind, place.village) }
  })
}

/** What a notice would look like and what must be mended, without keeping anything. */
export async function previewNotice(ctx: Context, deps: NoticeDeps, asked: DraftNotice): Promise<NoticePreview> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { written, lines, findings } = await makeNotice(within, deps, wantedOf(asked))
    const place = await placeOf(within, asked.areaPath)
    const notice = { ...written, kind: asked.kind, noticeNo: '' }
    return { paper: paperOf({ notice, lines: lines.map(({ shown }) => shown), place }), findings }
  })
}

const wantedOf = ({ areaPath, kind, title, note, days, cases }: DraftNotice) => ({ areaPath, kind, title, note, days, cases })

/** Drafts a notice; what must not be published may stand in a draft, and goes no further. Throws as `makeNotice`. */
export async function draftNotice(ctx: Context, deps: NoticeDeps, asked: DraftNotice): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    if (!['village', 'township'].includes(seatOfCaller(ctx).level)) throw noticeErrors.noticeNotOurs()
    const { areaPath, kind } = asked
    const { written, lines } = await makeNotice(within, deps, wantedOf(asked))
    const noticeId = await insertNotice(db, ctx, { ...written, areaPath, kind })
    await replaceLines(db, ctx, { noticeId, kind, lines })
    const details = { households: lines.length, findings: written.findings }
    await addNoticeEvent(db, ctx, { noticeId, areaPath, act: 'draft', details })
    await audit(db, ctx, { did: 'cases.notice.draft', objectKind: 'cases.notice', objectId: noticeId, details })
    return getNotice(within, deps, noticeId)
  })
}

/** Writes a draft anew. Throws `cases.notice-state`, `notice-changed` and as `makeNotice`. */
export async function changeNotice(
  ctx: Context,
  deps: NoticeDeps,
  given: { noticeId: string; asked: ChangeNotice },
): Promise<NoticeRecord> {
  const { noticeId, asked } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const kept = await findNotice(db, ctx.scope, noticeId, true)
    if (kept === undefined) throw httpErrors.notFound()
    if (kept.revision !== asked.revision) throw noticeErrors.noticeChanged()
    if (kept.state !== 'draft') throw noticeErrors.noticeState()
    const { areaPath, kind } = kept
    const { title, note, days, cases } = asked
    const { written, lines } = await makeNotice(within, deps, { areaPath, kind, title, note, days, cases, own: noticeId })
    await rewriteNotice(db, ctx, { ...written, noticeId, revision: kept.revision })
    await replaceLines(db, ctx, { noticeId, kind, lines })
    const details = { households: lines.length, findings: written.findings }
    await addNoticeEvent(db, ctx, { noticeId, areaPath, act: 'change', details })
    await audit(db, ctx, { did: 'cases.notice.change', objectKind: 'cases.notice', objectId: noticeId, details })
    return getNotice(within, deps, noticeId)
  })
}
