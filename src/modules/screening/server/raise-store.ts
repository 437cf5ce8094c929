import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Evidence, LeadAnswer, ListKind } from '../contract.ts'

/** A reason as it is stored; `factsHash` is equal when rule, person and facts are. */
export interface ReasonRow {
  householdId: string
  areaPath: string
  rule: string
  list: ListKind
  personId: string | null
  value: string
  measure: number | null
  band: string | null
  evidence: readonly Evidence[]
  factsHash: string
}

/** What of a run is raised: everything of its lists, or one household's. */
export interface RaiseWhat {
  runId: string
  month: string
  lists: readonly ListKind[]
  householdId?: string
}

/** An answered reason, with who answered and why. */
export interface AnsweredReason {
  householdId: string
  rule: string
  personId: string | null
  value: string
  measure: number | null
  evidence: Evidence[]
  answer: LeadAnswer
  leadId: string
  byName: string
  note: string
  at: string
}

const atOnce = 5_000

/** The answers that reasons of these households and persons were given until this month, the latest first in each block of households; one may be there twice. */
export async function listAnswered(
  db: Db,
  countyCode: string,
  given: { month: string; households: readonly string[]; persons: readonly string[] },
): Promise<AnsweredReason[]> {
  const { month, households, persons } = given
  const answered: AnsweredReason[] = []
  for (let at = 0; at < Math.max(households.length, persons.length); at += atOnce) {
    const found = await sql<AnsweredReason>`
      SELECT r.household_id AS "householdId", r.rule, r.person_id AS "personId", r.value, r.measure::double precision AS measure, r.evidence, r.answer,
             r.lead_id AS "leadId", coalesce(l.answer_note, '') AS note, r.answered_at AS at,
             coalesce((SELECT e.by_name FROM screening.lead_event e
                       WHERE e.county_code = r.county_code AND e.lead_id = r.lead_id AND e.kind = 'answered' ORDER BY e.at DESC LIMIT 1), '') AS "byName"
      FROM screening.lead_reason r JOIN screening.lead l ON l.county_code = r.county_code AND l.lead_id = r.lead_id
      WHERE r.county_code = ${countyCode} AND r.month <= ${month} AND r.answer IS NOT NULL AND NOT r.rests
        AND (r.household_id = ANY (${households.slice(at, at + atOnce)}::uuid[]) OR r.person_id = ANY (${persons.slice(at, at + atOnce)}::uuid[]))
      ORDER BY r.answered_at DESC, r.lead_reason_id DESC`.execute(db)
    answered.push(...found.rows)
  }
  return answered
}

/** Of some reasons of a run those that the household had in an earlier month, or in an earlier run of this one, where they were answered. */
export async function listRecurred(
  db: Db,
  countyCode: string,
  given: { runId: string; month: string; rows: readonly { householdId: string; rule: string }[] },
): Promise<{ householdId: string; rule: string }[]> {
  const { runId, month, rows } = given
  const found = await sql<{ householdId: string; rule: string }>`
    SELECT DISTINCT n.household AS "householdId", n.rule
    FROM unnest(${rows.map((row) => row.householdId)}::uuid[], ${rows.map((row) => row.rule)}::text[]) AS n (household, rule)
    WHERE EXISTS (SELECT 1 FROM screening.lead_reason k WHERE k.county_code = ${countyCode} AND k.household_id = n.household AND k.rule = n.rule
      AND NOT k.rests AND (k.month < ${month} OR (k.month = ${month} AND k.run_id <> ${runId}::uuid AND k.answer IS NOT NULL)))`.execute(db)
  return found.rows
}

/** Takes back the unanswered reasons of what is compared again for the same month, and what rested. Returns their leads. */
export async function removeOpenReasons(db: Db, countyCode: string, what: RaiseWhat): Promise<string[]> {
  const own = what.householdId === undefined ? sql`true` : sql`household_id = ${what.householdId}::uuid`
  await sql`
    DELETE FROM screening.rested_reason
    WHERE county_code = ${countyCode} AND month = ${what.month} AND list = ANY (${[...what.lists]}::text[]) AND ${own}`.execute(db)
  const removed = await sql<{ leadId: string }>`
    DELETE FROM screening.lead_reason
    WHERE county_code = ${countyCode} AND month = ${what.month} AND list = ANY (${[...what.lists]}::text[]) AND answer IS NULL AND ${own}
    RETURNING lead_id AS "leadId"`.execute(db)
  return [...new Set(removed.rows.map((row) => row.leadId))]
}

