import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Notes what a person decided about rows that a file does not hold. Returns how many. */
export async function saveDecisions(
  db: Db,
  ctx: Context,
  given: { batchId: string; differenceNos: readonly number[]; decision: 'keep' | 'left' },
): Promise<number> {
  await sql`
    INSERT INTO registry.import_decision (county_code, batch_id, entity, row_id, decision, decided_by, decided_at)
    SELECT county_code, batch_id, entity, row_id, ${given.decision}, ${ctx.caller.id}, ${ctx.now} FROM registry.import_difference
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND status = 'missing'
      AND difference_no = ANY (${given.differenceNos})
    ON CONFLICT (county_code, batch_id, entity, row_id)
    DO UPDATE SET decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at`.execute(db)
  const saved = await sql`
    UPDATE registry.import_difference SET decision = ${given.decision}, decided_by = ${ctx.caller.id}, decided_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND status = 'missing'
      AND difference_no = ANY (${given.differenceNos}) AND decision IS DISTINCT FROM 'left'`.execute(db)
  return Number(saved.numAffectedRows ?? 0)
}

/** Lays the decisions of an earlier comparison of the batch on the rows that the file still does not hold. */
export async function restoreDecisions(db: Db, ctx: Context, batchId: string): Promise<void> {
  await sql`
    UPDATE registry.import_difference d SET decision = c.decision, decided_by = c.decided_by, decided_at = c.decided_at
    FROM registry.import_decision c
    WHERE d.county_code = ${ctx.scope.countyCode} AND d.batch_id = ${batchId} AND d.status = 'missing'
      AND c.county_code = d.county_code AND c.batch_id = d.batch_id AND c.entity = d.entity AND c.row_id = d.row_id`.execute(db)
}

/**
 * Ends the membership of the persons, and of all members of the households, that were decided to have left; the rows stay, and stand in
 * `batch_change` as they were, so that the undo of the batch brings them back. Returns the number of persons.
 */
export async function endMemberships(db: Db, ctx: Context, given: { batchId: string; on: string }): Promise<number> {
  const county = ctx.scope.countyCode
  const ids = await listLeaving(db, ctx, given.batchId)
  if (ids.length === 0) return 0
  for (const entity of ['person', 'membership'] as const) {
    const today = entity === 'membership' ? sql`AND t.valid_to IS NULL` : sql``
    await sql`
      INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, changes, before, at)
      SELECT t.county_code, ${given.batchId}::uuid, ${entity}, t.person_id, t.household_id, t.area_path,
             jsonb_build_object('leftOn', jsonb_build_array(NULL, ${given.on}::text)), to_jsonb(t), ${ctx.now}
      FROM registry.${sql.raw(entity)} t WHERE t.county_code = ${county} AND t.person_id = ANY (${ids}::uuid[]) ${today}
      ON CONFLICT DO NOTHING`.execute(db)
  }
  await sql`
    UPDATE registry.membership SET valid_to = greatest(valid_from, ${given.on}::date), end_reason = 'left', touched_by = ${given.batchId}::uuid
    WHERE county_code = ${county} AND valid_to IS NULL AND person_id = ANY (${ids}::uuid[])`.execute(db)
  const left = await sql`
    UPDATE registry.person SET left_on = ${given.on}::date, revision = revision + 1, touched_by = ${given.batchId}::uuid
    WHERE county_code = ${county} AND person_id = ANY (${ids}::uuid[])`.execute(db)
  return Number(left.numAffectedRows ?? 0)
}

/** Members of today who were decided to have left, alone or with their household. */
async function listLeaving(db: Db, ctx: Context, batchId: string): Promise<string[]> {
  const decided = (entity: 'person' | 'household') => sql`
    SELECT p.person_id FROM registry.import_difference d
    JOIN registry.person p ON p.county_code = d.county_code AND p.${sql.raw(`${entity}_id`)} = d.row_id
    WHERE d.county_code = ${ctx.scope.countyCode} AND d.batch_id = ${batchId} AND d.entity = ${entity} AND d.status = 'missing'
      AND d.decision = 'left' AND p.left_on IS NULL`
  const found = await sql<{ person_id: string }>`${decided('person')} UNION ${decided('household')}`.execute(db)
  return found.rows.map((row) => row.person_id)
}
