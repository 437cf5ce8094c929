import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

/** Notes, in the transaction of a change of the register, that what it touched must be judged again. */
export async function noteWaiting(db: Db, ctx: Context, changeId: string): Promise<void> {
  await sql`
    INSERT INTO cases.waiting_classification (county_code, waiting_id, change_id, at)
    VALUES (${ctx.scope.countyCode}, ${makeId()}, ${changeId}, ${ctx.now})`.execute(db)
}

/** The changes that wait, oldest first; at most 500. Needs the county's scope. */
export async function listWaiting(db: Db, ctx: Context): Promise<{ waitingId: string; changeId: string }[]> {
  const found = await sql<{ waitingId: string; changeId: string }>`
    SELECT waiting_id AS "waitingId", change_id AS "changeId" FROM cases.waiting_classification
    WHERE county_code = ${ctx.scope.countyCode} ORDER BY waiting_id LIMIT 500`.execute(db)
  return found.rows
}

/** Takes away what has been judged. */
export async function removeWaiting(db: Db, ctx: Context, waitingIds: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM cases.waiting_classification
    WHERE county_code = ${ctx.scope.countyCode} AND waiting_id = ANY (${[...waitingIds]}::uuid[])`.execute(db)
}
