import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Way } from '../rules/survey-records.ts'
import type { CallOutcome } from '../rules/target-states.ts'
import { refused } from './refusals.ts'
import type { KeptAnswers } from './sealed-answers.ts'
import type { Target } from './target-store.ts'

/** Writes a call or visit; the same attempt twice is refused. */
export async function insertCall(
  db: Db,
  ctx: Context,
  given: { target: Target; callId: string; attempt: number; way: Way; outcome: CallOutcome; noteCell: Buffer | null },
): Promise<void> {
  const { target, callId, attempt, way, outcome, noteCell } = given
  await refused(
    sql`
    INSERT INTO surveys.call (county_code, call_id, campaign_id, target_id, household_id, area_path, attempt, way, outcome, note_cell, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${callId}, ${target.campaignId}, ${target.targetId}, ${target.householdId ?? null}, ${target.areaPath}, ${attempt},
      ${way}, ${outcome}, ${noteCell}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db),
  )
}

/** Writes a version of the answers; the one before, if any, is one of the past from now on. */
export async function insertResponse(
  db: Db,
  ctx: Context,
  given: { target: Target; responseId: string; version: number; answers: KeptAnswers; way: Way; reason: string | undefined },
): Promise<void> {
  const { target, responseId, version, answers, way, reason } = given
  if (version > 1) {
    await sql`UPDATE surveys.response SET is_current = false
      WHERE county_code = ${ctx.scope.countyCode} AND target_id = ${target.targetId}::uuid AND is_current`.execute(db)
  }
  await refused(
    sql`
    INSERT INTO surveys.response (county_code, response_id, campaign_id, target_id, household_id, area_path, version, answers, way, reason, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${responseId}, ${target.campaignId}, ${target.targetId}, ${target.householdId ?? null}, ${target.areaPath}, ${version},
      ${JSON.stringify(answers)}::jsonb, ${way}, ${reason ?? null}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db),
  )
}

export interface CallRow {
  readonly callId: string
  readonly attempt: number
  readonly way: Way
  readonly outcome: CallOutcome
  readonly noteCell: Buffer | null
  readonly byName: string
  readonly at: string
}
/** Calls of a target, the oldest first. */
export async function listCalls(db: Db, ctx: Context, targetId: string): Promise<CallRow[]> {
  const found = await sql<CallRow>`
    SELECT k.call_id AS "callId", k.attempt, k.way, k.outcome, k.note_cell AS "noteCell", k.by_name AS "byName", k.at FROM surveys.call k
    WHERE ${inScope(ctx.scope, 'k')} AND k.target_id = ${targetId}::uuid ORDER BY k.attempt`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

export interface ResponseRow {
  readonly responseId: string
  readonly version: number
  readonly answers: KeptAnswers
  readonly way: Way
  readonly reason: string | null
  readonly byName: string
  readonly at: string
}
/** Versions of a target's answers, the newest first. */
export async function listResponses(db: Db, ctx: Context, targetId: string): Promise<ResponseRow[]> {
  const found = await sql<ResponseRow>`
    SELECT r.response_id AS "responseId", r.version, r.answers, r.way, r.reason, r.by_name AS "byName", r.at FROM surveys.response r
    WHERE ${inScope(ctx.scope, 'r')} AND r.target_id = ${targetId}::uuid ORDER BY r.version DESC`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
}

/** What a household said in another campaign: its current answers. */
export async function findResponseOf(
  db: Db,
  ctx: Context,
  given: { campaignId: string; target: Target },
): Promise<(ResponseRow & { campaignNo: string }) | undefined> {
  const { campaignId, target } = given
  const same =
    target.householdId === undefined ? sql`o.frozen_path = t.frozen_path AND o.household_id IS NULL` : sql`o.household_id = t.household_id`
  const found = await sql<ResponseRow & { campaignNo: string }>`
    SELECT r.response_id AS "responseId", r.version, r.answers, r.way, r.reason, r.by_name AS "byName", r.at, c.campaign_no AS "campaignNo"
    FROM surveys.target t
    JOIN surveys.target o ON o.county_code = t.county_code AND o.campaign_id = ${campaignId}::uuid AND ${same}
    JOIN surveys.campaign c ON c.county_code = o.county_code AND c.campaign_id = o.campaign_id
    JOIN surveys.response r ON r.county_code = o.county_code AND r.target_id = o.target_id AND r.is_current
    WHERE ${inScope(ctx.scope, 't')} AND t.target_id = ${target.targetId}::uuid`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))[0]
}
