import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { SaidList, SaidReason } from '../rules/said-records.ts'

/** Lists in which a person stood, the latest month first. */
export async function listSaid(db: Db, scope: Scope, personId: string): Promise<SaidList[]> {
  const found = await sql<SaidList>`
    SELECT m.month, m.list, count(*)::int AS rows FROM screening.matched_row m
    WHERE ${inScope(scope, 'm')} AND m.person_id = ${personId}::uuid GROUP BY 1, 2 ORDER BY 1 DESC, 2 LIMIT 60`.execute(db)
  return found.rows
}

/** Reasons of leads about a person, the latest month first. */
export async function listReasonsOfPerson(db: Db, scope: Scope, personId: string): Promise<SaidReason[]> {
  const found = await sql<SaidReason>`
    SELECT DISTINCT r.lead_id AS "leadId", r.month, r.rule, l.state, r.answer
    FROM screening.lead_reason r JOIN screening.lead l ON l.county_code = r.county_code AND l.lead_id = r.lead_id
    WHERE ${inScope(scope, 'r')} AND ${inScope(scope, 'l')} AND r.person_id = ${personId}::uuid ORDER BY r.month DESC, r.rule LIMIT 60`.execute(
    db,
  )
  return found.rows
}
