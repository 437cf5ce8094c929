import { describe, expect, it } from 'vitest'
import type { Instant } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../../test/database.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { Meeting } from '../../rules/meetings/meeting-records.ts'
import type { EnterMeeting } from '../../rules/meetings/meeting-requests.ts'
import { sayKinPath } from '../../rules/meetings/kin-relations.ts'
import { actOnCase } from '../act-on-case.ts'
import { readCase } from '../case-read.ts'
import { termsOf } from '../case-terms.ts'
import { givenCaseAt } from '../given.ts'
import { stateKin } from './kin-ties.ts'
import { callMeeting, readMeetingDraft } from './meeting-call.ts'
import { closeMeeting, dropMeeting, enterMeeting } from './meeting-enter.ts'
import { givenMeeting, givenSheet } from '../meeting-given.ts'
import { meetingOfCase, minutesData, missingMeeting } from './meeting-of-case.ts'
import { readMeeting, readMeetings } from './meeting-read.ts'

const world = openTestWorld()
let made: Promise<GivenCounty> | undefined
const places = async () => {
  made ??= givenCounty(world.database)
  const { countyCode, villages, townships } = await made
  return { countyCode, village: villages[0]?.path ?? '', other: villages[1]?.path ?? '', township: townships[0]?.path ?? '' }
}
const officer = () => world.as(grantCounty('990301'), { id: 'test:county', name: '县审定人', roles: ['county-data-officer'] })
const cadre = async (id = 'test:village') => {
  const { countyCode, village } = await places()
  return world.as(grantArea(countyCode, village), { id, name: '村干部', roles: ['village-cadre'] })
}
const household = async (name: string, path?: string) => {
  const { village } = await places()
  return (await givenHousehold(officer(), world.vault, { areaPath: `${path ?? village}01.`, members: [{ name }] })).householdId
}
const caseAt = async (step: CaseFile['step'], householdId?: string) =>
  givenCaseAt(officer(), { householdId: householdId ?? (await household('评议户')), step })
const refusedWith = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (fault: { code?: string }) => fault.code,
  )
const missingOf = async (caseId: string) => {
  const { next } = await readCase(await cadre(), caseId)
  return next.find(({ action }) => action === 'pass')?.missing.filter(({ code }) => code.startsWith('meeting')) ?? []
}

/** What a meeting says, sent again with a change. */
function entryOf(meeting: Meeting, part: Partial<EnterMeeting> = {}): EnterMeeting {
  const ids = new Map(meeting.people.map((one) => [one.memberId, one.appraiserId]))
  const { revision, heldOn, place, minuteTaker, minutes } = meeting
  return {
    revision,
    heldOn,
    place,
    minuteTaker,
    minutes,
    chairId: ids.get(meeting.chairId ?? '') ?? null,
    people: meeting.people.map(({ appraiserId, name, capacity, householdId, userId, attended }) => ({
      appraiserId,
      name,
      capacity,
      householdId,
      userId,
      personId: null,
      attended,
    })),
    items: meeting.cases.map(({ caseId, opinion, named }) => ({
      caseId,
      opinion,
      named: Object.fromEntries(Object.entries(named).map(([memberId, vote]) => [ids.get(memberId) ?? '', vote])),
      deputyId: null,
      stated: [],
    })),
    ...part,
  }
}

