import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { openStates, reopenStates, type TargetState } from '../rules/target-states.ts'
import type { Conclusion, TargetRecord } from '../rules/survey-records.ts'
import { refused } from './refusals.ts'

export type Target = TargetRecord & { readonly areaPath: string }

const columns = sql.raw(`
  t.target_id AS "targetId", t.campaign_id AS "campaignId", t.seq, t.household_id AS "householdId", t.household_no AS "householdNo", t.head_name AS "headName",
  t.township, t.village, t.persons, t.state, t.attempts, t.next_from AS "nextFrom", t.caller_id AS "callerId", t.caller_name AS "callerName", t.conclusion,
  t.answered_at AS "answeredAt", t.last_call_at AS "lastCallAt", t.revision, t.area_path AS "areaPath"`)

type Row = { readonly [Key in keyof Target]: undefined extends Target[Key] ? Exclude<Target[Key], undefined> | null : Target[Key] }
const instant = (value: string | null) => (value === null ? undefined : new Date(value).toISOString())

function toTarget(row: Row): Target {
  return {
    ...row,
    householdId: row.householdId ?? undefined,
    nextFrom: instant(row.nextFrom),
    callerId: row.callerId ?? undefined,
    callerName: row.callerName ?? undefined,
    conclusion: row.conclusion ?? undefined,
    answeredAt: instant(row.answeredAt),
    lastCallAt: instant(row.lastCallAt),
  }
}

/** What is frozen. */
export interface NewTarget {
  readonly targetId: string
  readonly seq: number
  readonly householdId: string | undefined
  readonly areaPath: string
  readonly householdNo: string
  readonly headName: string
  readonly township: string
  readonly village: string
  readonly persons: number
}

const atATime = 5_000
/** Writes the population, in the order given; a household stands once. */
export async function insertTargets(db: Db, ctx: Context, campaignId: string, targets: readonly NewTarget[]): Promise<void> {
  for (let at = 0; at < targets.length; at += atATime) {
    const rows = targets.slice(at, at + atATime).map((one) => ({ ...one, householdId: one.householdId ?? null }))
    await refused(
      sql`
      INSERT INTO surveys.target (county_code, target_id, campaign_id, seq, household_id, area_path, frozen_path, household_no, head_name, township, village, persons)
      SELECT ${ctx.scope.countyCode}, r."targetId", ${campaignId}, r.seq, r."householdId", r."areaPath", r."areaPath", r."householdNo", r."headName", r.township,
        r.village, r.persons
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("targetId" uuid, seq int, "householdId" uuid, "areaPath" text, "householdNo" text,
        "headName" text, township text, village text, persons int)`.execute(db),
    )
  }
}

/** What a list of targets is chosen by. */
export interface TargetFilter {
  readonly campaignId?: string | undefined
  readonly area?: string | undefined
  readonly state?: TargetState | undefined
  readonly unanswered?: 'true' | undefined
  readonly callerId?: string | undefined
  readonly conclusion?: Conclusion | undefined
}

function matching(ctx: Context, filter: TargetFilter): RawBuilder<unknown> {
  const { campaignId, area, state, unanswered, callerId, conclusion } = filter
  const parts: RawBuilder<unknown>[] = [inScope(ctx.scope, 't')]
  if (campaignId !== undefined) parts.push(sql`t.campaign_id = ${campaignId}::uuid`)
  if (area !== undefined) parts.push(sql`t.area_path >= ${area} AND t.area_path < ${endOfRange(area)}`)
  if (state !== undefined) parts.push(sql`t.state = ${state}`)
  if (unanswered !== undefined) parts.push(sql`t.state NOT IN ('answered', 'ended')`)
  if (callerId !== undefined) parts.push(callerId === '' ? sql`t.caller_id IS NULL` : sql`t.caller_id = ${callerId}`)
  if (conclusion !== undefined) parts.push(sql`t.conclusion = ${conclusion}`)
  return sql.join(parts, sql` AND `)
}

/** One page in the order of the population; `limit + 1` rows where there are more. */
export async function listTargetRows(
  db: Db,
  ctx: Context,
  given: { filter: TargetFilter; after: readonly (string | number)[] | undefined; limit: number },
): Promise<Target[]> {
  const { filter, after, limit } = given
  const seen = after === undefined ? sql`true` : sql`t.seq > ${after[0]}`
  const found = await sql<Row>`
    SELECT ${columns} FROM surveys.target t WHERE ${matching(ctx, filter)} AND ${seen} ORDER BY t.seq LIMIT ${limit + 1}`.execute(db)
  return found.rows.map(toTarget)
}

/** A target within the scope. */
export async function findTarget(db: Db, ctx: Context, targetId: string): Promise<Target | undefined> {
  const found =
    await sql<Row>`SELECT ${columns} FROM surveys.target t WHERE ${inScope(ctx.scope, 't')} AND t.target_id = ${targetId}::uuid`.execute(db)
  return found.rows.map(toTarget)[0]
}

