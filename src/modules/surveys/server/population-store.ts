import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { PopulationRow } from '#modules/registry/server/index.ts'

/** The population of an earlier campaign, whose households are asked again; those that are none any more are left out. Members as they were counted then. */
export async function listPopulationOf(db: Db, ctx: Context, campaignId: string): Promise<PopulationRow[]> {
  const found = await sql<PopulationRow>`
    SELECT coalesce(t.household_id::text, t.frozen_path) AS "householdId", t.household_no AS "householdNo", t.area_path AS "areaPath", t.township, t.village,
      t.head_name AS "headName", t.persons
    FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.state <> 'ended' ORDER BY t.seq`.execute(db)
  return found.rows
}
