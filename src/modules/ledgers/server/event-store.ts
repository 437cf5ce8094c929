import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import type { StoredBody } from './tables.ts'

/** What happened to a record. `before`: values that it replaced, by field key. */
export interface RecordEventToWrite {
  readonly recordId: string
  readonly templateKey: string
  readonly areaPath: string
  readonly householdId: string | null
  readonly closed: boolean
  readonly version: number
  readonly act: 'make' | 'change' | 'move' | 'migrate' | 'remove' | 'restore' | 'sample' | 'attach' | 'detach' | 'gather'
  readonly move?: string
  readonly from?: string
  readonly into?: string
  readonly byAnother?: boolean
  readonly reason?: string | undefined
  readonly before?: StoredBody
}

/** Adds an event after the last one of the record (whose row the caller holds). */
export async function insertEvent(db: Db, ctx: Context, event: RecordEventToWrite): Promise<void> {
  await sql`
    INSERT INTO ledgers.record_event (county_code, record_id, seq, template_key, area_path, household_id, closed, act, move, from_state, into_state,
      by_another, by_id, by_name, at, reason, version, body)
    SELECT ${ctx.scope.countyCode}, ${event.recordId},
      (SELECT coalesce(max(e.seq), 0) + 1 FROM ledgers.record_event e WHERE e.county_code = ${ctx.scope.countyCode} AND e.record_id = ${event.recordId}),
      ${event.templateKey}, ${event.areaPath}, ${event.householdId}::uuid, ${event.closed}, ${event.act}, ${event.move ?? null}, ${event.from ?? null},
      ${event.into ?? null}, ${event.byAnother ?? false}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz, ${event.reason ?? null},
      ${event.version}, ${JSON.stringify(event.before ?? {})}::jsonb`.execute(db)
}

export interface EventRow {
  readonly seq: number
  readonly act: string
  readonly move: string | null
  readonly from: string | null
  readonly into: string | null
  readonly byId: string
  readonly byName: string
  readonly byAnother: boolean
  readonly at: string
  readonly reason: string | null
  readonly version: number
  readonly body: StoredBody
}

/** The history of a record, the newest first; at most 500 events. */
export async function listEvents(db: Db, ctx: Context, recordId: string): Promise<EventRow[]> {
  const found = await sql<EventRow>`
    SELECT e.seq, e.act, e.move, e.from_state AS "from", e.into_state AS "into", e.by_id AS "byId", e.by_name AS "byName",
      e.by_another AS "byAnother", e.at, e.reason, e.version, e.body
    FROM ledgers.record_event e WHERE ${inScope(ctx.scope, 'e')} AND e.record_id = ${recordId} ORDER BY e.seq DESC LIMIT 500`.execute(db)
  return found.rows
}

/** When states were last reached and who entered, changed, attached or moved, for some records. */
export interface HandledRow {
  readonly recordId: string
  readonly reachedOn: Readonly<Record<string, Day>>
  readonly handledBy: readonly string[]
}

/** The short history of records that judging needs. */
export async function listHandled(db: Db, ctx: Context, recordIds: readonly string[]): Promise<ReadonlyMap<string, HandledRow>> {
  const found = await sql<{ recordId: string; reached: Record<string, Day> | null; by: string[] | null }>`
    SELECT e.record_id AS "recordId",
      (SELECT jsonb_object_agg(s.into_state, s.day) FROM (
         SELECT m.into_state, to_char(max(m.at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day FROM ledgers.record_event m
         WHERE m.county_code = ${ctx.scope.countyCode} AND m.record_id = e.record_id AND m.into_state IS NOT NULL GROUP BY 1) s) AS reached,
      array_agg(DISTINCT e.by_id) FILTER (WHERE NOT e.by_another AND e.act IN ('make', 'change', 'move', 'attach')) AS by
    FROM ledgers.record_event e WHERE e.county_code = ${ctx.scope.countyCode} AND e.record_id = ANY (${[...recordIds]}::uuid[])
    GROUP BY e.county_code, e.record_id`.execute(db)
  return new Map(found.rows.map((row) => [row.recordId, { recordId: row.recordId, reachedOn: row.reached ?? {}, handledBy: row.by ?? [] }]))
}
