import { sql, type RawBuilder } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { HeldPause, KeptClock } from '../../rules/clocks/clock-change.ts'
import { fileColumns } from '../case-store.ts'

/** A clock with its pauses, from `cases.clock k`. */
export const clockColumns: RawBuilder<unknown> = sql`
  k.clock_id AS "clockId", k.case_id AS "caseId", k.household_id AS "householdId", k.area_path AS "areaPath", k.round, k.kind, k.step,
  k.limit_kind AS "limit", k.party, k.held_by AS "heldBy", k.days, k.calendar, k.started_on AS "startedOn", k.state, k.stopped_on AS "stoppedOn",
  k.stopped_by AS "stoppedBy", k.took_days AS "tookDays", k.mark_50_on AS "mark50On", k.mark_75_on AS "mark75On", k.due_on AS "dueOn",
  k.unknown_year AS "unknownYear", k.calendar_revision AS "calendarRevision", coalesce(held.pauses, '[]'::jsonb) AS pauses`

export const withPauses: RawBuilder<unknown> = sql`
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('pauseId', p.clock_pause_id, 'reason', p.reason, 'pausedOn', p.paused_on, 'resumedOn', p.resumed_on)
      ORDER BY p.paused_on, p.clock_pause_id) AS pauses
    FROM cases.clock_pause p WHERE p.county_code = k.county_code AND p.clock_id = k.clock_id
  ) held ON true`

/** All clocks of some cases, in the order in which they began. */
export async function findClocks(db: Db, scope: Scope, caseIds: readonly string[]): Promise<KeptClock[]> {
  const found = await sql<KeptClock>`
    SELECT ${clockColumns} FROM cases.clock k ${withPauses}
    WHERE ${inScope(scope, 'k')} AND k.case_id = ANY (${[...caseIds]}::uuid[]) ORDER BY k.started_on, k.clock_id`.execute(db)
  return noteKept(found.rows)
}

/**
 * Clocks that run or are held and were counted by another calendar, for this transaction; what others work on is left to them. They are read after
 * they are held: what was committed meanwhile is seen.
 */
export async function takeStaleClocks(db: Db, ctx: Context, given: { revision: string; limit: number }): Promise<KeptClock[]> {
  const held = await sql<{ clockId: string }>`
    SELECT clock_id AS "clockId" FROM cases.clock
    WHERE county_code = ${ctx.scope.countyCode} AND state <> 'stopped' AND calendar_revision <> ${given.revision}
    ORDER BY clock_id LIMIT ${given.limit} FOR UPDATE SKIP LOCKED`.execute(db)
  if (held.rows.length === 0) return []
  const found = await sql<KeptClock>`
    SELECT ${clockColumns} FROM cases.clock k ${withPauses}
    WHERE ${inScope(ctx.scope, 'k')} AND k.clock_id = ANY (${held.rows.map(({ clockId }) => clockId)}::uuid[])`.execute(db)
  return noteKept(found.rows)
}

/** Pauses as they were read: a change makes a new one, so that these need not be written again. */
const keptPauses = new WeakSet<HeldPause>()

function noteKept(clocks: KeptClock[]): KeptClock[] {
  for (const { pauses } of clocks) for (const pause of pauses) keptPauses.add(pause)
  return clocks
}

/** Writes clocks, new ones and those that changed, with what is new of their pauses; in the order that is given, as one statement. */
export async function saveClocks(db: Db, ctx: Context, clocks: readonly KeptClock[]): Promise<void> {
  if (clocks.length === 0) return
  const pauses = clocks.flatMap(({ clockId, householdId, areaPath, pauses: own }) =>
    own.filter((pause) => !keptPauses.has(pause)).map((pause) => ({ clockId, householdId, areaPath, ...pause })),
  )
  const saved = clocksStatement(ctx, clocks)
  if (pauses.length === 0) await saved.execute(db)
  // A clock and its pauses may both be new: what they refer to is looked at when the statement ends.
  else await sql`WITH saved AS (${saved}) ${savePauses(ctx, pauses)}`.execute(db)
}

