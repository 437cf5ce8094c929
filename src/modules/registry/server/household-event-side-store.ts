import { sql } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { EventHousehold } from '../rules/household-event-records.ts'
import type { HouseholdEventKind } from '../rules/household-event-requests.ts'
import type { HouseholdEvent } from './household-event-askers.ts'

/** An event as one of its two households knows it. */
export interface EventSideRow {
  event_id: string
  household_id: string
  area_path: string
  way: 'from' | 'to'
  other_no: string
  other_head: string | null
  other_place: string
  kind: HouseholdEventKind
  state: 'applied' | 'undone'
  happened_on: string
  names: string[]
  applied_name: string
  applied_at: string
  undone_name: string | null
  undone_at: string | null
}

/** A household of an event, the other one, and whether the persons came from there. */
export interface EventSide {
  household: EventHousehold
  other: EventHousehold
  way: 'from' | 'to'
}

/** Keeps what an event was to each of its households. */
export async function insertSides(
  db: Db,
  ctx: Context,
  given: { event: HouseholdEvent; names: readonly string[]; sides: readonly EventSide[] },
): Promise<void> {
  const { event, names } = given
  for (const { household, other, way } of given.sides) {
    await sql`
      INSERT INTO registry.household_event_side (county_code, event_id, household_id, area_path, way, other_household_id, other_no, other_head, other_place,
        kind, state, happened_on, names, applied_name, applied_at)
      VALUES (${ctx.scope.countyCode}, ${event.eventId}, ${household.householdId}, ${household.areaPath}, ${way}, ${other.householdId}, ${other.householdNo},
        ${other.headName ?? null}, ${other.place}, ${event.kind}, 'applied', ${event.on}::date, ${[...names]}::text[], ${ctx.caller.name}, ${ctx.now})`.execute(
      db,
    )
  }
}

/** Notes on both sides that the event was taken back. */
export async function endSides(db: Db, ctx: Context, eventId: string): Promise<void> {
  await sql`
    UPDATE registry.household_event_side SET state = 'undone', undone_name = ${ctx.caller.name}, undone_at = ${ctx.now}
    WHERE county_code = ${ctx.scope.countyCode} AND event_id = ${eventId}::uuid`.execute(db)
}

/** What befell a household by events that stand in another area's list, the latest first. */
export async function listForeignSides(db: Db, scope: Scope, householdId: string): Promise<EventSideRow[]> {
  const found = await sql<EventSideRow>`
    SELECT s.* FROM registry.household_event_side s
    WHERE ${inScope(scope, 's')} AND s.household_id = ${householdId}::uuid AND NOT EXISTS (
      SELECT 1 FROM registry.household_event e WHERE ${inScope(scope, 'e')} AND e.event_id = s.event_id)
    ORDER BY s.applied_at DESC, s.event_id DESC LIMIT 200`.execute(db)
  return found.rows
}
