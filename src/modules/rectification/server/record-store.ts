import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import { problemColumns, toProblem } from './problem-store.ts'
import { readable } from './seat-store.ts'

/** Which of some origins have been written down before. */
export async function findOrigins(db: Db, ctx: Context, given: { origin: string; originIds: readonly string[] }): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    SELECT p.origin_id AS id FROM rectification.problem p
    WHERE p.county_code = ${ctx.scope.countyCode} AND p.origin = ${given.origin} AND p.origin_id = ANY (${[...given.originIds]}::text[])
    UNION
    SELECT e.details->>'originId' FROM rectification.problem_event e
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.action = 'reopen' AND e.details->>'originId' = ANY (${[...given.originIds]}::text[])`.execute(
    db,
  )
  return new Set(found.rows.map(({ id }) => id))
}

/** The problem of an origin, held. */
export async function holdByOrigin(db: Db, ctx: Context, given: { origin: string; originId: string }): Promise<ProblemFile | undefined> {
  const found = await sql<ProblemFile>`
    SELECT ${problemColumns} FROM rectification.problem p
    WHERE ${readable(ctx, 'p')} AND p.origin = ${given.origin} AND p.origin_id = ${given.originId} FOR UPDATE OF p`.execute(db)
  return found.rows.map(toProblem)[0]
}

/** Problems of some origins that were struck off; of all of the part where none is named. */
export async function listClosedByOrigin(
  db: Db,
  ctx: Context,
  given: { origin: string; originIds?: readonly string[] },
): Promise<ProblemFile[]> {
  const some = given.originIds === undefined ? sql`true` : sql`p.origin_id = ANY (${[...given.originIds]}::text[])`
  const found = await sql<ProblemFile>`
    SELECT ${problemColumns} FROM rectification.problem p
    WHERE ${readable(ctx, 'p')} AND p.state = 'closed' AND p.origin = ${given.origin} AND ${some} ORDER BY p.problem_id`.execute(db)
  return found.rows.map(toProblem)
}

/** Problems of households that were struck off, by household; for those that come back. */
export async function listClosedOf(db: Db, ctx: Context, householdIds: readonly string[]): Promise<ProblemFile[]> {
  const found = await sql<ProblemFile>`
    SELECT ${problemColumns} FROM rectification.problem p
    WHERE ${readable(ctx, 'p')} AND p.state = 'closed' AND p.household_id = ANY (${[...householdIds]}::uuid[])
    ORDER BY p.closed_at DESC`.execute(db)
  return found.rows.map(toProblem)
}
