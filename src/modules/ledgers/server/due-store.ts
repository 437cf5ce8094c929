import { sql } from 'kysely'
import { inScope } from '#kernel/server/database/index.ts'
import type { Within } from './open-ledger.ts'

/** A record that is due soon or late. */
export interface DueRow {
  readonly recordId: string
  readonly templateKey: string
  readonly recordNo: string | null
  readonly title: string
  readonly state: string
  readonly areaPath: string
  readonly dueAt: string
}

/** Unsettled records of some ledgers that are due before a moment, the earliest first, within the caller's scope. */
export async function listDue(ctx: Within, given: { templateKeys: readonly string[]; before: string; most: number }): Promise<DueRow[]> {
  const found = await sql<DueRow>`
    SELECT d.* FROM unnest(${[...given.templateKeys]}::text[]) AS k (key) CROSS JOIN LATERAL (
      SELECT r.record_id AS "recordId", r.template_key AS "templateKey", r.record_no AS "recordNo", r.title, r.state, r.area_path AS "areaPath", r.due_at AS "dueAt"
      FROM ledgers.record r
      WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = k.key AND r.removed_at IS NULL AND NOT r.settled AND r.due_at IS NOT NULL AND r.due_at <= ${given.before}
      ORDER BY r.due_at, r.record_id LIMIT ${given.most}) d
    ORDER BY d."dueAt", d."recordId" LIMIT ${given.most}`.execute(ctx.db)
  return found.rows
}

/** How many of each ledger are late, and how many are due before a moment. */
export async function countDue(
  ctx: Within,
  given: { templateKeys: readonly string[]; before: string },
): Promise<{ templateKey: string; overdue: number; soon: number }[]> {
  const found = await sql<{ templateKey: string; overdue: number; soon: number }>`
    SELECT r.template_key AS "templateKey", count(*) FILTER (WHERE r.due_at <= ${ctx.now})::int AS overdue,
      count(*) FILTER (WHERE r.due_at > ${ctx.now})::int AS soon
    FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ANY (${[...given.templateKeys]}::text[]) AND r.removed_at IS NULL AND NOT r.settled
      AND r.due_at IS NOT NULL AND r.due_at <= ${given.before}
    GROUP BY 1`.execute(ctx.db)
  return found.rows
}