/** The same, held until the transaction ends. */
export async function findTargetForUpdate(db: Db, ctx: Context, targetId: string): Promise<Target | undefined> {
  const found = await sql<Row>`
    SELECT ${columns} FROM surveys.target t WHERE ${inScope(ctx.scope, 't')} AND t.target_id = ${targetId}::uuid FOR UPDATE`.execute(db)
  return found.rows.map(toTarget)[0]
}

/** Targets of a campaign by household number, for an import; held until the transaction ends. */
export async function findTargetsByNo(db: Db, ctx: Context, campaignId: string, householdNos: readonly string[]): Promise<Target[]> {
  const found = await sql<Row>`
    SELECT ${columns} FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.household_no = ANY (${[...householdNos]}::text[]) FOR UPDATE`.execute(
    db,
  )
  return found.rows.map(toTarget)
}

/** Moves a target on after a call; `false` when somebody acted since it was read. */
export async function moveTarget(
  db: Db,
  ctx: Context,
  given: {
    targetId: string
    revision: number
    state: TargetState
    attempts: number
    nextFrom: string | undefined
    conclusion: Conclusion | undefined
    isAnswered: boolean
  },
): Promise<boolean> {
  const { targetId, revision, state, attempts, nextFrom, conclusion, isAnswered } = given
  const moved = await refused(
    sql`
    UPDATE surveys.target SET state = ${state}, attempts = ${attempts}, next_from = ${nextFrom ?? null}::timestamptz, conclusion = ${conclusion ?? null},
      answered_at = CASE WHEN ${isAnswered} THEN coalesce(answered_at, ${ctx.now}::timestamptz) END, last_call_at = ${ctx.now}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND target_id = ${targetId}::uuid AND revision = ${revision} RETURNING 1`.execute(db),
  )
  return moved.rows.length === 1
}

/** The caller's next household: due retries first, then who was not called yet, in the order of the list; `after` is skipped. */
export async function findNextTarget(
  db: Db,
  ctx: Context,
  given: { campaignId: string; callerId: string; after: string; seq: number },
): Promise<string | undefined> {
  const { campaignId, callerId, after, seq } = given
  const found = await sql<{ id: string }>`
    SELECT t.target_id AS id FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.caller_id = ${callerId} AND t.target_id <> ${after}::uuid
      AND t.state = ANY (${[...openStates]}::text[]) AND (t.next_from IS NULL OR t.next_from <= ${ctx.now})
    ORDER BY t.state = 'waiting', t.seq <= ${seq}, t.seq LIMIT 1`.execute(db)
  return found.rows[0]?.id
}

/** What a caller has to do, over his open campaigns: due retries first, then the list; not yet due ones last. */
export async function listMineRows(
  db: Db,
  ctx: Context,
  given: { campaignId: string | undefined; after: readonly (string | number)[] | undefined; limit: number },
): Promise<(Target & { rank: number; campaignName: string; campaignNo: string; way: 'phone' | 'visit'; endsOn: string })[]> {
  const { campaignId, after, limit } = given
  const rank = sql`(CASE WHEN t.next_from > ${ctx.now} THEN 2 WHEN t.state = 'retry' THEN 0 ELSE 1 END)`
  const one = campaignId === undefined ? sql`true` : sql`t.campaign_id = ${campaignId}::uuid`
  const seen = after === undefined ? sql`true` : sql`(${rank}, t.campaign_id, t.seq) > (${after[0]}, ${after[1]}::uuid, ${after[2]})`
  const found = await sql<Row & { rank: number; campaignName: string; campaignNo: string; way: 'phone' | 'visit'; endsOn: string }>`
    SELECT ${columns}, ${rank} AS rank, c.name AS "campaignName", c.campaign_no AS "campaignNo", c.way, c.ends_on::text AS "endsOn"
    FROM surveys.target t JOIN surveys.campaign c ON c.county_code = t.county_code AND c.campaign_id = t.campaign_id AND c.state = 'open'
    WHERE ${inScope(ctx.scope, 't')} AND t.caller_id = ${ctx.caller.id} AND t.state = ANY (${[...openStates]}::text[]) AND ${one} AND ${seen}
    ORDER BY rank, t.campaign_id, t.seq LIMIT ${limit + 1}`.execute(db)
  return found.rows.map((row) => ({
    ...toTarget(row),
    rank: row.rank,
    campaignName: row.campaignName,
    campaignNo: row.campaignNo,
    way: row.way,
    endsOn: row.endsOn,
  }))
}

/** Who may be given to somebody else: everybody but those answered or ended. */
export const assignable = [...openStates, ...reopenStates]
