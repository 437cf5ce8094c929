import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { findUserNames } from '#modules/identity/server/index.ts'

interface TouchRow {
  household_id: string
  /** Who handed in a later file, and that file. */
  importer: string | null
  file_name: string | null
  /** Who found or applied a correction. */
  corrector: string | null
}

const isUserId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** Who changed households since a batch was applied: by a later file, or by a correction. A household that nobody touched is not in it. */
export async function findTouchers(
  db: Db,
  ctx: Context,
  given: { batchId: string; householdIds: readonly string[] },
): Promise<ReadonlyMap<string, string[]>> {
  if (given.householdIds.length === 0) return new Map()
  const rows = await listTouches(db, ctx, given)
  const ids = [...new Set(rows.flatMap(({ corrector }) => (corrector !== null && isUserId.test(corrector) ? [corrector] : [])))]
  const names = new Map((await findUserNames({ ...ctx, db }, ids)).map(({ userId, name }) => [String(userId), name]))
  const found = new Map<string, string[]>()
  for (const row of rows) {
    const who = row.importer === null ? names.get(row.corrector ?? '') : `${row.importer}（${row.file_name ?? ''}）`
    if (who === undefined) continue
    const known = found.get(row.household_id) ?? []
    if (!known.includes(who)) found.set(row.household_id, [...known, who])
  }
  return found
}

async function listTouches(
  db: Db,
  ctx: Context,
  { batchId, householdIds }: { batchId: string; householdIds: readonly string[] },
): Promise<TouchRow[]> {
  const county = ctx.scope.countyCode
  const ids = sql`ANY (${[...householdIds]}::uuid[])`
  const found = await sql<TouchRow>`
    WITH mine AS (SELECT applied_at FROM registry.import_batch WHERE county_code = ${county} AND batch_id = ${batchId}::uuid),
    touched AS (
      SELECT household_id, touched_by FROM registry.household WHERE county_code = ${county} AND household_id = ${ids}
      UNION SELECT household_id, touched_by FROM registry.person WHERE county_code = ${county} AND household_id = ${ids})
    SELECT t.household_id, b.created_name AS importer, b.file_name, NULL AS corrector
    FROM touched t JOIN registry.import_batch b ON b.county_code = ${county} AND b.batch_id = t.touched_by
    WHERE b.batch_id <> ${batchId}::uuid AND b.applied_at > (SELECT applied_at FROM mine)
    UNION ALL
    SELECT c.household_id, NULL, NULL, coalesce(c.applied_by, c.found_by)
    FROM registry.correction c
    WHERE c.county_code = ${county} AND c.household_id = ${ids}
      AND coalesce(c.applied_on, c.found_on) >= (SELECT (applied_at AT TIME ZONE 'Asia/Shanghai')::date FROM mine)`.execute(db)
  return found.rows
}
