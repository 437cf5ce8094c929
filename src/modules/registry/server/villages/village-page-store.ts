import { sql } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { VillageRow } from '../tables.ts'

/** Households and members of a village by what is asked; `part` says by what. */
export interface PartCount {
  part: 'type' | 'category' | 'group' | 'labour' | 'all'
  key: string | null
  households: number
  persons: number
  registered_persons: number
  not_exited_persons: number
}

/** A village counted in one walk over its people: as a whole, by type of household, category, group and labour skill. */
export async function countVillageParts(db: Db, scope: Scope, path: string): Promise<PartCount[]> {
  const found = await sql<PartCount>`
    WITH home AS MATERIALIZED (
      SELECT h.household_id, h.household_type, h.monitor_category, h.group_name, h.registered, h.exit_status,
             p.person_id, p.labour_skill
      FROM registry.household h
      LEFT JOIN registry.person p ON p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL
      WHERE ${inScope(scope, 'h')} AND h.closed_on IS NULL AND h.area_path >= ${path} AND h.area_path < ${endOfRange(path)})
    SELECT CASE WHEN GROUPING(household_type) = 0 THEN 'type' WHEN GROUPING(monitor_category) = 0 THEN 'category'
                WHEN GROUPING(group_name) = 0 THEN 'group' WHEN GROUPING(labour_skill) = 0 THEN 'labour' ELSE 'all' END AS part,
           coalesce(household_type, monitor_category, group_name, labour_skill) AS key,
           count(DISTINCT household_id)::int AS households, count(person_id)::int AS persons,
           (count(person_id) FILTER (WHERE registered))::int AS registered_persons,
           (count(person_id) FILTER (WHERE registered AND exit_status = 'not-exited'))::int AS not_exited_persons
    FROM home GROUP BY GROUPING SETS ((household_type), (monitor_category), (group_name), (labour_skill), ())`.execute(db)
  return found.rows
}

/** Tags of today of the households of a village. */
export async function countVillageTags(db: Db, scope: Scope, path: string): Promise<{ tag: string; households: number }[]> {
  const found = await sql<{ tag: string; households: number }>`
    SELECT t.tag, count(*)::int AS households FROM registry.household h
    JOIN registry.household_tag t ON t.county_code = h.county_code AND t.household_id = h.household_id AND t.valid_to IS NULL
    WHERE ${inScope(scope, 'h')} AND h.closed_on IS NULL AND h.area_path >= ${path} AND h.area_path < ${endOfRange(path)}
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(db)
  return found.rows
}

/** What the export of villages states of one. */
export async function findVillageRow(db: Db, scope: Scope, path: string): Promise<VillageRow | undefined> {
  const found = await sql<VillageRow>`SELECT v.* FROM registry.village v WHERE ${inScope(scope, 'v')} AND v.area_path = ${path}`.execute(db)
  return found.rows[0]
}
