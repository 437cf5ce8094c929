import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { HouseholdEventState } from '../rules/household-event-records.ts'
import type { HouseholdEventCommand, HouseholdEventKind } from '../rules/household-event-requests.ts'

/** The ID number of a newcomer as it is kept with the event: encrypted. */
export interface SealedNumber {
  cell: string
}
export type StoredCommand = HouseholdEventCommand & { sealed?: SealedNumber }

export interface HouseholdEventRow {
  event_id: string
  kind: HouseholdEventKind
  state: HouseholdEventState
  happened_on: string
  household_id: string
  other_household_id: string | null
  area_path: string
  person_ids: string[]
  names: string[]
  command: StoredCommand
  touched: number | null
  reason: string
  paper: string | null
  reported_by: string
  reported_name: string
  reported_at: string
  confirmed_name: string | null
  confirmed_at: string | null
  applied_name: string | null
  applied_at: string | null
  ended_name: string | null
  ended_at: string | null
  end_reason: string | null
  revision: number
}

/** Keeps an event as it was reported. */
export async function insertEvent(
  db: Db,
  ctx: Context,
  given: { eventId: string; command: StoredCommand; areaPath: string; otherId: string | undefined; personIds: string[]; names: string[] },
): Promise<void> {
  const { eventId, command, areaPath, otherId, personIds, names } = given
  await sql`
    INSERT INTO registry.household_event (county_code, event_id, kind, state, happened_on, household_id, other_household_id, area_path, person_ids, names,
      command, reason, paper, reported_by, reported_name, reported_at)
    VALUES (${ctx.scope.countyCode}, ${eventId}, ${command.kind}, 'reported', ${command.on}::date, ${command.householdId}, ${otherId ?? null}, ${areaPath},
      ${personIds}::uuid[], ${names}::text[], ${JSON.stringify(command)}::jsonb, ${command.reason}, ${command.paper ?? null},
      ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

const columns =
  sql.raw(`e.event_id, e.kind, e.state, e.happened_on, e.household_id, e.other_household_id, e.area_path, e.person_ids, e.names, e.command,
  e.touched, e.reason, e.paper, e.reported_by, e.reported_name, e.reported_at, e.confirmed_name, e.confirmed_at, e.applied_name, e.applied_at,
  e.ended_name, e.ended_at, e.end_reason, e.revision`)

/** The event within the scope, held until the transaction ends. */
export async function findEventForUpdate(db: Db, scope: Scope, eventId: string): Promise<HouseholdEventRow | undefined> {
  const found = await sql<HouseholdEventRow>`
    SELECT ${columns} FROM registry.household_event e WHERE ${inScope(scope, 'e')} AND e.event_id = ${eventId}::uuid FOR UPDATE`.execute(db)
  return found.rows[0]
}

export type ListedEvent = HouseholdEventRow & {
  head_name: string | null
  township: string
  village: string
  group_name: string | null
  is_untouched: boolean
}

/** Events within the scope: of a household, or those that wait; the latest first, 200 at most. */
export async function listEventRows(
  db: Db,
  given: { scope: Scope; householdId?: string | undefined; state?: 'reported' | 'confirmed' | undefined; eventId?: string },
): Promise<ListedEvent[]> {
  const { scope, householdId, state, eventId } = given
  const of =
    householdId === undefined ? sql`true` : sql`(e.household_id = ${householdId}::uuid OR e.other_household_id = ${householdId}::uuid)`
  const standing = state === undefined ? sql`true` : sql`e.state = ${state}`
  const one = eventId === undefined ? sql`true` : sql`e.event_id = ${eventId}::uuid`
  const found = await sql<ListedEvent>`
    SELECT ${columns}, h.head_name, h.township, h.village, h.group_name,
      (e.state = 'applied' AND e.touched = ${touchedRows(sql`e.county_code`, sql`e.event_id`)}) AS is_untouched
    FROM registry.household_event e JOIN registry.household h ON h.county_code = e.county_code AND h.household_id = e.household_id
    WHERE ${inScope(scope, 'e')} AND ${of} AND ${standing} AND ${one} ORDER BY e.reported_at DESC, e.event_id DESC LIMIT 200`.execute(db)
  return found.rows
}

/** How many rows of the register were written by this event last. */
function touchedRows(county: ReturnType<typeof sql>, eventId: ReturnType<typeof sql>) {
  const of = (table: string) =>
    sql`(SELECT count(*) FROM registry.${sql.raw(table)} t WHERE t.county_code = ${county} AND t.touched_by = ${eventId})`
  return sql`(${of('household')} + ${of('person')} + ${of('membership')})::int`
}

/** The same, of one event. */
export async function countTouched(db: Db, ctx: Context, eventId: string): Promise<number> {
  const found = await sql<{ n: number }>`SELECT ${touchedRows(sql`${ctx.scope.countyCode}`, sql`${eventId}::uuid`)} AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** What hangs on the household or person that the event made and would be lost with them. */
export async function countHanging(db: Db, ctx: Context, eventId: string): Promise<number> {
  const county = ctx.scope.countyCode
  const found = await sql<{ n: number }>`
    WITH homes AS (SELECT household_id AS id FROM registry.household WHERE county_code = ${county} AND created_by = ${eventId}::uuid),
    people AS (SELECT person_id AS id FROM registry.person WHERE county_code = ${county} AND created_by = ${eventId}::uuid)
    SELECT ((SELECT count(*) FROM registry.household_tag t WHERE t.county_code = ${county} AND t.household_id IN (SELECT id FROM homes))
      + (SELECT count(*) FROM registry.correction c WHERE c.county_code = ${county} AND (c.person_id IN (SELECT id FROM people)
           OR (c.household_id IN (SELECT id FROM homes) AND c.person_id IS NULL)))
      + (SELECT count(*) FROM registry.reveal r WHERE r.county_code = ${county} AND r.person_id IN (SELECT id FROM people))
      + (SELECT count(*) FROM registry.household_event e WHERE e.county_code = ${county} AND e.event_id <> ${eventId}::uuid
           AND e.state IN ('reported', 'confirmed', 'applied') AND (e.household_id IN (SELECT id FROM homes) OR e.other_household_id IN (SELECT id FROM homes))))::int AS n`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
}

/** Notes that somebody confirmed the event. */
export async function confirmEvent(db: Db, ctx: Context, eventId: string): Promise<void> {
  await sql`
    UPDATE registry.household_event SET state = 'confirmed', confirmed_by = ${ctx.caller.id}, confirmed_name = ${ctx.caller.name}, confirmed_at = ${ctx.now},
      revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND event_id = ${eventId}::uuid`.execute(db)
}

/** Notes that it was done, what it found, and how many rows it wrote; who does it confirms it where nobody has. */
export async function applyEvent(
  db: Db,
  ctx: Context,
  given: { eventId: string; otherId: string | undefined; before: string; touched: number; areaPath: string },
): Promise<void> {
  await sql`
    UPDATE registry.household_event SET state = 'applied', other_household_id = ${given.otherId ?? null}, before = ${given.before}::jsonb, touched = ${given.touched},
      area_path = ${given.areaPath}, confirmed_by = coalesce(confirmed_by, ${ctx.caller.id}), confirmed_name = coalesce(confirmed_name, ${ctx.caller.name}),
      confirmed_at = coalesce(confirmed_at, ${ctx.now}), applied_by = ${ctx.caller.id}, applied_name = ${ctx.caller.name}, applied_at = ${ctx.now},
      revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND event_id = ${given.eventId}::uuid`.execute(db)
}

/** Notes that it was rejected or taken back, and why. */
export async function endEvent(
  db: Db,
  ctx: Context,
  given: { eventId: string; state: 'rejected' | 'undone'; reason: string },
): Promise<void> {
  await sql`
    UPDATE registry.household_event SET state = ${given.state}, ended_by = ${ctx.caller.id}, ended_name = ${ctx.caller.name}, ended_at = ${ctx.now},
      end_reason = ${given.reason}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND event_id = ${given.eventId}::uuid`.execute(db)
}
