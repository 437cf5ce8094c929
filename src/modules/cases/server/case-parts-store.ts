import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile, CaseMeasure, CaseVisit } from '../rules/case-records.ts'
import type { AddMeasure, AddVisit } from '../rules/case-requests.ts'

/** Measures of a case that were not withdrawn, the first first. */
export async function listMeasures(db: Db, scope: Scope, caseId: string): Promise<CaseMeasure[]> {
  const found = await sql<CaseMeasure>`
    SELECT m.case_measure_id AS "caseMeasureId", m.round, m.risk, m.category, m.content, m.started_on::text AS "startedOn",
      m.ended_on::text AS "endedOn", m.by_name AS "byName"
    FROM cases.case_measure m WHERE ${inScope(scope, 'm')} AND m.case_id = ${caseId}::uuid AND m.withdrawn_at IS NULL
    ORDER BY m.started_on, m.case_measure_id`.execute(db)
  return found.rows
}

/** Adds a measure; returns its id. */
export async function insertMeasure(db: Db, ctx: Context, given: { file: CaseFile; measure: AddMeasure }): Promise<string> {
  const { file, measure } = given
  const id = makeId()
  await sql`
    INSERT INTO cases.case_measure (county_code, case_measure_id, case_id, household_id, area_path, round, risk, category, content, started_on,
      ended_on, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${file.caseId}, ${file.householdId}, ${file.areaPath}, ${file.round}, ${measure.risk},
      ${measure.category}, ${measure.content}, ${measure.startedOn}::date, ${measure.endedOn ?? null}::date, ${ctx.caller.id}, ${ctx.caller.name},
      ${ctx.now})`.execute(db)
  return id
}

/** Withdraws a measure that was entered by mistake. False when there is none. */
export async function withdrawMeasure(db: Db, ctx: Context, given: { caseId: string; caseMeasureId: string }): Promise<boolean> {
  const done = await sql`
    UPDATE cases.case_measure m SET withdrawn_at = ${ctx.now}
    WHERE ${inScope(ctx.scope, 'm')} AND m.case_id = ${given.caseId}::uuid AND m.case_measure_id = ${given.caseMeasureId}::uuid
      AND m.withdrawn_at IS NULL`.execute(db)
  return done.numAffectedRows === 1n
}

/** Visits of a case, the newest first. */
export async function listVisits(db: Db, scope: Scope, caseId: string): Promise<CaseVisit[]> {
  const found = await sql<CaseVisit>`
    SELECT v.case_visit_id AS "caseVisitId", v.round, v.step, v.visited_on::text AS "visitedOn", v.method, v.visitors, v.finding, v.note,
      v.by_name AS "byName"
    FROM cases.case_visit v WHERE ${inScope(scope, 'v')} AND v.case_id = ${caseId}::uuid ORDER BY v.visited_on DESC, v.case_visit_id DESC`.execute(
    db,
  )
  return found.rows
}

/** Adds a visit; returns its id. */
export async function insertVisit(db: Db, ctx: Context, given: { file: CaseFile; visit: AddVisit }): Promise<string> {
  const { file, visit } = given
  const id = makeId()
  await sql`
    INSERT INTO cases.case_visit (county_code, case_visit_id, case_id, household_id, area_path, round, step, visited_on, method, visitors, finding,
      note, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${file.caseId}, ${file.householdId}, ${file.areaPath}, ${file.round}, ${file.step},
      ${visit.visitedOn}::date, ${visit.method}, ${visit.visitors}::text[], ${visit.finding}, ${visit.note}, ${ctx.caller.id}, ${ctx.caller.name},
      ${ctx.now})`.execute(db)
  return id
}
