import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ProblemSource } from '../contract.ts'
import type { ProgressCounts } from '../rules/survey-records.ts'
import type { TargetState } from '../rules/target-states.ts'

interface Asked {
  readonly campaignId: string
  readonly area?: string | undefined
}

const within = (ctx: Context, alias: string, { campaignId, area }: Asked): RawBuilder<unknown> => {
  const at = sql.ref(`${alias}.area_path`)
  const below = area === undefined ? sql`true` : sql`${at} >= ${area} AND ${at} < ${endOfRange(area)}`
  return sql`${inScope(ctx.scope, alias)} AND ${sql.ref(`${alias}.campaign_id`)} = ${campaignId}::uuid AND ${below}`
}

const counts = sql.raw(`
  count(*)::int AS targets, coalesce(sum(t.persons), 0)::int AS persons, (count(*) FILTER (WHERE t.state = 'waiting'))::int AS waiting,
  (count(*) FILTER (WHERE t.state = 'retry'))::int AS retry, (count(*) FILTER (WHERE t.state = 'answered'))::int AS answered,
  (count(*) FILTER (WHERE t.state IN ('refused', 'wrong-number', 'moved', 'deceased', 'unreached')))::int AS without,
  (count(*) FILTER (WHERE t.state = 'ended'))::int AS ended, (count(*) FILTER (WHERE t.attempts > 0))::int AS recorded,
  coalesce(sum(t.attempts), 0)::int AS calls, coalesce(sum(p.problems), 0)::int AS problems`)

const targetsWithProblems = (ctx: Context, asked: Asked) => sql`
  surveys.target t LEFT JOIN (SELECT p.target_id, count(*) AS problems FROM surveys.problem p
    WHERE ${within(ctx, 'p', asked)} AND p.withdrawn_on IS NULL GROUP BY p.target_id) p ON p.target_id = t.target_id
  WHERE ${within(ctx, 't', asked)}`

/** Counts of a campaign under the reader's scope. */
export async function countTargets(db: Db, ctx: Context, campaignId: string, area?: string): Promise<ProgressCounts> {
  const found = await sql<ProgressCounts>`SELECT ${counts} FROM ${targetsWithProblems(ctx, { campaignId, area })}`.execute(db)
  const [row] = found.rows
  if (row === undefined) throw new Error('an aggregate has one row')
  return row
}

/** The same by place: as many segments of the path as are told. */
export async function countByArea(
  db: Db,
  ctx: Context,
  asked: Asked & { segments: number },
): Promise<(ProgressCounts & { key: string; name: string })[]> {
  const key = sql`array_to_string((string_to_array(t.area_path, '.'))[1:${asked.segments}], '.') || '.'`
  const name = asked.segments <= 4 ? sql`min(t.township)` : sql`min(t.village)`
  const found = await sql<ProgressCounts & { key: string; name: string }>`
    SELECT ${key} AS key, ${name} AS name, ${counts} FROM ${targetsWithProblems(ctx, asked)} GROUP BY 1 ORDER BY 1`.execute(db)
  return found.rows
}

/** The same by who calls, in the order of their names: no league table. */
export async function countByCaller(db: Db, ctx: Context, asked: Asked): Promise<(ProgressCounts & { key: string; name: string })[]> {
  const found = await sql<ProgressCounts & { key: string; name: string }>`
    SELECT coalesce(t.caller_id, '') AS key, coalesce(min(t.caller_name), '') AS name, ${counts}
    FROM ${targetsWithProblems(ctx, asked)} GROUP BY t.caller_id ORDER BY 2, 1`.execute(db)
  return found.rows
}

export async function countStates(db: Db, ctx: Context, asked: Asked): Promise<{ state: TargetState; count: number }[]> {
  const found = await sql<{ state: TargetState; count: number }>`
    SELECT t.state, count(*)::int AS count FROM surveys.target t WHERE ${within(ctx, 't', asked)} GROUP BY t.state`.execute(db)
  return found.rows
}

