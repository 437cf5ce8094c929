import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { fileColumns } from '../case-store.ts'

/** The last visit of each of some cases that found it worse; visits since `since` only. */
export async function listWorseVisits(db: Db, scope: Scope, caseIds: readonly string[]): Promise<Map<string, string>> {
  const found = await sql<{ caseId: string; finding: string; day: string }>`
    SELECT DISTINCT ON (v.case_id) v.case_id AS "caseId", v.finding, v.visited_on::text AS day FROM cases.case_visit v
    WHERE ${inScope(scope, 'v')} AND v.case_id = ANY (${[...caseIds]}::uuid[])
    ORDER BY v.case_id, v.visited_on DESC, v.case_visit_id DESC`.execute(db)
  return new Map(found.rows.flatMap(({ caseId, finding, day }) => (finding === 'worse' ? [[caseId, day] as const] : [])))
}

/** Reports about some households that are not closed and stand in no case. */
export async function listOpenIntakes(
  db: Db,
  scope: Scope,
  householdIds: readonly string[],
): Promise<{ householdId: string; on: string }[]> {
  const found = await sql<{ householdId: string; on: string }>`
    SELECT i.household_id AS "householdId", i.received_on::text AS "on" FROM cases.intake i
    WHERE ${inScope(scope, 'i')} AND i.household_id = ANY (${[...householdIds]}::uuid[]) AND i.state IN ('matched', 'linked')
    ORDER BY i.received_on DESC`.execute(db)
  return found.rows
}

/** Cases that were eliminated and are followed up, by place; `after` is the place and id of the last one before. */
export async function listEliminated(
  db: Db,
  search: { scope: Scope; area: string | undefined },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<CaseFile[]> {
  const { scope, area } = search
  const [areaPath = '', caseId = ''] = page.after ?? []
  const from = page.after === undefined ? sql<boolean>`true` : sql<boolean>`(f.area_path, f.case_id) > (${areaPath}, ${caseId}::uuid)`
  const under = area === undefined ? sql<boolean>`true` : sql<boolean>`f.area_path >= ${area} AND f.area_path < ${`${area.slice(0, -1)}/`}`
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f
    WHERE ${inScope(scope, 'f')} AND f.step = 'follow-up' AND f.ended_on IS NULL AND ${under} AND ${from}
    ORDER BY f.area_path, f.case_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}
