import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { CheckSummary } from '../contract.ts'
import type { CheckRun } from '../rules/worklist-records.ts'
import type { SavedFindings } from './finding-save-store.ts'

const columns = sql`
  run_id AS "runId", kind, state, as_of AS "asOf", households, persons, found, new, still, gone, back, rules_run AS "rulesRun",
  rules_waiting AS "rulesWaiting", step, fault, started_name AS "startedName", started_at AS "startedAt", finished_at AS "finishedAt"`

/** Notes that a check begins. False when another one of the whole register is under way. */
export async function insertRun(
  db: Db,
  ctx: Context,
  given: { runId: string; kind: CheckRun['kind']; asOf: string; rulesVersion: string },
): Promise<boolean> {
  // A check of a part is written whole in its own transaction: nobody sees it run.
  const [state, finishedAt] = given.kind === 'part' ? ['done', ctx.now] : ['running', null]
  const added = await sql`
    INSERT INTO quality.check_run (county_code, run_id, kind, state, as_of, rules_version, started_by, started_name, started_at, finished_at)
    VALUES (${ctx.scope.countyCode}, ${given.runId}, ${given.kind}, ${state}, ${given.asOf}, ${given.rulesVersion}, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now}, ${finishedAt})
    ON CONFLICT (county_code) WHERE state = 'running' DO NOTHING`.execute(db)
  return added.numAffectedRows === 1n
}

/** How far a check has come. */
export async function noteStep(db: Db, ctx: Context, given: { runId: string; step: CheckRun['step']; persons?: number }): Promise<void> {
  await sql`
    UPDATE quality.check_run SET step = ${given.step}, persons = coalesce(${given.persons ?? null}::integer, persons)
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${given.runId}`.execute(db)
}

/** Ends a check with what it did. */
export async function saveRun(
  db: Db,
  ctx: Context,
  given: { runId: string; summary: CheckSummary; saved: SavedFindings; finishedAt: string },
): Promise<void> {
  const { runId, summary, saved, finishedAt } = given
  await sql`
    UPDATE quality.check_run SET state = 'done', step = 'done', finished_at = ${finishedAt}, register_revision = ${summary.registerRevision},
      households = ${summary.households}, persons = ${summary.persons}, found = ${saved.new + saved.still + saved.back}, new = ${saved.new},
      still = ${saved.still}, gone = ${saved.gone}, back = ${saved.back}, rules_run = ${Object.keys(summary.ran).length},
      rules_waiting = ${JSON.stringify(summary.notRun)}::jsonb
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId}`.execute(db)
}

/** Marks a check as failed, with the code of its fault. */
export async function failRun(db: Db, ctx: Context, given: { runId: string; fault: string; finishedAt: string }): Promise<void> {
  await sql`
    UPDATE quality.check_run SET state = 'failed', fault = ${given.fault}, finished_at = ${given.finishedAt}
    WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${given.runId} AND state = 'running'`.execute(db)
}

/** The last check of the whole register that ended, and the one that runs now. */
export async function findRuns(
  db: Db,
  scope: Scope,
): Promise<{ last: CheckRun | null; running: CheckRun | null; lastPart: string | null }> {
  const found = await sql<CheckRun>`
    (SELECT ${columns} FROM quality.check_run WHERE county_code = ${scope.countyCode} AND kind = 'whole' AND state <> 'running'
     ORDER BY started_at DESC LIMIT 1)
    UNION ALL (SELECT ${columns} FROM quality.check_run WHERE county_code = ${scope.countyCode} AND state = 'running')
    UNION ALL (SELECT ${columns} FROM quality.check_run WHERE county_code = ${scope.countyCode} AND kind = 'part'
     ORDER BY started_at DESC LIMIT 1)`.execute(db)
  const whole = found.rows.filter((run) => run.kind === 'whole')
  return {
    last: whole.find((run) => run.state !== 'running') ?? null,
    running: whole.find((run) => run.state === 'running') ?? null,
    lastPart: found.rows.find((run) => run.kind === 'part')?.finishedAt ?? null,
  }
}
