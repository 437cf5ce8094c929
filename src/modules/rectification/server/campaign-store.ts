import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** What problems are found and handed on under. */
export interface Campaign {
  readonly campaignId: string
  readonly name: string
  readonly byPath: string
  readonly documentNo: string
  readonly startedOn: string
  readonly dueOn: string | null
}

const columns = sql`campaign_id AS "campaignId", name, by_path AS "byPath", document_no AS "documentNo", started_on AS "startedOn", due_on AS "dueOn"`

/** The newest campaigns, at most 200. */
export async function listCampaignRows(db: Db, ctx: Context): Promise<Campaign[]> {
  const found = await sql<Campaign>`
    SELECT ${columns} FROM rectification.campaign WHERE county_code = ${ctx.scope.countyCode} ORDER BY started_on DESC, name LIMIT 200`.execute(
    db,
  )
  return found.rows
}

/** One campaign by its id, or by the campaign of surveys whose problems it lists. */
export async function findCampaign(
  db: Db,
  ctx: Context,
  by: { readonly campaignId: string } | { readonly sourceCampaignId: string },
): Promise<Campaign | undefined> {
  const which =
    'campaignId' in by
      ? sql<boolean>`campaign_id = ${by.campaignId}::uuid`
      : sql<boolean>`source_campaign_id = ${by.sourceCampaignId}::uuid`
  const found = await sql<Campaign>`
    SELECT ${columns} FROM rectification.campaign WHERE county_code = ${ctx.scope.countyCode} AND ${which}`.execute(db)
  return found.rows[0]
}

/** Writes a campaign; false where one of this name, or of this survey, is there. */
export async function insertCampaign(
  db: Db,
  ctx: Context,
  given: Campaign & { readonly sourceCampaignId: string | null },
): Promise<boolean> {
  const done = await sql`
    INSERT INTO rectification.campaign (county_code, campaign_id, name, by_path, document_no, started_on, due_on, source_campaign_id, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${given.campaignId}::uuid, ${given.name}, ${given.byPath}, ${given.documentNo}, ${given.startedOn}::date,
      ${given.dueOn}::date, ${given.sourceCampaignId}::uuid, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(done.numAffectedRows ?? 0n) === 1
}
