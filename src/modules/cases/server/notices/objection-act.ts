import { makeId } from '#kernel/pure/ids/index.ts'
import { dueDay, readDay } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { openCalendar } from '#kernel/server/calendar/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findUserNames } from '#modules/identity/server/index.ts'
import { daysLeftOn, lastDayOf } from '../../rules/notices/notice-days.ts'
import type { ObjectionRecord } from '../../rules/notices/notice-records.ts'
import { isHanging, type ObjectionSource } from '../../rules/notices/notice-states.ts'
import type { AnswerObjection, CheckObjection, RecordObjection } from '../../rules/notices/objection-requests.ts'
import { findCaseForUpdate } from '../case-store.ts'
import { seatOfCaller } from '../case-seat.ts'
import { pauseClocks, resumeClocks } from '../clocks/clock-keep.ts'
import { writeAct } from './notice-act.ts'
import { objectionErrors } from './notice-errors.ts'
import { findNotice, listLines, type KeptLine, type KeptNotice } from './notice-store.ts'
import { noticeTermsOf } from './notice-terms.ts'
import { getObjection } from './objection-read.ts'
import { consequenceFor, followAnswer, type RightObjection } from './objection-recheck.ts'
import { findObjection, findObjectionOf, insertObjection, saveAnswer, saveCheck, type KeptObjection } from './objection-store.ts'

type Within = Context & { readonly db: Db }

interface Deps {
  readonly vault: Vault
}

/** What came in, from the page of a poster or through an officer. */
export interface ReceivedObjection {
  readonly noticeId: string
  readonly source: ObjectionSource
  readonly formNo: string
  readonly caseId?: string | undefined
  readonly text: string
  readonly name: string
  readonly phone: string
}

/**
 * Takes an objection in: its words are encrypted, the days of the notice and the clocks of its cases are held, an answer is due. The same form
 * twice is one objection. Throws `cases.objection-notice`, `objection-case`.
 */
export async function receiveObjection(
  ctx: Within,
  { vault }: Deps,
  came: ReceivedObjection,
): Promise<{ objectionId: string; receiptCode: string }> {
  const notice = await findNotice(ctx.db, ctx.scope, came.noticeId, true)
  if (notice === undefined) throw httpErrors.notFound()
  const before = await findObjectionOf(ctx.db, ctx.scope, { formNo: came.formNo })
  if (before !== undefined) return before
  if (!isHanging(notice.state) && notice.state !== 'ended') throw objectionErrors.objectionNotice()
  const lines = await standing(ctx, notice.noticeId)
  const line = lines.find(({ caseId }) => caseId === came.caseId)
  if (came.caseId !== undefined && line === undefined) throw objectionErrors.objectionCase()
  const dueOn = await answerDue(ctx, notice.areaPath)
  const { noticeId, areaPath } = notice
  const { source, formNo, text, name, phone: contact } = came
  const enteredBy = source === 'page' ? null : { id: ctx.caller.id, name: ctx.caller.name }
  const about = { caseId: line?.caseId ?? null, householdId: line?.householdId ?? null }
  const objection = { noticeId, areaPath, ...about, source, formNo, text, name, contact, dueOn, enteredBy }
  const added = await insertObjection(ctx.db, ctx, { vault, objection })
  await audit(ctx.db, ctx, {
    did: 'cases.objection.receive',
    objectKind: 'cases.objection',
    objectId: added.objectionId,
    details: { source, dueOn },
  })
  await pause(ctx, { notice, lines, objectionNo: added.objectionNo })
  return added
}

const standing = async (ctx: Within, noticeId: string) =>
  (await listLines(ctx.db, ctx.scope, noticeId)).filter(({ struckOn }) => struckOn === null)

/** Holds the days of a notice that hangs; one whose last day is over has none to hold, but its cases wait for the answer all the same. */
async function pause(ctx: Within, given: { notice: KeptNotice; lines: readonly KeptLine[]; objectionNo: string }): Promise<void> {
  const { notice, lines, objectionNo } = given
  const [from, endsOn] = [readDay(notice.countsFrom ?? ''), readDay(notice.endsOn ?? '')]
  if (notice.state !== 'posted' || from === undefined || endsOn === undefined || ctx.today > endsOn) return
  const daysLeft = daysLeftOn(ctx.today, { from, endsOn, calendar: notice.calendar, holidays: await openCalendar(ctx) })
  const change = { state: 'paused', endsOn: null, paused: { on: ctx.today, daysLeft } } as const
  await writeAct(ctx, notice, { act: 'pause', change, details: { objectionNo, daysLeft } })
  for (const { caseId } of lines) await pauseClocks(ctx, { caseId, reason: 'objection' })
}

/** Notes what somebody came, rang or wrote to say. */
export async function recordObjection(ctx: Context, deps: Deps, asked: RecordObjection): Promise<ObjectionRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { objectionId } = await receiveObjection(within, deps, { ...asked, formNo: `entered ${makeId()}` })
    return getObjection(within, deps, objectionId)
  })
}

async function hold(ctx: Within, objectionId: string, revision: number): Promise<KeptObjection> {
  const kept = await findObjection(ctx.db, ctx.scope, objectionId, true)
  if (kept === undefined) throw httpErrors.notFound()
  if (kept.revision !== revision) throw objectionErrors.objectionChanged()
  if (kept.answeredAt !== null) throw objectionErrors.objectionState()
  return kept
}

