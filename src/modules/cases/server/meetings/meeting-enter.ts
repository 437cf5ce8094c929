import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findHouseholds } from '#modules/registry/server/index.ts'
import { missingToClose, sayWay } from '../../rules/meetings/meeting-closing.ts'
import type { Meeting, MeetingMember } from '../../rules/meetings/meeting-records.ts'
import type { EnterMeeting } from '../../rules/meetings/meeting-requests.ts'
import { toPeople, waitingOf } from './meeting-call.ts'
import { countItems, writerWays, type SaidOfItem } from './meeting-count.ts'
import { meetingErrors } from './meeting-errors.ts'
import { closingItems, getMeeting, listSaid } from './meeting-read.ts'
import { findMeeting, listItems, listMembers, type HeldItem, type HeldMeeting } from './meeting-store.ts'
import { clearMeeting, endMeeting, insertItems, saveBody, saveEntered, saveItems, saveMembers } from './meeting-write-store.ts'

type Within = Context & { readonly db: Db }

/**
 * Enters everything that is known of a meeting: who came, how each household was voted on, the minutes. Recusals and conclusions are
 * computed here and counted once more by the database. Throws `cases.meeting-not-found`, `meeting-closed`, `meeting-changed`, `meeting-kin`,
 * `meeting-recorder-kin`, `meeting-votes`, `meeting-case-not-there`.
 */
export async function enterMeeting(ctx: Context, meetingId: string, given: EnterMeeting): Promise<Meeting> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await openMeeting(within, meetingId, given.revision)
    const { areaPath, kind, terms } = held
    const before = await listItems(db, ctx.scope, meetingId)
    const people = toPeople(given.people, terms)
    const caseIds = given.items.map((item) => item.caseId)
    const known = new Set(before.map((item) => item.caseId))
    const added = await waitingOf(db, ctx, { areaPath, kind, caseIds: caseIds.filter((caseId) => !known.has(caseId)) })
    await clearMeeting(db, ctx, { meetingId, keep: caseIds })
    await saveBody(db, ctx, { areaPath, people })
    await saveMembers(db, ctx, { meetingId, areaPath, people })
    await insertItems(db, ctx, { meetingId, items: added, from: before.length })
    const members = await listMembers(db, ctx.scope, meetingId)
    await mayWrite(within, await listItems(db, ctx.scope, meetingId))
    const items = saidOf(given, { members, items: await listItems(db, ctx.scope, meetingId) })
    const counted = await countItems(within, { terms, people: members, items })
    await saveItems(db, ctx, { meetingId, areaPath, items: counted })
    const { heldOn, place, minuteTaker, minutes } = given
    const chairId = memberOf(members, given.chairId)
    await saveEntered(db, ctx, { meetingId, heldOn, place, chairId, minuteTaker, minutes })
    const attended = members.filter((one) => one.attended === true).length
    const details = {
      people: members.length,
      attended,
      cases: items.length,
      kept_away: counted.reduce((sum, one) => sum + one.recusals.length, 0),
    }
    await audit(db, ctx, { did: 'cases.meeting.enter', objectKind: 'cases.meeting', objectId: meetingId, details })
    return getMeeting(within, meetingId)
  })
}

const memberOf = (members: readonly MeetingMember[], appraiserId: string | null) =>
  members.find((one) => one.appraiserId === appraiserId)?.memberId ?? null

/** What was sent, by the ids of the meeting's members; who is no member is left out of recusals and refused as a voter. */
function saidOf(given: EnterMeeting, around: { members: readonly MeetingMember[]; items: readonly HeldItem[] }): SaidOfItem[] {
  const ids = new Map(around.members.map((one) => [one.appraiserId, one.memberId]))
  const sent = new Map(given.items.map((item) => [item.caseId, item]))
  return around.items.flatMap((item) => {
    const said = sent.get(item.caseId)
    if (said === undefined) return []
    const named = Object.entries(said.named ?? {}).map(([appraiserId, vote]) => {
      const memberId = ids.get(appraiserId)
      if (memberId === undefined) throw meetingErrors.meetingVotes()
      return { memberId, vote }
    })
    const stated = said.stated.flatMap(({ appraiserId, reason }) => {
      const memberId = ids.get(appraiserId)
      return memberId === undefined ? [] : [{ memberId, reason }]
    })
    const { itemId, householdId } = item
    const deputyId = memberOf(around.members, said.deputyId)
    return [{ itemId, householdId, byName: said.named !== undefined, votes: said.votes, named, opinion: said.opinion, deputyId, stated }]
  })
}

