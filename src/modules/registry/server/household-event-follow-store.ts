import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Tables of the register whose rows are about a household and are read where it is today. */
const ofHouseholds = [
  'person', // also of those who have left it
  'membership', // also what has ended
  'household_tag',
  'correction',
  'reveal',
  'batch_change',
  'household_event',
  'household_event_side',
  'national_change',
] as const
/** Tables whose rows are about a person and go with him to another household: the column that names him. */
const ofPersons = { correction: 'person_id', reveal: 'person_id', batch_change: 'row_id', national_change: 'subject_id' } as const
/** Tables whose rows are about two persons: they stand in the smallest area in which both belong. */
const ofTwo = { duplicate_pair: ['person_a', 'person_b'], person_merge: ['winner_id', 'loser_id'] } as const

/** Lets everything that is kept about the households and persons of an event be where they are: today's office reads it, the former one no more. */
export async function followRows(
  db: Db,
  ctx: Context,
  given: { householdIds: readonly string[]; personIds: readonly string[] },
): Promise<void> {
  const county = ctx.scope.countyCode
  const [homes, people] = [[...given.householdIds], [...given.personIds]]
  for (const [table, person] of Object.entries(ofPersons)) {
    await sql`
      UPDATE registry.${sql.raw(table)} t SET household_id = p.household_id FROM registry.person p
      WHERE t.county_code = ${county} AND t.${sql.raw(person)} = ANY (${people}::uuid[]) AND p.county_code = t.county_code AND p.person_id = t.${sql.raw(person)}
        AND t.household_id = ANY (${homes}::uuid[]) AND t.household_id <> p.household_id`.execute(db)
  }
  for (const table of ofHouseholds) {
    await sql`
      UPDATE registry.${sql.raw(table)} t SET area_path = h.area_path FROM registry.household h
      WHERE t.county_code = ${county} AND t.household_id = ANY (${homes}::uuid[]) AND h.county_code = t.county_code AND h.household_id = t.household_id
        AND t.area_path <> h.area_path`.execute(db)
  }
  for (const [table, [one, other]] of Object.entries(ofTwo)) {
    await sql`
      UPDATE registry.${sql.raw(table)} t SET area_path = ${smallestOf(sql.raw('a.area_path'), sql.raw('b.area_path'))}
      FROM registry.person a, registry.person b
      WHERE t.county_code = ${county} AND (t.${sql.raw(one)} = ANY (${people}::uuid[]) OR t.${sql.raw(other)} = ANY (${people}::uuid[]))
        AND a.county_code = t.county_code AND a.person_id = t.${sql.raw(one)} AND b.county_code = t.county_code AND b.person_id = t.${sql.raw(other)}`.execute(
      db,
    )
  }
}

/** The smallest area that holds two others, as paths: as many leading segments as both share. */
function smallestOf(one: ReturnType<typeof sql.raw>, other: ReturnType<typeof sql.raw>) {
  return sql`(
    SELECT coalesce(string_agg(s.part || '.', '' ORDER BY s.at), '') FROM (
      SELECT x.part, x.at, bool_and(x.part = y.part) OVER (ORDER BY x.at) AS is_shared
      FROM unnest(string_to_array(rtrim(${one}, '.'), '.')) WITH ORDINALITY AS x (part, at)
      JOIN unnest(string_to_array(rtrim(${other}, '.'), '.')) WITH ORDINALITY AS y (part, at) ON y.at = x.at) s
    WHERE s.is_shared)`
}

/** Those of the households that are closed. */
export async function findClosedOf(db: Db, ctx: Context, householdIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT household_id AS id FROM registry.household
    WHERE county_code = ${ctx.scope.countyCode} AND household_id = ANY (${[...householdIds]}::uuid[]) AND closed_on IS NOT NULL`.execute(db)
  return found.rows.map((row) => row.id)
}

/** Areas of households, by id. */
export async function findAreasOf(db: Db, ctx: Context, householdIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; path: string }>`
    SELECT household_id AS id, area_path AS path FROM registry.household
    WHERE county_code = ${ctx.scope.countyCode} AND household_id = ANY (${[...householdIds]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.id, row.path]))
}

/** The households to which persons belong, by person; of those who have left, the one that they left. */
export async function findHomesOf(db: Db, ctx: Context, personIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ id: string; home: string }>`
    SELECT person_id AS id, household_id AS home FROM registry.person
    WHERE county_code = ${ctx.scope.countyCode} AND person_id = ANY (${[...personIds]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.id, row.home]))
}
