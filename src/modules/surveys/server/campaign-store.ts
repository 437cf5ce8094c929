import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CampaignState } from '../rules/campaign-states.ts'
import type { CampaignRecord, SurveyTerms, TableKind } from '../rules/survey-records.ts'
import { refused } from './refusals.ts'

/** A campaign as stores and use cases hold it; terms are there from its opening. */
export type Campaign = Omit<CampaignRecord, 'can' | 'formTitle'> & {
  readonly formTitle: string
  readonly createdBy: string
  readonly terms: Partial<SurveyTerms>
}

const columns = sql.raw(`
  c.campaign_id AS "campaignId", c.campaign_no AS "campaignNo", c.series_id AS "seriesId", c.round_no AS "roundNo", c.kind, c.name, c.area_path AS "areaPath",
  c.state, c.subject, c.way, c.form_id AS "formId", f.title AS "formTitle", c.starts_on::text AS "startsOn", c.ends_on::text AS "endsOn", c.filter, c.draw,
  c.sample_size AS "sampleSize", c.seed, c.again_of AS "againOf", c.created_by AS "createdBy", c.created_name AS "createdName", c.created_at AS "createdAt",
  c.frozen_on::text AS "frozenOn", c.opened_at AS "openedAt", c.closed_at AS "closedAt", c.reason, c.revision, c.terms`)

type Row = { readonly [Key in keyof Campaign]: undefined extends Campaign[Key] ? Exclude<Campaign[Key], undefined> | null : Campaign[Key] }

const instant = (value: string | null) => (value === null ? undefined : new Date(value).toISOString())

function toCampaign(row: Row): Campaign {
  return {
    ...row,
    // Drafts of the days before this was kept lack it.
    filter: { ...row.filter, by: (row.filter as Partial<Campaign['filter']>).by ?? [] }, // Safe: as it was written.
    createdAt: new Date(row.createdAt).toISOString(),
    sampleSize: row.sampleSize ?? undefined,
    seed: row.seed ?? undefined,
    againOf: row.againOf ?? undefined,
    frozenOn: row.frozenOn ?? undefined,
    openedAt: instant(row.openedAt),
    closedAt: instant(row.closedAt),
    reason: row.reason ?? undefined,
  }
}

const select = (condition: RawBuilder<unknown>, rest: RawBuilder<unknown> = sql``) => sql<Row>`
  SELECT ${columns} FROM surveys.campaign c JOIN surveys.form f ON f.county_code = c.county_code AND f.form_id = c.form_id WHERE ${condition} ${rest}`

/** Whoever's area lies in the campaign's, or the other way round; the same as the table's own rule. */
function readable({ scope }: Context): RawBuilder<unknown> {
  const inCounty = sql`c.county_code = ${scope.countyCode}`
  if (scope.kind !== 'area') return inCounty
  return sql`${inCounty} AND ((c.area_path >= ${scope.lo} AND c.area_path < ${scope.hi}) OR starts_with(${scope.lo}, c.area_path))`
}

/** A campaign that the caller may know of. */
export async function findCampaign(db: Db, ctx: Context, campaignId: string): Promise<Campaign | undefined> {
  return (await select(sql`${readable(ctx)} AND c.campaign_id = ${campaignId}::uuid`).execute(db)).rows.map(toCampaign)[0]
}

/** The same, held until the transaction ends; only by whose area it is. */
export async function findCampaignForUpdate(db: Db, ctx: Context, campaignId: string): Promise<Campaign | undefined> {
  return (await select(sql`${readable(ctx)} AND c.campaign_id = ${campaignId}::uuid`, sql`FOR UPDATE OF c`).execute(db)).rows.map(
    toCampaign,
  )[0]
}

