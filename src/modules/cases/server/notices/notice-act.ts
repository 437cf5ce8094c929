import { readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { lastDayOf } from '../../rules/notices/notice-days.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import type { PostNotice, ReturnNotice, StepNotice } from '../../rules/notices/notice-requests.ts'
import { nextNoticeStates, type NoticeAct, type NoticeState } from '../../rules/notices/notice-states.ts'
import { seatOfCaller } from '../case-seat.ts'
import { resumeClocks, startClock } from '../clocks/clock-keep.ts'
import { noticeErrors } from './notice-errors.ts'
import { findingsOf, getNotice } from './notice-read.ts'
import { findNotice, listLines, type KeptLine, type KeptNotice } from './notice-store.ts'
import { addNoticeEvent, listDueNotices, moveNotice, strikeLines, type NoticeChange } from './notice-write-store.ts'

type Within = Context & { readonly db: Db }

interface Deps {
  readonly vault: Vault
}

/** A notice held for an act, with the households that stand on it. */
interface Held {
  readonly notice: KeptNotice
  readonly lines: readonly KeptLine[]
}

interface Asked {
  readonly noticeId: string
  readonly step: StepNotice
}

async function hold(ctx: Within, { noticeId, step }: Asked, to: NoticeState): Promise<Held> {
  const notice = await findNotice(ctx.db, ctx.scope, noticeId, true)
  if (notice === undefined) throw httpErrors.notFound()
  if (notice.revision !== step.revision) throw noticeErrors.noticeChanged()
  const next: readonly NoticeState[] = nextNoticeStates[notice.state]
  if (!next.includes(to)) throw noticeErrors.noticeState()
  const lines = await listLines(ctx.db, ctx.scope, noticeId)
  return { notice, lines: lines.filter(({ struckOn }) => struckOn === null) }
}

interface Done {
  readonly act: NoticeAct
  readonly change: NoticeChange
  readonly reason?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** Writes an act with its event and audit row. */
export async function writeAct(
  ctx: Within,
  notice: Pick<KeptNotice, 'noticeId' | 'areaPath' | 'revision'>,
  { act, change, reason, details = {} }: Done,
): Promise<void> {
  const { noticeId, areaPath, revision } = notice
  await moveNotice(ctx.db, ctx, { noticeId, revision, change })
  await addNoticeEvent(ctx.db, ctx, { noticeId, areaPath, act, reason, details })
  const why = reason === undefined ? {} : { reason }
  await audit(ctx.db, ctx, { did: `cases.notice.${act}`, objectKind: 'cases.notice', objectId: noticeId, ...why, details })
}

/** Hands a draft in for its release. Throws `cases.notice-findings` while anything in it must not be published. */
export async function submitNotice(ctx: Context, deps: Deps, asked: Asked): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    if (!['village', 'township'].includes(seatOfCaller(ctx).level)) throw noticeErrors.noticeNotOurs()
    const held = await hold(within, asked, 'submitted')
    if (held.lines.length === 0) throw noticeErrors.noticeCases({ count: 0 })
    const findings = await scan(within, deps, held)
    await writeAct(within, held.notice, {
      act: 'submit',
      change: { state: 'submitted', submitted: true, findings },
      details: { households: held.lines.length },
    })
    return getNotice(within, deps, asked.noticeId)
  })
}

/** Scans a notice once more, as it stands; throws `cases.notice-findings`. */
async function scan(ctx: Within, deps: Deps, held: Held): Promise<number> {
  const found = await findingsOf(ctx, deps, held)
  if (found.length > 0) throw noticeErrors.noticeFindings({ count: found.length })
  return 0
}

/** Gives a submitted notice back to whoever wrote it. */
export async function returnNotice(ctx: Context, deps: Deps, asked: Asked & { step: ReturnNotice }): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { notice } = await hold(within, asked, 'draft')
    await writeAct(within, notice, { act: 'return', change: { state: 'draft' }, reason: asked.step.reason })
    return getNotice(within, deps, asked.noticeId)
  })
}

