import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { KinTie } from '../../rules/meetings/kin-graph.ts'

/** All ties by which somebody may be near to these households: theirs and those of their neighbours. */
export async function listTiesAround(db: Db, ctx: Context, householdIds: readonly string[]): Promise<KinTie[]> {
  const found = await sql<KinTie>`
    WITH near AS (
      SELECT unnest(${[...householdIds]}::uuid[]) AS household_id
      UNION
      SELECT tie.other_household_id FROM cases.kin_tie tie
      WHERE tie.county_code = ${ctx.scope.countyCode} AND tie.household_id = ANY (${[...householdIds]}::uuid[]) AND tie.ended_at IS NULL
    )
    SELECT tie.household_id AS "householdId", tie.other_household_id AS "otherHouseholdId", tie.relation
    FROM near JOIN cases.kin_tie tie ON tie.county_code = ${ctx.scope.countyCode} AND tie.household_id = near.household_id AND tie.ended_at IS NULL`.execute(
    db,
  )
  return found.rows
}

/** A tie of one household with where it is known from. */
export interface HeldTie extends KinTie {
  readonly source: 'stated' | 'household-event'
  readonly statedAt: string
}

/** The ties of one household. */
export async function listTiesOf(db: Db, ctx: Context, householdId: string): Promise<HeldTie[]> {
  const found = await sql<HeldTie & { statedAt: Date | string }>`
    SELECT household_id AS "householdId", other_household_id AS "otherHouseholdId", relation, source, stated_at AS "statedAt"
    FROM cases.kin_tie WHERE county_code = ${ctx.scope.countyCode} AND household_id = ${householdId}::uuid AND ended_at IS NULL
    ORDER BY stated_at, other_household_id LIMIT 200`.execute(db)
  return found.rows.map((row) => ({ ...row, statedAt: new Date(row.statedAt).toISOString() }))
}

/** A tie as it is written from one side. */
export interface WrittenTie extends KinTie {
  readonly source: 'stated' | 'household-event'
  readonly reason: string | null
  readonly eventId: string | null
}

/** Writes ties; one that had ended lives again. What people stated is not overwritten by what was learnt. */
export async function saveTies(db: Db, ctx: Context, ties: readonly WrittenTie[]): Promise<void> {
  if (ties.length === 0) return
  await sql`
    INSERT INTO cases.kin_tie AS held (county_code, household_id, other_household_id, relation, source, stated_by, stated_at, reason, event_id)
    SELECT ${ctx.scope.countyCode}, t.household_id, t.other_household_id, t.relation, t.source, ${ctx.caller.id}, ${ctx.now}, t.reason, t.event_id
    FROM jsonb_to_recordset(${JSON.stringify(
      ties.map((tie) => ({
        household_id: tie.householdId,
        other_household_id: tie.otherHouseholdId,
        relation: tie.relation,
        source: tie.source,
        reason: tie.reason,
        event_id: tie.eventId,
      })),
    )}::jsonb) AS t (household_id uuid, other_household_id uuid, relation text, source text, reason text, event_id uuid)
    ON CONFLICT (county_code, household_id, other_household_id) DO UPDATE SET relation = excluded.relation, source = excluded.source,
      stated_by = excluded.stated_by, stated_at = excluded.stated_at, reason = excluded.reason, event_id = excluded.event_id,
      ended_at = NULL, ended_by = NULL, end_reason = NULL
    WHERE held.ended_at IS NOT NULL OR excluded.source = 'stated'`.execute(db)
}

/** Ends a tie from both sides. Returns whether there was one. */
export async function endTie(
  db: Db,
  ctx: Context,
  given: { householdId: string; otherHouseholdId: string; reason: string },
): Promise<boolean> {
  const { householdId, otherHouseholdId } = given
  const ended = await sql`
    UPDATE cases.kin_tie SET ended_at = ${ctx.now}, ended_by = ${ctx.caller.id}, end_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND ended_at IS NULL
      AND ((household_id = ${householdId}::uuid AND other_household_id = ${otherHouseholdId}::uuid)
        OR (household_id = ${otherHouseholdId}::uuid AND other_household_id = ${householdId}::uuid))`.execute(db)
  return (ended.numAffectedRows ?? 0n) > 0n
}

/** Ends what was learnt from a household event. Returns how many ties it had taught, also those that somebody has withdrawn since. */
export async function endTiesOfEvent(db: Db, ctx: Context, eventId: string): Promise<number> {
  const ended = await sql`
    UPDATE cases.kin_tie SET ended_at = coalesce(ended_at, ${ctx.now}::timestamptz), ended_by = coalesce(ended_by, ${ctx.caller.id})
    WHERE county_code = ${ctx.scope.countyCode} AND event_id = ${eventId}::uuid`.execute(db)
  return Number(ended.numAffectedRows ?? 0n)
}

/** A household that a user named. */
export interface NamedHousehold {
  readonly userId: string
  readonly householdId: string
  readonly relation: string
  readonly statedAt: string
  readonly statedBy: string
}

/** The households that users named as their own or their near relatives'. */
export async function listNamedBy(db: Db, ctx: Context, userIds: readonly string[]): Promise<NamedHousehold[]> {
  if (userIds.length === 0) return []
  const found = await sql<NamedHousehold & { statedAt: Date | string }>`
    SELECT user_id AS "userId", household_id AS "householdId", relation, stated_at AS "statedAt", stated_by AS "statedBy"
    FROM cases.caller_household
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ANY (${[...userIds]}::text[]) AND ended_at IS NULL
    ORDER BY stated_at, household_id`.execute(db)
  return found.rows.map((row) => ({ ...row, statedAt: new Date(row.statedAt).toISOString() }))
}