/** One page, the newest first; `limit + 1` rows where there are more. */
export async function listCampaigns(
  db: Db,
  ctx: Context,
  given: { state: CampaignState | undefined; kind: TableKind | undefined; after: readonly (string | number)[] | undefined; limit: number },
): Promise<Campaign[]> {
  const { state, kind, after, limit } = given
  const parts = [readable(ctx)]
  if (state !== undefined) parts.push(sql`c.state = ${state}`)
  if (kind !== undefined) parts.push(sql`c.kind = ${kind}`)
  if (after !== undefined) parts.push(sql`(c.created_at, c.campaign_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const found = await select(sql.join(parts, sql` AND `), sql`ORDER BY c.created_at DESC, c.campaign_id DESC LIMIT ${limit + 1}`).execute(
    db,
  )
  return found.rows.map(toCampaign)
}

/** Earlier and later rounds of an action, in their order. */
export async function listRounds(db: Db, ctx: Context, seriesId: string): Promise<Campaign[]> {
  return (await select(sql`${readable(ctx)} AND c.series_id = ${seriesId}::uuid`, sql`ORDER BY c.round_no`).execute(db)).rows.map(
    toCampaign,
  )
}

/** The next number of an office's campaigns in a year: `2026-001` of the county, `101-2026-001` of a township. Serialised per county. */
export async function takeCampaignNo(db: Db, ctx: Context, areaPath: string): Promise<string> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`surveys.no ${ctx.scope.countyCode}`}, 788))`.execute(db)
  const segments = areaPath.split('.').filter((part) => part !== '')
  const own = segments.length > 3 ? `${(segments[3] ?? '').slice(-3)}-` : ''
  const begin = `${own}${ctx.today.slice(0, 4)}-`
  const found = await sql<{ last: number | null }>`
    SELECT max(substr(campaign_no, length(${begin}) + 1)::int) AS last FROM surveys.campaign
    WHERE county_code = ${ctx.scope.countyCode} AND area_path = ${areaPath} AND starts_with(campaign_no, ${begin})`.execute(db)
  return `${begin}${String((found.rows[0]?.last ?? 0) + 1).padStart(3, '0')}`
}

export async function insertCampaign(db: Db, ctx: Context, given: Campaign): Promise<void> {
  await refused(
    sql`
    INSERT INTO surveys.campaign (county_code, campaign_id, campaign_no, series_id, round_no, kind, name, area_path, subject, way, form_id, starts_on, ends_on,
      filter, draw, sample_size, seed, again_of, created_by, created_name, created_at)
    VALUES (${ctx.scope.countyCode}, ${given.campaignId}, ${given.campaignNo}, ${given.seriesId}, ${given.roundNo}, ${given.kind}, ${given.name},
      ${given.areaPath}, ${given.subject}, ${given.way}, ${given.formId}, ${given.startsOn}::date, ${given.endsOn}::date,
      ${JSON.stringify(given.filter)}::jsonb, ${given.draw}, ${given.sampleSize ?? null}, ${given.seed ?? null}, ${given.againOf ?? null},
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db),
  )
}

/** The population stands from now on. */
export async function markFrozen(
  db: Db,
  ctx: Context,
  given: { campaignId: string; revision: number; filter: Campaign['filter'] },
): Promise<boolean> {
  const { campaignId, revision, filter } = given
  const moved = await refused(
    sql`
    UPDATE surveys.campaign SET state = 'frozen', frozen_on = ${ctx.today}::date, frozen_by = ${ctx.caller.id}, frozen_name = ${ctx.caller.name},
      filter = ${JSON.stringify(filter)}::jsonb, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND campaign_id = ${campaignId}::uuid AND revision = ${revision} RETURNING 1`.execute(db),
  )
  return moved.rows.length === 1
}

/** Opens, closes or cancels; `false` when somebody acted since. */
export async function moveCampaignRow(
  db: Db,
  ctx: Context,
  given: { campaignId: string; revision: number; to: CampaignState; reason: string | undefined; terms: SurveyTerms | undefined },
): Promise<boolean> {
  const { campaignId, revision, to, reason, terms } = given
  const isClosed = to === 'closed'
  const moved = await refused(
    sql`
    UPDATE surveys.campaign SET state = ${to}, revision = revision + 1, reason = coalesce(${reason ?? null}, reason),
      opened_at = CASE WHEN ${to === 'open'} THEN ${ctx.now}::timestamptz ELSE opened_at END,
      terms = coalesce(${terms === undefined ? null : JSON.stringify(terms)}::jsonb, terms),
      closed_at = CASE WHEN ${isClosed} THEN ${ctx.now}::timestamptz END, closed_by = CASE WHEN ${isClosed} THEN ${ctx.caller.id} END,
      closed_name = CASE WHEN ${isClosed} THEN ${ctx.caller.name} END
    WHERE county_code = ${ctx.scope.countyCode} AND campaign_id = ${campaignId}::uuid AND revision = ${revision} RETURNING 1`.execute(db),
  )
  return moved.rows.length === 1
}
