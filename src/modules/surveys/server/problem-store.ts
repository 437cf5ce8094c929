import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ProblemSource } from '../contract.ts'
import type { ProblemRecord } from '../rules/survey-records.ts'
import { refused } from './refusals.ts'
import type { Target } from './target-store.ts'

export interface NewProblem {
  readonly problemId: string
  readonly problemNo: string
  readonly personId: string | undefined
  readonly source: ProblemSource
  readonly class: string
  readonly question: string
  readonly word: string
  readonly description: string
  readonly correctionId: string | undefined
  readonly applied: boolean | undefined
}

export async function insertProblems(db: Db, ctx: Context, target: Target, problems: readonly NewProblem[]): Promise<void> {
  if (problems.length === 0) return
  await refused(
    sql`
    INSERT INTO surveys.problem (county_code, problem_id, problem_no, campaign_id, target_id, household_id, person_id, area_path, source, class, question, word,
      description, correction_id, applied, found_on, found_by, found_name, found_at)
    SELECT ${ctx.scope.countyCode}, r."problemId", r."problemNo", ${target.campaignId}, ${target.targetId}, ${target.householdId ?? null}, r."personId",
      ${target.areaPath}, r.source, r.class, r.question, r.word, r.description, r."correctionId", r.applied, ${ctx.today}::date, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(problems)}::jsonb) AS r ("problemId" uuid, "problemNo" text, "personId" uuid, source text, class text,
      question text, word text, description text, "correctionId" uuid, applied boolean)`.execute(db),
  )
}

/** Problems of a target: those that stand, and how many were ever found. */
export async function findProblemsOf(
  db: Db,
  ctx: Context,
  targetId: string,
): Promise<{ all: number; standing: { problemId: string; source: ProblemSource; question: string; word: string }[] }> {
  const found = await sql<{ problemId: string; source: ProblemSource; question: string; word: string; stands: boolean }>`
    SELECT p.problem_id AS "problemId", p.source, p.question, p.word, p.withdrawn_on IS NULL AS stands FROM surveys.problem p
    WHERE ${inScope(ctx.scope, 'p')} AND p.target_id = ${targetId}::uuid`.execute(db)
  return { all: found.rows.length, standing: found.rows.filter((row) => row.stands) }
}

export async function withdrawProblems(db: Db, ctx: Context, problemIds: readonly string[], reason: string): Promise<void> {
  if (problemIds.length === 0) return
  await sql`
    UPDATE surveys.problem SET withdrawn_on = ${ctx.today}::date, withdrawn_reason = ${reason}
    WHERE county_code = ${ctx.scope.countyCode} AND problem_id = ANY (${[...problemIds]}::uuid[]) AND withdrawn_on IS NULL`.execute(db)
}

/** Notes a risk once per target; `false` when it was told before. */
export async function insertRisk(
  db: Db,
  ctx: Context,
  given: { riskId: string; target: Target; risks: readonly string[] },
): Promise<boolean> {
  const { riskId, target, risks } = given
  const made = await refused(
    sql`
    INSERT INTO surveys.risk (county_code, risk_id, campaign_id, target_id, household_id, area_path, risks, found_on)
    VALUES (${ctx.scope.countyCode}, ${riskId}, ${target.campaignId}, ${target.targetId}, ${target.householdId ?? null}, ${target.areaPath},
      ${[...risks]}::text[], ${ctx.today}::date) ON CONFLICT DO NOTHING RETURNING 1`.execute(db),
  )
  return made.rows.length === 1
}

export interface ProblemFilter {
  readonly campaignId: string
  readonly area?: string | undefined
  readonly source?: ProblemSource | undefined
  readonly class?: string | undefined
  readonly withdrawn?: 'true' | undefined
}
type Row = {
  readonly [Key in keyof ProblemRecord]: undefined extends ProblemRecord[Key]
    ? Exclude<ProblemRecord[Key], undefined> | null
    : ProblemRecord[Key]
}

/** One page in the order of their numbers; `limit + 1` rows where there are more. */
export async function listProblemRows(
  db: Db,
  ctx: Context,
  given: { filter: ProblemFilter; after: readonly (string | number)[] | undefined; limit: number },
): Promise<ProblemRecord[]> {
  const { filter, after, limit } = given
  const parts: RawBuilder<unknown>[] = [inScope(ctx.scope, 'p'), sql`p.campaign_id = ${filter.campaignId}::uuid`]
  if (filter.area !== undefined) parts.push(sql`p.area_path >= ${filter.area} AND p.area_path < ${endOfRange(filter.area)}`)
  if (filter.source !== undefined) parts.push(sql`p.source = ${filter.source}`)
  if (filter.class !== undefined) parts.push(sql`p.class = ${filter.class}`)
  parts.push(filter.withdrawn === undefined ? sql`p.withdrawn_on IS NULL` : sql`p.withdrawn_on IS NOT NULL`)
  if (after !== undefined) parts.push(sql`p.problem_no > ${after[0]}`)
  const found = await sql<Row>`
    SELECT p.problem_id AS "problemId", p.problem_no AS "problemNo", p.target_id AS "targetId", p.household_id AS "householdId", t.household_no AS "householdNo",
      t.head_name AS "headName", t.township, t.village, p.source, p.class, p.description, p.correction_id AS "correctionId", p.applied,
      p.found_on::text AS "foundOn", p.found_name AS "foundName", p.withdrawn_on::text AS "withdrawnOn"
    FROM surveys.problem p JOIN surveys.target t ON t.county_code = p.county_code AND t.target_id = p.target_id
    WHERE ${sql.join(parts, sql` AND `)} ORDER BY p.problem_no COLLATE "C" LIMIT ${limit + 1}`.execute(db)
  return found.rows.map((row) => ({
    ...row,
    householdId: row.householdId ?? undefined,
    correctionId: row.correctionId ?? undefined,
    applied: row.applied ?? undefined,
    withdrawnOn: row.withdrawnOn ?? undefined,
  }))
}
