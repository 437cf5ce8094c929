import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Conclusion, MeetingTerms } from '../../rules/meetings/meeting-quorum.ts'
import type {
  Appraiser,
  MeetingKind,
  MeetingMember,
  MeetingOfCase,
  MeetingState,
  Recusal,
  Vote,
  WaitingCase,
} from '../../rules/meetings/meeting-records.ts'
import type { FilterMeetings, MeetingTask } from '../../rules/meetings/meeting-requests.ts'

/** A meeting with the counts of what belongs to it. */
export interface HeldMeeting {
  readonly meetingId: string
  readonly areaPath: string
  readonly kind: MeetingKind
  readonly state: MeetingState
  readonly heldOn: string
  readonly place: string
  readonly chairId: string | null
  readonly minuteTaker: string
  readonly minutes: string
  readonly sheetAttachmentId: string | null
  readonly correctsId: string | null
  readonly correctedBy: string | null
  readonly reason: string | null
  readonly terms: MeetingTerms
  readonly calledName: string
  readonly calledAt: string
  readonly closedName: string | null
  readonly closedAt: string | null
  readonly revision: number
  readonly items: number
  readonly agreed: number
  readonly refused: number
  readonly withoutQuorum: number
  readonly members: number
  readonly attended: number
}

/** The newest photo of the signed sheet that was not withdrawn. */
const sheetOf = sql`(
  SELECT a.attachment_id FROM cases.attachment a WHERE a.county_code = m.county_code AND a.meeting_id = m.meeting_id AND a.kind = 'sheet'
    AND a.withdrawn_at IS NULL ORDER BY a.at DESC, a.attachment_id DESC LIMIT 1)`
const meetingColumns = sql`
  m.meeting_id AS "meetingId", m.area_path AS "areaPath", m.kind, m.state, m.held_on::text AS "heldOn", m.place, m.chair_id AS "chairId",
  m.minute_taker AS "minuteTaker", m.minutes, ${sheetOf} AS "sheetAttachmentId", m.corrects_id AS "correctsId",
  (SELECT later.meeting_id FROM cases.meeting later WHERE later.county_code = m.county_code AND later.corrects_id = m.meeting_id
    AND later.state = 'closed' ORDER BY later.called_at DESC LIMIT 1) AS "correctedBy",
  m.reason, m.called_name AS "calledName", m.called_at AS "calledAt", m.closed_name AS "closedName", m.closed_at AS "closedAt", m.revision,
  jsonb_build_object('quorum', jsonb_build_object('num', m.quorum_num, 'den', m.quorum_den, 'over', m.quorum_over),
    'carry', jsonb_build_object('num', m.carry_num, 'den', m.carry_den, 'over', m.carry_over),
    'leastRepresentatives', m.least_representatives, 'mayChair', to_jsonb(m.may_chair), 'mayVote', to_jsonb(m.may_vote)) AS terms,
  counted.*, there.*`
const counts = sql`
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS items, (count(*) FILTER (WHERE i.conclusion = 'agreed'))::int AS agreed,
      (count(*) FILTER (WHERE i.conclusion = 'refused'))::int AS refused,
      (count(*) FILTER (WHERE i.conclusion = 'no-quorum'))::int AS "withoutQuorum"
    FROM cases.meeting_item i WHERE i.county_code = m.county_code AND i.meeting_id = m.meeting_id) counted
  CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE p.votes))::int AS members, (count(*) FILTER (WHERE p.votes AND p.attended))::int AS attended
    FROM cases.meeting_member p WHERE p.county_code = m.county_code AND p.meeting_id = m.meeting_id) there`

const instant = (value: string | Date) => new Date(value).toISOString()
const toMeeting = (row: HeldMeeting): HeldMeeting => ({
  ...row,
  calledAt: instant(row.calledAt),
  closedAt: row.closedAt === null ? null : instant(row.closedAt),
})

/** A meeting within the scope; `isHeld`: kept for this transaction. A helper's scope holds none. */
export async function findMeeting(db: Db, scope: Scope, given: { meetingId: string; isHeld?: boolean }): Promise<HeldMeeting | undefined> {
  if (scope.kind === 'households') return undefined
  if (given.isHeld === true)
    await sql`SELECT 1 FROM cases.meeting m WHERE ${inScope(scope, 'm')} AND m.meeting_id = ${given.meetingId}::uuid FOR UPDATE`.execute(db)
  const found = await sql<HeldMeeting>`
    SELECT ${meetingColumns} FROM cases.meeting m ${counts} WHERE ${inScope(scope, 'm')} AND m.meeting_id = ${given.meetingId}::uuid`.execute(
    db,
  )
  return found.rows.map(toMeeting)[0]
}

