import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { endOfRange } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import type { FilterProblems } from '../rules/problem-requests.ts'
import type { TotalsBy } from '../rules/problem-totals.ts'
import { problemColumns, toProblem } from './problem-store.ts'
import { readable, seatOf } from './seat-store.ts'

/** A problem with its campaign's name, and until when more time is asked for. */
export type ListedProblem = ProblemFile & { readonly campaignName: string; readonly asksUntil: string | null }

/** What a list is asked: the filter, the moment, and how near is soon. */
export interface AskedList {
  readonly filter: FilterProblems
  readonly soonDays: number
}

const from = sql`FROM rectification.problem p JOIN rectification.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id`
const columns = sql`${problemColumns}, c.name AS "campaignName", (SELECT x.asked_until FROM rectification.extension x
  WHERE x.county_code = p.county_code AND x.problem_id = p.problem_id AND x.state = 'asked') AS "asksUntil"`
const order = sql`(p.state IN ('closed', 'withdrawn')), (p.listed_on IS NULL), (coalesce(p.overdue_at, '9999-12-31T00:00:00Z'::timestamptz)), p.problem_id`

/** What stands in a cursor: the values of the order. */
export function placeInOrder(problem: ProblemFile): [number, number, string, string] {
  const isOver = problem.state === 'closed' || problem.state === 'withdrawn'
  return [isOver ? 1 : 0, problem.listedOn === null ? 1 : 0, problem.overdueAt ?? '9999-12-31T00:00:00.000Z', problem.problemId]
}

const toListed = (row: ListedProblem): ListedProblem => ({ ...row, ...toProblem(row) })

