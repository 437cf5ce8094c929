import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { columnName } from '#kernel/server/sheets/index.ts'
import type { Entity, ImportDifference, ImportProblem } from '../../contract.ts'
import type { DifferenceField } from '../../rules/import-records.ts'

interface ProblemRow {
  problem_no: number
  severity: ImportProblem['severity']
  sheet: string
  row_no: number
  column_no: number | null
  column_label: string | null
  reason: string
  details: Record<string, unknown>
}

/** What was wrong in a file, in its order; `after` is the number of the last one seen, 0 to begin. */
export async function listProblems(
  db: Db,
  ctx: Context,
  given: { batchId: string; after: number; limit: number; severity?: ImportProblem['severity'] | undefined },
): Promise<ImportProblem[]> {
  const only = given.severity === undefined ? sql`` : sql`AND severity = ${given.severity}`
  const found = await sql<ProblemRow>`
    SELECT problem_no, severity, sheet, row_no, column_no, column_label, reason, details FROM registry.import_problem
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND problem_no > ${given.after} ${only}
    ORDER BY problem_no LIMIT ${given.limit}`.execute(db)
  return found.rows.map((row) => ({
    problemNo: row.problem_no,
    severity: row.severity,
    sheet: row.sheet,
    row: row.row_no,
    ...(row.column_no === null ? {} : { column: columnName(row.column_no) }),
    ...(row.column_label === null ? {} : { label: row.column_label }),
    reason: row.reason,
    details: row.details,
  }))
}

interface DifferenceRow {
  difference_no: number
  entity: Entity
  status: ImportDifference['status']
  row_id: string
  row_key: string
  row_no: number | null
  name: string
  place: string
  changes: ImportDifference['changes']
  conflicts: ImportDifference['conflicts']
  decision: 'keep' | 'left' | null
}

/** What a batch changes, contradicts or does not hold; `after` is the number of the last one seen, 0 to begin. */
export async function listDifferences(
  db: Db,
  ctx: Context,
  given: { batchId: string; after: number; limit: number; entity?: Entity | undefined; status?: ImportDifference['status'] | undefined },
): Promise<ImportDifference[]> {
  const entity = given.entity === undefined ? sql`` : sql`AND entity = ${given.entity}`
  // A row that changes may also contradict in another field; it stands in both lists.
  const status =
    given.status === undefined
      ? sql`AND status <> 'noted'`
      : given.status === 'conflict'
        ? sql`AND (status = 'conflict' OR conflicts <> '{}'::jsonb)`
        : sql`AND status = ${given.status}`
  const found = await sql<DifferenceRow>`
    SELECT difference_no, entity, status, row_id, row_key, row_no, name, place, changes, conflicts, decision FROM registry.import_difference
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND difference_no > ${given.after} ${entity} ${status}
    ORDER BY difference_no LIMIT ${given.limit}`.execute(db)
  return found.rows.map((row) => ({
    differenceNo: row.difference_no,
    entity: row.entity,
    status: row.status,
    rowId: row.row_id,
    rowKey: row.row_key,
    ...(row.row_no === null ? {} : { row: row.row_no }),
    name: row.name,
    place: row.place,
    changes: row.changes,
    conflicts: row.conflicts,
    ...(row.decision === null ? {} : { decision: row.decision }),
  }))
}

/** How many rows differ in which field: those that would take the file's value, those where it stands beside the register's. */
export async function countDifferenceFields(db: Db, ctx: Context, batchId: string): Promise<DifferenceField[]> {
  const rows = sql`registry.import_difference d WHERE d.county_code = ${ctx.scope.countyCode} AND d.batch_id = ${batchId} AND d.status <> 'missing'`
  const found = await sql<DifferenceField>`
    SELECT entity, field, (count(*) FILTER (WHERE taken))::int AS taken, (count(*) FILTER (WHERE NOT taken))::int AS kept FROM (
      SELECT d.entity, f.key AS field, true AS taken FROM (SELECT d.entity, d.changes FROM ${rows}) d CROSS JOIN LATERAL jsonb_object_keys(d.changes) f (key)
      UNION ALL
      SELECT d.entity, f.key, false FROM (SELECT d.entity, d.conflicts FROM ${rows}) d CROSS JOIN LATERAL jsonb_object_keys(d.conflicts) f (key)) all_fields
    GROUP BY entity, field ORDER BY count(*) DESC, field`.execute(db)
  return found.rows
}
