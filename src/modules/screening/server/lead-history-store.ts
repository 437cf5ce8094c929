import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Evidence, LeadAnswer, ListKind } from '../contract.ts'
import type { SenderPrecision } from '../rules/compare-records.ts'
import type { LeadEventRecord, ReasonLimits, RulePrecision } from '../rules/lead-records.ts'
import type { StoredLead } from './lead-store.ts'

/** A reason as it stands in the table. */
export interface StoredReason {
  readonly leadReasonId: string
  readonly leadId: string
  readonly rule: string
  readonly list: ListKind
  readonly month: string
  readonly personId: string | null
  readonly value: string
  readonly evidence: Evidence[]
  readonly answer: LeadAnswer | null
  readonly rests: boolean
}

/** The reasons of some leads, in the order of the rules. */
export async function listReasons(db: Db, scope: Scope, leadIds: readonly string[]): Promise<StoredReason[]> {
  const found = await sql<StoredReason>`
    SELECT lead_reason_id AS "leadReasonId", lead_id AS "leadId", rule, list, month, person_id AS "personId", value, evidence, answer, rests
    FROM screening.lead_reason r WHERE ${inScope(scope, 'r')} AND lead_id = ANY(${[...leadIds]}::uuid[])
    ORDER BY lead_id, rests, rule, month DESC, lead_reason_id`.execute(db)
  return found.rows
}

/** What happened to a lead, newest first. */
export async function listLeadEvents(db: Db, scope: Scope, leadId: string): Promise<LeadEventRecord[]> {
  const found = await sql<LeadEventRecord>`
    SELECT kind, by_name AS "byName", at, note FROM screening.lead_event e
    WHERE ${inScope(scope, 'e')} AND lead_id = ${leadId} ORDER BY at DESC, lead_event_id DESC LIMIT 200`.execute(db)
  return found.rows
}

/** Ids of the leads of the same household in other months. */
export async function listOtherLeadIds(db: Db, scope: Scope, lead: StoredLead): Promise<string[]> {
  const found = await sql<{ leadId: string }>`
    SELECT lead_id AS "leadId" FROM screening.lead l
    WHERE ${inScope(scope, 'l')} AND household_id = ${lead.householdId} AND lead_id <> ${lead.leadId}
    ORDER BY month DESC LIMIT 24`.execute(db)
  return found.rows.map((row) => row.leadId)
}

/** The thresholds of a run by rule, as a sentence names them; none where the run wrote none. */
export async function readLimits(db: Db, countyCode: string, runId: string): Promise<ReasonLimits> {
  const found = await sql<{ limits: ReasonLimits | null }>`
    SELECT coalesce(thresholds->'leads', '{}') || coalesce(thresholds->'negative_flags', '{}') AS limits
    FROM screening.comparison_run WHERE county_code = ${countyCode} AND run_id = ${runId}`.execute(db)
  return found.rows[0]?.limits ?? {}
}

/** One row for each question (rule and person of a lead), with its latest answer: a reason that came again next month is no second case. */
function askedOnce(scope: Scope, month: string | undefined) {
  const wanted = month === undefined ? sql`true` : sql`r.month = ${month}`
  return sql`(
    SELECT DISTINCT ON (r.lead_id, r.rule, r.person_id) r.lead_id, r.rule, r.answer, r.run_id, r.county_code
    FROM screening.lead_reason r WHERE ${inScope(scope, 'r')} AND NOT r.rests AND ${wanted}
    ORDER BY r.lead_id, r.rule, r.person_id, r.answered_at DESC NULLS LAST, r.month DESC)`
}

/** Answers per rule in a month, or in all months; rested reasons do not count, nobody was asked about them. */
export async function countAnswers(
  db: Db,
  scope: Scope,
  month: string | undefined,
): Promise<Omit<RulePrecision, 'precision' | 'low' | 'high'>[]> {
  const found = await sql<{ rule: string; raised: bigint; confirmed: bigint; elsewhere: bigint; dismissed: bigint; notHere: bigint }>`
    SELECT rule, count(*) AS raised,
      count(*) FILTER (WHERE answer = 'confirmed') AS confirmed,
      count(*) FILTER (WHERE answer = 'needs-help-elsewhere') AS elsewhere,
      count(*) FILTER (WHERE answer = 'dismissed') AS dismissed,
      count(*) FILTER (WHERE answer = 'not-here') AS "notHere"
    FROM ${askedOnce(scope, month)} r GROUP BY rule ORDER BY rule`.execute(db)
  return found.rows.map((row) => ({
    rule: row.rule,
    raised: Number(row.raised),
    confirmed: Number(row.confirmed),
    elsewhere: Number(row.elsewhere),
    dismissed: Number(row.dismissed),
    notHere: Number(row.notHere),
  }))
}

