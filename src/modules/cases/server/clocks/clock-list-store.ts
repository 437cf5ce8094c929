import { sql, type RawBuilder } from 'kysely'
import type { Day } from '#kernel/pure/time/index.ts'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { KeptClock } from '../../rules/clocks/clock-change.ts'
import type { ClockMark } from '../../rules/clocks/clock-days.ts'
import type { FilterClocks } from '../../rules/clocks/clock-requests.ts'
import type { CaseStep } from '../../rules/case-steps.ts'
import { clockColumns, withPauses } from './clock-store.ts'

/** Which clocks: the filter with what it means today. */
export interface ChosenClocks extends Omit<FilterClocks, 'mine' | 'breach' | 'reminded'> {
  readonly today: Day
  readonly heldBy?: string | undefined
  readonly clockIds?: readonly string[] | undefined
}

/** A clock of the list with what stands in its case. */
export interface ListedClock extends KeptClock {
  readonly caseNo: string
  readonly handlerName: string | null
  readonly atStep: CaseStep
}

const lastDay = '9999-12-31'

function chosen(scope: Scope, filter: ChosenClocks): RawBuilder<boolean> {
  const { today } = filter
  const parts: RawBuilder<boolean>[] = [inScope(scope, 'k'), sql<boolean>`k.state <> 'stopped' AND k.days > 0`]
  const same = { kind: sql`k.kind`, limit: sql`k.limit_kind`, party: sql`k.party`, heldBy: sql`k.held_by` } as const
  for (const name of ['kind', 'limit', 'party', 'heldBy'] as const)
    if (filter[name] !== undefined) parts.push(sql<boolean>`${same[name]} = ${filter[name]}`)
  if (filter.area !== undefined) parts.push(sql<boolean>`k.area_path >= ${filter.area} AND k.area_path < ${endOfRange(filter.area)}`)
  if (filter.dueWithin !== undefined)
    parts.push(sql<boolean>`k.due_on >= ${today}::date AND k.due_on <= ${today}::date + ${filter.dueWithin}::int`)
  // A notice that has stood its days is not late.
  const isLate = sql<boolean>`k.due_on IS NOT NULL AND k.due_on < ${today}::date AND k.kind <> 'notice'`
  if (filter.overdue !== undefined) parts.push(filter.overdue ? isLate : sql<boolean>`NOT (${isLate})`)
  if (filter.paused !== undefined) parts.push(filter.paused ? sql<boolean>`k.state = 'paused'` : sql<boolean>`k.state = 'running'`)
  if (filter.unknownYear !== undefined)
    parts.push(filter.unknownYear ? sql<boolean>`k.unknown_year IS NOT NULL` : sql<boolean>`k.unknown_year IS NULL`)
  if (filter.clockIds !== undefined) parts.push(sql<boolean>`k.clock_id = ANY (${[...filter.clockIds]}::uuid[])`)
  return sql.join(parts, sql` AND `)
}

