import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../rules/case-records.ts'
import type { ListCases } from '../rules/case-requests.ts'
import { fileColumns } from './case-store.ts'

/** A paper that a step below an area asks for. */
export interface AskedPaper {
  readonly below: string
  readonly step: string
  readonly kind: string
}

/**
 * What a list of cases holds; `heldBy`: only what this office must do; `lateOn`: only those of which a limit ended before this day;
 * `lacking`: only those that lack one of these papers.
 */
export type FilterCases = Omit<ListCases, 'after' | 'limit' | 'mine' | 'overdue' | 'unfiled'> & {
  readonly lacking?: readonly AskedPaper[] | undefined
  readonly heldBy?: string | undefined
  readonly lateOn?: string | undefined
}

function chosen(scope: Scope, filter: FilterCases): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [inScope(scope, 'f')]
  if (filter.area !== undefined) parts.push(sql<boolean>`f.area_path >= ${filter.area} AND f.area_path < ${`${filter.area.slice(0, -1)}/`}`)
  for (const name of ['step', 'state', 'source', 'outcome'] as const) {
    if (filter[name] !== undefined) parts.push(sql<boolean>`${sql.ref(`f.${name}`)} = ${filter[name]}`)
  }
  if (filter.householdId !== undefined) parts.push(sql<boolean>`f.household_id = ${filter.householdId}::uuid`)
  if (filter.heldBy !== undefined) parts.push(sql<boolean>`f.held_by = ${filter.heldBy} AND f.ended_on IS NULL`)
  if (filter.lateOn !== undefined)
    parts.push(sql<boolean>`EXISTS (
      SELECT 1 FROM cases.clock c WHERE c.county_code = f.county_code AND c.case_id = f.case_id
        AND c.state <> 'stopped' AND c.kind <> 'notice' AND c.due_on < ${filter.lateOn}::date)`)
  if (filter.lacking !== undefined) parts.push(lacks(filter.lacking))
  if (filter.open !== undefined) parts.push(filter.open ? sql<boolean>`f.ended_on IS NULL` : sql<boolean>`f.ended_on IS NOT NULL`)
  return sql.join(parts, sql` AND `)
}

/** A paper is on file once a signed page of it came after the procedure was last begun, as a move asks it. */
function lacks(asked: readonly AskedPaper[]): RawBuilder<boolean> {
  return sql<boolean>`(f.ended_on IS NULL AND EXISTS (
    SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a (below text, step text, kind text)
    WHERE a.step = f.step AND starts_with(f.area_path, a.below) AND NOT EXISTS (
      SELECT 1 FROM cases.paper p
      WHERE p.county_code = f.county_code AND p.case_id = f.case_id AND p.round = f.round AND p.step = a.step AND p.kind = a.kind
        AND p.filed_at >= (SELECT max(e.at) FROM cases.case_event e WHERE e.county_code = f.county_code AND e.case_id = f.case_id
          AND e.round = f.round AND e.action IN ('open', 'relapse', 'start-exit')))))`
}

/** The townships with cases that wait for an office, or with any of the scope. */
export async function listCaseTownships(db: Db, search: { scope: Scope; filter: FilterCases }): Promise<string[]> {
  const found = await sql<{ path: string }>`
    SELECT DISTINCT substring(f.area_path FROM '^(([0-9]+[.]){4})') AS path FROM cases.case_file f
    WHERE ${chosen(search.scope, search.filter)} AND f.ended_on IS NULL`.execute(db)
  return found.rows.map(({ path }) => path)
}

/** Cases, those that have waited longest at their step first; `after` is the day and id of the last one before. */
export async function listCaseFiles(
  db: Db,
  search: { scope: Scope; filter: FilterCases },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<CaseFile[]> {
  const [since = '', caseId = ''] = page.after ?? []
  const from = page.after === undefined ? sql<boolean>`true` : sql<boolean>`(f.step_since, f.case_id) > (${since}::date, ${caseId}::uuid)`
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f WHERE ${chosen(search.scope, search.filter)} AND ${from}
    ORDER BY f.step_since, f.case_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** How many stand at each step, of all that the filter finds besides its step. */
export async function countBySteps(db: Db, search: { scope: Scope; filter: FilterCases }): Promise<Record<string, number>> {
  const filter = { ...search.filter, step: undefined }
  const found = await sql<{ step: string; n: number }>`
    SELECT f.step, count(*)::int AS n FROM cases.case_file f WHERE ${chosen(search.scope, filter)} GROUP BY f.step`.execute(db)
  return Object.fromEntries(found.rows.map(({ step, n }) => [step, n]))
}