/** Refuses a writer who is kin of a household before the meeting, and names the way; the database refuses him too. */
async function mayWrite(ctx: Within, items: readonly HeldItem[]): Promise<void> {
  const ways = await writerWays(
    ctx,
    items.map(({ householdId }) => householdId),
  )
  const [first] = ways
  if (first === undefined) return
  const [card] = await findHouseholds(ctx, ctx.db, [first[0]])
  throw meetingErrors.meetingRecorderKin({ head: card?.headName ?? card?.householdNo ?? '', ...sayWay(first[1]) })
}

async function openMeeting(ctx: Within, meetingId: string, revision: number): Promise<HeldMeeting> {
  const held = await findMeeting(ctx.db, ctx.scope, { meetingId, isHeld: true })
  if (held === undefined) throw meetingErrors.meetingNotFound()
  if (held.state === 'closed' || held.state === 'dropped') throw meetingErrors.meetingClosed()
  if (held.revision !== revision) throw meetingErrors.meetingChanged({ revision: held.revision })
  return held
}

/**
 * Closes a meeting for good. Who is kin is looked up once more, so that a tie that became known since is kept. Throws
 * `cases.meeting-incomplete` with everything that is missing, `meeting-kin`, `meeting-closed`, `meeting-changed`, `meeting-not-found`.
 */
export async function closeMeeting(ctx: Context, meetingId: string, given: { revision: number }): Promise<Meeting> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await openMeeting(within, meetingId, given.revision)
    const people = await listMembers(db, ctx.scope, meetingId)
    const kept = await listItems(db, ctx.scope, meetingId)
    const items = await countItems(within, { terms: held.terms, people, items: await listSaid(within, meetingId, kept) })
    const homes = kept.map((item) => item.householdId)
    const known = await findHouseholds(ctx, db, homes)
    const cards = new Map(known.map((card) => [card.householdId, card]))
    const heads = kept.map(({ householdId, deputyId }) => {
      const card = cards.get(householdId)
      return { householdId, deputyId, headName: card?.headName ?? null, householdNo: card?.householdNo ?? '' }
    })
    const missing = missingToClose(
      { ...held, people, items: closingItems(heads, { counted: items, ways: await writerWays(within, homes) }) },
      ctx.today,
    )
    if (missing.length > 0 || held.state !== 'held') throw meetingErrors.meetingIncomplete({ missing })
    await clearMeeting(db, ctx, { meetingId, keep: kept.map((item) => item.caseId) })
    await saveItems(db, ctx, { meetingId, areaPath: held.areaPath, items })
    await endMeeting(db, ctx, { meetingId, state: 'closed', reason: null })
    const said = items.map(({ counted }) => counted.conclusion)
    const count = (conclusion: string) => said.filter((one) => one === conclusion).length
    const details = { agreed: count('agreed'), refused: count('refused'), withoutQuorum: count('no-quorum') }
    await audit(db, ctx, { did: 'cases.meeting.close', objectKind: 'cases.meeting', objectId: meetingId, details })
    return getMeeting(within, meetingId)
  })
}

/** Drops a meeting that was called and never held. Throws `cases.meeting-closed`, `meeting-changed`, `meeting-not-found`. */
export async function dropMeeting(ctx: Context, meetingId: string, given: { revision: number; reason: string }): Promise<Meeting> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const held = await openMeeting(within, meetingId, given.revision)
    if (held.state !== 'called') throw meetingErrors.meetingClosed()
    await endMeeting(db, ctx, { meetingId, state: 'dropped', reason: given.reason })
    await audit(db, ctx, { did: 'cases.meeting.drop', objectKind: 'cases.meeting', objectId: meetingId, reason: given.reason })
    return getMeeting(within, meetingId)
  })
}
