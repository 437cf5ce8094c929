import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Whether a mark was reached that has not fired, a clock waits to be counted by the calendar of now, or an open case has none. */
export async function hasDueMarks(db: Db, ctx: Context, revision: string): Promise<boolean> {
  const found = await sql<{ due: boolean }>`
    SELECT EXISTS (
      SELECT 1 FROM cases.clock k CROSS JOIN LATERAL (VALUES (50, k.mark_50_on), (75, k.mark_75_on), (100, k.due_on)) AS m (mark, mark_on)
      WHERE k.county_code = ${ctx.scope.countyCode} AND k.state <> 'stopped' AND (k.calendar_revision <> ${revision} OR (m.mark_on <= ${ctx.today}::date
        AND NOT EXISTS (SELECT 1 FROM cases.reminder r WHERE r.county_code = k.county_code AND r.clock_id = k.clock_id AND r.mark = m.mark)))
    ) OR EXISTS (
      SELECT 1 FROM cases.case_file f WHERE f.county_code = ${ctx.scope.countyCode} AND f.ended_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM cases.clock k WHERE k.county_code = f.county_code AND k.case_id = f.case_id AND k.state <> 'stopped')
    ) AS due`.execute(db)
  return found.rows[0]?.due === true
}

/**
 * Fires reminders of marks reached by today: to the office that holds the case, at 100 % also to the one above it, where the offices' own time runs.
 * The key of the table lets each mark fire once, whoever else does the same at this moment. Returns how many were found due and how many fired here.
 */
export async function fireDueMarks(db: Db, ctx: Context, limit: number): Promise<{ found: number; fired: number }> {
  const counted = await sql<{ found: number; fired: number }>`
    WITH due AS (
      SELECT k.county_code, k.clock_id, m.mark, k.case_id, k.household_id, k.area_path, k.held_by, m.mark_on,
        CASE WHEN m.mark = 100 AND k.party = 'own' AND k.held_by ~ '^([0-9]+\\.){4,}$' THEN regexp_replace(k.held_by, '[0-9]+\\.$', '') END AS above
      FROM cases.clock k
      CROSS JOIN LATERAL (VALUES (50::smallint, k.mark_50_on), (75::smallint, k.mark_75_on), (100::smallint, k.due_on)) AS m (mark, mark_on)
      WHERE k.county_code = ${ctx.scope.countyCode} AND k.state <> 'stopped' AND m.mark_on <= ${ctx.today}::date
        AND NOT EXISTS (SELECT 1 FROM cases.reminder r WHERE r.county_code = k.county_code AND r.clock_id = k.clock_id AND r.mark = m.mark)
      ORDER BY k.clock_id, m.mark LIMIT ${limit}
    ), fired AS (
      INSERT INTO cases.reminder (county_code, clock_id, mark, case_id, household_id, area_path, to_path, above_path, mark_on, fired_on, at)
      SELECT county_code, clock_id, mark, case_id, household_id, area_path, held_by, above, mark_on, ${ctx.today}::date, ${ctx.now}
      FROM due ORDER BY clock_id, mark
      ON CONFLICT (county_code, clock_id, mark) DO NOTHING RETURNING 1
    )
    SELECT (SELECT count(*)::int FROM due) AS found, (SELECT count(*)::int FROM fired) AS fired`.execute(db)
  return counted.rows[0] ?? { found: 0, fired: 0 }
}
