import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'

/** A reason as it is stored; `factsHash` is equal when rule, person and facts are. */
export interface ReasonRow {
  householdId: string
  areaPath: string
  rule: string
  list: ListKind
  personId: string | null
  value: string
  evidence: unknown
  factsHash: string
}

/** Reasons that an earlier month dismissed, by household and hash of their facts: they rest until the facts change. */
export async function listDismissed(db: Db, countyCode: string, month: string): Promise<Set<string>> {
  const found = await sql<{ key: string }>`
    SELECT DISTINCT household_id || ' ' || facts_hash AS key FROM screening.lead_reason
    WHERE county_code = ${countyCode} AND month < ${month} AND answer = 'dismissed'`.execute(db)
  return new Set(found.rows.map((row) => row.key))
}

/** Takes back the unanswered reasons of lists that are compared again for the same month. */
export async function removeOpenReasons(db: Db, countyCode: string, month: string, lists: readonly ListKind[]): Promise<void> {
  await sql`
    DELETE FROM screening.lead_reason WHERE county_code = ${countyCode} AND month = ${month} AND list = ANY (${lists}::text[]) AND answer IS NULL`.execute(
    db,
  )
}

/** The leads of a month by household. */
export async function listLeadIds(db: Db, countyCode: string, month: string): Promise<Map<string, string>> {
  const found = await sql<{ household: string; lead: string }>`
    SELECT household_id AS household, lead_id AS lead FROM screening.lead WHERE county_code = ${countyCode} AND month = ${month}`.execute(
    db,
  )
  return new Map(found.rows.map((row) => [row.household, row.lead]))
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

/** Writes reasons of leads; a reason that was answered in this month with the same facts is not raised again. */
export async function insertReasons(
  db: Db,
  countyCode: string,
  reasons: { runId: string; month: string; rows: readonly (ReasonRow & { leadId: string; rests: boolean })[] },
): Promise<void> {
  const rows = reasons.rows.map((row) => ({ ...row, id: makeId() }))
  await sql`
    INSERT INTO screening.lead_reason (county_code, lead_reason_id, lead_id, household_id, area_path, month, rule, list, person_id, value, evidence,
                                       facts_hash, rests, run_id)
    SELECT ${countyCode}, n.id, n."leadId", n."householdId", l.area_path, ${reasons.month}, n.rule, n.list, n."personId", n.value, n.evidence,
           n."factsHash", n.rests, ${reasons.runId}::uuid
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id uuid, "leadId" uuid, "householdId" uuid, rule text, list text, "personId" uuid,
         value text, evidence jsonb, "factsHash" text, rests boolean)
    JOIN screening.lead l ON l.county_code = ${countyCode} AND l.lead_id = n."leadId"
    WHERE NOT EXISTS (SELECT 1 FROM screening.lead_reason k WHERE k.county_code = ${countyCode} AND k.lead_id = n."leadId"
                      AND k.rule = n.rule AND k.facts_hash = n."factsHash")`.execute(db)
}

/** Counts the reasons and flags of a month's leads anew; a lead that lost its last reason and nobody has touched is closed. */
export async function recountLeads(db: Db, ctx: Context, month: string): Promise<number> {
  const { countyCode } = ctx.scope
  await sql`
    UPDATE screening.lead l SET reason_count = c.reasons, flag_count = c.flags, revision = l.revision + 1,
           state = CASE WHEN c.reasons = 0 AND l.state = 'new' THEN 'closed' WHEN c.reasons > 0 AND l.state = 'closed' AND l.answer IS NULL THEN 'new' ELSE l.state END
    FROM (SELECT k.lead_id, count(DISTINCT r.rule) FILTER (WHERE r.rule LIKE 'L%' AND NOT r.rests) AS reasons,
                 count(DISTINCT r.rule) FILTER (WHERE r.rule LIKE 'N%') AS flags
          FROM screening.lead k LEFT JOIN screening.lead_reason r ON r.county_code = k.county_code AND r.lead_id = k.lead_id
          WHERE k.county_code = ${countyCode} AND k.month = ${month} GROUP BY k.lead_id) c
    WHERE l.county_code = ${countyCode} AND l.lead_id = c.lead_id AND (l.reason_count, l.flag_count) IS DISTINCT FROM (c.reasons, c.flags)`.execute(
    db,
  )
  const counted = await sql<{ leads: bigint }>`
    SELECT count(*) AS leads FROM screening.lead WHERE county_code = ${countyCode} AND month = ${month} AND reason_count > 0`.execute(db)
  return Number(counted.rows[0]?.leads ?? 0)
}
