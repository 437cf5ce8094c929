import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { HouseholdEventState } from '../rules/household-event-records.ts'
import type { HouseholdEventCommand, HouseholdEventKind, HouseholdEventView } from '../rules/household-event-requests.ts'

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
  /** Where the households stood that it wrote; null until it is applied. */
  before_areas: string[] | null
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
  e.ended_name, e.ended_at, e.end_reason, e.revision,
  (SELECT array_agg(v ->> 'area_path') FROM jsonb_array_elements(e.before -> 'households') v) AS before_areas`)

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
  /** The other household as it stood at the event, or stands; its id where the scope holds it. */
  other_seen_id: string | null
  other_no: string | null
  other_head: string | null
  other_place: string | null
  other_way: 'from' | 'to' | null
}

export interface EventFilter {
  householdId?: string | undefined
  view?: HouseholdEventView | undefined
  eventId?: string | undefined
}

const isWaiting = sql<boolean>`e.state IN ('reported', 'confirmed')`

function matching(ctx: Context, { householdId, view, eventId }: EventFilter) {
  const parts = [inScope(ctx.scope, 'e')]
  if (householdId !== undefined)
    parts.push(sql<boolean>`(e.household_id = ${householdId}::uuid OR e.other_household_id = ${householdId}::uuid)`)
  if (view === 'waiting') parts.push(isWaiting)
  if (view === 'mine') parts.push(sql<boolean>`e.reported_by = ${ctx.caller.id}`)
  if (view === 'done') parts.push(sql<boolean>`NOT (${isWaiting})`)
  if (eventId !== undefined) parts.push(sql<boolean>`e.event_id = ${eventId}::uuid`)
  return sql.join(parts, sql` AND `)
}

/** One page of events within the scope; those that wait the oldest first, others the latest first. */
export async function listEventRows(
  db: Db,
  ctx: Context,
  given: { filter: EventFilter; after: readonly (string | number)[] | undefined; limit: number },
): Promise<ListedEvent[]> {
  const { filter, after } = given
  const isOldestFirst = filter.view === 'waiting'
  const [than, order] = isOldestFirst ? [sql`>`, sql`ASC`] : [sql`<`, sql`DESC`]
  const seen = after === undefined ? sql`true` : sql`(e.reported_at, e.event_id) ${than} (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const about = filter.householdId === undefined ? sql`e.household_id` : sql`${filter.householdId}::uuid`
  const found = await sql<ListedEvent>`
    SELECT ${columns}, h.head_name, h.township, h.village, h.group_name,
      (e.state = 'applied' AND e.touched = ${touchedRows(sql`e.county_code`, sql`e.event_id`)}) AS is_untouched,
      o.household_id AS other_seen_id, coalesce(s.other_no, o.household_no, e.command ->> 'otherNo') AS other_no, coalesce(s.other_head, o.head_name) AS other_head,
      coalesce(s.other_place, nullif(concat_ws(' ', o.township, o.village, o.group_name), '')) AS other_place,
      coalesce(s.way, CASE WHEN (e.kind = 'split' OR coalesce(e.command ->> 'way', '') = 'leave') = (e.household_id = ${about}) THEN 'to' ELSE 'from' END) AS other_way
    FROM registry.household_event e JOIN registry.household h ON h.county_code = e.county_code AND h.household_id = e.household_id
    LEFT JOIN registry.household_event_side s ON s.county_code = e.county_code AND s.event_id = e.event_id AND s.household_id = ${about}
    LEFT JOIN registry.household o ON ${inScope(ctx.scope, 'o')} AND o.household_id = coalesce(
      CASE WHEN e.household_id = ${about} THEN e.other_household_id ELSE e.household_id END,
      (SELECT n.household_id FROM registry.household n WHERE ${inScope(ctx.scope, 'n')} AND n.household_no = e.command ->> 'otherNo'))
    WHERE ${matching(ctx, filter)} AND ${seen} ORDER BY e.reported_at ${order}, e.event_id ${order} LIMIT ${given.limit + 1}`.execute(db)
  return found.rows
}

/** How many events each list holds, and how many of the caller's own still wait. */
export async function countEvents(db: Db, ctx: Context): Promise<{ waiting: number; mine: number; mine_waiting: number; done: number }> {
  const isMine = sql`e.reported_by = ${ctx.caller.id}`
  const found = await sql<{ waiting: number; mine: number; mine_waiting: number; done: number }>`
    SELECT count(*) FILTER (WHERE ${isWaiting})::int AS waiting, count(*) FILTER (WHERE ${isMine})::int AS mine,
      count(*) FILTER (WHERE ${isMine} AND ${isWaiting})::int AS mine_waiting, count(*) FILTER (WHERE NOT (${isWaiting}))::int AS done
    FROM registry.household_event e WHERE ${inScope(ctx.scope, 'e')}`.execute(db)
  return found.rows[0] ?? { waiting: 0, mine: 0, mine_waiting: 0, done: 0 }
}

/** The caller's reports that were sent back since `since` and after which nothing was reported of the household. */
export async function listReturned(db: Db, ctx: Context, since: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT e.event_id AS id FROM registry.household_event e
    WHERE ${inScope(ctx.scope, 'e')} AND e.reported_by = ${ctx.caller.id} AND e.state = 'rejected' AND e.ended_at >= ${since}::date
      AND NOT EXISTS (SELECT 1 FROM registry.household_event n WHERE ${inScope(ctx.scope, 'n')} AND n.household_id = e.household_id
                      AND n.event_id <> e.event_id AND n.reported_at >= e.ended_at)
    ORDER BY e.ended_at DESC LIMIT 20`.execute(db)
  return found.rows.map((row) => row.id)
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
