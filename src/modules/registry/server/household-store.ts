import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { cardColumns, type CardRow } from './household-list-store.ts'
import type { HouseholdRow, PersonRow } from './tables.ts'

/** A household with what a card needs besides. */
export type FoundHousehold = HouseholdRow & Pick<CardRow, 'member_count' | 'tags'>

/** The household, when it lies within the scope. */
export async function findHouseholdRow(db: Db, scope: Scope, householdId: string): Promise<FoundHousehold | undefined> {
  const found = await sql<FoundHousehold>`
    SELECT ${cardColumns}, h.* FROM registry.household h
    WHERE ${inScope(scope, 'h')} AND h.household_id = ${householdId}::uuid`.execute(db)
  return found.rows[0]
}

/** Members of households, head first, then by their number in the household; those who have left come last. */
export async function listPersonRows(
  db: Db,
  scope: Scope,
  given: { householdIds: readonly string[]; withFormer: boolean },
): Promise<PersonRow[]> {
  const found = await sql<PersonRow>`
    SELECT p.* FROM registry.person p
    WHERE ${inScope(scope, 'p')} AND p.household_id = ANY (${[...given.householdIds]}::uuid[]) AND (${given.withFormer} OR p.left_on IS NULL)
      AND p.merged_into IS NULL
    ORDER BY p.household_id, (p.left_on IS NOT NULL), p.is_head DESC, p.seq_no NULLS LAST, p.person_no`.execute(db)
  return found.rows
}

/** The person, when within the scope; also one who has left. */
export async function findPersonRow(db: Db, scope: Scope, personId: string): Promise<PersonRow | undefined> {
  const found =
    await sql<PersonRow>`SELECT p.* FROM registry.person p WHERE ${inScope(scope, 'p')} AND p.person_id = ${personId}::uuid`.execute(db)
  return found.rows[0]
}

/** One change as a batch wrote it; `changes` are masked there. */
export interface BatchChangeRow {
  batch_id: string
  entity: string
  row_id: string
  changes: Record<string, [unknown, unknown]>
  at: string
  file_name: string
  kind: string | null
  name: string | null
}

/** What imports changed in a household and its persons, newest first; at most 200. */
export async function listBatchChanges(db: Db, countyCode: string, householdId: string): Promise<BatchChangeRow[]> {
  const found = await sql<BatchChangeRow>`
    SELECT c.batch_id, c.entity, c.row_id, c.changes, c.at, b.file_name, b.kind, p.name
    FROM registry.batch_change c
    JOIN registry.import_batch b ON b.county_code = c.county_code AND b.batch_id = c.batch_id
    LEFT JOIN registry.person p ON p.county_code = c.county_code AND p.person_id = c.row_id AND c.entity IN ('person', 'membership')
    WHERE c.county_code = ${countyCode} AND c.household_id = ${householdId}::uuid AND b.state = 'applied' AND c.changes <> '{}'
    ORDER BY c.at DESC, c.entity, p.seq_no LIMIT 200`.execute(db)
  return found.rows
}

/** The batches that made a household or its persons, as the first entries of the timeline. */
export async function listMakingBatches(
  db: Db,
  countyCode: string,
  batchIds: readonly string[],
): Promise<{ batch_id: string; file_name: string; kind: string | null; applied_at: string | null }[]> {
  const found = await sql<{ batch_id: string; file_name: string; kind: string | null; applied_at: string | null }>`
    SELECT b.batch_id, b.file_name, b.kind, b.applied_at FROM registry.import_batch b
    WHERE b.county_code = ${countyCode} AND b.batch_id = ANY (${[...batchIds]}::uuid[])`.execute(db)
  return found.rows
}
