import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { LeadState } from '../contract.ts'

/** A household that leads go to, with its area. */
export interface Home {
  readonly householdId: string
  readonly areaPath: string
}

/** A lead as far as it matters to whom it goes. */
export interface GoingLead {
  readonly leadId: string
  readonly month: string
  readonly state: LeadState
}

const isOpen = sql<boolean>`l.state IN ('new', 'sent', 'returned')`

/** Leads of a household, the earliest first, held until the transaction ends; open ones only, or all. */
export async function listGoing(db: Db, ctx: Context, given: { householdId: string; isOpenOnly: boolean }): Promise<GoingLead[]> {
  const found = await sql<GoingLead>`
    SELECT l.lead_id AS "leadId", l.month, l.state FROM screening.lead l
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.household_id = ${given.householdId} AND (NOT ${given.isOpenOnly} OR ${isOpen})
    ORDER BY l.month FOR UPDATE`.execute(db)
  return found.rows
}

/** The lead of a household that takes another one's reasons: an open one, the latest first, else that of the same month. */
export async function findTaking(
  db: Db,
  ctx: Context,
  given: { householdId: string; month: string; mayBeOther: boolean },
): Promise<GoingLead | undefined> {
  const found = await sql<GoingLead>`
    SELECT l.lead_id AS "leadId", l.month, l.state FROM screening.lead l
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.household_id = ${given.householdId}
      AND (l.month = ${given.month} OR (${given.mayBeOther} AND ${isOpen}))
    ORDER BY ${isOpen} DESC, l.month DESC LIMIT 1 FOR UPDATE`.execute(db)
  return found.rows[0]
}

