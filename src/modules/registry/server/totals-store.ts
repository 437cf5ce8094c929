import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { TotalsCount } from '../rules/totals.ts'

/** Households and persons by township in the order of their codes, each figure counted on its own; persons are the members of today. */
export async function countTownships(db: Db, scope: Scope): Promise<TotalsCount[]> {
  const found = await sql<TotalsCount>`
    WITH members AS (
      SELECT h.township, count(*)::int AS persons,
        (count(*) FILTER (WHERE h.registered))::int AS registered,
        (count(*) FILTER (WHERE h.exit_status = 'exited'))::int AS exited,
        (count(*) FILTER (WHERE h.exit_status = 'not-exited'))::int AS not_exited
      FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
      WHERE ${inScope(scope, 'p')} AND ${inScope(scope, 'h')} AND p.left_on IS NULL GROUP BY h.township),
    homes AS (
      SELECT h.township, min(h.area_path) AS first_path, count(*)::int AS households,
        (count(*) FILTER (WHERE h.registered))::int AS registered,
        (count(*) FILTER (WHERE h.exit_status = 'exited'))::int AS exited,
        (count(*) FILTER (WHERE h.exit_status = 'not-exited'))::int AS not_exited
      FROM registry.household h WHERE ${inScope(scope, 'h')} AND h.closed_on IS NULL GROUP BY h.township)
    SELECT o.township, o.households, coalesce(m.persons, 0) AS persons,
      o.registered AS "registeredHouseholds", coalesce(m.registered, 0) AS "registeredPersons",
      o.exited AS "exitedHouseholds", coalesce(m.exited, 0) AS "exitedPersons",
      o.not_exited AS "notExitedHouseholds", coalesce(m.not_exited, 0) AS "notExitedPersons"
    FROM homes o LEFT JOIN members m ON m.township = o.township ORDER BY o.first_path`.execute(db)
  return found.rows
}

/** Households, and persons by their own rows and by the memberships that hold today, which must be as many. */
export async function countRegister(db: Db, ctx: Context): Promise<{ households: number; persons: number; memberships: number }> {
  const county = ctx.scope.countyCode
  const found = await sql<{ households: number; persons: number; memberships: number }>`
    SELECT (SELECT count(*)::int FROM registry.household WHERE county_code = ${county} AND closed_on IS NULL) AS households,
           (SELECT count(*)::int FROM registry.person WHERE county_code = ${county} AND left_on IS NULL) AS persons,
           (SELECT count(*)::int FROM registry.membership WHERE county_code = ${county} AND valid_to IS NULL) AS memberships`.execute(db)
  return found.rows[0] ?? { households: 0, persons: 0, memberships: 0 }
}
