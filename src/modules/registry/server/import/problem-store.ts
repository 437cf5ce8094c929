import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { BadCell } from '../../rules/import-records.ts'
import type { Problem } from './staged-rows.ts'
import { insertProblems } from './staging-store.ts'

interface Place {
  sheet: string
  row: number
}

/** What is wrong in some rows; a problem whose sheet was not known when it was found (its place is '') belongs to the row of its number. */
export async function listProblemsOf(
  db: Db,
  ctx: Context,
  given: { batchId: string; rows: readonly Place[] },
): Promise<(BadCell & Place)[]> {
  const found = await sql<{
    sheet: string
    row_no: number
    column_no: number | null
    column_label: string | null
    severity: BadCell['severity']
    reason: string
    details: Record<string, unknown>
  }>`
    SELECT r.sheet, p.row_no, p.column_no, p.column_label, p.severity, p.reason, p.details
    FROM unnest(${given.rows.map((row) => row.sheet)}::text[], ${given.rows.map((row) => row.row)}::int[]) AS r (sheet, row_no)
    JOIN registry.import_problem p ON p.county_code = ${ctx.scope.countyCode} AND p.batch_id = ${given.batchId} AND p.row_no = r.row_no
      AND p.sheet IN (r.sheet, '') AND p.severity <> 'corrected'
    ORDER BY p.problem_no`.execute(db)
  return found.rows.map((row) => ({
    sheet: row.sheet,
    row: row.row_no,
    column: row.column_no ?? undefined,
    label: row.column_label ?? undefined,
    severity: row.severity,
    reason: row.reason,
    details: row.details,
  }))
}

/** Writes what is wrong in some rows anew. */
export async function replaceProblems(
  db: Db,
  ctx: Context,
  given: { batchId: string; rows: readonly Place[]; problems: readonly Problem[] },
): Promise<void> {
  const { batchId, rows } = given
  await sql`
    DELETE FROM registry.import_problem p
    USING unnest(${rows.map((row) => row.sheet)}::text[], ${rows.map((row) => row.row)}::int[]) AS r (sheet, row_no)
    WHERE p.county_code = ${ctx.scope.countyCode} AND p.batch_id = ${batchId} AND p.row_no = r.row_no AND p.sheet IN (r.sheet, '')`.execute(
    db,
  )
  const last = await sql<{ last: number | null }>`
    SELECT max(problem_no) AS last FROM registry.import_problem WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId}`.execute(
    db,
  )
  await insertProblems(db, ctx, { batchId, problems: given.problems, firstNo: (last.rows[0]?.last ?? 0) + 1 })
}

/** What is wrong how often, the commonest first. */
export async function countProblems(
  db: Db,
  ctx: Context,
  batchId: string,
): Promise<{ column: number | undefined; label: string | undefined; severity: BadCell['severity']; reason: string; rows: number }[]> {
  const found = await sql<{
    column_no: number | null
    column_label: string | null
    severity: BadCell['severity']
    reason: string
    rows: number
  }>`
    SELECT column_no, max(column_label) AS column_label, severity, reason, count(DISTINCT (sheet, row_no))::int AS rows
    FROM registry.import_problem
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${batchId} AND severity <> 'corrected'
    GROUP BY column_no, severity, reason ORDER BY severity, rows DESC, column_no LIMIT 200`.execute(db)
  return found.rows.map(({ column_no: column, column_label: label, ...row }) => ({
    ...row,
    column: column ?? undefined,
    label: label ?? undefined,
  }))
}
