import { sql, type RawBuilder } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { withoutResult, type FilterClassification } from '../../contract.ts'
import type { ClassName } from '../../rules/classes/class-names.ts'
import type { ClassificationTable, TracedTable } from './tables.ts'

const columns = sql`
  c.household_id AS "householdId", c.area_path AS "areaPath", c.valid_from AS "validFrom", c.valid_to AS "validTo", c.layer,
  c.labour_class AS "labourClass", c.kind, c.card, c.advice, c.alert, c.in_export AS "inExport", c.missing`

const words = { layer: 'layer', labourClass: 'labour_class', kind: 'kind', card: 'card', advice: 'advice', alert: 'alert' } as const

/** What held on a day; today's without one. */
function heldOn(asOf: string | undefined): RawBuilder<boolean> {
  if (asOf === undefined) return sql<boolean>`c.valid_to IS NULL`
  return sql<boolean>`c.valid_from <= ${asOf}::date AND (c.valid_to IS NULL OR c.valid_to > ${asOf}::date)`
}

function chosen(scope: Scope, filter: FilterClassification): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [inScope(scope, 'c'), heldOn(filter.asOf)]
  if (filter.area !== undefined) parts.push(sql<boolean>`c.area_path >= ${filter.area} AND c.area_path < ${`${filter.area.slice(0, -1)}/`}`)
  for (const name of ['layer', 'labourClass', 'kind', 'card', 'advice', 'alert'] as const) {
    const wanted = filter[name]
    if (wanted === undefined) continue
    const column = sql.ref(`c.${words[name]}`)
    parts.push(wanted === withoutResult ? sql<boolean>`${column} IS NULL` : sql<boolean>`${column} = ${wanted}`)
  }
  if (filter.inExport !== undefined) parts.push(sql<boolean>`c.in_export = ${filter.inExport}`)
  if (filter.runId !== undefined) parts.push(sql<boolean>`c.run_id = ${filter.runId}::uuid`)
  return sql.join(parts, sql` AND `)
}

/** Households by place; `after` is the place and id of the last one before. */
export async function listClassification(
  db: Db,
  search: { scope: Scope; filter: FilterClassification },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<ClassificationTable[]> {
  const [areaPath = '', householdId = ''] = page.after ?? []
  const from =
    page.after === undefined ? sql<boolean>`true` : sql<boolean>`(c.area_path, c.household_id) > (${areaPath}, ${householdId}::uuid)`
  const found = await sql<ClassificationTable>`
    SELECT ${columns} FROM cases.classification c WHERE ${chosen(search.scope, search.filter)} AND ${from}
    ORDER BY c.area_path, c.household_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** How many the filter finds. */
export async function countClassification(db: Db, search: { scope: Scope; filter: FilterClassification }): Promise<number> {
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM cases.classification c WHERE ${chosen(search.scope, search.filter)}`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** The values of a column that households have today. */
export async function listClassValues(db: Db, scope: Scope, name: ClassName): Promise<string[]> {
  const column = sql.ref(`c.${words[name]}`)
  const found = await sql<{ value: string }>`
    SELECT DISTINCT ${column} AS value FROM cases.classification c WHERE ${inScope(scope, 'c')} AND c.valid_to IS NULL AND ${column} IS NOT NULL
    ORDER BY 1`.execute(db)
  return found.rows.map(({ value }) => value)
}

/** Households that have one of the values today. */
export async function listHouseholdsOfClass(
  db: Db,
  scope: Scope,
  given: { name: ClassName; values: readonly string[] },
): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT c.household_id AS id FROM cases.classification c
    WHERE ${inScope(scope, 'c')} AND c.valid_to IS NULL AND ${sql.ref(`c.${words[given.name]}`)} = ANY (${[...given.values]}::text[])`.execute(
    db,
  )
  return found.rows.map(({ id }) => id)
}

/** Households of one place with the same results. */
export interface ClassGroup {
  place: string
  layer: string
  labourClass: string
  kind: string
  card: string
  alert: string
  inExport: boolean
  count: number
}

/** Counts by place (`depth` segments of the path) and result, within the scope. */
export async function countGroups(
  db: Db,
  given: { scope: Scope; asOf: string | undefined; under: string | undefined; depth: number },
): Promise<ClassGroup[]> {
  const { scope, asOf, under, depth } = given
  const filter: FilterClassification = { ...(asOf === undefined ? {} : { asOf }), ...(under === undefined ? {} : { area: under }) }
  // Places are cut once for each area, not once for each household.
  const found = await sql<ClassGroup>`
    SELECT substring(area_path FROM ${`^(?:[0-9]+\\.){1,${depth}}`}) AS place, layer, labour_class AS "labourClass", kind,
      card, alert, in_export AS "inExport", sum(n)::int AS count
    FROM (SELECT c.area_path, coalesce(c.layer, '') AS layer, coalesce(c.labour_class, '') AS labour_class, coalesce(c.kind, '') AS kind,
            coalesce(c.card, '') AS card, coalesce(c.alert, '') AS alert, c.in_export, count(*) AS n
          FROM cases.classification c WHERE ${chosen(scope, filter)} GROUP BY 1, 2, 3, 4, 5, 6, 7) counted
    GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1`.execute(db)
  return found.rows
}

/** Everything that a household has been, the newest first, with what it stands on. */
export async function findStretches(db: Db, scope: Scope, householdId: string): Promise<TracedTable[]> {
  const found = await sql<TracedTable>`
    SELECT ${columns}, c.rule_rows AS "ruleRows", c.facts, c.facts_hash AS "factsHash", b.fact_names AS "factNames", b.tables
    FROM cases.classification c JOIN cases.classification_basis b ON b.county_code = c.county_code AND b.basis = c.basis
    WHERE ${inScope(scope, 'c')} AND c.household_id = ${householdId}::uuid AND (c.valid_to IS NULL OR c.valid_to > c.valid_from)
    ORDER BY c.valid_from DESC LIMIT 200`.execute(db)
  return found.rows
}
