import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { FilterHouseholds } from '../contract.ts'
import type { HouseholdCard, HouseholdCounts } from '../rules/register-records.ts'

/** A card as the query gives it. */
export interface CardRow {
  household_id: string
  household_no: string
  head_name: string | null
  township: string
  village: string
  group_name: string | null
  area_path: string
  household_type: string | null
  monitor_category: string | null
  exit_status: 'exited' | 'not-exited' | null
  member_count: number
  tags: string[]
}

/** The columns of a card, for queries over `registry.household h`. */
export const cardColumns = sql.raw(`
  h.household_id, h.household_no, h.head_name, h.township, h.village, h.group_name, h.area_path, h.household_type, h.monitor_category, h.exit_status,
  (SELECT count(*)::int FROM registry.person m
    WHERE m.county_code = h.county_code AND m.household_id = h.household_id AND m.left_on IS NULL) AS member_count,
  ARRAY(SELECT t.tag FROM registry.household_tag t
    WHERE t.county_code = h.county_code AND t.household_id = h.household_id AND t.valid_to IS NULL ORDER BY t.tag) AS tags`)

/** A card from its row. */
export function toCard(row: CardRow): HouseholdCard {
  return {
    householdId: row.household_id,
    householdNo: row.household_no,
    headName: row.head_name ?? undefined,
    township: row.township,
    village: row.village,
    group: row.group_name ?? undefined,
    areaPath: row.area_path,
    type: row.household_type ?? undefined,
    monitorCategory: row.monitor_category ?? undefined,
    exitStatus: row.exit_status ?? undefined,
    memberCount: row.member_count,
  }
}

/** Households within the scope that pass the filters. */
export function filtered(scope: Scope, filters: FilterHouseholds): RawBuilder<boolean> {
  const parts = [inScope(scope, 'h'), sql<boolean>`h.closed_on IS NULL`]
  const { under, type, monitored, tag, missing } = filters
  if (under !== undefined) parts.push(sql<boolean>`h.area_path >= ${under} AND h.area_path < ${endOfRange(under)}`)
  if (type === 'unknown') parts.push(sql<boolean>`h.household_type IS NULL`)
  else if (type !== undefined) parts.push(sql<boolean>`h.household_type = ${type}`)
  if (monitored === 'any') parts.push(sql<boolean>`h.monitor_category IS NOT NULL`)
  else if (monitored !== undefined) parts.push(sql<boolean>`h.monitor_category = ${monitored}`)
  if (tag !== undefined) {
    parts.push(sql<boolean>`EXISTS (SELECT 1 FROM registry.household_tag t
      WHERE t.county_code = h.county_code AND t.tag = ${tag} AND t.household_id = h.household_id AND t.valid_to IS NULL)`)
  }
  if (missing !== undefined) parts.push(sql<boolean>`h.household_id IN (${undecidedHouseholds(scope.countyCode)})`)
  return sql.join(parts, sql` AND `)
}

/** Households of persons, and households, that the latest applied file of a kind does not hold and about which nobody has decided. */
function undecidedHouseholds(countyCode: string): RawBuilder<unknown> {
  return sql`
    SELECT coalesce(p.household_id, d.row_id) FROM registry.import_difference d
    JOIN registry.import_batch b ON b.county_code = d.county_code AND b.batch_id = d.batch_id AND b.state = 'applied'
    LEFT JOIN registry.person p ON p.county_code = d.county_code AND p.person_id = d.row_id AND d.entity = 'person' AND p.left_on IS NULL
    WHERE d.county_code = ${countyCode} AND d.status = 'missing' AND d.decision IS NULL AND (p.person_id IS NOT NULL OR d.entity = 'household')
      AND NOT EXISTS (SELECT 1 FROM registry.import_batch newer
        WHERE newer.county_code = b.county_code AND newer.kind = b.kind AND newer.state = 'applied' AND newer.applied_at > b.applied_at)`
}

/** One page of households in the order of area and household number, after the last one seen. One row more than `limit` when there is more. */
export async function listHouseholdRows(
  db: Db,
  given: { scope: Scope; filters: FilterHouseholds; after: readonly (string | number)[] | undefined; limit: number },
): Promise<CardRow[]> {
  const { after } = given
  const seen = after === undefined ? sql`true` : sql`(h.area_path, h.household_no) > (${after[0]}, ${after[1]})`
  const found = await sql<CardRow>`
    SELECT ${cardColumns} FROM registry.household h
    WHERE ${filtered(given.scope, given.filters)} AND ${seen}
    ORDER BY h.area_path, h.household_no LIMIT ${given.limit + 1}`.execute(db)
  return found.rows
}

/** Households behind the filters, by type, and how many of them are monitored. */
export async function countHouseholds(db: Db, scope: Scope, filters: FilterHouseholds): Promise<HouseholdCounts> {
  const found = await sql<{ household_type: string | null; households: bigint; monitored: bigint }>`
    SELECT h.household_type, count(*) AS households, count(h.monitor_category) AS monitored
    FROM registry.household h WHERE ${filtered(scope, filters)}
    GROUP BY h.household_type ORDER BY count(*) DESC, h.household_type`.execute(db)
  const sum = (of: 'households' | 'monitored') => found.rows.reduce((total, row) => total + Number(row[of]), 0)
  return {
    households: sum('households'),
    monitored: sum('monitored'),
    byType: found.rows.map((row) => ({ type: row.household_type ?? undefined, households: Number(row.households) })),
  }
}

/** Cards of the given households that lie within the scope, in the order of area and number. */
export async function findCardRows(db: Db, scope: Scope, householdIds: readonly string[]): Promise<CardRow[]> {
  const found = await sql<CardRow>`
    SELECT ${cardColumns} FROM registry.household h
    WHERE ${inScope(scope, 'h')} AND h.household_id = ANY (${[...householdIds]}::uuid[])
    ORDER BY h.area_path, h.household_no`.execute(db)
  return found.rows
}
