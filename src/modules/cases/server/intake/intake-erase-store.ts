import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Takes names, numbers and texts out of intakes closed without a case at least so many months ago; number and days stay. */
export async function eraseIntakes(db: Db, ctx: Context, keepMonths: number): Promise<number> {
  const { countyCode } = ctx.scope
  const found = await sql<{ intake_id: string; area_path: string; household_id: string | null }>`
    UPDATE cases.intake SET name = NULL, phone_cell = NULL, phone_index = NULL, phone_tail = NULL, id_cell = NULL, id_index = NULL,
      text_cell = NULL, difficulties = '{}', reporter_name = NULL, reporter_relation = NULL, match_name = NULL, erased_on = ${ctx.today}::date,
      revision = revision + 1
    WHERE county_code = ${countyCode} AND state = 'closed' AND case_id IS NULL AND erased_on IS NULL
      AND closed_on + make_interval(months => ${keepMonths}) <= ${ctx.today}::date
    RETURNING intake_id, area_path, household_id`.execute(db)
  if (found.rows.length === 0) return 0
  const rows = JSON.stringify(found.rows.map((row) => ({ ...row, id: makeId() })))
  await sql`
    UPDATE cases.intake_event e SET text_cell = NULL FROM jsonb_to_recordset(${rows}::jsonb) AS given (intake_id uuid)
    WHERE e.county_code = ${countyCode} AND e.intake_id = given.intake_id AND e.text_cell IS NOT NULL`.execute(db)
  await sql`
    INSERT INTO cases.intake_event (county_code, intake_event_id, intake_id, household_id, area_path, action, state_after, actor_id, actor_name, at)
    SELECT ${countyCode}, id, intake_id, household_id, area_path, 'erase', 'closed', ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${rows}::jsonb) AS given (id uuid, intake_id uuid, household_id uuid, area_path text)`.execute(db)
  return found.rows.length
}
