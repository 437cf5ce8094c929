import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { SurveyOfHousehold } from '../rules/survey-records.ts'

/** Campaigns of a household within the scope, newest first; at most 50. */
export async function listOfHousehold(db: Db, ctx: Context, householdId: string): Promise<SurveyOfHousehold[]> {
  const found = await sql<
    Omit<SurveyOfHousehold, 'answeredAt' | 'conclusion'> & { answeredAt: string | null; conclusion: SurveyOfHousehold['conclusion'] | null }
  >`
    SELECT t.target_id AS "targetId", c.campaign_id AS "campaignId", c.campaign_no AS "campaignNo", c.name, c.kind, t.state, t.conclusion, t.answered_at AS "answeredAt",
      (SELECT count(*)::int FROM surveys.problem p WHERE p.county_code = t.county_code AND p.target_id = t.target_id AND p.withdrawn_on IS NULL) AS problems
    FROM surveys.target t JOIN surveys.campaign c ON c.county_code = t.county_code AND c.campaign_id = t.campaign_id
    WHERE ${inScope(ctx.scope, 't')} AND t.household_id = ${householdId}::uuid AND c.state IN ('open', 'closed')
    ORDER BY c.opened_at DESC LIMIT 50`.execute(db)
  return found.rows.map((row) => ({
    ...row,
    conclusion: row.conclusion ?? undefined,
    answeredAt: row.answeredAt === null ? undefined : new Date(row.answeredAt).toISOString(),
  }))
}
