import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { isId } from '#kernel/pure/ids/index.ts'
import { copyOut, type Db } from '#kernel/server/database/index.ts'
import { tellChanged } from './when-changed.ts'

/** The revision of a county's register; 0 while nothing was ever imported. */
export async function findRevision(db: Db, countyCode: string): Promise<number> {
  const found = await sql<{ revision: bigint }>`
    SELECT revision FROM registry.register_revision WHERE county_code = ${countyCode}`.execute(db)
  return Number(found.rows[0]?.revision ?? 0)
}

/** Raises the revision in the transaction of a change and tells who must note it; `changedBy` is the batch or the correction. Returns the new revision. */
export async function raiseRevision(db: Db, ctx: Context, changedBy: string): Promise<number> {
  const raised = await sql<{ revision: bigint }>`
    INSERT INTO registry.register_revision AS r (county_code, revision, changed_at, changed_by)
    VALUES (${ctx.scope.countyCode}, 1, ${ctx.now}, ${changedBy})
    ON CONFLICT (county_code) DO UPDATE SET revision = r.revision + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING revision`.execute(db)
  await tellChanged(db, ctx, changedBy)
  return Number(raised.rows[0]?.revision ?? 0)
}

/**
 * The next members of today with their household, in the order of their ids; an own telephone equal to the household's is left out.
 * Fields in the order that `readRegister` reads. A bounded part, so that a slow reader does not make one endless statement.
 */
export function copyMembers(db: Db, given: { countyCode: string; after: string; limit: number }): AsyncIterable<Buffer> {
  const { countyCode, after, limit } = given
  if (!/^\d{6}$/.test(countyCode) || !isId(after))
    throw new Error('COPY takes no bind parameter: a county code is six digits, an id a UUID')
  return copyOut(
    db,
    `SELECT p.person_id, p.person_no, p.household_id, h.household_no, p.name, h.household_type, h.monitor_category, p.is_head, p.seq_no,
            p.monthly_income_fen, h.township, h.village, h.group_name, p.area_path,
            encode(p.id_cell, 'hex'), CASE WHEN p.phone_index = h.phone_index THEN NULL ELSE encode(p.phone_cell, 'hex') END,
            encode(h.phone_cell, 'hex'), p.born_on, p.sex
     FROM (SELECT * FROM registry.person
           WHERE county_code = '${countyCode}' AND person_id > '${after}' AND left_on IS NULL ORDER BY person_id LIMIT ${Math.trunc(limit)}) p
     CROSS JOIN LATERAL (SELECT * FROM registry.household l WHERE l.county_code = p.county_code AND l.household_id = p.household_id OFFSET 0) h`,
  )
}
