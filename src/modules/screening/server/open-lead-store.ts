import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'

/** Households within the caller's scope with a lead that had been raised by the end of a day and was not closed by then. */
export async function listOpenLeadHouseholds(
  ctx: Context,
  db: Db,
  given: { asOf: string; householdIds?: readonly string[] | undefined },
): Promise<Set<string>> {
  const { asOf, householdIds } = given
  const end = sql`((${asOf}::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`
  const some = householdIds === undefined ? sql`` : sql`AND l.household_id = ANY (${[...householdIds]}::uuid[])`
  const found = await sql<{ household_id: string }>`
    SELECT DISTINCT l.household_id FROM screening.lead l
    WHERE ${inScope(ctx.scope, 'l')} ${some} AND l.raised_at < ${end}
      AND (l.state <> 'closed' OR NOT EXISTS (
        SELECT 1 FROM screening.lead_event e
        WHERE e.county_code = l.county_code AND e.lead_id = l.lead_id AND e.kind = 'closed' AND e.at < ${end}))`.execute(db)
  return new Set(found.rows.map((row) => row.household_id))
}