/** The leads that take a month's reasons, by household: that of the month, else the latest earlier one that is still open. */
export async function listTakingLeads(db: Db, countyCode: string, month: string): Promise<Map<string, { leadId: string; month: string }>> {
  const found = await sql<{ household: string; leadId: string; month: string }>`
    SELECT DISTINCT ON (household_id) household_id AS household, lead_id AS "leadId", month FROM screening.lead
    WHERE county_code = ${countyCode} AND (month = ${month} OR (month < ${month} AND state IN ('new', 'sent', 'returned')))
    ORDER BY household_id, month DESC`.execute(db)
  return new Map(found.rows.map(({ household, ...lead }) => [household, lead]))
}

/** Writes new leads. */
export async function insertLeads(
  db: Db,
  ctx: Context,
  leads: { runId: string; month: string; rows: readonly { leadId: string; householdId: string; areaPath: string }[] },
): Promise<void> {
  await sql`
    INSERT INTO screening.lead (county_code, lead_id, month, household_id, area_path, state, raised_at, run_id)
    SELECT ${ctx.scope.countyCode}, "leadId", ${leads.month}, "householdId", "areaPath", 'new', ${ctx.now}::timestamptz, ${leads.runId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(leads.rows)}::jsonb) AS l ("leadId" uuid, "householdId" uuid, "areaPath" text)`.execute(db)
  const events = leads.rows.map((row) => ({ ...row, id: makeId() }))
  await sql`
    INSERT INTO screening.lead_event (county_code, lead_event_id, lead_id, household_id, area_path, kind, by_id, by_name, at, details)
    SELECT ${ctx.scope.countyCode}, id, "leadId", "householdId", "areaPath", 'raised', ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz,
           jsonb_build_object('runId', ${leads.runId}::text)
    FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e (id uuid, "leadId" uuid, "householdId" uuid, "areaPath" text)`.execute(
    db,
  )
}

/** Writes reasons of leads; a reason that the lead has of this month with the same facts is not written again. Returns the leads that got one. */
export async function insertReasons(
  db: Db,
  countyCode: string,
  reasons: { runId: string; month: string; rows: readonly (ReasonRow & { leadId: string; rests: boolean })[] },
): Promise<string[]> {
  const rows = reasons.rows.map((row) => ({ ...row, id: makeId() }))
  const written = await sql<{ leadId: string }>`
    INSERT INTO screening.lead_reason (county_code, lead_reason_id, lead_id, household_id, area_path, month, rule, list, person_id, value, measure, band,
                                       evidence, facts_hash, rests, run_id)
    SELECT ${countyCode}, n.id, n."leadId", n."householdId", l.area_path, ${reasons.month}, n.rule, n.list, n."personId", n.value, n.measure, n.band,
           n.evidence, n."factsHash", n.rests, ${reasons.runId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id uuid, "leadId" uuid, "householdId" uuid, rule text, list text, "personId" uuid,
         value text, measure numeric, band text, evidence jsonb, "factsHash" text, rests boolean)
    JOIN screening.lead l ON l.county_code = ${countyCode} AND l.lead_id = n."leadId"
    WHERE NOT EXISTS (SELECT 1 FROM screening.lead_reason k WHERE k.county_code = ${countyCode} AND k.lead_id = n."leadId"
                      AND k.rule = n.rule AND k.facts_hash = n."factsHash")
    RETURNING lead_id AS "leadId"`.execute(db)
  return written.rows.map((row) => row.leadId)
}

/** A reason that rests, with the answer that it rests on. */
export type RestedRow = ReasonRow & { dismissed: AnsweredReason }

/** Writes the reasons that rest, whether their household has a lead or not. */
export async function insertRested(
  db: Db,
  countyCode: string,
  rested: { runId: string; month: string; rows: readonly RestedRow[] },
): Promise<void> {
  const rows = rested.rows.map(({ dismissed, householdId, areaPath, rule, list, personId, value }) => ({
    id: makeId(),
    householdId,
    areaPath,
    rule,
    list,
    personId,
    value,
    was: dismissed.value,
    leadId: dismissed.leadId,
    byName: dismissed.byName,
    note: dismissed.note,
    at: dismissed.at,
  }))
  await sql`
    INSERT INTO screening.rested_reason (county_code, rested_reason_id, run_id, month, household_id, area_path, rule, list, person_id, value,
                                         dismissed_value, dismissed_lead_id, dismissed_by, dismissed_note, dismissed_at)
    SELECT ${countyCode}, id, ${rested.runId}::uuid, ${rested.month}, "householdId", "areaPath", rule, list, "personId", value, was, "leadId",
           "byName", note, at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "householdId" uuid, "areaPath" text, rule text, list text,
         "personId" uuid, value text, was text, "leadId" uuid, "byName" text, note text, at timestamptz)`.execute(db)
}

