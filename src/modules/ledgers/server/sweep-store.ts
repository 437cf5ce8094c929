import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Dry runs that nobody applied within so many days, the oldest first; held. By app_system only. */
export async function listForgotten(
  db: Db,
  ctx: Context,
  given: { days: number; most: number },
): Promise<{ importId: string; fileId: string | null; templateKey: string }[]> {
  const found = await sql<{ importId: string; fileId: string | null; templateKey: string }>`
    SELECT i.import_id AS "importId", i.file_id AS "fileId", i.template_key AS "templateKey" FROM ledgers.import i
    WHERE i.county_code = ${ctx.scope.countyCode} AND i.state = 'staged' AND i.made_at < ${ctx.now}::timestamptz - make_interval(days => ${given.days})
    ORDER BY i.made_at LIMIT ${given.most} FOR UPDATE SKIP LOCKED`.execute(db)
  return found.rows
}

/** Deletes waiting rows that belong to no import, and the bad rows of imports that ended so many days ago; those that were changed stay for taking back. */
export async function deleteLeftOver(db: Db, ctx: Context, days: number): Promise<number> {
  const county = ctx.scope.countyCode
  const found = await sql<{ n: number }>`
    WITH waiting AS (SELECT DISTINCT s.import_id FROM ledgers.staged_record s WHERE s.county_code = ${county}),
    gone AS (
      DELETE FROM ledgers.staged_record s USING waiting w LEFT JOIN ledgers.import i ON i.county_code = ${county} AND i.import_id = w.import_id
      WHERE s.county_code = ${county} AND s.import_id = w.import_id
        AND (i.import_id IS NULL
          OR s.outcome = 'bad' AND coalesce(i.undone_at, i.applied_at) < ${ctx.now}::timestamptz - make_interval(days => ${days}))
      RETURNING 1)
    SELECT count(*)::int AS n FROM gone`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Files that were taken away from their records so many days ago and whose bytes are still kept; held. */
export async function listTakenAway(
  db: Db,
  ctx: Context,
  given: { days: number; most: number },
): Promise<{ id: string; fileId: string }[]> {
  const found = await sql<{ id: string; fileId: string }>`
    SELECT f.record_file_id AS id, f.file_id AS "fileId" FROM ledgers.record_file f
    WHERE f.county_code = ${ctx.scope.countyCode} AND f.destroyed_at IS NULL
      AND f.removed_at < ${ctx.now}::timestamptz - make_interval(days => ${given.days})
    ORDER BY f.removed_at LIMIT ${given.most} FOR UPDATE SKIP LOCKED`.execute(db)
  return found.rows
}

/** Notes whose bytes are gone. */
export async function markDestroyed(db: Db, ctx: Context, ids: readonly string[]): Promise<void> {
  await sql`UPDATE ledgers.record_file SET destroyed_at = ${ctx.now} WHERE county_code = ${ctx.scope.countyCode} AND record_file_id = ANY (${[...ids]}::uuid[])`.execute(
    db,
  )
}
