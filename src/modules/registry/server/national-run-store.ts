import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'

export interface NationalRunRow {
  run_id: string
  state: 'running' | 'done' | 'failed'
  households: number
  found: number
  revision: bigint | null
  exports: Record<string, string>
  started_name: string
  started_at: string
}

/** Notes a comparison that begins; `false` when one is running. */
export async function insertRun(db: Db, ctx: Context, runId: string): Promise<boolean> {
  const made = await sql`
    INSERT INTO registry.national_run (county_code, run_id, state, started_by, started_name, started_at)
    VALUES (${ctx.scope.countyCode}, ${runId}, 'running', ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT (county_code) WHERE state = 'running' DO NOTHING RETURNING run_id`.execute(db)
  return made.rows.length === 1
}

/** The latest comparison, `undefined` before the first. */
export async function findLatestRun(db: Db, countyCode: string): Promise<NationalRunRow | undefined> {
  const found = await sql<NationalRunRow>`
    SELECT * FROM registry.national_run WHERE county_code = ${countyCode} ORDER BY started_at DESC LIMIT 1`.execute(db)
  return found.rows[0]
}

/** Changes of a running comparison: how far it is, or that it has ended. */
export interface RunPatch {
  households: number
  found: number
  revision?: number
  exports?: Record<string, string>
  ended?: { state: 'done' | 'failed'; at: string; error?: string }
}

export async function updateRun(db: Db, countyCode: string, given: { runId: string } & RunPatch): Promise<void> {
  const { ended } = given
  await sql`
    UPDATE registry.national_run SET households = ${given.households}, found = ${given.found},
      revision = coalesce(${given.revision ?? null}::bigint, revision),
      exports = coalesce(${given.exports === undefined ? null : JSON.stringify(given.exports)}::jsonb, exports),
      state = ${ended?.state ?? 'running'}, finished_at = ${ended?.at ?? null}::timestamptz, error = ${ended?.error ?? null}
    WHERE county_code = ${countyCode} AND run_id = ${given.runId}::uuid AND state = 'running'`.execute(db)
}
