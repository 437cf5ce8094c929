import { sql } from 'kysely'
import type { Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { PersonPlace } from './find-persons-store.ts'

/** Whom a list means: a name, and what it says besides. `lo`, `hi`: the range of paths of a place. */
export interface AskedName {
  readonly name: string
  readonly lo: string | null
  readonly hi: string | null
  readonly householdNo: string | null
  readonly headName: string | null
  readonly isHead: boolean
}

/** A current member with what tells him from namesakes. */
export interface NamedRow extends PersonPlace {
  asked: number
  personNo: string
  householdNo: string
  headName: string | null
  township: string
  village: string
  group: string | null
  bornOn: string | null
  idCell: Buffer | null
}

/** So many of one name are told apart at most; one more is read. */
export const mostNamesakes = 20

/** Current members of these names in the scope, each question by one walk over the names; `asked` is its place in the list. */
export async function findNamedRows(db: Db, scope: Scope, asked: readonly AskedName[]): Promise<NamedRow[]> {
  const rows = JSON.stringify(asked.map((one, no) => ({ no, ...one })))
  const found = await sql<NamedRow>`
    SELECT w.no AS asked, f.* FROM jsonb_to_recordset(${rows}::jsonb)
      AS w (no int, name text, lo text, hi text, "householdNo" text, "headName" text, "isHead" boolean)
    CROSS JOIN LATERAL (
      SELECT p.person_id AS "personId", p.person_no AS "personNo", p.name, p.household_id AS "householdId", p.area_path AS "areaPath",
             h.household_no AS "householdNo", h.head_name AS "headName", h.township, h.village, h.group_name AS "group", p.born_on AS "bornOn",
             p.id_cell AS "idCell"
      FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
      WHERE ${inScope(scope, 'p')} AND p.name = w.name COLLATE "C" AND p.left_on IS NULL AND (NOT w."isHead" OR p.is_head)
        -- The place is no way in: few have a name, thousands live in a village.
        AND (w.lo IS NULL OR (p.area_path || '' >= w.lo COLLATE "C" AND p.area_path || '' < w.hi COLLATE "C"))
        AND (w."householdNo" IS NULL OR h.household_no = w."householdNo" COLLATE "C")
        AND (w."headName" IS NULL OR h.head_name = w."headName" COLLATE "C")
      ORDER BY p.area_path, p.person_id LIMIT ${mostNamesakes + 1}) f`.execute(db)
  return found.rows
}
