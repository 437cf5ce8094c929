import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Notes what a person decided about rows that a file does not hold. Returns how many. */
export async function saveDecisions(
  db: Db,
  ctx: Context,
  given: { batchId: string; differenceNos: readonly number[]; decision: 'keep' | 'left' },
): Promise<number> {
  const saved = await sql`
    UPDATE registry.import_difference SET decision = ${given.decision}, decided_by = ${ctx.caller.id}, decided_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND batch_id = ${given.batchId} AND status = 'missing'
      AND difference_no = ANY (${given.differenceNos}) AND decision IS DISTINCT FROM 'left'`.execute(db)
  return Number(saved.numAffectedRows ?? 0)
}

/**
 * Ends the membership of the persons, and of all members of the households, that were decided to have left; the rows stay, and stand in
 * `batch_change` as they were, so that the undo of the batch brings them back. Returns the number of persons.
 */
export async function endMemberships(db: Db, ctx: Context, given: { batchId: string; on: string }): Promise<number> {
  const county = ctx.scope.countyCode
  const leaving = sql`
    SELECT p.person_id FROM registry.person p
    JOIN registry.import_difference d ON d.county_code = p.county_code AND d.batch_id = ${given.batchId} AND d.decision = 'left' AND d.status = 'missing'
     AND ((d.entity = 'person' AND d.row_id = p.person_id) OR (d.entity = 'household' AND d.row_id = p.household_id))
    WHERE p.county_code = ${county} AND p.left_on IS NULL`
  const keep = (entity: 'person' | 'membership') => sql`
    INSERT INTO registry.batch_change (county_code, batch_id, entity, row_id, household_id, area_path, changes, before, at)
    SELECT t.county_code, ${given.batchId}::uuid, ${entity}, t.person_id, t.household_id, t.area_path,
           jsonb_build_object('leftOn', jsonb_build_array(NULL, ${given.on}::text)), to_jsonb(t), ${ctx.now}
    FROM registry.${sql.raw(entity)} t WHERE t.county_code = ${county} AND t.person_id IN (${leaving})
      ${entity === 'membership' ? sql`AND t.valid_to IS NULL` : sql``}
    ON CONFLICT DO NOTHING`
  await keep('person').execute(db)
  await keep('membership').execute(db)
  await sql`
    UPDATE registry.membership SET valid_to = greatest(valid_from, ${given.on}::date), end_reason = 'left', touched_by = ${given.batchId}::uuid
    WHERE county_code = ${county} AND valid_to IS NULL AND person_id IN (${leaving})`.execute(db)
  const left = await sql`
    UPDATE registry.person SET left_on = ${given.on}::date, revision = revision + 1, touched_by = ${given.batchId}::uuid
    WHERE county_code = ${county} AND person_id IN (${leaving})`.execute(db)
  return Number(left.numAffectedRows ?? 0)
}
