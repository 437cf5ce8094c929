import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { registerChanged } from '../contract.ts'

/** The households that some changes touched. `isKnown` is false where a change left no trace by household, or too many: then look at all. */
export interface Touched {
  readonly householdIds: string[]
  readonly isKnown: boolean
}

/**
 * The households that imports, corrections and other changes touched, `limit` at most. A batch that was taken back may have removed
 * households, so that it counts as unknown. Needs the county's scope; reads the register's rows once.
 */
export async function listTouchedHouseholds(
  ctx: Context,
  db: Db,
  given: { changeIds: readonly string[]; limit: number },
): Promise<Touched> {
  const county = ctx.scope.countyCode
  const ids = [...new Set(given.changeIds)]
  const undone = await sql`
    SELECT 1 FROM kernel.outbox WHERE county_code = ${county} AND event = ${registerChanged.name}
      AND payload->>'did' = 'undone' AND payload->>'batchId' = ANY (${ids}::text[]) LIMIT 1`.execute(db)
  if (undone.rows.length > 0) return { householdIds: [], isKnown: false }
  const from = (table: string, change: string) => sql`
    SELECT t.${sql.ref(change)} AS change, t.household_id FROM registry.${sql.ref(table)} t
    WHERE t.county_code = ${county} AND t.${sql.ref(change)} = ANY (${ids}::uuid[])`
  const found = await sql<{ change: string; householdId: string }>`
    SELECT DISTINCT change, household_id AS "householdId" FROM (
      ${from('correction', 'correction_id')} UNION ALL ${from('household', 'touched_by')} UNION ALL ${from('person', 'touched_by')}
      UNION ALL ${from('membership', 'touched_by')} UNION ALL ${from('batch_change', 'batch_id')}
    ) touched WHERE household_id IS NOT NULL LIMIT ${given.limit + 1}`.execute(db)
  const known = new Set(found.rows.map((row) => row.change))
  const householdIds = [...new Set(found.rows.map((row) => row.householdId))]
  return { householdIds, isKnown: found.rows.length <= given.limit && ids.every((id) => known.has(id)) }
}