/** Notes a household of a user. What an office stated stays the office's word when the user says the same. */
export async function saveNamed(
  db: Db,
  ctx: Context,
  given: { userId: string; householdId: string; relation: string; reason: string | null },
): Promise<void> {
  await sql`
    INSERT INTO cases.caller_household AS held (county_code, user_id, household_id, relation, stated_by, stated_at, reason)
    VALUES (${ctx.scope.countyCode}, ${given.userId}, ${given.householdId}::uuid, ${given.relation}, ${ctx.caller.id}, ${ctx.now}, ${given.reason})
    ON CONFLICT (county_code, user_id, household_id) DO UPDATE SET relation = excluded.relation, stated_by = excluded.stated_by,
      stated_at = excluded.stated_at, reason = excluded.reason, ended_at = NULL, ended_by = NULL, end_reason = NULL
    WHERE held.ended_at IS NOT NULL OR held.stated_by = held.user_id OR excluded.stated_by <> excluded.user_id`.execute(db)
}

/** Ends what was named for a user. Returns whether there was something. */
export async function endNamed(db: Db, ctx: Context, given: { userId: string; householdId: string; reason: string }): Promise<boolean> {
  const ended = await sql`
    UPDATE cases.caller_household SET ended_at = ${ctx.now}, ended_by = ${ctx.caller.id}, end_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND user_id = ${given.userId} AND household_id = ${given.householdId}::uuid
      AND ended_at IS NULL`.execute(db)
  return (ended.numAffectedRows ?? 0n) > 0n
}

/** What was said of a household that ended is said of the one that lives on: its ties, and who named it. */
export async function inheritKin(db: Db, ctx: Context, given: { eventId: string; householdId: string; intoId: string }): Promise<void> {
  const { eventId, householdId, intoId } = given
  const county = ctx.scope.countyCode
  await sql`
    INSERT INTO cases.kin_tie (county_code, household_id, other_household_id, relation, source, stated_by, stated_at, reason, event_id)
    SELECT county_code, CASE WHEN household_id = ${householdId}::uuid THEN ${intoId}::uuid ELSE household_id END,
      CASE WHEN other_household_id = ${householdId}::uuid THEN ${intoId}::uuid ELSE other_household_id END,
      relation, 'household-event', ${ctx.caller.id}, ${ctx.now}, reason, ${eventId}::uuid
    FROM cases.kin_tie
    WHERE county_code = ${county} AND ended_at IS NULL AND (household_id = ${householdId}::uuid OR other_household_id = ${householdId}::uuid)
      AND household_id <> ${intoId}::uuid AND other_household_id <> ${intoId}::uuid
    ON CONFLICT (county_code, household_id, other_household_id) DO UPDATE SET relation = excluded.relation, source = excluded.source,
      stated_by = excluded.stated_by, stated_at = excluded.stated_at, reason = excluded.reason, event_id = excluded.event_id,
      ended_at = NULL, ended_by = NULL, end_reason = NULL
    WHERE kin_tie.ended_at IS NOT NULL`.execute(db)
  await sql`
    INSERT INTO cases.caller_household (county_code, user_id, household_id, relation, stated_by, stated_at, event_id)
    SELECT county_code, user_id, ${intoId}::uuid, relation, stated_by, ${ctx.now}, ${eventId}::uuid FROM cases.caller_household
    WHERE county_code = ${county} AND household_id = ${householdId}::uuid AND ended_at IS NULL
    ON CONFLICT (county_code, user_id, household_id) DO UPDATE SET relation = excluded.relation, event_id = excluded.event_id,
      stated_at = excluded.stated_at, ended_at = NULL
    WHERE caller_household.ended_at IS NOT NULL`.execute(db)
  await sql`
    UPDATE cases.appraiser SET of_household_id = ${intoId}::uuid, event_id = ${eventId}::uuid
    WHERE county_code = ${county} AND of_household_id = ${householdId}::uuid`.execute(db)
}

/** Sets back what `inheritKin` did, for an event that is taken back. */
export async function disinheritKin(db: Db, ctx: Context, given: { eventId: string; householdId: string }): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`
    UPDATE cases.caller_household SET ended_at = ${ctx.now}, ended_by = ${ctx.caller.id}
    WHERE county_code = ${county} AND event_id = ${given.eventId}::uuid AND ended_at IS NULL`.execute(db)
  await sql`
    UPDATE cases.appraiser SET of_household_id = ${given.householdId}::uuid, event_id = NULL
    WHERE county_code = ${county} AND event_id = ${given.eventId}::uuid`.execute(db)
}

/** Lets appraisers belong to the household where they are now. */
export async function moveAppraisers(db: Db, ctx: Context, homes: ReadonlyMap<string, string>): Promise<void> {
  if (homes.size === 0) return
  const moved = JSON.stringify([...homes].map(([person, home]) => ({ person, home })))
  await sql`
    UPDATE cases.appraiser a SET of_household_id = h.home FROM jsonb_to_recordset(${moved}::jsonb) AS h (person uuid, home uuid)
    WHERE a.county_code = ${ctx.scope.countyCode} AND a.person_id = h.person AND a.of_household_id IS DISTINCT FROM h.home`.execute(db)
}
