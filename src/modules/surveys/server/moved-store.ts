import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

const tables = ['target', 'call', 'response', 'problem', 'risk'] as const

/** Rows about households that moved are where these are now; who may no longer work there loses the household. */
export async function moveSurveys(db: Db, ctx: Context, areas: ReadonlyMap<string, string>): Promise<void> {
  const county = ctx.scope.countyCode
  const moved = JSON.stringify([...areas].map(([id, path]) => ({ id, path })))
  for (const table of tables) {
    await sql`
      UPDATE surveys.${sql.ref(table)} t SET area_path = a.path FROM jsonb_to_recordset(${moved}::jsonb) AS a (id uuid, path text)
      WHERE t.county_code = ${county} AND t.household_id = a.id AND t.area_path <> a.path`.execute(db)
  }
  await sql`
    UPDATE surveys.target t SET caller_id = NULL, caller_name = NULL, revision = t.revision + 1 FROM surveys.caller k
    WHERE t.county_code = ${county} AND t.household_id = ANY (${[...areas.keys()]}::uuid[]) AND k.county_code = t.county_code
      AND k.campaign_id = t.campaign_id AND k.user_id = t.caller_id AND NOT starts_with(t.area_path, k.area_path)
      AND t.state NOT IN ('answered', 'ended')`.execute(db)
}

/** A household that is none any more is not called; what it said stays. */
export async function endTargets(db: Db, ctx: Context, householdId: string): Promise<void> {
  await sql`
    UPDATE surveys.target t SET state = 'ended', next_from = NULL, revision = t.revision + 1 FROM surveys.campaign c
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = ${householdId}::uuid AND t.state NOT IN ('answered', 'ended')
      AND c.county_code = t.county_code AND c.campaign_id = t.campaign_id AND c.state IN ('frozen', 'open')`.execute(db)
}

/** A household that lives again is called again. */
export async function reviveTargets(db: Db, ctx: Context, householdId: string): Promise<void> {
  await sql`
    UPDATE surveys.target t SET state = CASE WHEN t.attempts > 0 THEN 'retry' ELSE 'waiting' END, revision = t.revision + 1 FROM surveys.campaign c
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.household_id = ${householdId}::uuid AND t.state = 'ended'
      AND c.county_code = t.county_code AND c.campaign_id = t.campaign_id AND c.state IN ('frozen', 'open')`.execute(db)
}