/** Ids of all reasons of a lead. */
export async function listReasonIds(db: Db, ctx: Context, leadId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT lead_reason_id AS id FROM screening.lead_reason WHERE county_code = ${ctx.scope.countyCode} AND lead_id = ${leadId}`.execute(db)
  return found.rows.map((row) => row.id)
}

/** What an event says of leads that went from one household to another, beside how the lead stood. */
export interface JoinedDetails {
  readonly event: string
  /** Whose reasons they are: the lead that they came from; the lead itself where it went as a whole. */
  readonly from: string
  readonly into: string
  readonly reasons: readonly string[]
}

/** Tells the history of a lead, with how it stands before anything is changed. */
export async function noteMoved(
  db: Db,
  ctx: Context,
  given: { leadId: string; kind: 'joined' | 'parted'; details: JoinedDetails },
): Promise<void> {
  await sql`
    INSERT INTO screening.lead_event (county_code, lead_event_id, lead_id, household_id, area_path, kind, by_id, by_name, at, details)
    SELECT l.county_code, ${makeId()}::uuid, l.lead_id, l.household_id, l.area_path, ${given.kind}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz,
      ${JSON.stringify(given.details)}::jsonb || jsonb_build_object('before', jsonb_build_object('state', l.state, 'sent_to', l.sent_to, 'sent_by', l.sent_by,
        'sent_at', l.sent_at, 'due_on', l.due_on, 'answer', l.answer, 'answer_note', l.answer_note, 'answered_by', l.answered_by,
        'answered_at', l.answered_at, 'return_note', l.return_note))
    FROM screening.lead l WHERE l.county_code = ${ctx.scope.countyCode} AND l.lead_id = ${given.leadId}`.execute(db)
}

/** Gives a lead with everything of it to another household; whoever held it holds it where that household is. */
export async function giveLead(db: Db, ctx: Context, given: { leadId: string; to: Home }): Promise<void> {
  const { leadId, to } = given
  for (const table of ['lead', 'lead_reason', 'lead_event'])
    await sql`
      UPDATE screening.${sql.raw(table)} SET household_id = ${to.householdId}, area_path = ${to.areaPath}
      WHERE county_code = ${ctx.scope.countyCode} AND lead_id = ${leadId}`.execute(db)
  await holdWhere(db, ctx, leadId)
}

/** A lead that is held by a village or township which does not hold its household is held by the one that does. */
async function holdWhere(db: Db, ctx: Context, leadId: string): Promise<void> {
  await sql`
    UPDATE screening.lead l SET revision = l.revision + 1, sent_to = CASE WHEN l.sent_to IS NULL OR starts_with(l.area_path, l.sent_to) THEN l.sent_to
      ELSE substring(l.area_path FROM '^' || repeat('[0-9]+\\.', length(l.sent_to) - length(replace(l.sent_to, '.', '')))) END
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.lead_id = ${leadId}`.execute(db)
}

/** Gives reasons to another lead; those that were answered after `untouchedAt` stay. Returns how many went. */
export async function giveReasons(
  db: Db,
  ctx: Context,
  given: { reasonIds: readonly string[]; from: string; into: string; untouchedAt?: string },
): Promise<number> {
  const { untouchedAt } = given
  const mayGo = untouchedAt === undefined ? sql`true` : sql`(r.answered_at IS NULL OR r.answered_at <= ${untouchedAt}::timestamptz)`
  const went = await sql`
    UPDATE screening.lead_reason r SET lead_id = l.lead_id, household_id = l.household_id, area_path = l.area_path
    FROM screening.lead l
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.lead_id = ${given.into} AND r.county_code = l.county_code AND r.lead_id = ${given.from}
      AND r.lead_reason_id = ANY (${[...given.reasonIds]}::uuid[]) AND ${mayGo}`.execute(db)
  return Number(went.numAffectedRows ?? 0n)
}

/** Ends a lead whose reasons went elsewhere: it asks nobody for anything any more. */
export async function emptyLead(db: Db, ctx: Context, leadId: string): Promise<void> {
  await sql`
    UPDATE screening.lead SET state = 'closed', answer = NULL, answer_note = NULL, answered_by = NULL, answered_at = NULL, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND lead_id = ${leadId}`.execute(db)
}

/**
 * Lets a lead that took reasons ask for them: one that was answered or closed asks anew; one that nobody was sent is held by whoever held
 * the other one, to its day.
 */
export async function askForTaken(db: Db, ctx: Context, given: { leadId: string; from: string }): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`
    UPDATE screening.lead l SET state = 'new', sent_to = NULL, sent_by = NULL, sent_at = NULL, due_on = NULL, answer = NULL, answer_note = NULL,
      answered_by = NULL, answered_at = NULL, return_note = NULL, revision = l.revision + 1
    WHERE l.county_code = ${county} AND l.lead_id = ${given.leadId} AND NOT ${isOpen} AND EXISTS (SELECT 1 FROM screening.lead_reason r
      WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND r.answer IS NULL AND NOT r.rests AND r.rule LIKE 'L%')`.execute(db)
  await sql`
    UPDATE screening.lead l SET state = o.state, sent_to = o.sent_to, sent_by = o.sent_by, sent_at = o.sent_at, due_on = o.due_on,
      return_note = o.return_note
    FROM screening.lead o
    WHERE l.county_code = ${county} AND l.lead_id = ${given.leadId} AND l.state = 'new'
      AND o.county_code = l.county_code AND o.lead_id = ${given.from} AND o.state IN ('sent', 'returned')`.execute(db)
  await holdWhere(db, ctx, given.leadId)
}

/** A lead that an event has moved, as its history says. */
export interface MovedLead {
  readonly leadId: string
  readonly at: string
  readonly details: JoinedDetails
}

/** What a household event did with the leads of a household: one entry for each lead that came to it. */
export async function listMoved(db: Db, ctx: Context, given: { eventId: string; householdId: string }): Promise<MovedLead[]> {
  const found = await sql<MovedLead>`
    SELECT e.lead_id AS "leadId", e.at, e.details FROM screening.lead_event e
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.kind = 'joined' AND e.household_id = ${given.householdId}
      AND e.details ->> 'event' = ${given.eventId} ORDER BY e.lead_event_id DESC`.execute(db)
  return found.rows
}

/** Whether a lead that came as a whole is as it came: open, and with no further reason. */
export async function isAsItCame(db: Db, ctx: Context, moved: MovedLead): Promise<boolean> {
  const found = await sql`
    SELECT 1 FROM screening.lead l WHERE l.county_code = ${ctx.scope.countyCode} AND l.lead_id = ${moved.leadId} AND l.state <> 'closed'
      AND l.answer IS NULL AND NOT EXISTS (SELECT 1 FROM screening.lead_reason r
        WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND r.lead_reason_id <> ALL (${[...moved.details.reasons]}::uuid[]))
    FOR UPDATE`.execute(db)
  return found.rows.length > 0
}

/** Lets a lead stand as before an event, unless something has happened to it since, or it would no longer ask for what is open. */
export async function restoreLead(db: Db, ctx: Context, given: { leadId: string; eventId: string }): Promise<void> {
  await sql`
    UPDATE screening.lead l SET state = b.state, sent_to = b.sent_to, sent_by = b.sent_by, sent_at = b.sent_at, due_on = b.due_on, answer = b.answer,
      answer_note = b.answer_note, answered_by = b.answered_by, answered_at = b.answered_at, return_note = b.return_note, revision = l.revision + 1
    FROM (SELECT e.at, v.* FROM screening.lead_event e CROSS JOIN LATERAL jsonb_populate_record(NULL::screening.lead, e.details -> 'before') v
          WHERE e.county_code = ${ctx.scope.countyCode} AND e.lead_id = ${given.leadId} AND e.kind = 'joined'
            AND e.details ->> 'event' = ${given.eventId} ORDER BY e.lead_event_id LIMIT 1) b
    WHERE l.county_code = ${ctx.scope.countyCode} AND l.lead_id = ${given.leadId}
      AND NOT EXISTS (SELECT 1 FROM screening.lead_event n WHERE n.county_code = l.county_code AND n.lead_id = l.lead_id AND n.at > b.at
        AND n.kind NOT IN ('joined', 'parted'))
      AND (b.state IN ('new', 'sent', 'returned') OR NOT EXISTS (SELECT 1 FROM screening.lead_reason r
        WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND r.answer IS NULL AND NOT r.rests AND r.rule LIKE 'L%'))`.execute(
    db,
  )
  await holdWhere(db, ctx, given.leadId)
}

/** Lets rows that matched people of one household be the other one's; all of them, or those of some people. */
export async function giveRows(
  db: Db,
  ctx: Context,
  given: { from: string; to: Home; personIds?: readonly string[]; tables: readonly ('matched_row' | 'rested_reason')[] },
): Promise<void> {
  const own = given.personIds === undefined ? sql`true` : sql`person_id = ANY (${[...given.personIds]}::uuid[])`
  for (const table of given.tables)
    await sql`
      UPDATE screening.${sql.raw(table)} SET household_id = ${given.to.householdId}, area_path = ${given.to.areaPath}
      WHERE county_code = ${ctx.scope.countyCode} AND household_id = ${given.from} AND ${own}`.execute(db)
}