/** Clocks by their due day, those that have none last; `after` is the due day and id of the last one before. */
export async function listClockRows(
  db: Db,
  search: { scope: Scope; filter: ChosenClocks },
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<ListedClock[]> {
  const [dueOn = '', clockId = ''] = page.after ?? []
  const order = sql`coalesce(k.due_on, ${lastDay}::date)`
  const from = page.after === undefined ? sql<boolean>`true` : sql<boolean>`(${order}, k.clock_id) > (${dueOn}::date, ${clockId}::uuid)`
  const found = await sql<ListedClock>`
    SELECT ${clockColumns}, f.case_no AS "caseNo", f.handler_name AS "handlerName", f.step AS "atStep"
    FROM cases.clock k JOIN cases.case_file f ON f.county_code = k.county_code AND f.case_id = k.case_id ${withPauses}
    WHERE ${chosen(search.scope, search.filter)} AND ${from} ORDER BY ${order}, k.clock_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** The sort values of a row of the list. */
export function keyOfClock(row: Pick<KeptClock, 'dueOn' | 'clockId'>): [string, string] {
  return [row.dueOn ?? lastDay, row.clockId]
}

/** How many the filter finds. */
export async function countClocks(db: Db, search: { scope: Scope; filter: ChosenClocks }): Promise<number> {
  const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM cases.clock k WHERE ${chosen(search.scope, search.filter)}`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
}

/** All clocks that have not stopped below a place, with the step at which their case stands. */
export async function listRunning(db: Db, scope: Scope, under: string | undefined): Promise<ListedClock[]> {
  const below = under === undefined ? sql<boolean>`true` : sql<boolean>`k.area_path >= ${under} AND k.area_path < ${endOfRange(under)}`
  const found = await sql<ListedClock>`
    SELECT ${clockColumns}, f.case_no AS "caseNo", f.handler_name AS "handlerName", f.step AS "atStep"
    FROM cases.clock k JOIN cases.case_file f ON f.county_code = k.county_code AND f.case_id = k.case_id ${withPauses}
    WHERE ${inScope(scope, 'k')} AND k.state <> 'stopped' AND ${below} ORDER BY k.due_on, k.clock_id LIMIT 50000`.execute(db)
  return found.rows
}

/** How long passed steps took since a day, by township and step, in the days that their clocks counted. */
export async function countTook(
  db: Db,
  scope: Scope,
  since: Day,
): Promise<{ township: string; step: CaseStep; took: number; count: number }[]> {
  const found = await sql<{ township: string; step: CaseStep; took: number; count: number }>`
    SELECT substring(k.area_path FROM '^(?:[0-9]+\\.){4}') AS township, k.step, k.took_days AS took, count(*)::int AS count
    FROM cases.clock k
    WHERE ${inScope(scope, 'k')} AND k.state = 'stopped' AND k.stopped_on >= ${since}::date AND k.kind = 'step' AND k.stopped_by = 'pass'
    GROUP BY 1, 2, 3`.execute(db)
  return found.rows
}

/** Natural days of steps that ran since a day, by place (`depth` segments) and whose time they were. */
export async function sumDaysByParty(
  db: Db,
  given: { scope: Scope; under: string | undefined; since: Day; today: Day; depth: number },
): Promise<{ place: string; own: number; others: number }[]> {
  const { scope, under, since, today, depth } = given
  const below = under === undefined ? sql<boolean>`true` : sql<boolean>`k.area_path >= ${under} AND k.area_path < ${endOfRange(under)}`
  const found = await sql<{ place: string; own: number; others: number }>`
    WITH spent AS (
      SELECT substring(k.area_path FROM ${`^(?:[0-9]+\\.){1,${depth}}`}) AS place, k.party, coalesce(k.stopped_on, ${today}::date) - k.started_on AS days,
        (SELECT coalesce(sum(upper(part) - lower(part)), 0) FROM (
          SELECT unnest(range_agg(daterange(p.paused_on, coalesce(p.resumed_on, ${today}::date + 1)))
            * datemultirange(daterange(k.started_on + 1, coalesce(k.stopped_on, ${today}::date) + 1))) AS part
          FROM cases.clock_pause p WHERE p.county_code = k.county_code AND p.clock_id = k.clock_id) held)::int AS held
      FROM cases.clock k
      WHERE ${inScope(scope, 'k')} AND ${below} AND k.kind = 'step' AND (k.stopped_on IS NULL OR k.stopped_on >= ${since}::date)
        AND k.started_on <= ${today}::date
    )
    SELECT place, coalesce(sum(days - held) FILTER (WHERE party = 'own'), 0)::int AS own,
      coalesce(sum(CASE WHEN party = 'own' THEN held ELSE days END), 0)::int AS others
    FROM spent GROUP BY place ORDER BY place`.execute(db)
  return found.rows
}

/** Unknown years that running clocks reach, with how many. */
export async function countUnknownYears(db: Db, scope: Scope): Promise<{ year: number; count: number }[]> {
  const found = await sql<{ year: number; count: number }>`
    SELECT k.unknown_year AS year, count(*)::int AS count FROM cases.clock k
    WHERE ${inScope(scope, 'k')} AND k.state <> 'stopped' AND k.unknown_year IS NOT NULL GROUP BY 1 ORDER BY 1`.execute(db)
  return found.rows
}

/** The last reminder of each running clock that an office was given, itself or as the one above; the newest first. */
export async function listRemindersOf(
  db: Db,
  scope: Scope,
  given: { seat: string; limit: number },
): Promise<{ clockId: string; mark: ClockMark; firedOn: string; isEscalated: boolean }[]> {
  const found = await sql<{ clockId: string; mark: ClockMark; firedOn: string; isEscalated: boolean }>`
    SELECT * FROM (
      SELECT DISTINCT ON (r.clock_id) r.clock_id AS "clockId", r.mark, r.fired_on AS "firedOn", k.held_by <> ${given.seat} AS "isEscalated"
      FROM cases.reminder r JOIN cases.clock k ON k.county_code = r.county_code AND k.clock_id = r.clock_id AND k.state <> 'stopped'
      WHERE ${inScope(scope, 'r')} AND (k.held_by = ${given.seat} OR r.above_path = ${given.seat})
      ORDER BY r.clock_id, r.mark DESC
    ) newest ORDER BY "firedOn" DESC, "clockId" LIMIT ${given.limit}`.execute(db)
  return found.rows
}

/** Reminders of some clocks, in the order in which they fired. */
export async function findReminders(
  db: Db,
  scope: Scope,
  caseIds: readonly string[],
): Promise<{ clockId: string; mark: ClockMark; firedOn: string; toPath: string; abovePath: string | null }[]> {
  const found = await sql<{ clockId: string; mark: ClockMark; firedOn: string; toPath: string; abovePath: string | null }>`
    SELECT r.clock_id AS "clockId", r.mark, r.fired_on AS "firedOn", r.to_path AS "toPath", r.above_path AS "abovePath" FROM cases.reminder r
    WHERE ${inScope(scope, 'r')} AND r.case_id = ANY (${[...caseIds]}::uuid[]) ORDER BY r.fired_on, r.mark`.execute(db)
  return found.rows
}
