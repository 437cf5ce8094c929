import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { RunningDeadline } from '../rules/deadlines.ts'

/** Keeps the marks of a record's running deadlines: those that ended or moved go, unless they have fired; each stands once. */
export async function syncReminders(
  db: Db,
  ctx: Context,
  given: {
    recordId: string
    templateKey: string
    areaPath: string
    householdId: string | null
    closed: boolean
    running: readonly RunningDeadline[]
  },
): Promise<void> {
  const marks = given.running.flatMap((one) => one.remindOn.map(({ percent, on }) => ({ key: one.key, due: one.on, percent, on })))
  await sql`DELETE FROM ledgers.reminder WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${given.recordId} AND fired_at IS NULL`.execute(
    db,
  )
  if (marks.length === 0) return
  await sql`
    INSERT INTO ledgers.reminder (county_code, record_id, deadline_key, due_on, percent, remind_on, template_key, area_path, household_id, closed)
    SELECT ${ctx.scope.countyCode}, ${given.recordId}, m.key, m.due, m.percent, m."on", ${given.templateKey}, ${given.areaPath},
           ${given.householdId}::uuid, ${given.closed}
    FROM jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) AS m (key text, due date, percent smallint, "on" date)
    ON CONFLICT DO NOTHING`.execute(db)
}

/** A mark that fired now. */
export interface FiredMark {
  readonly recordId: string
  readonly deadlineKey: string
  readonly percent: number
  readonly templateKey: string
}

/** Fires the marks that are due, at most so many; each is returned once in its life. */
export async function fireMarks(db: Db, ctx: Context, most: number): Promise<FiredMark[]> {
  const found = await sql<FiredMark>`
    UPDATE ledgers.reminder m SET fired_at = ${ctx.now}
    FROM (SELECT record_id, deadline_key, due_on, percent FROM ledgers.reminder
          WHERE county_code = ${ctx.scope.countyCode} AND fired_at IS NULL AND remind_on <= ${ctx.today}::date
          ORDER BY remind_on LIMIT ${most} FOR UPDATE SKIP LOCKED) due
    WHERE m.county_code = ${ctx.scope.countyCode} AND m.record_id = due.record_id AND m.deadline_key = due.deadline_key
      AND m.due_on = due.due_on AND m.percent = due.percent
    RETURNING m.record_id AS "recordId", m.deadline_key AS "deadlineKey", m.percent, m.template_key AS "templateKey"`.execute(db)
  return found.rows
}
