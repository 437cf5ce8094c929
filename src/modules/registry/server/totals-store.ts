import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { TotalsCount } from '../rules/totals.ts'

/** Households and persons by township, each figure counted on its own; persons are the members of today. */
export async function countTownships(db: Db, scope: Pick<Scope, 'countyCode'>): Promise<TotalsCount[]> {
  const county = scope.countyCode
  const found = await sql<TotalsCount>`
    WITH members AS (
      SELECT household_id, count(*)::int AS n FROM registry.person WHERE county_code = ${county} AND left_on IS NULL GROUP BY household_id)
    SELECT h.township, count(*)::int AS households, coalesce(sum(m.n), 0)::int AS persons,
           (count(*) FILTER (WHERE h.registered))::int AS "registeredHouseholds",
           coalesce(sum(m.n) FILTER (WHERE h.registered), 0)::int AS "registeredPersons",
           (count(*) FILTER (WHERE h.exit_status = 'exited'))::int AS "exitedHouseholds",
           coalesce(sum(m.n) FILTER (WHERE h.exit_status = 'exited'), 0)::int AS "exitedPersons",
           (count(*) FILTER (WHERE h.exit_status = 'not-exited'))::int AS "notExitedHouseholds",
           coalesce(sum(m.n) FILTER (WHERE h.exit_status = 'not-exited'), 0)::int AS "notExitedPersons"
    FROM registry.household h LEFT JOIN members m ON m.household_id = h.household_id
    WHERE h.county_code = ${county} GROUP BY h.township ORDER BY h.township`.execute(db)
  return found.rows
}

/** Households, and persons by their own rows and by the memberships that hold today, which must be as many. */
export async function countRegister(db: Db, ctx: Context): Promise<{ households: number; persons: number; memberships: number }> {
  const county = ctx.scope.countyCode
  const found = await sql<{ households: number; persons: number; memberships: number }>`
    SELECT (SELECT count(*)::int FROM registry.household WHERE county_code = ${county}) AS households,
           (SELECT count(*)::int FROM registry.person WHERE county_code = ${county} AND left_on IS NULL) AS persons,
           (SELECT count(*)::int FROM registry.membership WHERE county_code = ${county} AND valid_to IS NULL) AS memberships`.execute(db)
  return found.rows[0] ?? { households: 0, persons: 0, memberships: 0 }
}
