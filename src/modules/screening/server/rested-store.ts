import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ListKind } from '../contract.ts'

/** A reason that rests, as it stands in the table. */
export interface StoredRested {
  householdId: string
  rule: string
  list: ListKind
  value: string
  dismissedValue: string
  dismissedBy: string
  dismissedNote: string
  dismissedAt: string
  leadId: string
}

/** The reasons that rest since a run, within the caller's scope. */
export async function listRested(db: Db, scope: Scope, runId: string, limit: number): Promise<StoredRested[]> {
  const found = await sql<StoredRested>`
    SELECT household_id AS "householdId", rule, list, value, dismissed_value AS "dismissedValue", dismissed_by AS "dismissedBy",
           dismissed_note AS "dismissedNote", to_char(dismissed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "dismissedAt",
           dismissed_lead_id AS "leadId"
    FROM screening.rested_reason r WHERE ${inScope(scope, 'r')} AND run_id = ${runId}
    ORDER BY area_path, household_id, rule LIMIT ${limit}`.execute(db)
  return found.rows
}

/** How many reasons rest since a run, within the caller's scope. */
export async function countRested(db: Db, scope: Scope, runId: string): Promise<number> {
  const found = await sql<{ reasons: bigint }>`
    SELECT count(*) AS reasons FROM screening.rested_reason r WHERE ${inScope(scope, 'r')} AND run_id = ${runId}`.execute(db)
  return Number(found.rows[0]?.reasons ?? 0)
}

/** Households within the caller's scope that have a reason L of a month. */
export async function countLeadHouseholds(db: Db, scope: Scope, month: string): Promise<number> {
  const found = await sql<{ households: bigint }>`
    SELECT count(DISTINCT household_id) AS households FROM screening.lead_reason r
    WHERE ${inScope(scope, 'r')} AND month = ${month} AND rule LIKE 'L%' AND NOT rests`.execute(db)
  return Number(found.rows[0]?.households ?? 0)
}
