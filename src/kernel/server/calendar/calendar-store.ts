import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Day, Instant } from '#kernel/pure/time/index.ts'
import type { Context } from '../caller/index.ts'
import { changesRevisions, readRevisions, revisionsOf, type Db } from '../database/index.ts'

/** A day on which the county's calendar differs from the state's, or was said to be the same. */
export interface OwnDay {
  readonly day: Day
  readonly works: boolean
  readonly document: string
  readonly byName: string
  readonly at: Instant
}

/** A year that the county declared complete. */
export interface OwnYear {
  readonly year: number
  readonly document: string
  readonly byName: string
  readonly at: Instant
}

/** One change as the history shows it; days with null were taken back. */
export interface OwnChange {
  readonly changeId: string
  readonly document: string
  readonly byName: string
  readonly at: Instant
  readonly days: readonly { readonly day: Day; readonly works: boolean | null }[]
  readonly years: readonly { readonly year: number; readonly isKnown: boolean }[]
}

export interface OwnCalendar {
  readonly days: readonly OwnDay[]
  readonly years: readonly OwnYear[]
}

/** Lets one change of a county's calendar be written at a time, to the end of the transaction. */
export async function lockCalendar(db: Db, ctx: Context): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`calendar ${ctx.scope.countyCode}`}, 0))`.execute(db)
}

/** The id of the newest change, as this transaction first asked; `undefined` where the county never said anything of its own. */
export async function newestChange(db: Db, ctx: Context): Promise<string | undefined> {
  const revisions = (await revisionsOf(db, ctx.scope)) ?? (await readRevisions(db, ctx.scope))
  return revisions.calendar ?? undefined
}

/** Appends a change with its days and years. */
export async function insertChange(
  db: Db,
  ctx: Context,
  given: {
    readonly document: string
    readonly days: readonly { readonly day: string; readonly works: boolean | null }[]
    readonly years: readonly { readonly year: number; readonly isKnown: boolean }[]
  },
): Promise<string> {
  const id = makeId()
  const { countyCode } = ctx.scope
  changesRevisions(db)
  await sql`
    INSERT INTO kernel.calendar_change (county_code, calendar_change_id, document, by_id, by_name, at)
    VALUES (${countyCode}, ${id}, ${given.document}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  await sql`
    INSERT INTO kernel.calendar_day (county_code, calendar_change_id, day, works)
    SELECT ${countyCode}, ${id}::uuid, day, works FROM jsonb_to_recordset(${JSON.stringify(given.days)}::jsonb) AS d (day date, works boolean)`.execute(
    db,
  )
  await sql`
    INSERT INTO kernel.calendar_year (county_code, calendar_change_id, year, is_known)
    SELECT ${countyCode}, ${id}::uuid, year, "isKnown"
    FROM jsonb_to_recordset(${JSON.stringify(given.years)}::jsonb) AS y (year smallint, "isKnown" boolean)`.execute(db)
  return id
}

/** The days and years that count now, in their order. */
export async function findOwnCalendar(db: Db, ctx: Context): Promise<OwnCalendar> {
  const days = await sql<OwnDay & { works: boolean | null }>`
    SELECT DISTINCT ON (d.day) d.day, d.works, c.document, c.by_name AS "byName", c.at
    FROM kernel.calendar_day d
    JOIN kernel.calendar_change c ON c.county_code = d.county_code AND c.calendar_change_id = d.calendar_change_id
    WHERE d.county_code = ${ctx.scope.countyCode} ORDER BY d.day, c.change_no DESC`.execute(db)
  const years = await sql<OwnYear & { isKnown: boolean }>`
    SELECT DISTINCT ON (y.year) y.year, y.is_known AS "isKnown", c.document, c.by_name AS "byName", c.at
    FROM kernel.calendar_year y
    JOIN kernel.calendar_change c ON c.county_code = y.county_code AND c.calendar_change_id = y.calendar_change_id
    WHERE y.county_code = ${ctx.scope.countyCode} ORDER BY y.year, c.change_no DESC`.execute(db)
  return {
    days: days.rows.flatMap(({ works, ...day }) => (works === null ? [] : [{ ...day, works }])),
    years: years.rows.flatMap(({ isKnown, ...year }) => (isKnown ? [year] : [])),
  }
}

/** What was changed of a year, the newest first; at most 100 changes. */
export async function listOwnChanges(db: Db, ctx: Context, year: number): Promise<OwnChange[]> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const found = await sql<OwnChange>`
    SELECT c.calendar_change_id AS "changeId", c.document, c.by_name AS "byName", c.at, coalesce(d.days, '[]') AS days, coalesce(y.years, '[]') AS years
    FROM kernel.calendar_change c
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('day', day, 'works', works) ORDER BY day) AS days FROM kernel.calendar_day
      WHERE county_code = c.county_code AND calendar_change_id = c.calendar_change_id AND day BETWEEN ${from}::date AND ${to}::date
    ) d ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('year', year, 'isKnown', is_known)) AS years FROM kernel.calendar_year
      WHERE county_code = c.county_code AND calendar_change_id = c.calendar_change_id AND year = ${year}
    ) y ON true
    WHERE c.county_code = ${ctx.scope.countyCode} AND (d.days IS NOT NULL OR y.years IS NOT NULL)
    ORDER BY c.change_no DESC LIMIT 100`.execute(db)
  return found.rows
}

/** The county's own days and years, and the changes of one year. */
export async function listOwnDays(db: Db, ctx: Context, year: number): Promise<OwnCalendar & { changes: OwnChange[] }> {
  return { ...(await findOwnCalendar(db, ctx)), changes: await listOwnChanges(db, ctx, year) }
}