/** A page of the ledger: open before ended, supervised first, then the nearest last day. */
export async function listProblemRows(
  db: Db,
  ctx: Context,
  given: AskedList & { limit: number; after: readonly (string | number)[] | undefined },
): Promise<ListedProblem[]> {
  const { limit, after } = given
  const [over = 0, unlisted = 0, due = '', id = ''] = after ?? []
  const further =
    after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(${order}) > (${over === 1}, ${unlisted === 1}, ${due}::timestamptz, ${id}::uuid)`
  const found = await sql<ListedProblem>`
    SELECT ${columns} ${from} WHERE ${chosen(ctx, given)} AND ${further} ORDER BY ${order} LIMIT ${limit}`.execute(db)
  return found.rows.map(toListed)
}

/** The first problems of each state, in the order of the ledger; `most` for each. */
export async function listBoardRows(db: Db, ctx: Context, given: AskedList & { most: number }): Promise<ListedProblem[]> {
  // Narrow rows are put in order; only those that are shown are read whole.
  const found = await sql<ListedProblem>`
    WITH ranked AS MATERIALIZED (
      SELECT p.problem_id, row_number() OVER (PARTITION BY p.state ORDER BY ${order}) AS place ${from} WHERE ${chosen(ctx, given)})
    SELECT ${columns} FROM (SELECT * FROM ranked WHERE place <= ${given.most}) r
    JOIN rectification.problem p ON p.county_code = ${ctx.scope.countyCode} AND p.problem_id = r.problem_id
    JOIN rectification.campaign c ON c.county_code = p.county_code AND c.campaign_id = p.campaign_id
    ORDER BY r.place, p.problem_id`.execute(db)
  return found.rows.map(toListed)
}

/** Problems that were struck off, drawn by a seed: the same seed draws the same. */
export async function drawClosed(
  db: Db,
  ctx: Context,
  given: { campaignId: string | undefined; area: string | undefined; n: number; seed: string },
): Promise<ListedProblem[]> {
  const filter: FilterProblems = { state: 'closed', campaignId: given.campaignId, area: given.area }
  const found = await sql<ListedProblem>`
    SELECT ${columns} ${from} WHERE ${chosen(ctx, { filter, soonDays: 0 })} ORDER BY md5(${given.seed} || p.problem_id::text), p.problem_id
    LIMIT ${given.n}`.execute(db)
  return found.rows.map(toListed)
}

/** One part of a division of the ledger. `by`: which; null for the whole. */
export interface CountedRow {
  readonly by: TotalsBy | null
  readonly key: string
  readonly name: string
  readonly n: number
  readonly closed: number
  readonly letters: number
  readonly isWithdrawn: boolean
}

/** Counts the ledger by everything at once, in one statement, so that all counts see the same rows. */
export async function countProblems(db: Db, ctx: Context, given: AskedList): Promise<CountedRow[]> {
  const found = await sql<CountedRow>`
    WITH base AS (
      SELECT p.state, p.source_kind AS source, p.class, coalesce(p.unit_id, '') AS unit, p.unit_name, p.letter_id, ${standing(ctx, given)} AS standing,
        p.state = 'withdrawn' AS gone
      ${from} WHERE ${chosen(ctx, given)}
    )
    SELECT CASE WHEN grouping(state) = 0 THEN 'state' WHEN grouping(source) = 0 THEN 'source' WHEN grouping(class) = 0 THEN 'class'
        WHEN grouping(unit) = 0 THEN 'unit' WHEN grouping(standing) = 0 THEN 'standing' END AS by,
      coalesce(state, source, class, unit, standing, '') AS key, coalesce(max(unit_name) FILTER (WHERE unit_name IS NOT NULL), '') AS name,
      count(*)::int AS n, (count(*) FILTER (WHERE state_of = 'closed'))::int AS closed,
      (SELECT count(DISTINCT letter_id)::int FROM base WHERE NOT base.gone) AS letters, gone AS "isWithdrawn"
    FROM (SELECT *, state AS state_of FROM base) b
    GROUP BY gone, GROUPING SETS ((), (state), (source), (class), (unit), (standing))
    ORDER BY n DESC, key`.execute(db)
  return found.rows
}

/** How a row stands to its last day; says the same as `standingOf` (rules/problem-due.ts; a test compares). */
function standing(ctx: Context, { soonDays }: AskedList): RawBuilder<string> {
  return sql<string>`CASE WHEN p.overdue_at IS NULL OR p.state = 'withdrawn' THEN 'none'
    WHEN p.state = 'closed' THEN CASE WHEN p.closed_at >= p.overdue_at THEN 'late' ELSE 'in-time' END
    WHEN p.overdue_at <= ${ctx.now}::timestamptz THEN 'overdue'
    WHEN p.overdue_at <= ${ctx.now}::timestamptz + make_interval(days => ${soonDays}) THEN 'soon' ELSE 'later' END`
}

function chosen(ctx: Context, given: AskedList): RawBuilder<boolean> {
  const { filter } = given
  const parts: RawBuilder<boolean>[] = [readable(ctx, 'p')]
  const same = { state: 'state', sourceKind: 'source_kind', class: 'class', unitId: 'unit_id', unitLevel: 'unit_level' } as const
  for (const [name, column] of Object.entries(same)) {
    const value = filter[name as keyof typeof same] // Safe: the entries of `same`
    if (value !== undefined && value !== '') parts.push(sql<boolean>`${sql.ref(`p.${column}`)} = ${value}`)
  }
  const ids = { campaignId: 'campaign_id', letterId: 'letter_id', inspectionId: 'inspection_id', householdId: 'household_id' } as const
  for (const [name, column] of Object.entries(ids)) {
    const value = filter[name as keyof typeof ids] // Safe: the entries of `ids`
    if (value !== undefined) parts.push(sql<boolean>`${sql.ref(`p.${column}`)} = ${value}::uuid`)
  }
  if (filter.area !== undefined) parts.push(sql<boolean>`p.area_path >= ${filter.area} AND p.area_path < ${endOfRange(filter.area)}`)
  if (filter.no !== undefined) parts.push(sql<boolean>`p.problem_no ^@ ${filter.no}`)
  if (filter.standing !== undefined) parts.push(sql<boolean>`${standing(ctx, given)} = ${filter.standing}`)
  if (filter.view !== undefined) parts.push(ofView(ctx, filter.view))
  return sql.join(parts, sql` AND `)
}

function ofView(ctx: Context, view: NonNullable<FilterProblems['view']>): RawBuilder<boolean> {
  switch (view) {
    case 'all':
      return sql<boolean>`p.state <> 'withdrawn'`
    case 'open':
      return sql<boolean>`p.state NOT IN ('closed', 'withdrawn')`
    case 'overdue':
      return sql<boolean>`p.state NOT IN ('closed', 'withdrawn') AND p.overdue_at <= ${ctx.now}::timestamptz`
    case 'closed':
      return sql<boolean>`p.state = 'closed'`
    case 'withdrawn':
      return sql<boolean>`p.state = 'withdrawn'`
    case 'supervised':
      return sql<boolean>`p.state NOT IN ('closed', 'withdrawn') AND p.listed_on IS NOT NULL`
    case 'mine':
      return mine(ctx)
  }
}

/** What waits for the caller's side: of his unit what it must do, of his office's campaigns what must be assigned or accepted. */
function mine(ctx: Context): RawBuilder<boolean> {
  const { path, organisationId, may } = seatOf(ctx)
  const units = [path, organisationId ?? ''].filter((id) => id !== '')
  const ofUnit = may.act
    ? sql<boolean>`(p.state IN ('assigned', 'accepted', 'rectifying') AND p.unit_id = ANY (${units}::text[]))`
    : sql<boolean>`false`
  const toAssign = may.assign ? sql<boolean>`(p.state = 'found' AND c.by_path = ${path})` : sql<boolean>`false`
  const toAccept = may.accept ? sql<boolean>`(p.state IN ('completed', 'verified') AND c.by_path = ${path})` : sql<boolean>`false`
  return sql<boolean>`(${ofUnit} OR ${toAssign} OR ${toAccept})`
}
