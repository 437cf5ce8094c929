import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyOut, type Db } from '#kernel/server/database/index.ts'

/** The revision of a county's register; 0 while nothing was ever imported. */
export async function findRevision(db: Db, countyCode: string): Promise<number> {
  const found = await sql<{ revision: bigint }>`
    SELECT revision FROM registry.register_revision WHERE county_code = ${countyCode}`.execute(db)
  return Number(found.rows[0]?.revision ?? 0)
}

/** Raises the revision in the transaction of a change; `changedBy` is the batch or the correction. Returns the new revision. */
export async function raiseRevision(db: Db, ctx: Context, changedBy: string): Promise<number> {
  const raised = await sql<{ revision: bigint }>`
    INSERT INTO registry.register_revision AS r (county_code, revision, changed_at, changed_by)
    VALUES (${ctx.scope.countyCode}, 1, ${ctx.now}, ${changedBy})
    ON CONFLICT (county_code) DO UPDATE SET revision = r.revision + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING revision`.execute(db)
  return Number(raised.rows[0]?.revision ?? 0)
}

/** All current members with their household; an own telephone equal to the household's is left out. Fields in the order that `readRegister` reads. */
export function copyRegister(db: Db, countyCode: string): AsyncIterable<Buffer> {
  if (!/^\d{6}$/.test(countyCode)) throw new Error('a county code is six digits') // COPY takes no bind parameter
  return copyOut(
    db,
    `SELECT p.person_id, p.person_no, p.household_id, h.household_no, p.name, h.household_type, h.monitor_category, p.is_head, p.seq_no,
            p.monthly_income_fen, h.township, h.village, h.group_name, p.area_path,
            translate(encode(p.id_cell, 'base64'), E'\\n', ''), CASE WHEN p.phone_index = h.phone_index THEN NULL ELSE translate(encode(p.phone_cell, 'base64'), E'\\n', '') END,
            translate(encode(h.phone_cell, 'base64'), E'\\n', '')
     FROM registry.person p
     JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
     WHERE p.county_code = '${countyCode}' AND p.left_on IS NULL`,
  )
}
