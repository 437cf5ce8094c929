import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '../caller/index.ts'

/**
 * The first lock: the rows of `alias` that lie within the caller's scope, as a condition of the store's own query. Row security holds the
 * same a second time (trust.md §2.2, §2.3). The table has `county_code`, `area_path` and, for a helper's scope, `household_id`.
 */
export function inScope(scope: Scope, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const county = sql<boolean>`${column('county_code')} = ${scope.countyCode}`
  if (scope.kind === 'area')
    return sql<boolean>`${county} AND ${column('area_path')} >= ${scope.lo} AND ${column('area_path')} < ${scope.hi}`
  if (scope.kind === 'households') return sql<boolean>`${county} AND ${column('household_id')} = ANY (${[...scope.householdIds]}::uuid[])`
  return county
}
