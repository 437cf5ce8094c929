import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { TakenOver } from '../rules/take-over.ts'

/** A household with the case that is made for it. */
export interface CaseToTakeOver extends TakenOver {
  readonly householdId: string
  readonly areaPath: string
  readonly heldBy: string
}

/** Households that have or had a case, with the day on which their last one ended; null: one is open. */
export async function findLastEnds(db: Db, ctx: Context): Promise<Map<string, string | null>> {
  const found = await sql<{ id: string; endedOn: string | null }>`
    SELECT household_id AS id, CASE WHEN bool_and(ended_on IS NOT NULL) THEN max(ended_on)::text END AS "endedOn"
    FROM cases.case_file WHERE county_code = ${ctx.scope.countyCode} GROUP BY household_id`.execute(db)
  return new Map(found.rows.map(({ id, endedOn }) => [id, endedOn]))
}

/** Writes the cases with their first event and the measures that the register names; numbers run on in the order given. */
export async function insertTakenOver(db: Db, ctx: Context, cases: readonly CaseToTakeOver[]): Promise<void> {
  const year = Number(ctx.today.slice(0, 4))
  const counted = await sql<{ last: number }>`
    INSERT INTO cases.case_counter AS counter (county_code, year, last) VALUES (${ctx.scope.countyCode}, ${year}, ${cases.length})
    ON CONFLICT (county_code, year) DO UPDATE SET last = counter.last + ${cases.length} RETURNING last`.execute(db)
  const first = (counted.rows[0]?.last ?? cases.length) - cases.length + 1
  const rows = cases.map((one, at) => ({
    ...one,
    id: makeId(),
    event: makeId(),
    no: `${year}-${String(first + at).padStart(6, '0')}`,
    measures: one.measures.map((category) => ({ category, id: makeId() })),
  }))
  const given = JSON.stringify(rows)
  const { countyCode } = ctx.scope
  await sql`
    INSERT INTO cases.case_file (county_code, case_id, case_no, household_id, area_path, source, step, state, held_by, opened_on, step_since,
      identified_on, eliminated_on, kind, risks, no_labour)
    SELECT ${countyCode}, r.id, r.no, r."householdId", r."areaPath", 'register', r.step, 'open', r."heldBy", ${ctx.today}::date, ${ctx.today}::date,
      r."identifiedOn", r."eliminatedOn", r.kind, ARRAY(SELECT jsonb_array_elements_text(r.risks)), r."noLabour"
    FROM jsonb_to_recordset(${given}::jsonb) AS r (id uuid, no text, "householdId" uuid, "areaPath" text, step text, "heldBy" text,
      "identifiedOn" date, "eliminatedOn" date, kind text, risks jsonb, "noLabour" boolean)`.execute(db)
  await sql`
    INSERT INTO cases.case_event (county_code, case_event_id, case_id, household_id, area_path, seq, round, action, step_after, state_after, held_by,
      actor_id, actor_name, actor_path, at, on_day, details)
    SELECT ${countyCode}, r.event, r.id, r."householdId", r."areaPath", 1, 1, 'open', r.step, 'open', r."heldBy", ${ctx.caller.id}, ${ctx.caller.name},
      '', ${ctx.now}, ${ctx.today}::date, jsonb_build_object('source', 'register', 'identifiedOn', r."identifiedOn", 'eliminatedOn', r."eliminatedOn")
    FROM jsonb_to_recordset(${given}::jsonb) AS r (id uuid, event uuid, "householdId" uuid, "areaPath" text, step text, "heldBy" text,
      "identifiedOn" text, "eliminatedOn" text)`.execute(db)
  await sql`
    INSERT INTO cases.case_measure (county_code, case_measure_id, case_id, household_id, area_path, round, risk, category, content, started_on,
      by_id, by_name, at)
    SELECT ${countyCode}, m.id, r.id, r."householdId", r."areaPath", 1, r.risks ->> 0, m.category, '全国系统导出所载，开始日期以识别日计', r."identifiedOn",
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}
    FROM jsonb_to_recordset(${given}::jsonb) AS r (id uuid, "householdId" uuid, "areaPath" text, "identifiedOn" date, risks jsonb, measures jsonb),
      jsonb_to_recordset(r.measures) AS m (id uuid, category text)
    WHERE r.risks ->> 0 IS NOT NULL`.execute(db)
}
