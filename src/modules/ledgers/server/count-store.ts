import { sql, type RawBuilder } from 'kysely'
import type { FilterRecords } from '../contract.ts'
import { ledgersErrors } from './errors.ts'
import { conditionOf } from './list-conditions.ts'
import type { Ledger, Within } from './open-ledger.ts'

/** Records behind the filters by state, and how many of them are overdue. */
export async function countByState(
  ctx: Within,
  ledger: Ledger,
  filters: FilterRecords,
): Promise<{ state: string; count: number; overdue: number }[]> {
  const found = await sql<{ state: string; count: number; overdue: number }>`
    SELECT r.state, count(*)::int AS count, count(*) FILTER (WHERE NOT r.settled AND r.due_at <= ${ctx.now})::int AS overdue
    FROM ledgers.record r WHERE ${conditionOf(ctx, ledger, filters)} GROUP BY r.state`.execute(ctx.db)
  return found.rows
}

/** Records of ledgers within the caller's scope: all and overdue ones, by template. Closed ones are counted when they are open. */
export async function countBooks(ctx: Within): Promise<Map<string, { records: number; overdue: number }>> {
  const found = await sql<{ templateKey: string; records: number; overdue: number }>`
    SELECT r.template_key AS "templateKey", count(*)::int AS records,
      count(*) FILTER (WHERE NOT r.settled AND r.due_at <= ${ctx.now})::int AS overdue
    FROM ledgers.record r WHERE ${scopeOnly(ctx)} AND r.removed_at IS NULL GROUP BY 1`.execute(ctx.db)
  return new Map(found.rows.map(({ templateKey, ...counts }) => [templateKey, counts]))
}

function scopeOnly(ctx: Within): RawBuilder<unknown> {
  const { scope } = ctx
  const county = sql`r.county_code = ${scope.countyCode}`
  if (scope.kind === 'area') return sql`${county} AND r.area_path >= ${scope.lo} AND r.area_path < ${scope.hi}`
  return scope.kind === 'households' ? sql`${county} AND r.household_id = ANY (${[...scope.householdIds]}::uuid[])` : county
}

/** What rows can be grouped by, as an expression over `ledgers.record r`. */
function groupExpression(ledger: Ledger, group: string): RawBuilder<unknown> {
  if (group === 'state') return sql`r.state`
  // Places are folded by the program: cutting a path a million times costs more than the rest of the sum.
  if (group === 'township' || group === 'village') return sql`r.area_path`
  if (group === 'month:made') return monthOf(sql`r.made_at AT TIME ZONE 'Asia/Shanghai'`, 'month')
  const [kind = '', key] = group.split(':')
  const column = ledger.open.keys[key ?? group]
  if (column === undefined || !ledger.maySee(key ?? group)) throw ledgersErrors.unknownField({ field: group })
  if (key === undefined && column.startsWith('text_')) return sql.raw(`r.${column}`)
  if (!column.startsWith('day_') || (kind !== 'month' && kind !== 'year')) throw ledgersErrors.unknownField({ field: group })
  return monthOf(sql`${sql.raw(`r.${column}`)}::timestamp`, kind)
}

/** The first day of a month or year; writing a month for each of a million rows costs twice as much. */
const monthOf = (at: RawBuilder<unknown>, kind: 'month' | 'year') => sql`date_trunc(${sql.raw(`'${kind}'`)}, ${at})::date`

export interface GroupRow {
  readonly values: readonly (string | null)[]
  readonly count: number
  /** Sums in millionths. */
  readonly sums: readonly string[]
}

/**
 * Counts and sums by up to two groups; those of one township or village are one. Throws `ledgers.too-many-groups` where there are more than 50,000
 * before places are joined: a part of them would be a wrong sum.
 */
export async function groupRecords(
  ctx: Within,
  ledger: Ledger,
  given: { filters: FilterRecords; groups: readonly string[]; sums: readonly string[]; most?: number },
): Promise<GroupRow[]> {
  const { most = mostGroups } = given
  const groups = given.groups.map((group) => groupExpression(ledger, group))
  const sums = given.sums.map((key) => {
    const column = ledger.open.keys[key]
    if (column === undefined || !column.startsWith('number_') || !ledger.maySee(key)) throw ledgersErrors.unknownField({ field: key })
    return sql`coalesce(sum(r.${sql.raw(column)}), 0)::text`
  })
  const totals = sql`ARRAY[${sql.join(sums)}]::text[]`
  const places = groups.map((_, at) => sql.raw(String(at + 1)))
  const expressions = groups.map((group, at) => sql`${group} AS ${sql.raw(`g${at + 1}`)}`)
  const by = groups.length === 0 ? sql`` : sql`GROUP BY ${sql.join(places)} ORDER BY ${sql.join(places)}`
  const names = groups.map((_, at) => sql.raw(`g.g${at + 1}::text`))
  const found = await sql<GroupRow>`
    SELECT ARRAY[${sql.join(names)}]::text[] AS values, g.count, g.sums FROM (
      SELECT ${expressions.length === 0 ? sql`` : sql`${sql.join(expressions)}, `}count(*)::int AS count, ${totals} AS sums
      FROM ledgers.record r WHERE ${conditionOf(ctx, ledger, given.filters)} ${by} LIMIT ${most + 1}) g`.execute(ctx.db)
  if (found.rows.length > most) throw ledgersErrors.tooManyGroups({ most })
  return foldGroups(found.rows, given.groups)
}

/** Groups of one answer, before places are folded. */
const mostGroups = 50_000
const partsOfPlace: Readonly<Record<string, number>> = { township: 4, village: 5 }
const lengthOfDay: Readonly<Record<string, number>> = { month: '2024-01'.length, year: '2024'.length }

/** What a group's value is folded to: the first four or five parts of a path, the month or year of a day; undefined where it stays. */
function foldOf(group: string): ((value: string) => string) | undefined {
  const parts = partsOfPlace[group]
  if (parts !== undefined) return (value) => (value.match(/[^.]*\./g) ?? []).slice(0, parts).join('')
  const length = group.includes(':') ? lengthOfDay[group.split(':')[0] ?? ''] : undefined
  return length === undefined ? undefined : (value) => value.slice(0, length)
}

/** Joins the groups of places below a township or village, and writes months and years. */
function foldGroups(rows: readonly GroupRow[], groups: readonly string[]): GroupRow[] {
  const folds = groups.map(foldOf)
  if (folds.every((fold) => fold === undefined)) return [...rows]
  const folded = new Map<string, GroupRow>()
  for (const row of rows) {
    const values = row.values.map((value, at) => (value === null ? null : (folds[at]?.(value) ?? value)))
    const name = JSON.stringify(values)
    const before = folded.get(name)
    const sums = row.sums.map((sum, at) => String(BigInt(sum) + BigInt(before?.sums[at] ?? '0')))
    folded.set(name, { values, count: row.count + (before?.count ?? 0), sums })
  }
  return [...folded.values()]
}
