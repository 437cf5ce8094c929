import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ClassificationRun, RunTable } from '../../contract.ts'
import type { ClassCounts } from '../../rules/classes/count-classes.ts'
import type { Compared } from '../../rules/classes/compare-held.ts'

const columns = sql`
  run_id AS "runId", kind, state, as_of AS "asOf", households, added, changed, renewed, still, ended, fault, started_name AS "startedName",
  started_at AS "startedAt", finished_at AS "finishedAt", took_ms AS "tookMs", tables`

/** Notes that a run begins. False when another one is under way. */
export async function insertRun(db: Db, ctx: Context, given: { runId: string; kind: 'whole' | 'part'; asOf: string }): Promise<boolean> {
  const added = await sql`
    INSERT INTO cases.classification_run (county_code, run_id, kind, state, as_of, started_by, started_name, started_at)
    VALUES (${ctx.scope.countyCode}, ${given.runId}, ${given.kind}, 'running', ${given.asOf}::date, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})
    ON CONFLICT (county_code) WHERE state = 'running' DO NOTHING`.execute(db)
  return added.numAffectedRows === 1n
}

/** What a run did. */
export interface RunOutcome extends Compared {
  households: number
  ended: number
  registerRevision: number
  counts: Readonly<Record<string, ClassCounts | number>>
  tables: readonly RunTable[]
  tookMs: number
  finishedAt: string
}

/** Ends a run with what it did. */
export async function saveRun(db: Db, ctx: Context, runId: string, outcome: RunOutcome): Promise<void> {
  const { households, added, changed, renewed, still, ended, tookMs } = outcome
  await sql`
    UPDATE cases.classification_run SET state = 'done', finished_at = ${outcome.finishedAt}, register_revision = ${outcome.registerRevision},
      tables = ${JSON.stringify(outcome.tables)}::jsonb, households = ${households}, counts = ${JSON.stringify(outcome.counts)}::jsonb,
      added = ${added}, changed = ${changed}, renewed = ${renewed}, still = ${still}, ended = ${ended}, took_ms = ${Math.round(tookMs)}
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(db)
}

/** Marks a run as failed, with the code of its fault. */
export async function failRun(db: Db, ctx: Context, given: { runId: string; fault: string; finishedAt: string }): Promise<void> {
  await sql`
    UPDATE cases.classification_run SET state = 'failed', fault = ${given.fault}, finished_at = ${given.finishedAt}
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${given.runId} AND state = 'running'`.execute(db)
}

/** The last whole run that ended, and the one that is under way. */
export async function findRuns(db: Db, ctx: Context): Promise<{ last: ClassificationRun | null; running: ClassificationRun | null }> {
  const found = await sql<ClassificationRun>`
    (SELECT ${columns} FROM cases.classification_run WHERE county_code = ${ctx.scope.countyCode} AND kind = 'whole' AND state <> 'running'
     ORDER BY started_at DESC LIMIT 1)
    UNION ALL (SELECT ${columns} FROM cases.classification_run WHERE county_code = ${ctx.scope.countyCode} AND state = 'running')`.execute(
    db,
  )
  return {
    last: found.rows.find((run) => run.state !== 'running') ?? null,
    running: found.rows.find((run) => run.state === 'running') ?? null,
  }
}

/** The newest day for which a classification was kept; what was judged for an earlier one is not kept, because the days after it are. */
export async function newestDay(db: Db, ctx: Context): Promise<string | undefined> {
  const found = await sql<{ asOf: string | null }>`
    SELECT max(as_of) AS "asOf" FROM cases.classification_run WHERE county_code = ${ctx.scope.countyCode} AND state = 'done'`.execute(db)
  return found.rows[0]?.asOf ?? undefined
}
