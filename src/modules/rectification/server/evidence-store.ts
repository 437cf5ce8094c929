import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { KeptEvidence } from './evidence-files.ts'
import { evidenceColumns, type EvidenceRow } from './problem-store.ts'

/** Writes a file's row and counts it on its problem. Returns its id. */
export async function insertFile(db: Db, ctx: Context, given: { problem: ProblemFile; kept: KeptEvidence }): Promise<string> {
  const { problem, kept } = given
  const id = makeId()
  await sql`
    INSERT INTO rectification.evidence (county_code, evidence_id, problem_id, household_id, area_path, kind, media_type, bytes, hash, file_id, by_id,
      by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${problem.problemId}::uuid, ${problem.householdId}::uuid, ${problem.areaPath}, 'file', ${kept.mediaType},
      ${kept.bytes}, ${kept.hash}, ${kept.fileId}::uuid, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  await recount(db, ctx, problem.problemId)
  return id
}

/** Has the database count the evidence of a problem anew; its trigger sets the number. */
async function recount(db: Db, ctx: Context, problemId: string): Promise<void> {
  await sql`
    UPDATE rectification.problem SET evidence_count = evidence_count + 1
    WHERE county_code = ${ctx.scope.countyCode} AND problem_id = ${problemId}::uuid`.execute(db)
}

/** One piece of evidence that was not withdrawn. */
export async function findEvidence(db: Db, ctx: Context, evidenceId: string): Promise<EvidenceRow | undefined> {
  const found = await sql<EvidenceRow>`
    SELECT ${evidenceColumns} FROM rectification.evidence e
    WHERE e.county_code = ${ctx.scope.countyCode} AND e.evidence_id = ${evidenceId}::uuid AND e.withdrawn_at IS NULL`.execute(db)
  return found.rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))[0]
}

/** Marks evidence as attached by mistake and counts again. */
export async function withdrawRow(db: Db, ctx: Context, given: { evidenceId: string; problemId: string; reason: string }): Promise<void> {
  await sql`
    UPDATE rectification.evidence SET withdrawn_at = ${ctx.now}, withdrawn_name = ${ctx.caller.name}, withdrawn_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND evidence_id = ${given.evidenceId}::uuid AND withdrawn_at IS NULL`.execute(db)
  await recount(db, ctx, given.problemId)
}
