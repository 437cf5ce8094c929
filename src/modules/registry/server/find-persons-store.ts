import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'

/** A current member as other modules tie their own sheets to the register. */
export interface PersonPlace {
  personId: string
  name: string
  householdId: string
  areaPath: string
}

/** Current members by the blind index of their number, in hexadecimal. */
export async function findByIndex(db: Db, scope: Scope, indexes: readonly string[]): Promise<(PersonPlace & { index: string })[]> {
  const found = await sql<PersonPlace & { index: string }>`
    SELECT p.person_id AS "personId", p.name, p.household_id AS "householdId", p.area_path AS "areaPath", encode(p.id_index, 'hex') AS index
    FROM registry.person p
    WHERE ${inScope(scope, 'p')} AND p.left_on IS NULL
      AND p.id_index = ANY (SELECT decode(x, 'hex') FROM unnest(${[...indexes]}::text[]) x)`.execute(db)
  return found.rows
}

/** Households by their numbers, with the current members. */
export async function findByHouseholdNo(
  db: Db,
  scope: Scope,
  numbers: readonly string[],
): Promise<(PersonPlace & { householdNo: string })[]> {
  const found = await sql<PersonPlace & { householdNo: string }>`
    SELECT p.person_id AS "personId", p.name, h.household_id AS "householdId", h.area_path AS "areaPath", h.household_no AS "householdNo"
    FROM registry.household h JOIN registry.person p
      ON p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL
    WHERE ${inScope(scope, 'h')} AND h.household_no = ANY (${[...numbers]}::text[])`.execute(db)
  return found.rows
}
