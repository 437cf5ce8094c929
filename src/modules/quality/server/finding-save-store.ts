import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { copyInto, type CopyValue, type Db } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { findingRecurred, mostRecurredAtOnce, type Finding, type FindingRecurred } from '../contract.ts'
import { lastSeen } from './finding-store.ts'

/** Who writes when nobody asked: a check closes and opens findings by itself. */
const byCheck = { id: 'system:check', name: '数据检查' } as const

/** What a check looked at: its rules, and of some rules only some households. */
export interface CheckedPart {
  readonly runId: string
  /** Rules that ran; findings of others stay as they are. */
  readonly rules: readonly string[]
  /** Only these households were judged by the rules of `householdRules`; absent: everything was. */
  readonly householdIds?: readonly string[] | undefined
  readonly householdRules?: readonly string[] | undefined
  /** Only these households were judged by the rules of `registerRules`; absent: everything was. */
  readonly registerIds?: ReadonlySet<string> | undefined
  readonly registerRules?: readonly string[] | undefined
}

/** What became of the findings. `found` = `new` + `still` + `back`. */
export interface SavedFindings {
  readonly new: number
  readonly still: number
  readonly gone: number
  readonly back: number
}

const stagedColumns = [
  'county_code',
  'run_id',
  'rule',
  'subject_id',
  'household_id',
  'person_id',
  'area_path',
  'severity',
  'seen',
  'finding_id',
] as const

/** Copies what a check found into the waiting table. Needs a system scope. */
export async function stageFindings(db: Db, ctx: Context, given: { runId: string; findings: readonly Finding[] }): Promise<void> {
  const { runId, findings } = given
  const county = ctx.scope.countyCode
  const rows = findings.map((finding): CopyValue[] => [
    county,
    runId,
    finding.rule,
    finding.subjectId,
    finding.householdId ?? null,
    finding.personId ?? null,
    finding.areaPath,
    finding.severity,
    JSON.stringify(finding.seen),
    makeId(),
  ])
  await copyInto(db, { table: 'quality.staged_finding', columns: stagedColumns }, rows)
}

/**
 * Compares what was staged with what is known: new findings, those seen again, those that came back after they had been fixed, and those
 * that are gone. Empties the waiting table. Needs a system scope and the lock of `lockChecks`.
 */
export async function saveStaged(db: Db, ctx: Context, part: CheckedPart): Promise<SavedFindings> {
  const gone = await closeGone(db, ctx, part)
  const recurred = await reopenBack(db, ctx, part.runId)
  const back = recurred.length
  for (let at = 0; at < back; at += mostRecurredAtOnce)
    await announce(db, ctx, findingRecurred, { runId: part.runId, findings: recurred.slice(at, at + mostRecurredAtOnce) })
  const known = await renewSeen(db, ctx, part)
  const added = await insertNew(db, ctx, part.runId)
  await sql`DELETE FROM quality.staged_finding WHERE county_code = ${ctx.scope.countyCode}`.execute(db)
  return { new: added, still: known - back, gone, back }
}

/** One check of a county at a time writes; to the end of the transaction. */
export async function lockChecks(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtext(${`quality.check ${ctx.scope.countyCode}`}))`.execute(db)
}

/** As `lockChecks`, but does not wait: false while a check writes. */
export async function tryLockChecks(db: Db, ctx: Context): Promise<boolean> {
  const key = `quality.check ${ctx.scope.countyCode}`
  const got = await sql<{ got: boolean }>`SELECT pg_try_advisory_xact_lock(hashtext(${key})) AS got`.execute(db)
  return got.rows[0]?.got === true
}

/** What was staged, one row per rule and subject; a row twice does no harm: whatever is written from it is written once. */
const staged = (ctx: Context, runId: string) => sql`
  (SELECT * FROM quality.staged_finding WHERE county_code = ${ctx.scope.countyCode} AND run_id = ${runId})`

async function closeGone(db: Db, ctx: Context, part: CheckedPart): Promise<number> {
  const county = ctx.scope.countyCode
  const gone = await sql<{ n: bigint }>`
    WITH gone AS (
      UPDATE quality.finding f SET state = 'fixed', fixed_at = ${ctx.now}, last_seen_at = ${lastSeen}, revision = revision + 1
      WHERE f.county_code = ${county} AND f.state <> 'fixed' AND ${wasJudged(part)}
        AND NOT EXISTS (SELECT 1 FROM quality.staged_finding s
          WHERE s.county_code = f.county_code AND s.run_id = ${part.runId} AND s.rule = f.rule AND s.subject_id = f.subject_id)
      RETURNING f.finding_id, f.household_id, f.area_path
    ), told AS (
      INSERT INTO quality.finding_event (county_code, finding_event_id, finding_id, household_id, area_path, kind, by_id, by_name, at)
      SELECT ${county}, gen_random_uuid(), finding_id, household_id, area_path, 'gone', ${byCheck.id}, ${byCheck.name}, ${ctx.now} FROM gone
    ), answered AS (
      UPDATE quality.exception e SET state = 'ended', decided_by = ${byCheck.id}, decided_name = ${byCheck.name}, decided_at = ${ctx.now},
        revision = e.revision + 1
      FROM gone WHERE e.county_code = ${county} AND e.finding_id = gone.finding_id AND e.state = 'asked'
    )
    SELECT count(*) AS n FROM gone`.execute(db)
  return Number(gone.rows[0]?.n ?? 0)
}

/** Whether the check would have seen the finding `f` if it were still there. */
function wasJudged(part: CheckedPart): RawBuilder<boolean> {
  const { rules, householdIds, householdRules = [], registerIds, registerRules = [] } = part
  const ran = sql<boolean>`f.rule = ANY (${[...rules]}::text[])`
  const within = (ofRules: readonly string[], ids: Iterable<string> | undefined) =>
    ids === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(f.rule <> ALL (${[...ofRules]}::text[]) OR f.household_id = ANY (${[...ids]}::uuid[]))`
  return sql<boolean>`(${ran} AND ${within(householdRules, householdIds)} AND ${within(registerRules, registerIds)})`
}

