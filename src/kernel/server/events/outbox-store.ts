import type pg from 'pg'

/** Who is told of an event: name of the listener (and of its job), name of the event. */
export interface Hearing {
  readonly name: string
  readonly hears: string
}

/** Events handed over at a time, at most. */
const atATime = 500

/** What waits to be handed over: all up to a number, and the announcers that may still bring a lower one. */
export interface WaitingEvents {
  readonly upTo: string
  readonly announcers: ReadonlySet<string>
  /** More wait behind these. */
  readonly isFull: boolean
}

/** Looks what waits; `undefined` when nothing does. */
export async function findWaitingEvents(client: pg.ClientBase): Promise<WaitingEvents | undefined> {
  const found = await client.query<{ upTo: string | null; waiting: number }>(
    `SELECT max(outbox_no)::text AS "upTo", count(*)::int AS waiting
     FROM (SELECT outbox_no FROM kernel.outbox WHERE relayed_at IS NULL ORDER BY outbox_no LIMIT $1) first`,
    [atATime],
  )
  const { upTo, waiting = 0 } = found.rows[0] ?? {}
  if (upTo === null || upTo === undefined) return undefined
  return { upTo, announcers: await listAnnouncers(client), isFull: waiting === atATime }
}

/**
 * Transactions that have announced something and are under way (they hold the shared lock of the trigger `kernel.number_outbox`). Read after
 * the rows: one with a lower number is here, or has ended and its rows are seen.
 */
export async function listAnnouncers(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const found = await client.query<{ transaction: string }>(
    `SELECT DISTINCT virtualtransaction AS transaction FROM pg_locks
     WHERE locktype = 'advisory' AND classid = 430525 AND objid = 3 AND objsubid = 2 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  return new Set(found.rows.map((row) => row.transaction))
}

/** Makes one job per event and listener of all that waits up to a number, and notes the events as handed over: one statement, all or nothing. */
export async function handOverEvents(client: pg.ClientBase, upTo: string, hearings: readonly Hearing[]): Promise<void> {
  await client.query(
    `WITH told AS (
       UPDATE kernel.outbox SET relayed_at = now() WHERE relayed_at IS NULL AND outbox_no <= $1
       RETURNING county_code, outbox_id, outbox_no, event, payload, at
     )
     INSERT INTO kernel.job (county_code, job_id, name, payload, asked_by, asked_at, outbox_id, outbox_no)
     SELECT told.county_code, gen_random_uuid(), hearing.name,
       jsonb_build_object('eventId', told.outbox_id, 'at', told.at, 'payload', told.payload), 'event', told.at, told.outbox_id, told.outbox_no
     FROM told JOIN unnest($2::text[], $3::text[]) AS hearing (name, hears) ON hearing.hears = told.event
     ON CONFLICT DO NOTHING`,
    [upTo, hearings.map((one) => one.name), hearings.map((one) => one.hears)],
  )
}
