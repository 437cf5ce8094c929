import { sql } from 'kysely'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { VillageKind } from '../contract.ts'

export interface VillageKindRow {
  village_kind_id: string
  area_path: string
  kind: VillageKind
  valid_from: string
  valid_to: string | null
  source: string
  /** Why it ended: document, notice, or the kind that took its place. */
  end_source: string | null
}
export interface VillageCountRow {
  area_path: string
  households: number
  persons: number
  registered_persons: number
  not_exited_persons: number
}

const columns = sql.raw('k.village_kind_id, k.area_path, k.kind, k.valid_from, k.valid_to, k.source, k.end_source')

/** Kinds of villages over time, those of today first. */
export async function listKindRows(db: Db, countyCode: string, areaPaths: readonly string[]): Promise<VillageKindRow[]> {
  const found = await sql<VillageKindRow>`
    SELECT ${columns} FROM registry.village_kind k
    WHERE k.county_code = ${countyCode} AND k.area_path = ANY (${[...areaPaths]})
    ORDER BY k.area_path, (k.valid_to IS NOT NULL), k.valid_from DESC, k.kind`.execute(db)
  return found.rows
}

/** Paths of the villages that are of a kind today. */
export async function listPathsOfKind(db: Db, countyCode: string, kind: VillageKind): Promise<string[]> {
  const found = await sql<{ area_path: string }>`
    SELECT k.area_path FROM registry.village_kind k WHERE k.county_code = ${countyCode} AND k.kind = ${kind} AND k.valid_to IS NULL`.execute(
    db,
  )
  return found.rows.map((row) => row.area_path)
}

/** Households and persons of villages, counted from who lives there today. */
export async function countVillages(db: Db, countyCode: string, areaPaths: readonly string[]): Promise<VillageCountRow[]> {
  const ranges = areaPaths.map((path) => ({ path, next: endOfRange(path) }))
  const found = await sql<VillageCountRow>`
    SELECT v.path AS area_path, c.households, c.persons, c.registered_persons, c.not_exited_persons
    FROM jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb) AS v (path text, next text)
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT h.household_id)::int AS households, count(p.person_id)::int AS persons,
             count(p.person_id) FILTER (WHERE h.registered)::int AS registered_persons,
             count(p.person_id) FILTER (WHERE h.registered AND h.exit_status = 'not-exited')::int AS not_exited_persons
      FROM registry.household h
      LEFT JOIN registry.person p ON p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL
      WHERE h.county_code = ${countyCode} AND h.closed_on IS NULL AND h.area_path >= v.path COLLATE "C" AND h.area_path < v.next COLLATE "C") c`.execute(
    db,
  )
  return found.rows
}

/** Gives a village a kind from a day on; `undefined` when it is of that kind today already. `changeId` names the act. */
export async function insertKind(
  db: Db,
  ctx: Context,
  given: { villageKindId: string; changeId: string; areaPath: string; kind: VillageKind; validFrom: string; source: string },
): Promise<VillageKindRow | undefined> {
  const found = await sql<VillageKindRow>`
    INSERT INTO registry.village_kind AS k (county_code, village_kind_id, area_path, kind, valid_from, source, created_by, touched_by)
    VALUES (${ctx.scope.countyCode}, ${given.villageKindId}, ${given.areaPath}, ${given.kind}, ${given.validFrom}, ${given.source}, ${given.changeId}, ${given.changeId})
    ON CONFLICT (county_code, area_path, kind) WHERE valid_to IS NULL DO NOTHING RETURNING ${columns}`.execute(db)
  return found.rows[0]
}

/** Ends kinds of a village on a day, with the source that says so; a kind that began later ends on its first day. Returns those that ended. */
export async function endKinds(
  db: Db,
  ctx: Context,
  given: { areaPath: string; kinds: readonly VillageKind[]; changeId: string; validTo: string; source: string },
): Promise<VillageKindRow[]> {
  const found = await sql<VillageKindRow>`
    UPDATE registry.village_kind AS k SET valid_to = greatest(k.valid_from, ${given.validTo}::date), end_source = ${given.source}, touched_by = ${given.changeId}
    WHERE k.county_code = ${ctx.scope.countyCode} AND k.area_path = ${given.areaPath} AND k.kind = ANY (${[...given.kinds]}) AND k.valid_to IS NULL
    RETURNING ${columns}`.execute(db)
  return found.rows
}

/** A kind that holds today, by its id. */
export async function findKindRow(db: Db, countyCode: string, villageKindId: string): Promise<VillageKindRow | undefined> {
  const found = await sql<VillageKindRow>`
    SELECT ${columns} FROM registry.village_kind k
    WHERE k.county_code = ${countyCode} AND k.village_kind_id = ${villageKindId}::uuid AND k.valid_to IS NULL`.execute(db)
  return found.rows[0]
}