/**
 * Releases a notice: somebody of the township or county who wrote none of it, after it was scanned once more. Throws `cases.notice-own`,
 * `notice-not-ours`, `notice-kin`, `notice-findings`; the database refuses the same by itself.
 */
export async function releaseNotice(ctx: Context, deps: Deps, asked: Asked): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await hold(within, asked, 'released')
    const { level, path } = seatOfCaller(ctx)
    if (level !== 'township' && level !== 'county') throw noticeErrors.noticeNotOurs()
    if (held.lines.some(({ caseStep }) => caseStep !== stepOf[held.notice.kind])) throw noticeErrors.noticeCases({ count: 1 })
    const findings = await scan(within, deps, held)
    await writeAct(within, held.notice, {
      act: 'release',
      change: { state: 'released', released: { path }, findings },
      details: { households: held.lines.length },
    })
    return getNotice(within, deps, asked.noticeId)
  })
}

const stepOf = { identification: 'notice', elimination: 'exit-notice' } as const

/** Notes that a notice was put up: its days begin with the next day, and so does the clock of every case on it. */
export async function postNotice(ctx: Context, deps: Deps, asked: Asked & { step: PostNotice }): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { notice, lines } = await hold(within, asked, 'posted')
    const postedOn = readDay(asked.step.postedOn)
    if (postedOn === undefined || postedOn > ctx.today || postedOn < (notice.releasedOn ?? '9')) throw noticeErrors.noticeDay()
    const { days, calendar } = notice
    const { on: endsOn } = lastDayOf(postedOn, days, { calendar, holidays: await openCalendar(within) })
    const change = { state: 'posted', postedOn, countsFrom: postedOn, endsOn } as const
    await writeAct(within, notice, { act: 'post', change, details: { postedOn, endsOn } })
    for (const { caseId } of lines) await startClock(within, { caseId, kind: 'notice', count: { days, calendar }, startedOn: postedOn })
    return getNotice(within, deps, asked.noticeId)
  })
}

/** Takes a notice down before its time: poster, public page and list are without it at once. */
export async function withdrawNotice(ctx: Context, deps: Deps, asked: Asked & { step: ReturnNotice }): Promise<NoticeRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await hold(within, asked, 'withdrawn')
    await takeDown(within, held, asked.step.reason)
    return getNotice(within, deps, asked.noticeId)
  })
}

/** Withdraws a notice with its households; the cases must be published anew. */
async function takeDown(ctx: Within, { notice, lines }: Held, reason: string): Promise<void> {
  const { noticeId } = notice
  await writeAct(ctx, notice, {
    act: 'withdraw',
    change: { state: 'withdrawn', withdrawnWhy: reason },
    reason,
    details: { households: lines.length },
  })
  await strikeLines(ctx.db, ctx, { noticeId, why: 'withdrawn' })
  if (notice.state === 'paused') for (const { caseId } of lines) await resumeClocks(ctx, { caseId, reason: 'objection' })
}

/** Takes one household off a notice because its case went back or ended; a notice on which nobody is left comes down. */
export async function strikeCase(ctx: Within, given: { noticeId: string; caseId: string; why: 'upheld' | 'moved-back' }): Promise<void> {
  const notice = await findNotice(ctx.db, ctx.scope, given.noticeId, true)
  if (notice === undefined) return
  await strikeLines(ctx.db, ctx, given)
  const left = (await listLines(ctx.db, ctx.scope, given.noticeId)).filter(({ struckOn }) => struckOn === null)
  if (left.length === 0 && notice.state !== 'ended' && notice.state !== 'withdrawn')
    await takeDown(ctx, { notice, lines: [] }, '公示的农户都已退回或办结')
}

/** Takes down every notice whose days are over; returns how many. Safe to repeat. */
export async function endDueNotices(ctx: Context): Promise<number> {
  return inTransaction(ctx, async (db) => {
    const due = await listDueNotices(db, ctx)
    for (const notice of due) await writeAct({ ...ctx, db }, notice, { act: 'end', change: { state: 'ended', endedOn: ctx.today } })
    return due.length
  })
}
