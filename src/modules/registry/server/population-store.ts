import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'

/** Who is meant: households that pass all that is said, in any of the areas, with any of the types and tags; and those with these numbers. */
export interface PopulationQuery {
  readonly areas: readonly string[]
  readonly types: readonly string[]
  readonly registered: boolean | undefined
  readonly monitored: boolean | undefined
  readonly tags: readonly string[]
  /** Added whatever the rest says; alone, where nothing else is said and `onlyNumbers` holds. */
  readonly householdNos: readonly string[]
  readonly onlyNumbers: boolean
}

/** A household of a population, as it is on that day. */
export interface PopulationRow {
  readonly householdId: string
  readonly householdNo: string
  readonly areaPath: string
  readonly township: string
  readonly village: string
  readonly headName: string
  /** Members of today. */
  readonly persons: number
}

/** Households within the scope behind a query, each once, in the order of area and number; closed ones are left out. For campaigns that freeze them. */
export async function listPopulation(db: Db, scope: Scope, query: PopulationQuery): Promise<PopulationRow[]> {
  const found = await sql<PopulationRow>`
    SELECT h.household_id AS "householdId", h.household_no AS "householdNo", h.area_path AS "areaPath", h.township, h.village,
      coalesce(h.head_name, '') AS "headName", coalesce(m.persons, 0)::int AS persons
    FROM registry.household h
    LEFT JOIN (SELECT p.household_id, count(*) AS persons FROM registry.person p
      WHERE p.county_code = ${scope.countyCode} AND p.left_on IS NULL GROUP BY p.household_id) m ON m.household_id = h.household_id
    WHERE ${inScope(scope, 'h')} AND h.closed_on IS NULL AND (${chosen(query)})
    ORDER BY h.area_path, h.household_no`.execute(db)
  return found.rows
}

function chosen(query: PopulationQuery): RawBuilder<unknown> {
  const { areas, types, registered, monitored, tags, householdNos, onlyNumbers } = query
  const parts: RawBuilder<unknown>[] = [sql`true`]
  if (areas.length > 0)
    parts.push(
      sql`(${sql.join(
        areas.map((path) => sql`(h.area_path >= ${path} AND h.area_path < ${endOfRange(path)})`),
        sql` OR `,
      )})`,
    )
  if (types.length > 0) parts.push(sql`h.household_type = ANY (${[...types]}::text[])`)
  if (registered !== undefined) parts.push(sql`h.registered = ${registered}`)
  if (monitored !== undefined) parts.push(sql`(h.monitor_category IS NOT NULL) = ${monitored}`)
  if (tags.length > 0) {
    parts.push(sql`EXISTS (SELECT 1 FROM registry.household_tag t WHERE t.county_code = h.county_code AND t.household_id = h.household_id
      AND t.tag = ANY (${[...tags]}::text[]) AND t.valid_to IS NULL)`)
  }
  const behind = onlyNumbers ? sql`false` : sql.join(parts, sql` AND `)
  return sql`(${behind}) OR h.household_no = ANY (${[...householdNos]}::text[])`
}
