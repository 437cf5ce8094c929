import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'

/** What a department's list of a month said of somebody of a household; money in yuan as it is shown, days as they were read. */
export interface MatchedFacts {
  readonly list: ListKind
  /** `YYYYMM`. */
  readonly month: string
  readonly personId: string | null
  readonly sheet: string
  readonly row: number
  readonly facts: Readonly<Record<string, string>>
}

/**
 * Rows of departments' lists that matched a household within the caller's scope since a month, of the last run of each list and month; rows
 * that differ in their running number only stand once. For modules that read amounts, such as the income sheet.
 */
export async function listMatchedFacts(ctx: Context, db: Db, given: { householdId: string; since: string }): Promise<MatchedFacts[]> {
  const found = await sql<MatchedFacts>`
    WITH mine AS (
      SELECT m.*, r.started_at FROM screening.matched_row m
      JOIN screening.comparison_run r ON r.county_code = m.county_code AND r.run_id = m.run_id AND r.state = 'done'
      WHERE ${inScope(ctx.scope, 'm')} AND m.household_id = ${given.householdId}::uuid AND m.month >= ${given.since}
    ), last AS (SELECT DISTINCT ON (list, month) list, month, run_id FROM mine ORDER BY list, month, started_at DESC, run_id DESC)
    SELECT DISTINCT ON (m.month, m.list, m.person_id, coalesce(m.rest, m.matched_row_id::text)) m.list, m.month, m.person_id AS "personId", m.sheet,
      m.row_no AS "row", m.facts
    FROM mine m JOIN last ON last.list = m.list AND last.month = m.month AND last.run_id = m.run_id
    ORDER BY m.month, m.list, m.person_id, coalesce(m.rest, m.matched_row_id::text), m.row_no`.execute(db)
  return found.rows
}

/** A lead that is not closed. `raisedOn`: the local day. */
export interface OpenLead {
  readonly leadId: string
  readonly householdId: string
  readonly month: string
  readonly raisedOn: string
}

/** Leads of some households within the caller's scope that are not closed; the newest first. */
export async function listOpenLeads(ctx: Context, db: Db, householdIds: readonly string[]): Promise<OpenLead[]> {
  if (householdIds.length === 0) return []
  const found = await sql<OpenLead>`
    SELECT l.lead_id AS "leadId", l.household_id AS "householdId", l.month, (l.raised_at AT TIME ZONE 'Asia/Shanghai')::date AS "raisedOn"
    FROM screening.lead l
    WHERE ${inScope(ctx.scope, 'l')} AND l.household_id = ANY (${[...householdIds]}::uuid[]) AND l.state <> 'closed'
    ORDER BY l.raised_at DESC`.execute(db)
  return found.rows
}
