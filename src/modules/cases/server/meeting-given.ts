import { inTransaction } from '#kernel/server/database/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { seatPath } from '../rules/case-seat.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { Meeting, MeetingKind, Vote } from '../rules/meetings/meeting-records.ts'
import { callMeeting, toPeople } from './meetings/meeting-call.ts'
import { getMeeting } from './meetings/meeting-read.ts'
import { meetingTermsOf } from './meetings/meeting-terms.ts'
import { insertItems, insertMeeting, saveBody, saveMembers } from './meetings/meeting-write-store.ts'
import { insertAttachment } from './papers/attachment-store.ts'
import { findCase } from './case-store.ts'
import { closeMeeting, enterMeeting } from './meetings/meeting-enter.ts'

/** Somebody of a given body. */
export interface GivenAppraiser {
  name: string
  capacity?: Meeting['people'][number]['capacity']
  householdId?: string
  userId?: string
  attended?: boolean
}

const usualBody: readonly GivenAppraiser[] = [
  { name: '村支书', capacity: 'committee' },
  ...Array.from({ length: 8 }, (_, at) => ({ name: `代表${at + 1}` })),
]

/**
 * A meeting about cases that stand at its step, held as the caller says: `until` how far it went. Everybody who came votes `vote`. The
 * first of the body presides.
 */
export async function givenMeeting(
  ctx: Context,
  given: {
    cases: readonly CaseFile[]
    kind?: MeetingKind
    body?: readonly GivenAppraiser[]
    vote?: Vote
    until?: 'called' | 'held' | 'closed'
    withoutSheet?: boolean
  },
): Promise<Meeting> {
  const { cases, kind = 'appraisal', body = usualBody, vote = 'for', until = 'closed' } = given
  const people = body.map((one) => ({
    appraiserId: makeId(),
    name: one.name,
    capacity: one.capacity ?? ('representative' as const),
    householdId: one.householdId ?? null,
    personId: null,
    userId: one.userId ?? null,
  }))
  const caseIds = cases.map((file) => file.caseId)
  const terms = { kind, heldOn: ctx.today, place: '村部会议室' }
  const called = await callMeeting(ctx, { areaPath: seatPath(cases[0]?.areaPath ?? '', 'village'), caseIds, body: people, ...terms })
  if (until === 'called') return called
  const attendance = people.map((one, at) => ({ ...one, attended: body[at]?.attended ?? true }))
  const there = attendance.filter((one) => one.attended && one.capacity !== 'observer')
  const named = called.cases.map((item) => {
    const recused = new Set(item.recusals.map((one) => one.memberId))
    const ids = new Map(called.people.map((one) => [one.appraiserId, one.memberId]))
    const voters = there.filter((one) => !recused.has(ids.get(one.appraiserId) ?? ''))
    return { caseId: item.caseId, named: Object.fromEntries(voters.map((one) => [one.appraiserId, vote])) }
  })
  const held = await enterMeeting(ctx, called.meetingId, {
    revision: called.revision,
    heldOn: ctx.today,
    place: '村部会议室',
    chairId: people[0]?.appraiserId ?? null,
    minuteTaker: '记录员',
    minutes: '逐户介绍情况，代表发言后表决。',
    people: attendance,
    items: named.map((item) => ({ ...item, opinion: '情况属实', deputyId: null, stated: [] })),
  })
  if (until === 'held') return held
  const closed = await closeMeeting(ctx, held.meetingId, { revision: held.revision })
  return given.withoutSheet === true ? closed : givenSheet(ctx, closed)
}

/** The photo of the signed sheet, as it stands once it was uploaded; without its file. */
export async function givenSheet(ctx: Context, { meetingId, areaPath }: Pick<Meeting, 'meetingId' | 'areaPath'>): Promise<Meeting> {
  return inTransaction(ctx, async (db) => {
    const about = { areaPath, meetingId, householdId: null, caseId: null, paperId: null, kind: 'sheet' as const }
    const file = { mediaType: 'image/jpeg' as const, bytes: 1000, hash: '0'.repeat(64), width: null, height: null, fileId: makeId() }
    await insertAttachment(db, ctx, { ...about, ...file })
    return getMeeting({ ...ctx, db }, meetingId)
  })
}

/** A called meeting of a village about a case that is not there yet, with a body of three; for tests of who may see and do what. */
export async function givenCalledMeeting(
  ctx: Context,
  given: { areaPath: string; caseId: string; mark: string },
): Promise<{ meetingId: string }> {
  const { areaPath, mark } = given
  return inTransaction(ctx, async (db) => {
    const file = await findCase(db, ctx.scope, given.caseId)
    if (file === undefined) throw new Error('a given case is out of scope')
    const { terms, versions } = await meetingTermsOf({ ...ctx, db }, { areaPath, asOf: ctx.today })
    const facts = { areaPath, kind: 'appraisal' as const, heldOn: ctx.today, place: `${mark}村部`, correctsId: null, reason: null }
    const meetingId = await insertMeeting(db, ctx, { ...facts, terms, versions })
    const none = { householdId: null, personId: null, userId: null }
    const body = (['committee', 'representative', 'representative'] as const).map((capacity, at) => ({
      name: `${mark}代表${at}`,
      capacity,
      ...none,
      appraiserId: makeId(),
    }))
    const people = toPeople(body, terms)
    await saveBody(db, ctx, { areaPath, people })
    await saveMembers(db, ctx, { meetingId, areaPath, people })
    await insertItems(db, ctx, { meetingId, items: [file], from: 0 })
    return { meetingId }
  })
}
