import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CountedItem, MeetingTerms, Votes } from '../../rules/meetings/meeting-quorum.ts'
import type { MeetingKind, Recusal, Vote } from '../../rules/meetings/meeting-records.ts'
import { meetingErrors } from './meeting-errors.ts'

/** Somebody of a body as he is written; `votes` by the policy of the meeting. */
export interface WrittenPerson {
  readonly appraiserId: string
  readonly name: string
  readonly capacity: string
  readonly householdId: string | null
  readonly personId: string | null
  readonly userId: string | null
  readonly votes: boolean
  readonly attended: boolean | null
}

/** Keeps the body of a village as it is given: who is not named any more has left it. */
export async function saveBody(db: Db, ctx: Context, given: { areaPath: string; people: readonly WrittenPerson[] }): Promise<void> {
  const county = ctx.scope.countyCode
  const { areaPath } = given
  await sql`
    UPDATE cases.appraiser SET ended_at = ${ctx.now} WHERE county_code = ${county} AND area_path = ${areaPath} AND ended_at IS NULL
      AND appraiser_id <> ALL (${given.people.map((one) => one.appraiserId)}::uuid[])`.execute(db)
  await sql`
    INSERT INTO cases.appraiser (county_code, appraiser_id, area_path, name, capacity, of_household_id, person_id, user_id, place, since)
    SELECT ${county}, p.appraiser_id, ${areaPath}, p.name, p.capacity, p.of_household_id, p.person_id, p.user_id, p.place, ${ctx.now}
    FROM ${people(given.people)}
    ON CONFLICT (county_code, appraiser_id) DO UPDATE SET name = excluded.name, capacity = excluded.capacity,
      of_household_id = excluded.of_household_id, person_id = excluded.person_id, user_id = excluded.user_id, place = excluded.place,
      ended_at = NULL`.execute(db)
}

