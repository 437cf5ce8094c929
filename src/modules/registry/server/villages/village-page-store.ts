import { sql } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { VillageRow } from '../tables.ts'

/** A household of a village, as far as it is counted. */
export interface VillageHousehold {
  household_id: string
  household_type: string | null
  monitor_category: string | null
  group_name: string | null
  registered: boolean
  exit_status: 'exited' | 'not-exited' | null
}

const within = (column: 'h.area_path' | 'p.area_path', path: string) =>
  sql`${sql.ref(column)} >= ${path} AND ${sql.ref(column)} < ${endOfRange(path)}`

/** The households of a village. They and their members are read by one range each and put together by the caller: a join under row security walks badly. */
export async function listVillageHouseholds(db: Db, scope: Scope, path: string): Promise<VillageHousehold[]> {
  const found = await sql<VillageHousehold>`
    SELECT h.household_id, h.household_type, h.monitor_category, h.group_name, h.registered, h.exit_status FROM registry.household h
    WHERE ${inScope(scope, 'h')} AND h.closed_on IS NULL AND ${within('h.area_path', path)}`.execute(db)
  return found.rows
}

/** The members of today of a village's households, by household and labour skill. */
export async function countVillageMembers(
  db: Db,
  scope: Scope,
  path: string,
): Promise<{ household_id: string; labour_skill: string | null; persons: number }[]> {
  const found = await sql<{ household_id: string; labour_skill: string | null; persons: number }>`
    SELECT p.household_id, p.labour_skill, count(*)::int AS persons FROM registry.person p
    WHERE ${inScope(scope, 'p')} AND p.left_on IS NULL AND ${within('p.area_path', path)} GROUP BY 1, 2`.execute(db)
  return found.rows
}

/** Tags of today of the households of a village. */
export async function countVillageTags(
  db: Db,
  scope: Scope,
  householdIds: readonly string[],
): Promise<{ tag: string; households: number }[]> {
  const found = await sql<{ tag: string; households: number }>`
    SELECT t.tag, count(*)::int AS households FROM registry.household_tag t
    WHERE ${inScope(scope, 't')} AND t.valid_to IS NULL AND t.household_id = ANY (${[...householdIds]}::uuid[])
    GROUP BY 1 ORDER BY 2 DESC, 1`.execute(db)
  return found.rows
}

/** What the export of villages states of one. */
export async function findVillageRow(db: Db, scope: Scope, path: string): Promise<VillageRow | undefined> {
  const found = await sql<VillageRow>`SELECT v.* FROM registry.village v WHERE ${inScope(scope, 'v')} AND v.area_path = ${path}`.execute(db)
  return found.rows[0]
}
