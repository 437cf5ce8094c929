import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { CaseCheck } from '../../rules/exits/check-records.ts'
import { fileColumns } from '../case-store.ts'
import type { AnswerCheck, CheckNote } from '../../rules/exits/check-requests.ts'

const columns = sql`
  k.case_check_id AS "caseCheckId", k.round, k.person_id AS "personId", k.department, k.requested_on::text AS "requestedOn",
  k.came_on::text AS "cameOn", k.result, k.word, k.what, k.noted_name AS "notedName", k.answer, k.answer_reason AS "answerReason",
  k.answered_name AS "answeredName", k.withdrawn_reason AS "withdrawnReason"`

/** Checks of a round of a case, withdrawn ones too. */
export async function listChecks(db: Db, scope: Scope, given: { caseId: string; round: number }): Promise<CaseCheck[]> {
  const found = await sql<CaseCheck>`
    SELECT ${columns} FROM cases.case_check k
    WHERE ${inScope(scope, 'k')} AND k.case_id = ${given.caseId}::uuid AND k.round = ${given.round}
    ORDER BY k.requested_on, k.department, k.case_check_id`.execute(db)
  return found.rows
}

/** Writes notes: new ones, and results of those that were only asked; a result that stands is left as it is. Returns how many were written. */
export async function saveChecks(db: Db, ctx: Context, given: { file: CaseFile; notes: readonly CheckNote[] }): Promise<number> {
  const { file, notes } = given
  const rows = notes.map((note) => ({ ...note, id: makeId() }))
  const written = await sql`
    INSERT INTO cases.case_check AS held (county_code, case_check_id, case_id, household_id, area_path, round, person_id, department, requested_on,
      came_on, result, word, what, noted_by, noted_name, noted_at)
    SELECT ${ctx.scope.countyCode}, id, ${file.caseId}::uuid, ${file.householdId}::uuid, ${file.areaPath}, ${file.round}, "personId", department,
      "requestedOn", "cameOn", result, word, what, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "personId" uuid, department text, "requestedOn" date, "cameOn" date,
      result text, word text, what text)
    ON CONFLICT (county_code, case_id, round, person_id, department) WHERE withdrawn_at IS NULL DO UPDATE
      SET came_on = excluded.came_on, result = excluded.result, word = excluded.word, what = excluded.what, noted_by = excluded.noted_by,
        noted_name = excluded.noted_name, noted_at = excluded.noted_at, requested_on = least(held.requested_on, excluded.requested_on)
      WHERE held.result IS NULL AND excluded.result IS NOT NULL`.execute(db)
  return Number(written.numAffectedRows ?? 0n)
}

/** Cases within the scope whose department check can be noted, with how many of each department have an answer. */
export async function listCheckedCases(db: Db, scope: Scope, steps: readonly string[]): Promise<CaseFile[]> {
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f
    WHERE ${inScope(scope, 'f')} AND f.ended_on IS NULL AND f.step = ANY (${[...steps]}::text[])
    ORDER BY f.area_path, f.case_no LIMIT 2000`.execute(db)
  return found.rows
}

/** Checks of these cases in their present rounds that were not withdrawn. */
export async function listChecksOf(
  db: Db,
  scope: Scope,
  caseIds: readonly string[],
): Promise<{ caseId: string; personId: string; department: string; requestedOn: string; result: string | null }[]> {
  const found = await sql<{ caseId: string; personId: string; department: string; requestedOn: string; result: string | null }>`
    SELECT k.case_id AS "caseId", k.person_id AS "personId", k.department, k.requested_on::text AS "requestedOn", k.result
    FROM cases.case_check k JOIN cases.case_file f ON f.county_code = k.county_code AND f.case_id = k.case_id AND f.round = k.round
    WHERE ${inScope(scope, 'k')} AND k.case_id = ANY (${[...caseIds]}::uuid[]) AND k.withdrawn_at IS NULL`.execute(db)
  return found.rows
}

/** The case of a check within the scope. */
export async function findCaseOfCheck(db: Db, scope: Scope, caseCheckId: string): Promise<string | undefined> {
  const found = await sql<{ caseId: string }>`
    SELECT k.case_id AS "caseId" FROM cases.case_check k WHERE ${inScope(scope, 'k')} AND k.case_check_id = ${caseCheckId}::uuid`.execute(
    db,
  )
  return found.rows[0]?.caseId
}

/** Answers what was found; false where there is nothing to answer. */
export async function saveAnswer(db: Db, ctx: Context, given: { caseCheckId: string; input: AnswerCheck }): Promise<boolean> {
  const done = await sql`
    UPDATE cases.case_check k SET answer = ${given.input.answer}, answer_reason = ${given.input.reason}, answered_by = ${ctx.caller.id},
      answered_name = ${ctx.caller.name}, answered_at = ${ctx.now}::timestamptz
    WHERE ${inScope(ctx.scope, 'k')} AND k.case_check_id = ${given.caseCheckId}::uuid AND k.result = 'found' AND k.answer IS NULL
      AND k.withdrawn_at IS NULL`.execute(db)
  return done.numAffectedRows === 1n
}

/** Withdraws a check that was noted by mistake; false where it does not hold. */
export async function withdrawCheckRow(db: Db, ctx: Context, given: { caseCheckId: string; reason: string }): Promise<boolean> {
  const done = await sql`
    UPDATE cases.case_check k SET withdrawn_by = ${ctx.caller.id}, withdrawn_at = ${ctx.now}::timestamptz, withdrawn_reason = ${given.reason}
    WHERE ${inScope(ctx.scope, 'k')} AND k.case_check_id = ${given.caseCheckId}::uuid AND k.withdrawn_at IS NULL`.execute(db)
  return done.numAffectedRows === 1n
}

/** The first day of the round that a case is in: when it was opened, or relapsed. */
export async function findRoundStart(db: Db, scope: Scope, given: { caseId: string; round: number }): Promise<string | undefined> {
  const found = await sql<{ day: string | null }>`
    SELECT min(e.on_day)::text AS day FROM cases.case_event e
    WHERE ${inScope(scope, 'e')} AND e.case_id = ${given.caseId}::uuid AND e.round = ${given.round}`.execute(db)
  return found.rows[0]?.day ?? undefined
}