async function reopenBack(db: Db, ctx: Context, runId: string): Promise<FindingRecurred['findings']> {
  const county = ctx.scope.countyCode
  const back = await sql<{ findingId: string; rule: string; householdId: string | null; recurrence: number }>`
    WITH back AS (
      UPDATE quality.finding f SET state = 'open', fixed_at = NULL, recurrence = least(f.recurrence + 1, 32000), seen = s.seen, severity = s.severity,
        household_id = s.household_id, person_id = s.person_id, area_path = s.area_path, last_seen_at = ${ctx.now}, last_run_id = ${runId},
        sent_to = NULL, sent_by = NULL, sent_at = NULL, due_on = NULL, answer = NULL, answer_note = NULL, answered_by = NULL, answered_at = NULL,
        correction_id = NULL, revision = f.revision + 1
      FROM ${staged(ctx, runId)} s
      WHERE f.county_code = ${county} AND f.rule = s.rule AND f.subject_id = s.subject_id AND f.state = 'fixed'
      RETURNING f.finding_id, f.household_id, f.area_path, f.rule, f.recurrence
    ), told AS (
      INSERT INTO quality.finding_event (county_code, finding_event_id, finding_id, household_id, area_path, kind, by_id, by_name, at)
      SELECT ${county}, gen_random_uuid(), finding_id, household_id, area_path, 'back', ${byCheck.id}, ${byCheck.name}, ${ctx.now} FROM back
    )
    SELECT finding_id AS "findingId", rule, household_id AS "householdId", recurrence FROM back ORDER BY area_path, finding_id`.execute(db)
  return back.rows.map(({ householdId, ...one }) => (householdId === null ? one : { ...one, householdId }))
}

/**
 * Writes what changed of the findings that are still there. One that is as it was is not written: an open finding was seen by every check
 * that judged it, so that the checks themselves say when (`listFindings`). Of a part the judged households are noted, because no whole check says so.
 */
async function renewSeen(db: Db, ctx: Context, part: CheckedPart): Promise<number> {
  const { runId, householdIds } = part
  const county = ctx.scope.countyCode
  const judged = householdIds === undefined ? sql`false` : sql`f.household_id = ANY (${[...householdIds]}::uuid[])`
  await sql`
    UPDATE quality.finding f SET seen = s.seen, severity = s.severity, household_id = s.household_id, person_id = s.person_id,
      area_path = s.area_path, last_seen_at = ${ctx.now}, last_run_id = ${runId}
    FROM ${staged(ctx, runId)} s
    WHERE f.county_code = ${county} AND f.rule = s.rule AND f.subject_id = s.subject_id AND f.last_run_id <> ${runId}
      AND (${judged} OR (f.seen, f.severity, f.household_id, f.person_id, f.area_path)
        IS DISTINCT FROM (s.seen, s.severity, s.household_id, s.person_id, s.area_path))`.execute(db)
  const still = await sql<{ n: bigint }>`
    SELECT count(*) AS n FROM quality.finding f WHERE f.county_code = ${county}
      AND EXISTS (SELECT 1 FROM ${staged(ctx, runId)} s WHERE s.rule = f.rule AND s.subject_id = f.subject_id)`.execute(db)
  return Number(still.rows[0]?.n ?? 0)
}

async function insertNew(db: Db, ctx: Context, runId: string): Promise<number> {
  const added = await sql`
    INSERT INTO quality.finding (county_code, finding_id, rule, subject_id, household_id, person_id, area_path, severity, seen,
      first_seen_at, last_seen_at, last_run_id)
    SELECT s.county_code, s.finding_id, s.rule, s.subject_id, s.household_id, s.person_id, s.area_path, s.severity, s.seen,
      ${ctx.now}, ${ctx.now}, ${runId}
    FROM ${staged(ctx, runId)} s
    ON CONFLICT (county_code, rule, subject_id) DO NOTHING`.execute(db)
  return Number(added.numAffectedRows ?? 0)
}