describe('the way of one meeting', () => {
  it('goes from the cases that wait to a passed appraisal, with kin kept away and every gap named', async () => {
    const { village } = await places()
    const [home, brother] = [await household('户主甲'), await household('兄弟乙')]
    await stateKin(officer(), { householdId: home, otherHouseholdId: brother, relation: 'sibling', reason: '户主说的' })
    const [near, plain] = [await caseAt('appraisal', home), await caseAt('appraisal')]
    const draft = await readMeetingDraft(await cadre(), { areaPath: village, kind: 'appraisal' })
    expect(draft.waiting.map((one) => one.caseId)).toEqual(expect.arrayContaining([near.caseId, plain.caseId]))
    expect(draft.body).toEqual([])
    expect(await missingOf(near.caseId)).toMatchObject([{ code: 'meeting-none' }])
    const body = [
      { name: '村支书', capacity: 'committee' as const, householdId: brother },
      { name: '村主任', capacity: 'committee' as const },
      ...['代表一', '代表二', '代表三', '代表四'].map((name) => ({ name })),
      { name: '镇里来的', capacity: 'observer' as const },
    ]
    const held = await givenMeeting(await cadre(), { cases: [near, plain], body, until: 'held' })
    const [first, second] = held.cases
    const secretary = held.people[0]?.memberId
    expect(first?.recusals).toEqual([{ memberId: secretary, why: 'kin', path: ['sibling'], reason: null }])
    expect(sayKinPath(first?.recusals[0]?.path ?? [], 'zh')).toBe('户主的兄弟姐妹')
    expect(first).toMatchObject({ entitled: 5, present: 5, conclusion: 'agreed', votes: { for: 5, against: 0, abstain: 0 } })
    expect(second).toMatchObject({ entitled: 6, present: 6, conclusion: 'agreed', recusals: [] })
    // The secretary presides, but not over his brother's household.
    expect(held.missing).toMatchObject([{ code: 'meeting-chair-kin', details: { head: '户主甲', name: '村支书' } }])
    expect(await refusedWith(closeMeeting(await cadre(), held.meetingId, { revision: held.revision }))).toBe('cases.meeting-incomplete')
    expect(await missingOf(near.caseId)).toMatchObject([{ code: 'meeting-open', details: { heldOn: '2023-12-18' } }])
    const entry = entryOf(held)
    const deputy = held.people[1]?.appraiserId ?? null
    const items = entry.items.map((item, at) => ({ ...item, deputyId: at === 0 ? deputy : null }))
    const ready = await enterMeeting(await cadre(), held.meetingId, { ...entry, items })
    expect(ready.missing).toEqual([])
    const closed = await closeMeeting(await cadre(), ready.meetingId, { revision: ready.revision })
    expect(closed).toMatchObject({ state: 'closed', agreed: 2, can: { enter: false, close: false, addSheet: true, correct: true } })
    expect(await missingOf(near.caseId)).toMatchObject([{ code: 'meeting-sheet' }])
    await givenSheet(await cadre(), closed)
    expect(await missingOf(near.caseId)).toEqual([])
    expect(await meetingOfCase(await cadre(), near.caseId, 1)).toMatchObject({ meetingId: closed.meetingId, conclusion: 'agreed' })
    expect(await minutesData(await cadre(), closed.meetingId)).toMatchObject({ village: '柳湾村', minuteTaker: '记录员', attended: 6 })
    const next = await readMeetingDraft(await cadre(), { areaPath: village, kind: 'appraisal' })
    expect(next.body.map((one) => one.name)).toEqual(body.map((one) => one.name))
    // Who was decided about waits no more.
    expect(next.waiting.find((one) => one.caseId === near.caseId)?.onMeetingId).toBe(closed.meetingId)
  })

  it('that is refused leaves rejecting and returning only; one without quorum has to be held again', async () => {
    const [refused, empty] = [await caseAt('appraisal'), await caseAt('exit-appraisal')]
    await givenMeeting(await cadre(), { cases: [refused], vote: 'against' })
    expect(await missingOf(refused.caseId)).toMatchObject([{ code: 'meeting-refused', details: { for: 0, against: 9 } }])
    const body = Array.from({ length: 9 }, (_, at) => ({ name: `代表${at}`, capacity: 'committee' as const, attended: at < 5 }))
    const closed = await givenMeeting(await cadre(), { cases: [empty], kind: 'exit-appraisal', body })
    expect(closed.withoutQuorum).toBe(1)
    const { waiting } = await readMeetingDraft(await cadre(), { areaPath: (await places()).village, kind: 'exit-appraisal' })
    expect(waiting.find((one) => one.caseId === empty.caseId)?.onMeetingId).toBe(null)
    expect(await missingOf(empty.caseId)).toMatchObject([{ code: 'meeting-quorum', details: { entitled: 9, present: 5 } }])
    const act = { revision: refused.revision, action: 'reject', reason: '评议未通过' } as const
    expect(await actOnCase(await cadre(), { caseId: refused.caseId, act })).toMatchObject({ state: 'ended' })
  })

  it('counts no more once the case was returned to before it', async () => {
    const file = await caseAt('appraisal')
    await givenMeeting(await cadre(), { cases: [file] })
    expect(await missingOf(file.caseId)).toEqual([])
    // Safe: a test writes the moment.
    const later = { ...(await cadre()), now: '2023-12-19T01:00:00.000Z' as Instant }
    await actOnCase(later, { caseId: file.caseId, act: { revision: file.revision, action: 'return', to: 'check', reason: '比对结果变了' } })
    const asked = await inTransaction(later, async (db) => {
      const all = await termsOf({ ...later, db }, { areaPath: file.areaPath, asOf: later.today })
      return missingMeeting({ ...later, db }, { file, action: 'pass', terms: all.steps.appraisal, all })
    })
    expect(asked).toMatchObject([{ code: 'meeting-none' }])
  })

  it('is dropped with a reason when it was never held, and its cases wait again', async () => {
    const { village } = await places()
    const file = await caseAt('appraisal')
    const called = await givenMeeting(await cadre(), { cases: [file], until: 'called' })
    const waits = async () =>
      (await readMeetingDraft(await cadre(), { areaPath: village, kind: 'appraisal' })).waiting.find((one) => one.caseId === file.caseId)
    expect((await waits())?.onMeetingId).toBe(called.meetingId)
    await dropMeeting(await cadre(), called.meetingId, { revision: called.revision, reason: '下雨改期' })
    expect((await waits())?.onMeetingId).toBe(null)
    expect(await missingOf(file.caseId)).toMatchObject([{ code: 'meeting-none' }])
  })

  it('is called only of a village, with a body and with cases that stand there', async () => {
    const { village, other, township } = await places()
    const [file, early] = [await caseAt('appraisal'), await caseAt('visit')]
    const ask = { kind: 'appraisal' as const, heldOn: '2023-12-20', place: '村部', caseIds: [file.caseId] }
    expect(await refusedWith(callMeeting(officer(), { ...ask, areaPath: township }))).toBe('cases.meeting-no-village')
    expect(await refusedWith(callMeeting(await cadre(), { ...ask, areaPath: other }))).toBe('cases.meeting-no-village')
    expect(await refusedWith(callMeeting(officer(), { ...ask, areaPath: other }))).toBe('cases.meeting-case-not-there')
    const both = { ...ask, areaPath: village, caseIds: [file.caseId, early.caseId] }
    expect(await refusedWith(callMeeting(await cadre(), both))).toBe('cases.meeting-case-not-there')
    const moved = await caseAt('appraisal', await household('邻村户', other))
    expect(await refusedWith(callMeeting(officer(), { ...ask, areaPath: other, caseIds: [moved.caseId] }))).toBe('cases.meeting-no-body')
  })

  it('is corrected by another meeting with a reason, and stays as it is', async () => {
    const { village } = await places()
    const file = await caseAt('appraisal')
    const closed = await givenMeeting(await cadre(), { cases: [file], vote: 'against' })
    expect(await refusedWith(enterMeeting(await cadre(), closed.meetingId, entryOf(closed)))).toBe('cases.meeting-closed')
    const ask = { areaPath: village, kind: 'appraisal' as const, heldOn: '2023-12-18', place: '村部', caseIds: [file.caseId] }
    expect(await refusedWith(callMeeting(await cadre(), { ...ask, correctsId: closed.meetingId }))).toBe('cases.meeting-correction')
    const next = await callMeeting(await cadre(), { ...ask, correctsId: closed.meetingId, reason: '票数抄错' })
    expect(next).toMatchObject({ state: 'called', correctsId: closed.meetingId, reason: '票数抄错' })
    expect(await readMeeting(await cadre(), closed.meetingId)).toMatchObject({ state: 'closed', refused: 1, correctedBy: null })
  })

  it('is listed with the villages whose cases wait, and seen by nobody outside', async () => {
    const { other, countyCode } = await places()
    const file = await caseAt('appraisal')
    const listed = await readMeetings(await cadre(), { limit: 200 })
    expect(listed.total).toBe(listed.items.length)
    expect(listed.waiting.find((one) => one.kind === 'appraisal')?.cases).toBeGreaterThan(0)
    const called = await givenMeeting(await cadre(), { cases: [file], until: 'called' })
    const neighbour = world.as(grantArea(countyCode, other), { id: 'test:other', name: '邻村干部', roles: ['village-cadre'] })
    expect(await refusedWith(readMeeting(neighbour, called.meetingId))).toBe('cases.meeting-not-found')
    expect((await readMeetings(neighbour, {})).items).toEqual([])
  })
})
