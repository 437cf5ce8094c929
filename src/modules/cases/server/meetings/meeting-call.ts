import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import type { MeetingTerms } from '../../rules/meetings/meeting-quorum.ts'
import type { Appraiser, Meeting, MeetingDraft, MeetingKind } from '../../rules/meetings/meeting-records.ts'
import type { CallMeeting, EnterMeeting } from '../../rules/meetings/meeting-requests.ts'
import { meetingErrors } from './meeting-errors.ts'
import { getMeeting, homeNames } from './meeting-read.ts'
import { findLastPlace, findMeeting, listBody, listWaitingCases, type WaitingFile } from './meeting-store.ts'
import { meetingTermsOf } from './meeting-terms.ts'
import { insertItems, insertMeeting, saveBody, saveMembers, type WrittenPerson } from './meeting-write-store.ts'

/** What a meeting of a village is called from: its body, the cases that wait, what policy asks. Throws `cases.meeting-no-village`. */
export async function readMeetingDraft(ctx: Context, given: { areaPath: string; kind: MeetingKind }): Promise<MeetingDraft> {
  return inTransaction(ctx, async (db) => {
    const village = await villageOf({ ...ctx, db }, given.areaPath)
    const files = await listWaitingCases(db, ctx.scope, given)
    const { terms } = await meetingTermsOf({ ...ctx, db }, { areaPath: given.areaPath, asOf: ctx.today })
    const body = await listBody(db, ctx.scope, given.areaPath)
    const homes = body.flatMap(({ householdId }) => householdId ?? [])
    const known = await findHouseholds(ctx, db, [...files.map((file) => file.householdId), ...homes])
    const cards = new Map(known.map((card) => [card.householdId, card]))
    const waiting = files.map(({ round: _round, areaPath: _path, ...file }) => {
      const card = cards.get(file.householdId)
      return { ...file, headName: card?.headName ?? null, householdNo: card?.householdNo ?? '', group: card?.group ?? null }
    })
    const lastPlace = await findLastPlace(db, ctx.scope, given.areaPath)
    return { areaPath: given.areaPath, village, body, homes: homeNames(homes, cards), waiting, terms, lastPlace }
  })
}

/**
 * Calls a meeting of a village about cases that stand at its step. Throws `cases.meeting-no-village`, `meeting-no-body`,
 * `meeting-case-not-there`, `meeting-correction`, `meeting-terms`.
 */
export async function callMeeting(ctx: Context, given: CallMeeting): Promise<Meeting> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const { areaPath, kind, correctsId, reason, heldOn, place } = given
    await villageOf(within, areaPath)
    if (correctsId !== undefined) await checkCorrected(db, ctx, { areaPath, kind, correctsId, reason })
    const { terms, versions } = await meetingTermsOf(within, { areaPath, asOf: heldOn < ctx.today ? heldOn : ctx.today })
    const items = await waitingOf(db, ctx, { areaPath, kind, caseIds: given.caseIds })
    const body = given.body === undefined ? await listBody(db, ctx.scope, areaPath) : given.body
    const people = toPeople(body, terms)
    if (people.length === 0) throw meetingErrors.meetingNoBody()
    const facts = { areaPath, kind, heldOn, place, correctsId: correctsId ?? null, reason: reason ?? null, terms, versions }
    const meetingId = await insertMeeting(db, ctx, facts)
    if (given.body !== undefined) await saveBody(db, ctx, { areaPath, people })
    await saveMembers(db, ctx, { meetingId, areaPath, people })
    await insertItems(db, ctx, { meetingId, items, from: 0 })
    await audit(db, ctx, {
      did: 'cases.meeting.call',
      objectKind: 'cases.meeting',
      objectId: meetingId,
      ...(reason === undefined ? {} : { reason }),
      details: { kind, cases: items.length, people: people.length, heldOn, corrects: correctsId },
    })
    return getMeeting(within, meetingId)
  })
}

/** The cases that are to be put on a meeting, each at its step and in the village. Throws `cases.meeting-case-not-there`. */
export async function waitingOf(
  db: Db,
  ctx: Context,
  given: { areaPath: string; kind: MeetingKind; caseIds: readonly string[] },
): Promise<WaitingFile[]> {
  const wanted = [...new Set(given.caseIds)]
  if (wanted.length === 0) return []
  const found = new Map((await listWaitingCases(db, ctx.scope, given)).map((file) => [file.caseId, file]))
  const items = wanted.flatMap((caseId) => found.get(caseId) ?? [])
  if (items.length < wanted.length) throw meetingErrors.meetingCaseNotThere({ count: wanted.length - items.length })
  return items
}

/** People as they are written: who is new gets an id; whether he votes is said by policy. */
export function toPeople(
  given: readonly (Appraiser | EnterMeeting['people'][number])[] | NonNullable<CallMeeting['body']>,
  terms: MeetingTerms,
): WrittenPerson[] {
  return given.map((one) => ({
    appraiserId: one.appraiserId ?? makeId(),
    name: one.name,
    capacity: one.capacity,
    householdId: one.householdId,
    personId: one.personId,
    userId: one.userId,
    votes: terms.mayVote.includes(one.capacity),
    attended: 'attended' in one ? one.attended : null,
  }))
}

async function villageOf(ctx: Context & { readonly db: Db }, areaPath: string): Promise<string> {
  const area = await findAreaInScope(ctx, areaPath)
  if (area?.level !== 'village') throw meetingErrors.meetingNoVillage()
  return area.name
}

async function checkCorrected(
  db: Db,
  ctx: Context,
  given: { areaPath: string; kind: MeetingKind; correctsId: string; reason: string | undefined },
): Promise<void> {
  const corrected = await findMeeting(db, ctx.scope, { meetingId: given.correctsId })
  const isRight = corrected?.state === 'closed' && corrected.areaPath === given.areaPath && corrected.kind === given.kind
  if (!isRight || given.reason === undefined) throw meetingErrors.meetingCorrection()
}