export interface ProblemCount {
  readonly source: ProblemSource
  readonly class: string
  readonly count: number
  readonly applied: number
  readonly withdrawn: number
}
export async function countProblems(db: Db, ctx: Context, asked: Asked): Promise<ProblemCount[]> {
  const found = await sql<ProblemCount>`
    SELECT p.source, p.class, (count(*) FILTER (WHERE p.withdrawn_on IS NULL))::int AS count,
      (count(*) FILTER (WHERE p.withdrawn_on IS NULL AND p.applied))::int AS applied,
      (count(*) FILTER (WHERE p.withdrawn_on IS NOT NULL))::int AS withdrawn
    FROM surveys.problem p
    WHERE ${within(ctx, 'p', asked)} GROUP BY p.source, p.class ORDER BY p.source, count(*) DESC, p.class`.execute(db)
  return found.rows
}

/** How often each word was chosen, of the questions named; and the number of current answers. */
export async function countWords(
  db: Db,
  ctx: Context,
  asked: Asked & { questions: readonly string[] },
): Promise<{ question: string; word: string; count: number }[]> {
  const found = await sql<{ question: string; word: string; count: number }>`
    SELECT q.key AS question, r.answers ->> q.key AS word, count(*)::int AS count
    FROM surveys.response r CROSS JOIN unnest(${[...asked.questions]}::text[]) AS q (key)
    WHERE ${within(ctx, 'r', asked)} AND r.is_current AND r.answers ? q.key GROUP BY 1, 2`.execute(db)
  return found.rows
}

export async function countResponses(db: Db, ctx: Context, asked: Asked): Promise<number> {
  const found = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM surveys.response r WHERE ${within(ctx, 'r', asked)} AND r.is_current`.execute(db)
  return found.rows[0]?.count ?? 0
}

export async function countRisks(db: Db, ctx: Context, asked: Asked): Promise<number> {
  const found = await sql<{ count: number }>`SELECT count(*)::int AS count FROM surveys.risk k WHERE ${within(ctx, 'k', asked)}`.execute(db)
  return found.rows[0]?.count ?? 0
}

/** Current answers of two campaigns side by side, by household; `null` where one has none. Only of the questions named. */
export async function compareWords(
  db: Db,
  ctx: Context,
  asked: { before: string; now: string; questions: readonly string[] },
): Promise<{ question: string; before: string | null; now: string | null; count: number }[]> {
  const { before, now, questions } = asked
  const found = await sql<{ question: string; before: string | null; now: string | null; count: number }>`
    SELECT q.key AS question, coalesce(a.answers -> q.key ->> 'said', a.answers ->> q.key) AS before,
      coalesce(b.answers -> q.key ->> 'said', b.answers ->> q.key) AS now, count(*)::int AS count
    FROM surveys.response a
    JOIN surveys.target ta ON ta.county_code = a.county_code AND ta.target_id = a.target_id
    JOIN surveys.target tb ON tb.county_code = ta.county_code AND tb.campaign_id = ${now}::uuid
      AND (tb.household_id = ta.household_id OR (ta.household_id IS NULL AND tb.household_id IS NULL AND tb.frozen_path = ta.frozen_path))
    JOIN surveys.response b ON b.county_code = tb.county_code AND b.target_id = tb.target_id AND b.is_current
    CROSS JOIN unnest(${[...questions]}::text[]) AS q (key)
    WHERE ${inScope(ctx.scope, 'a')} AND a.campaign_id = ${before}::uuid AND a.is_current GROUP BY 1, 2, 3`.execute(db)
  return found.rows
}

/** Households that answered in both, only before, only now. */
export async function countBoth(
  db: Db,
  ctx: Context,
  asked: { before: string; now: string },
): Promise<{ both: number; onlyBefore: number; onlyNow: number }> {
  const answered = (campaignId: string) => sql`
    SELECT coalesce(t.household_id::text, t.frozen_path) AS key FROM surveys.target t
    WHERE ${inScope(ctx.scope, 't')} AND t.campaign_id = ${campaignId}::uuid AND t.state = 'answered'`
  const found = await sql<{ both: number; onlyBefore: number; onlyNow: number }>`
    SELECT (count(*) FILTER (WHERE a.key IS NOT NULL AND b.key IS NOT NULL))::int AS both,
      (count(*) FILTER (WHERE b.key IS NULL))::int AS "onlyBefore", (count(*) FILTER (WHERE a.key IS NULL))::int AS "onlyNow"
    FROM (${answered(asked.before)}) a FULL JOIN (${answered(asked.now)}) b ON b.key = a.key`.execute(db)
  return found.rows[0] ?? { both: 0, onlyBefore: 0, onlyNow: 0 }
}
