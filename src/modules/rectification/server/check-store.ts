import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { ListChecks } from '../rules/problem-requests.ts'
import { isOfOneUnit, readable } from './seat-store.ts'

/** A look at whether the same problem is elsewhere. */
export interface CheckRow {
  readonly sameCheckId: string
  readonly problemId: string
  readonly campaignId: string
  readonly class: string
  readonly householdId: string | null
  readonly areaPath: string
  readonly state: 'open' | 'clean' | 'found'
  readonly dueOn: string
  readonly askedName: string
  readonly askedAt: string
  readonly answeredName: string | null
  readonly answeredAt: string | null
  readonly note: string
  readonly foundProblemId: string | null
}

/** Checks of the caller's area; a department's clerk looks at none. */
function readableCheck(ctx: Context): RawBuilder<boolean> {
  return isOfOneUnit(ctx) ? sql<boolean>`false` : inScope(ctx.scope, 'k')
}

const columns = sql`k.same_check_id AS "sameCheckId", k.problem_id AS "problemId", k.campaign_id AS "campaignId", k.class, k.household_id AS "householdId",
  k.area_path AS "areaPath", k.state, k.due_on AS "dueOn", k.asked_name AS "askedName", k.asked_at AS "askedAt", k.answered_name AS "answeredName",
  k.answered_at AS "answeredAt", k.note, k.found_problem_id AS "foundProblemId"`
const toRow = (row: CheckRow): CheckRow => ({
  ...row,
  askedAt: new Date(row.askedAt).toISOString(),
  answeredAt: row.answeredAt === null ? null : new Date(row.answeredAt).toISOString(),
})

/** Checks, the nearest last day first. */
export async function listCheckRows(
  db: Db,
  ctx: Context,
  given: { filter: Pick<ListChecks, 'problemId' | 'state'>; limit: number; after: readonly (string | number)[] | undefined },
): Promise<CheckRow[]> {
  const { filter, limit, after } = given
  const parts: RawBuilder<boolean>[] = [readableCheck(ctx)]
  if (filter.problemId !== undefined) parts.push(sql<boolean>`k.problem_id = ${filter.problemId}::uuid`)
  if (filter.state !== undefined) parts.push(sql<boolean>`k.state = ${filter.state}`)
  if (after !== undefined) parts.push(sql<boolean>`(k.due_on, k.same_check_id) > (${after[0] ?? ''}::date, ${after[1] ?? ''}::uuid)`)
  const found = await sql<CheckRow>`
    SELECT ${columns} FROM rectification.same_check k WHERE ${sql.join(parts, sql` AND `)} ORDER BY k.due_on, k.same_check_id LIMIT ${limit}`.execute(
    db,
  )
  return found.rows.map(toRow)
}

/** One check, held. */
export async function holdCheck(db: Db, ctx: Context, sameCheckId: string): Promise<CheckRow | undefined> {
  const found = await sql<CheckRow>`
    SELECT ${columns} FROM rectification.same_check k WHERE ${readableCheck(ctx)} AND k.same_check_id = ${sameCheckId}::uuid FOR UPDATE`.execute(
    db,
  )
  return found.rows.map(toRow)[0]
}

/** Opens checks; those that are there already stay. Returns how many were opened. */
export async function insertChecks(
  db: Db,
  ctx: Context,
  given: {
    problem: { problemId: string; campaignId: string; class: string }
    dueOn: string
    places: readonly { householdId: string | null; areaPath: string }[]
  },
): Promise<number> {
  const { problem, dueOn, places } = given
  const rows = places.map(({ householdId, areaPath }) => ({ household_id: householdId, area_path: areaPath }))
  const done = await sql`
    INSERT INTO rectification.same_check (county_code, same_check_id, problem_id, campaign_id, class, household_id, area_path, due_on, asked_by, asked_name,
      asked_at)
    SELECT ${ctx.scope.countyCode}, gen_random_uuid(), ${problem.problemId}::uuid, ${problem.campaignId}::uuid, ${problem.class}, household_id, area_path,
      ${dueOn}::date, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (household_id uuid, area_path text)
    ON CONFLICT DO NOTHING`.execute(db)
  return Number(done.numAffectedRows ?? 0n)
}

/** Writes what was found. */
export async function answerRow(
  db: Db,
  ctx: Context,
  given: { sameCheckId: string; state: 'clean' | 'found'; note: string; foundProblemId: string | null },
): Promise<void> {
  await sql`
    UPDATE rectification.same_check SET state = ${given.state}, note = ${given.note}, found_problem_id = ${given.foundProblemId}::uuid,
      answered_by = ${ctx.caller.id}, answered_name = ${ctx.caller.name}, answered_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND same_check_id = ${given.sameCheckId}::uuid`.execute(db)
}

/** Of each village how many problems of a class it has, open and in all, and whether it is being checked for this problem. */
export async function countByVillage(
  db: Db,
  ctx: Context,
  problem: { problemId: string; class: string },
): Promise<{ path: string; problems: number; open: number; isAsked: boolean }[]> {
  // Province, prefecture, county, township, village: five segments.
  const village = (column: string) => sql.raw(`array_to_string((string_to_array(${column}, '.'))[1:5], '.') || '.'`)
  const found = await sql<{ path: string; problems: number; open: number; isAsked: boolean }>`
    SELECT path, sum(problems)::int AS problems, sum(open)::int AS open, bool_or(asked) AS "isAsked" FROM (
      SELECT ${village('p.area_path')} AS path, count(*) AS problems, count(*) FILTER (WHERE p.state <> 'closed') AS open, false AS asked
      FROM rectification.problem p WHERE ${readable(ctx, 'p')} AND p.class = ${problem.class} AND p.state <> 'withdrawn' GROUP BY 1
      UNION ALL
      SELECT ${village('k.area_path')}, 0, 0, true FROM rectification.same_check k
      WHERE ${readableCheck(ctx)} AND k.problem_id = ${problem.problemId}::uuid AND k.household_id IS NULL GROUP BY 1
    ) both_of GROUP BY path`.execute(db)
  return found.rows
}

/** Households that have a problem of this class, or are being checked for this problem. */
export async function listHouseholdsOfClass(db: Db, ctx: Context, problem: { problemId: string; class: string }): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    SELECT p.household_id AS id FROM rectification.problem p
    WHERE ${readable(ctx, 'p')} AND p.class = ${problem.class} AND p.household_id IS NOT NULL AND p.state NOT IN ('closed', 'withdrawn')
    UNION
    SELECT k.household_id FROM rectification.same_check k
    WHERE ${readableCheck(ctx)} AND k.problem_id = ${problem.problemId}::uuid AND k.household_id IS NOT NULL`.execute(db)
  return new Set(found.rows.map(({ id }) => id))
}