/** Answers per rule and sender of the lists. */
export async function countBySender(db: Db, scope: Scope, month: string | undefined): Promise<Omit<SenderPrecision, 'precision'>[]> {
  const found = await sql<{ rule: string; sender: string; raised: bigint; right: bigint; verified: bigint }>`
    SELECT r.rule, c.sender, count(*) AS raised,
      count(*) FILTER (WHERE r.answer IN ('confirmed', 'needs-help-elsewhere')) AS "right",
      count(*) FILTER (WHERE r.answer IN ('confirmed', 'needs-help-elsewhere', 'dismissed')) AS verified
    FROM ${askedOnce(scope, month)} r
    JOIN screening.comparison_run c ON c.county_code = r.county_code AND c.run_id = r.run_id
    GROUP BY r.rule, c.sender ORDER BY r.rule, c.sender`.execute(db)
  return found.rows.map((row) => ({
    rule: row.rule,
    sender: row.sender,
    raised: Number(row.raised),
    right: Number(row.right),
    verified: Number(row.verified),
  }))
}

/** Gives leads to a receiver, each with a new due day. */
export async function saveSent(
  db: Db,
  ctx: Context,
  given: { leadIds: readonly string[]; receiver: string; dueOn: string },
): Promise<void> {
  await sql`UPDATE screening.lead SET state = 'sent', sent_to = ${given.receiver}, sent_by = ${ctx.caller.id}, sent_at = ${ctx.now},
      due_on = ${given.dueOn}, return_note = NULL, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND lead_id = ANY(${[...given.leadIds]}::uuid[])`.execute(db)
}

/** Writes the answer of a visit and of each reason. */
export async function saveAnswer(
  db: Db,
  ctx: Context,
  given: { leadId: string; answer: LeadAnswer; note: string; answers: ReadonlyMap<string, LeadAnswer> },
): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`UPDATE screening.lead SET state = 'answered', answer = ${given.answer}, answer_note = ${given.note}, answered_by = ${ctx.caller.id},
      answered_at = ${ctx.now}, return_note = NULL, revision = revision + 1
    WHERE county_code = ${county} AND lead_id = ${given.leadId}`.execute(db)
  const ids = [...given.answers.keys()]
  const words = ids.map((id) => given.answers.get(id) ?? given.answer)
  await sql`UPDATE screening.lead_reason r SET answer = a.answer, answered_at = ${ctx.now}
    FROM unnest(${ids}::uuid[], ${words}::text[]) AS a(id, answer)
    WHERE r.county_code = ${county} AND r.lead_id = ${given.leadId} AND r.lead_reason_id = a.id`.execute(db)
}

/** Sends a lead back: up to the township, or down to whoever answered. An answer that is given back no longer counts. */
export async function saveReturned(
  db: Db,
  ctx: Context,
  given: { leadId: string; receiver: string; dueOn: string; note: string },
): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`UPDATE screening.lead SET state = 'returned', sent_to = ${given.receiver}, due_on = ${given.dueOn}, return_note = ${given.note},
      answer = NULL, answered_at = NULL, revision = revision + 1
    WHERE county_code = ${county} AND lead_id = ${given.leadId}`.execute(db)
  await sql`UPDATE screening.lead_reason SET answer = NULL, answered_at = NULL
    WHERE county_code = ${county} AND lead_id = ${given.leadId}`.execute(db)
}

export async function saveClosed(db: Db, ctx: Context, leadIds: readonly string[]): Promise<void> {
  await sql`UPDATE screening.lead SET state = 'closed', revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND lead_id = ANY(${[...leadIds]}::uuid[])`.execute(db)
}

/** Writes what happened to each of some leads, with the name of who did it. */
export async function addLeadEvents(
  db: Db,
  ctx: Context,
  given: { kind: 'sent' | 'answered' | 'returned' | 'closed'; leads: readonly StoredLead[]; note?: string | undefined; details?: object },
): Promise<void> {
  const { leads } = given
  await sql`INSERT INTO screening.lead_event
      (county_code, lead_event_id, lead_id, household_id, area_path, kind, by_id, by_name, at, note, details)
    SELECT ${ctx.scope.countyCode}, e.id, e.lead_id, e.household_id, e.area_path, ${given.kind}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now},
      ${given.note ?? null}, ${JSON.stringify(given.details ?? {})}::jsonb
    FROM unnest(${leads.map(() => makeId())}::uuid[], ${leads.map((lead) => lead.leadId)}::uuid[],
      ${leads.map((lead) => lead.householdId)}::uuid[], ${leads.map((lead) => lead.areaPath)}::text[]) AS e(id, lead_id, household_id, area_path)
  `.execute(db)
}

/** Rows (`file sheet row`) of a household that a month's list brought as news: those behind its reasons. */
export async function listNewRows(
  db: Db,
  countyCode: string,
  wanted: { month: string; list: ListKind; householdId: string },
): Promise<string[]> {
  const found = await sql<{ name: string }>`
    SELECT DISTINCT (e ->> 'file') || ' ' || (e ->> 'sheet') || ' ' || (e ->> 'row') AS name
    FROM screening.lead_reason r CROSS JOIN LATERAL jsonb_array_elements(r.evidence) e
    WHERE r.county_code = ${countyCode} AND r.household_id = ${wanted.householdId} AND r.month = ${wanted.month} AND r.list = ${wanted.list}`.execute(
    db,
  )
  return found.rows.map((row) => row.name)
}