const people = (given: readonly WrittenPerson[]) => {
  const rows = given.map((one, place) => ({
    appraiser_id: one.appraiserId,
    member_id: makeId(),
    name: one.name,
    capacity: one.capacity,
    of_household_id: one.householdId,
    person_id: one.personId,
    user_id: one.userId,
    votes: one.votes,
    attended: one.attended,
    place,
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p (appraiser_id uuid, member_id uuid, name text, capacity text,
    of_household_id uuid, person_id uuid, user_id text, votes boolean, attended boolean, place integer)`
}

/** A meeting as it is called. */
export interface CalledMeeting {
  readonly areaPath: string
  readonly kind: MeetingKind
  readonly heldOn: string
  readonly place: string
  readonly correctsId: string | null
  readonly reason: string | null
  readonly terms: MeetingTerms
  readonly versions: readonly { readonly key: string; readonly versionId: string }[]
}

/** Adds a meeting. */
export async function insertMeeting(db: Db, ctx: Context, given: CalledMeeting): Promise<string> {
  const meetingId = makeId()
  const { quorum, carry, leastRepresentatives, mayChair, mayVote } = given.terms
  await sql`
    INSERT INTO cases.meeting (county_code, meeting_id, area_path, kind, held_on, place, corrects_id, reason, quorum_num, quorum_den,
      quorum_over, carry_num, carry_den, carry_over, least_representatives, may_chair, may_vote, terms, called_by, called_name, called_at)
    VALUES (${ctx.scope.countyCode}, ${meetingId}, ${given.areaPath}, ${given.kind}, ${given.heldOn}::date, ${given.place},
      ${given.correctsId}::uuid, ${given.reason}, ${quorum.num}, ${quorum.den}, ${quorum.over}, ${carry.num}, ${carry.den}, ${carry.over},
      ${leastRepresentatives}, ${[...mayChair]}::text[], ${[...mayVote]}::text[], ${JSON.stringify(given.versions)}::jsonb,
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return meetingId
}

/** Writes who is entitled and who came; who is not named is none of the meeting any more. His votes and recusals must be gone before. */
export async function saveMembers(
  db: Db,
  ctx: Context,
  given: { meetingId: string; areaPath: string; people: readonly WrittenPerson[] },
): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`
    DELETE FROM cases.meeting_member WHERE county_code = ${county} AND meeting_id = ${given.meetingId}::uuid
      AND appraiser_id <> ALL (${given.people.map((one) => one.appraiserId)}::uuid[])`.execute(db)
  await sql`
    INSERT INTO cases.meeting_member (county_code, meeting_member_id, meeting_id, area_path, appraiser_id, name, capacity, of_household_id,
      user_id, votes, attended, place)
    SELECT ${county}, p.member_id, ${given.meetingId}::uuid, ${given.areaPath}, p.appraiser_id, p.name, p.capacity, p.of_household_id, p.user_id,
      p.votes, p.attended, p.place
    FROM ${people(given.people)}
    ON CONFLICT (county_code, meeting_id, appraiser_id) DO UPDATE SET name = excluded.name, capacity = excluded.capacity,
      of_household_id = excluded.of_household_id, user_id = excluded.user_id, votes = excluded.votes, attended = excluded.attended,
      place = excluded.place`.execute(db)
}

/** Puts cases on a meeting, after those that are on it. */
export async function insertItems(
  db: Db,
  ctx: Context,
  given: { meetingId: string; items: readonly { caseId: string; householdId: string; areaPath: string; round: number }[]; from: number },
): Promise<void> {
  if (given.items.length === 0) return
  const rows = given.items.map((item, at) => ({
    item_id: makeId(),
    case_id: item.caseId,
    household_id: item.householdId,
    area_path: item.areaPath,
    round: item.round,
    place: given.from + at,
  }))
  await sql`
    INSERT INTO cases.meeting_item (county_code, meeting_item_id, meeting_id, case_id, household_id, area_path, round, place)
    SELECT ${ctx.scope.countyCode}, i.item_id, ${given.meetingId}::uuid, i.case_id, i.household_id, i.area_path, i.round, i.place
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS i (item_id uuid, case_id uuid, household_id uuid, area_path text, round smallint, place integer)`.execute(db)
}

/** Takes away what was counted, before everything is entered anew; `keep`: the cases that stay on the meeting. */
export async function clearMeeting(db: Db, ctx: Context, given: { meetingId: string; keep: readonly string[] }): Promise<void> {
  const mine = sql`county_code = ${ctx.scope.countyCode} AND meeting_id = ${given.meetingId}::uuid`
  await sql`
    UPDATE cases.meeting_item SET votes_for = NULL, votes_against = NULL, abstained = NULL, entitled = NULL, present = NULL,
      representatives = NULL, conclusion = NULL, deputy_id = NULL WHERE ${mine}`.execute(db)
  await sql`DELETE FROM cases.meeting_vote WHERE ${mine}`.execute(db)
  await sql`DELETE FROM cases.meeting_recusal WHERE ${mine}`.execute(db)
  await sql`DELETE FROM cases.meeting_item WHERE ${mine} AND case_id <> ALL (${[...given.keep]}::uuid[])`.execute(db)
}

/** One household with everything that was said of it and what it comes to. */
export interface WrittenItem {
  readonly itemId: string
  readonly byName: boolean
  readonly votes: Votes | undefined
  readonly named: readonly { readonly memberId: string; readonly vote: Vote }[]
  readonly opinion: string
  readonly deputyId: string | null
  readonly recusals: readonly Recusal[]
  readonly counted: CountedItem
}

/** Writes recusals, votes and conclusions; the database counts them again. Throws `cases.meeting-kin`, `meeting-votes`. */
export async function saveItems(
  db: Db,
  ctx: Context,
  given: { meetingId: string; areaPath: string; items: readonly WrittenItem[] },
): Promise<void> {
  const county = ctx.scope.countyCode
  const { meetingId, areaPath, items } = given
  const recusals = items.flatMap(({ itemId, recusals: all }) =>
    all.map(({ memberId, why, path, reason }) => ({ item_id: itemId, member_id: memberId, why, path, reason })),
  )
  await sql`
    INSERT INTO cases.meeting_recusal (county_code, meeting_item_id, meeting_member_id, meeting_id, area_path, why, path, reason)
    SELECT ${county}, r.item_id, r.member_id, ${meetingId}::uuid, ${areaPath}, r.why, ARRAY (SELECT jsonb_array_elements_text(r.path)), r.reason
    FROM jsonb_to_recordset(${JSON.stringify(recusals)}::jsonb) AS r (item_id uuid, member_id uuid, why text, path jsonb, reason text)`.execute(
    db,
  )
  const votes = items.flatMap(({ itemId, named }) => named.map(({ memberId, vote }) => ({ item_id: itemId, member_id: memberId, vote })))
  await refused(
    sql`
    INSERT INTO cases.meeting_vote (county_code, meeting_item_id, meeting_member_id, meeting_id, area_path, vote)
    SELECT ${county}, v.item_id, v.member_id, ${meetingId}::uuid, ${areaPath}, v.vote
    FROM jsonb_to_recordset(${JSON.stringify(votes)}::jsonb) AS v (item_id uuid, member_id uuid, vote text)`.execute(db),
  )
  const rows = items.map(({ itemId, byName, votes: sum, opinion, deputyId, counted }) => ({
    item_id: itemId,
    by_name: byName,
    votes_for: sum?.for ?? null,
    votes_against: sum?.against ?? null,
    abstained: sum?.abstain ?? null,
    opinion,
    deputy_id: deputyId,
    entitled: counted.entitled,
    present: counted.present,
    representatives: counted.representatives,
    conclusion: counted.conclusion,
  }))
  await refused(
    sql`
    UPDATE cases.meeting_item i SET by_name = w.by_name, votes_for = w.votes_for, votes_against = w.votes_against, abstained = w.abstained,
      opinion = w.opinion, deputy_id = w.deputy_id, entitled = w.entitled, present = w.present, representatives = w.representatives,
      conclusion = w.conclusion
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w (item_id uuid, by_name boolean, votes_for integer, votes_against integer,
      abstained integer, opinion text, deputy_id uuid, entitled integer, present integer, representatives integer, conclusion text)
    WHERE i.county_code = ${county} AND i.meeting_item_id = w.item_id`.execute(db),
  )
}

/** Writes the meeting itself. */
export async function saveEntered(
  db: Db,
  ctx: Context,
  given: { meetingId: string; heldOn: string; place: string; chairId: string | null; minuteTaker: string; minutes: string },
): Promise<void> {
  await refused(
    sql`
    UPDATE cases.meeting SET state = 'held', held_on = ${given.heldOn}::date, place = ${given.place}, chair_id = ${given.chairId}::uuid,
      minute_taker = ${given.minuteTaker}, minutes = ${given.minutes},
      entered_by = ${ctx.caller.id}, entered_name = ${ctx.caller.name}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND meeting_id = ${given.meetingId}::uuid`.execute(db),
  )
}

/** Ends a meeting, held or never held. */
export async function endMeeting(
  db: Db,
  ctx: Context,
  given: { meetingId: string; state: 'closed' | 'dropped'; reason: string | null },
): Promise<void> {
  const closing =
    given.state === 'closed' ? sql`, closed_by = ${ctx.caller.id}, closed_name = ${ctx.caller.name}, closed_at = ${ctx.now}` : sql``
  await refused(
    sql`
    UPDATE cases.meeting SET state = ${given.state}, reason = coalesce(${given.reason}, reason), revision = revision + 1 ${closing}
    WHERE county_code = ${ctx.scope.countyCode} AND meeting_id = ${given.meetingId}::uuid`.execute(db),
  )
}

const refusals: Readonly<Record<string, () => Error>> = {
  BF403: () => meetingErrors.meetingKin(),
  BF409: () => meetingErrors.meetingClosed(),
  BF422: () => meetingErrors.meetingVotes(),
}

/** Names what the database refuses by itself; everything else is a fault. */
async function refused<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : ''
    throw refusals[code]?.() ?? fault
  }
}
