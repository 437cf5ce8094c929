import { sql, type RawBuilder } from 'kysely'
import type { Measure, RowFilter, RowIndicator } from '#kernel/pure/indicators/index.ts'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'

/** Which rows of a view: the definition's own, of a period, below an area, within the reader's scope. */
export interface ChosenRows {
  readonly definition: RowIndicator
  readonly scope: Scope
  readonly area: string
  readonly from: string
  readonly to: string
  /** Rows with this value of a column; an empty text is "without one". */
  readonly only?: { readonly column: string; readonly is: string } | undefined
}

/** A row behind a number. */
export interface FoundRow {
  readonly key: string
  readonly rowId: string
  readonly areaPath: string
  readonly householdId: string | null
  readonly cells: readonly (string | null)[]
}

/** By what the rows are grouped: so many segments of their path, or a column. */
export type RowGroup = { readonly segments: number } | { readonly column: string }

const column = (name: string) => sql.ref(`v.${name}`)
const view = (name: string) => {
  const [schema = '', table = ''] = name.split('.')
  return sql`${sql.id(schema, table)} AS v`
}

function holds(filter: RowFilter): RawBuilder<boolean>[] {
  const at = column(filter.column)
  if ('in' in filter) return [sql<boolean>`${at}::text = ANY (${filter.in.map(String)})`]
  if ('notIn' in filter) return [sql<boolean>`(${at} IS NULL OR ${at}::text <> ALL (${filter.notIn.map(String)}))`]
  if ('empty' in filter) return [filter.empty ? sql<boolean>`${at} IS NULL` : sql<boolean>`${at} IS NOT NULL`]
  const { atLeast, atMost, above, below } = filter
  return [
    ...(atLeast === undefined ? [] : [sql<boolean>`${at} >= ${atLeast}`]),
    ...(atMost === undefined ? [] : [sql<boolean>`${at} <= ${atMost}`]),
    ...(above === undefined ? [] : [sql<boolean>`${at} > ${above}`]),
    ...(below === undefined ? [] : [sql<boolean>`${at} < ${below}`]),
  ]
}

function inPeriod({ definition, from, to }: ChosenRows): RawBuilder<boolean>[] {
  if (definition.kind === 'flow') return [sql<boolean>`${column(definition.on)} BETWEEN ${from}::date AND ${to}::date`]
  if (definition.kind === 'cumulative') return [sql<boolean>`${column(definition.on)} <= ${to}::date`]
  const since = definition.from === undefined ? [] : [sql<boolean>`${column(definition.from)} <= ${to}::date`]
  const until =
    definition.until === undefined ? [] : [sql<boolean>`(${column(definition.until)} IS NULL OR ${column(definition.until)} > ${to}::date)`]
  return [...since, ...until]
}

function withinArea({ scope, area }: ChosenRows): RawBuilder<boolean>[] {
  return [inScope(scope, 'v'), sql<boolean>`v.area_path >= ${area} AND v.area_path < ${endOfRange(area)}`]
}

function chosen(rows: ChosenRows): RawBuilder<boolean> {
  const only = rows.only
  const parts = [
    ...withinArea(rows),
    ...rows.definition.filters.flatMap(holds),
    ...inPeriod(rows),
    ...(only === undefined
      ? []
      : [only.is === '' ? sql<boolean>`${column(only.column)} IS NULL` : sql<boolean>`${column(only.column)}::text = ${only.is}`]),
  ]
  return sql.join(parts, sql` AND `)
}

/** The number of a measure; of the rows that `when` names among those of the query, where it is given. */
function measured(measure: Measure, decimals: number, when: RawBuilder<unknown> = sql``): RawBuilder<string | null> {
  if ('count' in measure) return sql<string>`(count(*)${when})::text`
  if ('distinct' in measure) return sql<string>`(count(DISTINCT ${column(measure.distinct)})${when})::text`
  if ('sum' in measure) return sql<string>`round(coalesce(sum(${column(measure.sum)})${when}, 0)::numeric, ${sql.lit(decimals)})::text`
  if ('max' in measure) return sql<string>`round((max(${column(measure.max)})${when})::numeric, ${sql.lit(decimals)})::text`
  return sql<string>`round((avg(${column(measure.mean)})${when})::numeric, ${sql.lit(decimals)})::text`
}

/**
 * The numbers of several measures over one view, below one area and in one scope, read in one walk; their first condition is the same. Null for the
 * mean or largest of no rows.
 */
export async function measureRows(db: Db, all: readonly ChosenRows[]): Promise<(string | null)[]> {
  const [first] = all
  if (first === undefined) return []
  const shared = first.definition.filters.slice(0, 1).flatMap(holds)
  const values = all.map((rows) => {
    const own = [...rows.definition.filters.slice(1).flatMap(holds), ...inPeriod(rows)]
    const when = own.length === 0 ? sql`` : sql` FILTER (WHERE ${sql.join(own, sql` AND `)})`
    return measured(rows.definition.measure, rows.definition.decimals, when)
  })
  const found = await sql<{ found: (string | null)[] }>`
    SELECT ARRAY[${sql.join(values)}] AS found FROM ${view(first.definition.view)}
    WHERE ${sql.join([...withinArea(first), ...shared], sql` AND `)}`.execute(db)
  return found.rows[0]?.found ?? []
}

/** The number of each group that has rows; rows above the wanted places, or without the value, stand under `''`. */
export async function measureGroups(db: Db, rows: ChosenRows, group: RowGroup): Promise<{ group: string; value: string | null }[]> {
  const { definition } = rows
  const by =
    'segments' in group
      ? sql<string>`coalesce(substring(v.area_path FROM ${`^(?:[0-9]+\\.){${group.segments}}`}), '')`
      : sql<string>`coalesce(${column(group.column)}::text, '')`
  const found = await sql<{ group: string; value: string | null }>`
    SELECT ${by} AS "group", ${measured(definition.measure, definition.decimals)} AS value
    FROM ${view(definition.view)} WHERE ${chosen(rows)} GROUP BY 1 ORDER BY 1`.execute(db)
  return found.rows
}

/**
 * The rows behind a number, as many as it counts: for distinct values one row of each, else every row. `key` is what the next page goes
 * on after.
 */
export async function listRows(
  db: Db,
  rows: ChosenRows,
  page: { columns: readonly string[]; hasHousehold: boolean; limit: number; after: string | undefined },
): Promise<FoundRow[]> {
  const { measure, view: name } = rows.definition
  const cells =
    page.columns.length === 0 ? sql`ARRAY[]::text[]` : sql`ARRAY[${sql.join(page.columns.map((one) => sql`${column(one)}::text`))}]`
  const household = page.hasHousehold ? sql`v.household_id::text` : sql`NULL::text`
  const key = 'distinct' in measure ? sql`${column(measure.distinct)}::text COLLATE "C"` : sql`v.row_id COLLATE "C"`
  const found = await sql<FoundRow>`
    SELECT ${'distinct' in measure ? sql`DISTINCT ON (${key})` : sql``} ${key} AS key, v.row_id AS "rowId", v.area_path AS "areaPath",
      ${household} AS "householdId", ${cells} AS cells
    FROM ${view(name)} WHERE ${chosen(rows)} AND ${key} IS NOT NULL AND ${page.after === undefined ? sql`true` : sql`${key} > ${page.after}`}
    ORDER BY ${key} LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** Opens a closed register for what is counted next in this transaction; `''` shuts it again. */
export async function setOpened(db: Db, setting: string, value: string): Promise<void> {
  await sql`SELECT set_config(${setting}, ${value}, true)`.execute(db)
}
