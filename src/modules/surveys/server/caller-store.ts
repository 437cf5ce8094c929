import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { assignable } from './target-store.ts'

/** Somebody who calls in a campaign; `open`: what he still has to call. */
export interface CallerRow {
  readonly userId: string
  readonly name: string
  readonly areaPath: string
  readonly targets: number
  readonly open: number
}

/** Makes users callers of a campaign; who is one already stays. */
export async function addCallers(
  db: Db,
  ctx: Context,
  campaignId: string,
  callers: readonly { userId: string; name: string; areaPath: string }[],
): Promise<void> {
  await sql`
    INSERT INTO surveys.caller (county_code, campaign_id, user_id, area_path, name, since)
    SELECT ${ctx.scope.countyCode}, ${campaignId}, r."userId", r."areaPath", r.name, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(callers)}::jsonb) AS r ("userId" text, "areaPath" text, name text)
    ON CONFLICT (county_code, campaign_id, user_id) DO UPDATE SET ended_at = NULL, area_path = excluded.area_path`.execute(db)
}

/** Callers of a campaign within the scope, by area and name, with what they hold. */
export async function listCallers(db: Db, ctx: Context, campaignId: string): Promise<CallerRow[]> {
  const found = await sql<CallerRow>`
    SELECT k.user_id AS "userId", k.name, k.area_path AS "areaPath", count(t.target_id)::int AS targets,
      (count(t.target_id) FILTER (WHERE t.state IN ('waiting', 'retry')))::int AS open
    FROM surveys.caller k
    LEFT JOIN surveys.target t ON t.county_code = k.county_code AND t.campaign_id = k.campaign_id AND t.caller_id = k.user_id
    WHERE ${inScope(ctx.scope, 'k')} AND k.campaign_id = ${campaignId}::uuid AND k.ended_at IS NULL
    GROUP BY k.user_id, k.name, k.area_path ORDER BY k.area_path, k.name, k.user_id`.execute(db)
  return found.rows
}

/** Targets that may be given out, in the order of the list: of nobody, or (anew) also those that were not called yet. */
export async function listToShare(
  db: Db,
  ctx: Context,
  campaignId: string,
  anew: boolean,
): Promise<{ targetId: string; areaPath: string }[]> {
  const free = anew ? sql`(t.caller_id IS NULL OR t.attempts = 0)` : sql`t.caller_id IS NULL`
  const found = await sql<{ targetId: string; areaPath: string }>`
    SELECT t.target_id AS "targetId", t.area_path AS "areaPath" FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.state = ANY (${assignable}::text[]) AND ${free}
    ORDER BY t.seq FOR UPDATE`.execute(db)
  return found.rows
}

/** How many open targets each caller of a campaign holds that are not given out anew. */
export async function countHeld(db: Db, ctx: Context, campaignId: string, anew: boolean): Promise<Map<string, number>> {
  const stays = anew ? sql`t.attempts > 0` : sql`true`
  const found = await sql<{ userId: string; count: number }>`
    SELECT t.caller_id AS "userId", count(*)::int AS count FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.caller_id IS NOT NULL AND ${stays} GROUP BY t.caller_id`.execute(
    db,
  )
  return new Map(found.rows.map((row) => [row.userId, row.count]))
}

/** Gives targets to callers; absent name: to nobody. Answers how many rows. */
export async function giveTargets(
  db: Db,
  ctx: Context,
  given: readonly { readonly targetId: string; readonly userId: string | null; readonly name: string | null }[],
): Promise<number> {
  const done = await sql`
    UPDATE surveys.target t SET caller_id = r."userId", caller_name = r.name, revision = t.revision + 1
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS r ("targetId" uuid, "userId" text, name text)
    WHERE t.county_code = ${ctx.scope.countyCode} AND t.target_id = r."targetId" AND t.caller_id IS DISTINCT FROM r."userId" RETURNING 1`.execute(
    db,
  )
  return done.rows.length
}

/** Targets named by hand, or all open ones of a caller. */
export async function listByHand(
  db: Db,
  ctx: Context,
  given: { campaignId: string; targetIds: readonly string[]; from: string | undefined },
): Promise<{ targetId: string; areaPath: string }[]> {
  const { campaignId, targetIds, from } = given
  const chosen = from === undefined ? sql`t.target_id = ANY (${[...targetIds]}::uuid[])` : sql`t.caller_id = ${from}`
  const found = await sql<{ targetId: string; areaPath: string }>`
    SELECT t.target_id AS "targetId", t.area_path AS "areaPath" FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.state = ANY (${assignable}::text[]) AND ${chosen}
    ORDER BY t.seq FOR UPDATE`.execute(db)
  return found.rows
}