/** Meetings, the latest first; `after` is the day and id of the last one before. */
export async function listHeldMeetings(
  db: Db,
  search: { scope: Scope; filter: FilterMeetings },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<HeldMeeting[]> {
  if (search.scope.kind === 'households') return []
  const [day = '', id = ''] = page.after ?? []
  const from = page.after === undefined ? sql<boolean>`true` : sql<boolean>`(m.held_on, m.meeting_id) < (${day}::date, ${id}::uuid)`
  const found = await sql<HeldMeeting>`
    SELECT ${meetingColumns} FROM cases.meeting m ${counts} WHERE ${chosen(search.scope, search.filter)} AND ${from}
    ORDER BY m.held_on DESC, m.meeting_id DESC LIMIT ${page.limit}`.execute(db)
  return found.rows.map(toMeeting)
}

/** How many meetings the filter finds. */
export async function countMeetings(db: Db, search: { scope: Scope; filter: FilterMeetings }): Promise<number> {
  if (search.scope.kind === 'households') return 0
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM cases.meeting m WHERE ${chosen(search.scope, search.filter)}`.execute(db)
  return found.rows[0]?.n ?? 0
}

const tasks: Readonly<Record<MeetingTask, RawBuilder<boolean>>> = {
  close: sql<boolean>`m.state IN ('called', 'held')`,
  sheet: sql<boolean>`(m.state = 'closed' AND NOT EXISTS (
    SELECT 1 FROM cases.attachment a WHERE a.county_code = m.county_code AND a.meeting_id = m.meeting_id AND a.kind = 'sheet' AND a.withdrawn_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM cases.meeting later WHERE later.county_code = m.county_code AND later.corrects_id = m.meeting_id AND later.state = 'closed'))`,
}

function chosen(scope: Scope, filter: FilterMeetings): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [inScope(scope, 'm')]
  if (filter.area !== undefined) parts.push(below('m', filter.area))
  if (filter.task !== undefined) parts.push(tasks[filter.task])
  if (filter.kind !== undefined) parts.push(sql<boolean>`m.kind = ${filter.kind}`)
  if (filter.state !== undefined) parts.push(sql<boolean>`m.state = ${filter.state}`)
  if (filter.from !== undefined) parts.push(sql<boolean>`m.held_on >= ${filter.from}::date`)
  if (filter.to !== undefined) parts.push(sql<boolean>`m.held_on <= ${filter.to}::date`)
  return sql.join(parts, sql` AND `)
}

const below = (alias: string, path: string) =>
  sql<boolean>`${sql.ref(`${alias}.area_path`)} >= ${path} AND ${sql.ref(`${alias}.area_path`)} < ${`${path.slice(0, -1)}/`}`

/** The people of a meeting, in the order of the list. */
export async function listMembers(db: Db, scope: Scope, meetingId: string): Promise<MeetingMember[]> {
  const found = await sql<MeetingMember>`
    SELECT p.meeting_member_id AS "memberId", p.appraiser_id AS "appraiserId", p.name, p.capacity, p.of_household_id AS "householdId",
      ap.person_id AS "personId", p.user_id AS "userId", p.votes, p.attended
    FROM cases.meeting_member p
    LEFT JOIN cases.appraiser ap ON ap.county_code = p.county_code AND ap.appraiser_id = p.appraiser_id
    WHERE ${inScope(scope, 'p')} AND p.meeting_id = ${meetingId}::uuid ORDER BY p.place, p.meeting_member_id`.execute(db)
  return found.rows
}

/** One household before a meeting, as it is kept. */
export interface HeldItem {
  readonly itemId: string
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly areaPath: string
  readonly round: number
  readonly byName: boolean
  readonly votesFor: number | null
  readonly votesAgainst: number | null
  readonly abstained: number | null
  readonly opinion: string
  readonly deputyId: string | null
  readonly entitled: number | null
  readonly present: number | null
  readonly representatives: number | null
  readonly conclusion: Conclusion | null
}

/** The households of a meeting within the scope, in their order. */
export async function listItems(db: Db, scope: Scope, meetingId: string): Promise<HeldItem[]> {
  const found = await sql<HeldItem>`
    SELECT i.meeting_item_id AS "itemId", i.case_id AS "caseId", f.case_no AS "caseNo", i.household_id AS "householdId",
      i.area_path AS "areaPath", i.round, i.by_name AS "byName", i.votes_for AS "votesFor", i.votes_against AS "votesAgainst",
      i.abstained, i.opinion, i.deputy_id AS "deputyId", i.entitled, i.present, i.representatives, i.conclusion
    FROM cases.meeting_item i JOIN cases.case_file f ON f.county_code = i.county_code AND f.case_id = i.case_id
    WHERE ${inScope(scope, 'i')} AND i.meeting_id = ${meetingId}::uuid ORDER BY i.place, i.meeting_item_id`.execute(db)
  return found.rows
}

/** Who keeps away from which household of a meeting. */
export async function listRecusals(db: Db, scope: Scope, meetingId: string): Promise<(Recusal & { itemId: string })[]> {
  const found = await sql<Recusal & { itemId: string }>`
    SELECT r.meeting_item_id AS "itemId", r.meeting_member_id AS "memberId", r.why, r.path, r.reason
    FROM cases.meeting_recusal r WHERE ${inScope(scope, 'r')} AND r.meeting_id = ${meetingId}::uuid`.execute(db)
  return found.rows
}

/** Votes by name. */
export async function listVotes(db: Db, scope: Scope, meetingId: string): Promise<{ itemId: string; memberId: string; vote: Vote }[]> {
  const found = await sql<{ itemId: string; memberId: string; vote: Vote }>`
    SELECT v.meeting_item_id AS "itemId", v.meeting_member_id AS "memberId", v.vote
    FROM cases.meeting_vote v WHERE ${inScope(scope, 'v')} AND v.meeting_id = ${meetingId}::uuid`.execute(db)
  return found.rows
}

/** Who appraises in a village. */
export async function listBody(db: Db, scope: Scope, areaPath: string): Promise<Appraiser[]> {
  const found = await sql<Appraiser>`
    SELECT a.appraiser_id AS "appraiserId", a.name, a.capacity, a.of_household_id AS "householdId", a.person_id AS "personId",
      a.user_id AS "userId"
    FROM cases.appraiser a WHERE ${inScope(scope, 'a')} AND a.area_path = ${areaPath} AND a.ended_at IS NULL
    ORDER BY a.place, a.appraiser_id LIMIT 200`.execute(db)
  return found.rows
}

/**
 * The meetings that already have the case at its step: one that is not closed, or one that was called since the case came here and decided
 * about it. A meeting without quorum has to be held again.
 */
const holding = sql`
  FROM cases.meeting_item i JOIN cases.meeting m ON m.county_code = i.county_code AND m.meeting_id = i.meeting_id
  WHERE i.county_code = f.county_code AND i.case_id = f.case_id AND i.round = f.round AND m.kind = f.step
    AND (m.state IN ('called', 'held') OR (m.state = 'closed' AND i.conclusion <> 'no-quorum' AND m.called_at >= coalesce((
      SELECT max(e.at) FROM cases.case_event e WHERE e.county_code = f.county_code AND e.case_id = f.case_id AND e.round = f.round
        AND e.action IN ('open', 'relapse', 'start-exit', 'return')), '-infinity')))`

/** A case that waits for a meeting, without what the register knows of its household. */
export type WaitingFile = Omit<WaitingCase, 'headName' | 'householdNo' | 'group'> & { readonly round: number; readonly areaPath: string }

/** Cases of a village that stand at the step of this kind, those that have waited longest first; `caseIds`: only these. */
export async function listWaitingCases(
  db: Db,
  scope: Scope,
  given: { areaPath: string; kind: MeetingKind; caseIds?: readonly string[] },
): Promise<WaitingFile[]> {
  const only = given.caseIds === undefined ? sql<boolean>`true` : sql<boolean>`f.case_id = ANY (${[...given.caseIds]}::uuid[])`
  const found = await sql<WaitingFile>`
    SELECT f.case_id AS "caseId", f.case_no AS "caseNo", f.household_id AS "householdId", f.area_path AS "areaPath", f.round,
      f.step_since::text AS since, (
        SELECT m.meeting_id ${holding} ORDER BY m.called_at DESC LIMIT 1) AS "onMeetingId"
    FROM cases.case_file f
    WHERE ${inScope(scope, 'f')} AND ${below('f', given.areaPath)} AND f.step = ${given.kind} AND f.state = 'open' AND ${only}
    ORDER BY f.step_since, f.case_id LIMIT 500`.execute(db)
  return found.rows
}

/** How many cases wait in each village (the first five segments of a path), by kind; those that a meeting has already are left out. */
export async function countWaiting(db: Db, scope: Scope): Promise<{ areaPath: string; kind: MeetingKind; cases: number }[]> {
  if (scope.kind === 'households') return []
  const found = await sql<{ areaPath: string; kind: MeetingKind; cases: number }>`
    SELECT array_to_string((string_to_array(f.area_path, '.'))[1:5], '.') || '.' AS "areaPath", f.step AS kind, count(*)::int AS cases
    FROM cases.case_file f
    WHERE ${inScope(scope, 'f')} AND f.step IN ('appraisal', 'exit-appraisal') AND f.state = 'open' AND NOT EXISTS (
      SELECT 1 ${holding})
    GROUP BY 1, 2 ORDER BY 3 DESC, 1 LIMIT 500`.execute(db)
  return found.rows
}

/** Where the last meeting of a village was. */
export async function findLastPlace(db: Db, scope: Scope, areaPath: string): Promise<string | null> {
  const found = await sql<{ place: string }>`
    SELECT m.place FROM cases.meeting m WHERE ${inScope(scope, 'm')} AND m.area_path = ${areaPath} ORDER BY m.called_at DESC LIMIT 1`.execute(
    db,
  )
  return found.rows[0]?.place ?? null
}

/** What the meetings of a case said in a round, the latest call first; `since`: only those called from that moment on. */
export async function listMeetingsOfCase(
  db: Db,
  scope: Scope,
  given: { caseId: string; round: number; kind?: MeetingKind | undefined; since?: string | undefined },
): Promise<MeetingOfCase[]> {
  const kind = given.kind === undefined ? sql<boolean>`true` : sql<boolean>`m.kind = ${given.kind}`
  const since = given.since === undefined ? sql<boolean>`true` : sql<boolean>`m.called_at >= ${given.since}::timestamptz`
  const found = await sql<MeetingOfCase>`
    SELECT m.meeting_id AS "meetingId", m.kind, m.state, m.held_on::text AS "heldOn", m.called_at AS "calledAt", i.conclusion,
      CASE WHEN i.votes_for IS NOT NULL THEN jsonb_build_object('for', i.votes_for, 'against', i.votes_against, 'abstain', i.abstained) END AS votes,
      i.opinion, m.minutes <> '' AS "hasMinutes", ${sheetOf} AS "sheetAttachmentId", i.entitled, i.present
    FROM cases.meeting_item i JOIN cases.meeting m ON m.county_code = i.county_code AND m.meeting_id = i.meeting_id
    WHERE ${inScope(scope, 'i')} AND i.case_id = ${given.caseId}::uuid AND i.round = ${given.round} AND m.state <> 'dropped' AND ${kind} AND ${since}
    ORDER BY m.called_at DESC, m.meeting_id DESC LIMIT 50`.execute(db)
  return found.rows.map((row) => ({ ...row, calledAt: instant(row.calledAt) }))
}

/** The moment from which a meeting counts: since the case came to the step for the last time from its beginning or by a return. */
export async function findCountsSince(
  db: Db,
  scope: Scope,
  given: { caseId: string; round: number; steps: readonly string[] },
): Promise<string | undefined> {
  const found = await sql<{ at: string | null }>`
    SELECT max(e.at)::text AS at FROM cases.case_event e
    WHERE ${inScope(scope, 'e')} AND e.case_id = ${given.caseId}::uuid AND e.round = ${given.round}
      AND e.action IN ('open', 'relapse', 'start-exit', 'return') AND e.step_after = ANY (${[...given.steps]}::text[])`.execute(db)
  return found.rows[0]?.at ?? undefined
}
