import { sql, type Updateable } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Facts, HouseholdRow, PersonRow } from './tables.ts'

/** What a correction changes in one row: columns, facts as they will stand, and that the field now comes from the correction. */
export interface CorrectedRow<Row> {
  columns: Partial<Row>
  facts: Facts
  field: string
  correctionId: string
  revision: number
}

/** Writes a corrected household; `false` when it changed since it was read. */
export async function correctHouseholdRow(db: Db, ctx: Context, householdId: string, given: CorrectedRow<HouseholdRow>): Promise<boolean> {
  const changed = await db
    .withTables<{ 'registry.household': HouseholdRow }>()
    .updateTable('registry.household')
    .set({ ...given.columns, ...written(given) } satisfies Updateable<HouseholdRow> | object)
    .where('county_code', '=', ctx.scope.countyCode)
    .where('household_id', '=', householdId)
    .where('revision', '=', given.revision)
    .returning('household_id')
    .execute()
  return changed.length === 1
}

/** Writes a corrected person; `false` when the row changed since it was read. */
export async function correctPersonRow(db: Db, ctx: Context, personId: string, given: CorrectedRow<PersonRow>): Promise<boolean> {
  const changed = await db
    .withTables<{ 'registry.person': PersonRow }>()
    .updateTable('registry.person')
    .set({ ...given.columns, ...written(given) } satisfies Updateable<PersonRow> | object)
    .where('county_code', '=', ctx.scope.countyCode)
    .where('person_id', '=', personId)
    .where('revision', '=', given.revision)
    .returning('person_id')
    .execute()
  return changed.length === 1
}

function written(given: { facts: Facts; field: string; correctionId: string; revision: number }) {
  const exception = JSON.stringify({ [given.field]: { correction: given.correctionId } })
  return {
    facts: sql<Facts>`${JSON.stringify(given.facts)}::jsonb`,
    exceptions: sql<PersonRow['exceptions']>`exceptions || ${exception}::jsonb`,
    revision: given.revision + 1,
    touched_by: given.correctionId,
  }
}

/** The head's corrected name in his household. */
export async function renameHead(db: Db, ctx: Context, given: { householdId: string; name: string; correctionId: string }): Promise<void> {
  await sql`
    UPDATE registry.household SET head_name = ${given.name}, revision = revision + 1, touched_by = ${given.correctionId},
      exceptions = exceptions || jsonb_build_object('headName', jsonb_build_object('correction', ${given.correctionId}::text))
    WHERE county_code = ${ctx.scope.countyCode} AND household_id = ${given.householdId}::uuid`.execute(db)
}

/** A corrected relation ends today's membership and begins another; one that began today is only changed. */
export async function correctRelation(
  db: Db,
  ctx: Context,
  given: { personId: string; relation: string | null; correctionId: string },
): Promise<void> {
  const { countyCode } = ctx.scope
  await sql`
    UPDATE registry.membership SET relation = ${given.relation}, touched_by = ${given.correctionId}
    WHERE county_code = ${countyCode} AND person_id = ${given.personId}::uuid AND valid_to IS NULL AND valid_from >= ${ctx.today}::date`.execute(
    db,
  )
  await sql`
    WITH ended AS (
      UPDATE registry.membership SET valid_to = ${ctx.today}::date, end_reason = 'correction', touched_by = ${given.correctionId}
      WHERE county_code = ${countyCode} AND person_id = ${given.personId}::uuid AND valid_to IS NULL AND valid_from < ${ctx.today}::date
      RETURNING county_code, person_id, household_id, area_path, seq_no)
    INSERT INTO registry.membership (county_code, person_id, valid_from, household_id, area_path, relation, seq_no, created_by, touched_by)
    SELECT county_code, person_id, ${ctx.today}::date, household_id, area_path, ${given.relation}, seq_no, ${given.correctionId}, ${given.correctionId} FROM ended`.execute(
    db,
  )
}
