import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'

/** A paper as it is kept. */
export interface PaperRow {
  readonly paperId: string
  readonly step: string
  readonly kind: string
  readonly printedAt: string | null
  readonly printedName: string | null
  readonly signedOn: string | null
  readonly filedAt: string | null
}

/** The papers of a round of a case. */
export async function listPapers(db: Db, scope: Scope, given: { caseId: string; round: number }): Promise<PaperRow[]> {
  const found = await sql<PaperRow>`
    SELECT p.paper_id AS "paperId", p.step, p.kind, p.printed_at AS "printedAt", p.printed_name AS "printedName",
      p.signed_on::text AS "signedOn", p.filed_at AS "filedAt"
    FROM cases.paper p WHERE ${inScope(scope, 'p')} AND p.case_id = ${given.caseId}::uuid AND p.round = ${given.round}`.execute(db)
  const instant = (value: string | null) => (value === null ? null : new Date(value).toISOString())
  return found.rows.map((row) => ({ ...row, printedAt: instant(row.printedAt), filedAt: instant(row.filedAt) }))
}

/** Notes a printing or a filing of a paper of the step where the case stands; returns its id. */
export async function notePaper(
  db: Db,
  ctx: Context,
  given: { file: CaseFile; step: string; kind: string; printedBy?: string; signedOn?: string },
): Promise<string> {
  const { file, step, kind, printedBy, signedOn } = given
  const found = await sql<{ paperId: string }>`
    INSERT INTO cases.paper AS p (county_code, paper_id, case_id, household_id, area_path, round, step, kind, printed_at, printed_name, template_hash,
      signed_on, filed_at, filed_name)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${file.caseId}::uuid, ${file.householdId}::uuid, ${file.areaPath}, ${file.round}, ${step}, ${kind},
      ${printedBy === undefined ? null : ctx.now}::timestamptz, ${printedBy === undefined ? null : ctx.caller.name}, ${printedBy ?? null},
      ${signedOn ?? null}::date, ${signedOn === undefined ? null : ctx.now}::timestamptz, ${signedOn === undefined ? null : ctx.caller.name})
    ON CONFLICT (county_code, case_id, round, step, kind) DO UPDATE SET
      printed_at = coalesce(excluded.printed_at, p.printed_at), printed_name = coalesce(excluded.printed_name, p.printed_name),
      template_hash = coalesce(excluded.template_hash, p.template_hash), signed_on = coalesce(excluded.signed_on, p.signed_on),
      filed_at = coalesce(excluded.filed_at, p.filed_at), filed_name = coalesce(excluded.filed_name, p.filed_name)
    RETURNING paper_id AS "paperId"`.execute(db)
  return found.rows[0]?.paperId ?? ''
}

/** A paper whose last page was withdrawn is not on file any more. */
export async function unfileEmptyPaper(db: Db, ctx: Context, paperId: string): Promise<void> {
  await sql`
    UPDATE cases.paper p SET signed_on = NULL, filed_at = NULL, filed_name = NULL
    WHERE p.county_code = ${ctx.scope.countyCode} AND p.paper_id = ${paperId}::uuid AND NOT EXISTS (SELECT 1 FROM cases.attachment a
      WHERE a.county_code = p.county_code AND a.paper_id = p.paper_id AND a.withdrawn_at IS NULL)`.execute(db)
}

/** When the procedure in which a case stands was last begun: papers filed before do not count for its steps. */
export async function procedureBegan(db: Db, scope: Scope, given: { caseId: string; round: number }): Promise<string | undefined> {
  const found = await sql<{ at: string | null }>`
    SELECT max(e.at) AS at FROM cases.case_event e
    WHERE ${inScope(scope, 'e')} AND e.case_id = ${given.caseId}::uuid AND e.round = ${given.round}
      AND e.action IN ('open', 'relapse', 'start-exit')`.execute(db)
  const at = found.rows[0]?.at ?? null
  return at === null ? undefined : new Date(at).toISOString()
}