/** Tells the history of leads of earlier months that they got a further reason, and opens answered or closed ones again. */
export async function renewLeads(db: Db, ctx: Context, given: { runId: string; month: string; leadIds: readonly string[] }): Promise<void> {
  const { countyCode } = ctx.scope
  const event = (kind: 'renewed' | 'reopened', which: ReturnType<typeof sql>) => sql`
    INSERT INTO screening.lead_event (county_code, lead_event_id, lead_id, household_id, area_path, kind, by_id, by_name, at, details)
    SELECT l.county_code, gen_random_uuid(), l.lead_id, l.household_id, l.area_path, ${kind}, ${ctx.caller.id}, ${ctx.caller.name},
           ${ctx.now}::timestamptz, jsonb_build_object('runId', ${given.runId}::text, 'month', ${given.month}::text)
    FROM screening.lead l WHERE l.county_code = ${countyCode} AND l.lead_id = ANY (${[...given.leadIds]}::uuid[]) AND ${which}`
  await event('renewed', sql`l.month < ${given.month} AND l.state NOT IN ('answered', 'closed')`).execute(db)
  const asksAgain = sql`l.state IN ('answered', 'closed') AND l.answer IS NOT NULL AND EXISTS (
    SELECT 1 FROM screening.lead_reason r WHERE r.county_code = l.county_code AND r.lead_id = l.lead_id AND r.answer IS NULL AND NOT r.rests
      AND r.rule LIKE 'L%')`
  await event('reopened', asksAgain).execute(db)
  await sql`
    UPDATE screening.lead l SET state = 'new', sent_to = NULL, sent_by = NULL, sent_at = NULL, due_on = NULL, answer = NULL, answer_note = NULL,
           answered_by = NULL, answered_at = NULL, revision = revision + 1
    WHERE l.county_code = ${countyCode} AND l.lead_id = ANY (${[...given.leadIds]}::uuid[]) AND ${asksAgain}`.execute(db)
}

/**
 * Counts the reasons and flags anew of the leads of a month, of those with a reason of it, and of `others`; a lead that lost its last
 * reason and nobody has touched is closed. Returns the households that have a reason L in the month.
 */
export async function recountLeads(db: Db, ctx: Context, given: { month: string; others: readonly string[] }): Promise<number> {
  const { countyCode } = ctx.scope
  await sql`
    UPDATE screening.lead l SET reason_count = c.reasons, flag_count = c.flags, revision = l.revision + 1,
           state = CASE WHEN c.reasons = 0 AND l.state = 'new' THEN 'closed' WHEN c.reasons > 0 AND l.state = 'closed' AND l.answer IS NULL THEN 'new' ELSE l.state END
    FROM (SELECT k.lead_id, count(DISTINCT r.rule) FILTER (WHERE r.rule LIKE 'L%' AND NOT r.rests) AS reasons,
                 count(DISTINCT r.rule) FILTER (WHERE r.rule LIKE 'N%') AS flags
          FROM screening.lead k LEFT JOIN screening.lead_reason r ON r.county_code = k.county_code AND r.lead_id = k.lead_id
          WHERE k.county_code = ${countyCode}
            AND (k.month = ${given.month} OR k.lead_id = ANY (${[...given.others]}::uuid[])
                 OR k.lead_id IN (SELECT m.lead_id FROM screening.lead_reason m WHERE m.county_code = ${countyCode} AND m.month = ${given.month}))
          GROUP BY k.lead_id) c
    WHERE l.county_code = ${countyCode} AND l.lead_id = c.lead_id AND (l.reason_count, l.flag_count) IS DISTINCT FROM (c.reasons, c.flags)`.execute(
    db,
  )
  const counted = await sql<{ households: bigint }>`
    SELECT count(DISTINCT household_id) AS households FROM screening.lead_reason
    WHERE county_code = ${countyCode} AND month = ${given.month} AND rule LIKE 'L%' AND NOT rests`.execute(db)
  return Number(counted.rows[0]?.households ?? 0)
}