/** Writes clocks without their pauses, as a statement for a store that writes more with them. */
export function clocksStatement(ctx: Context, clocks: readonly KeptClock[]): RawBuilder<unknown> {
  return sql`
    INSERT INTO cases.clock AS held (county_code, clock_id, case_id, household_id, area_path, round, kind, step, limit_kind, party, held_by, days,
      calendar, started_on, state, stopped_on, stopped_by, took_days, mark_50_on, mark_75_on, due_on, unknown_year, calendar_revision)
    SELECT ${ctx.scope.countyCode}, "clockId", "caseId", "householdId", "areaPath", round, kind, step, "limit", party, "heldBy", days, calendar,
      "startedOn", state, "stoppedOn", "stoppedBy", "tookDays", "mark50On", "mark75On", "dueOn", "unknownYear", "calendarRevision"
    FROM jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) AS given ("clockId" uuid, "caseId" uuid, "householdId" uuid, "areaPath" text,
      round smallint, kind text, step text, "limit" text, party text, "heldBy" text, days smallint, calendar text, "startedOn" date, state text,
      "stoppedOn" date, "stoppedBy" text, "tookDays" smallint, "mark50On" date, "mark75On" date, "dueOn" date, "unknownYear" smallint,
      "calendarRevision" text)
    ON CONFLICT (county_code, clock_id) DO UPDATE SET held_by = excluded.held_by, state = excluded.state, stopped_on = excluded.stopped_on,
      stopped_by = excluded.stopped_by, took_days = excluded.took_days, mark_50_on = excluded.mark_50_on, mark_75_on = excluded.mark_75_on,
      due_on = excluded.due_on, unknown_year = excluded.unknown_year, calendar_revision = excluded.calendar_revision`
}

function savePauses(
  ctx: Context,
  pauses: readonly (HeldPause & Pick<KeptClock, 'clockId' | 'householdId' | 'areaPath'>)[],
): RawBuilder<unknown> {
  return sql`
    INSERT INTO cases.clock_pause AS held (county_code, clock_pause_id, clock_id, household_id, area_path, reason, paused_on, resumed_on)
    SELECT ${ctx.scope.countyCode}, "pauseId", "clockId", "householdId", "areaPath", reason, "pausedOn", "resumedOn"
    FROM jsonb_to_recordset(${JSON.stringify(pauses)}::jsonb) AS given ("pauseId" uuid, "clockId" uuid, "householdId" uuid, "areaPath" text,
      reason text, "pausedOn" date, "resumedOn" date)
    ON CONFLICT (county_code, clock_pause_id) DO UPDATE SET resumed_on = excluded.resumed_on
    WHERE held.resumed_on IS DISTINCT FROM excluded.resumed_on`
}

/**
 * Open cases of which no clock runs, for this transaction: taken over from the register, or opened before clocks were kept. They are looked at again
 * once they are held (`files`): another runner may have begun their clocks meanwhile. `seen` is how many were held; 0 when there are no more.
 */
export async function takeUnclocked(db: Db, ctx: Context, limit: number): Promise<{ files: CaseFile[]; seen: number }> {
  const isBare = sql<boolean>`f.county_code = ${ctx.scope.countyCode} AND f.ended_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM cases.clock k WHERE k.county_code = f.county_code AND k.case_id = f.case_id AND k.state <> 'stopped')`
  const held = await sql<{ caseId: string }>`
    SELECT f.case_id AS "caseId" FROM cases.case_file f WHERE ${isBare} ORDER BY f.case_id LIMIT ${limit} FOR UPDATE OF f SKIP LOCKED`.execute(
    db,
  )
  if (held.rows.length === 0) return { files: [], seen: 0 }
  const ids = held.rows.map(({ caseId }) => caseId)
  const found = await sql<CaseFile>`
    SELECT ${fileColumns} FROM cases.case_file f WHERE ${isBare} AND f.case_id = ANY (${ids}::uuid[])`.execute(db)
  return { files: found.rows, seen: ids.length }
}

/** Clocks of open cases are held by whoever holds the case, after households moved. */
export async function moveClocks(db: Db, ctx: Context, householdIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE cases.clock k SET held_by = f.held_by FROM cases.case_file f
    WHERE f.county_code = ${ctx.scope.countyCode} AND f.household_id = ANY (${[...householdIds]}::uuid[]) AND f.ended_on IS NULL
      AND k.county_code = f.county_code AND k.case_id = f.case_id AND k.state <> 'stopped' AND k.held_by <> f.held_by`.execute(db)
}