/** Says who looks into an objection, against which household it is, and what was found. Nobody looks into his own work, or that of kin. */
export async function checkObjection(
  ctx: Context,
  deps: Deps,
  given: { objectionId: string; asked: CheckObjection },
): Promise<ObjectionRecord> {
  const { objectionId, asked } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const kept = await hold(within, objectionId, asked.revision)
    const check = { line: await lineOf(within, kept, asked), checker: await checkerOf(within, kept, asked), finding: asked.finding }
    await saveCheck(db, ctx, { vault: deps.vault, kept, check })
    const details = { hasFinding: asked.finding !== undefined, hasCase: check.line !== null }
    await audit(db, ctx, { did: 'cases.objection.check', objectKind: 'cases.objection', objectId: objectionId, details })
    return getObjection(within, deps, objectionId)
  })
}

async function lineOf(ctx: Within, kept: KeptObjection, { caseId }: CheckObjection) {
  const wanted = caseId === undefined ? kept.caseId : caseId
  if (wanted === null) return null
  const line = (await listLines(ctx.db, ctx.scope, kept.noticeId)).find((one) => one.caseId === wanted)
  const file = await findCaseForUpdate(ctx.db, ctx.scope, wanted)
  if (line === undefined || file === undefined) throw objectionErrors.objectionCase()
  return { caseId: line.caseId, householdId: line.householdId, areaPath: file.areaPath }
}

async function checkerOf(ctx: Within, kept: KeptObjection, { checkerId }: CheckObjection): Promise<{ id: string; name: string }> {
  if (checkerId === undefined && kept.checkerId !== null) return { id: kept.checkerId, name: kept.checkerName ?? '' }
  if (checkerId === undefined || checkerId === ctx.caller.id) return { id: ctx.caller.id, name: ctx.caller.name }
  const [user] = await findUserNames(ctx, [checkerId])
  if (user === undefined) throw objectionErrors.objectionState()
  return { id: user.userId, name: user.name }
}

/**
 * Answers an objection: upheld, the case goes back to the house visit and off the notice, or the county looks at it again where it is beyond the
 * procedure; not upheld, the notice goes on with the days that were left once nothing else is open. Throws `cases.objection-finding`,
 * `objection-case`, `objection-own-work`.
 */
export async function answerObjection(
  ctx: Context,
  deps: Deps,
  given: { objectionId: string; asked: AnswerObjection },
): Promise<ObjectionRecord> {
  const { objectionId, asked } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const kept = await hold(within, objectionId, asked.revision)
    if (kept.state !== 'checking' || kept.findingCell === null) throw objectionErrors.objectionFinding()
    if (asked.verdict === 'upheld' && kept.caseId === null) throw objectionErrors.objectionCase()
    const right = asked.verdict === 'upheld' && kept.caseId !== null ? await rightObjection(within, kept, kept.caseId) : undefined
    const consequence = right === undefined ? null : await consequenceFor(within, right)
    const { verdict, answer } = asked
    const recheckDueOn = consequence === 'recheck' ? await answerDue(within, kept.areaPath) : null
    const said = { verdict, answer, consequence, recheckDueOn, path: seatOfCaller(ctx).path }
    await saveAnswer(db, ctx, { vault: deps.vault, kept, ...said })
    const details = { verdict, ...(consequence === null ? {} : { consequence }) }
    await audit(db, ctx, { did: 'cases.objection.answer', objectKind: 'cases.objection', objectId: objectionId, details })
    if (right !== undefined && consequence !== null) await followAnswer(within, right, consequence)
    await goOn(within, kept.noticeId)
    return getObjection(within, deps, objectionId)
  })
}

/** The case of an objection that was right, and what the notice said of it. */
async function rightObjection(ctx: Within, kept: KeptObjection, caseId: string): Promise<RightObjection> {
  const file = await findCaseForUpdate(ctx.db, ctx.scope, caseId)
  const line = (await listLines(ctx.db, ctx.scope, kept.noticeId)).find((one) => one.caseId === caseId)
  const notice = await findNotice(ctx.db, ctx.scope, kept.noticeId)
  if (file === undefined || notice === undefined || line === undefined) throw httpErrors.notFound()
  return { kept, file, kind: notice.kind, round: line.round, hangs: isHanging(notice.state) }
}

/** The day until which somebody who objects has his answer, counted from today. */
async function answerDue(ctx: Within, areaPath: string): Promise<string> {
  const { objectionDays: days, objectionCalendar: calendar } = await noticeTermsOf(ctx, areaPath)
  return dueDay(ctx.today, { days, calendar }, await openCalendar(ctx)).on
}

/** A paused notice goes on from today with the days that were left, once no objection is open. */
async function goOn(ctx: Within, noticeId: string): Promise<void> {
  const notice = await findNotice(ctx.db, ctx.scope, noticeId, true)
  if (notice === undefined || notice.state !== 'paused' || notice.openObjections > 0) return
  const { calendar, daysLeft } = notice
  const { on: endsOn } = lastDayOf(ctx.today, daysLeft ?? notice.days, { calendar, holidays: await openCalendar(ctx) })
  await writeAct(ctx, notice, {
    act: 'resume',
    change: { state: 'posted', countsFrom: ctx.today, endsOn, paused: null },
    details: { endsOn },
  })
  for (const { caseId } of await standing(ctx, noticeId)) await resumeClocks(ctx, { caseId, reason: 'objection' })
}
