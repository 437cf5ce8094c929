import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { isLink } from '../rules/field-kinds.ts'
import type { GatherPlan } from '../rules/gather-plan.ts'
import type { FieldFilter } from '../rules/template-indicators.ts'
import type { FieldKind } from '../rules/template.ts'
import { recordColumns, recordTables } from './record-store.ts'
import type { RecordRow } from './tables.ts'

type Part = RawBuilder<unknown>

/** Values are read from the body: a field may have stood in another key column in an older version, or in none. */
const textOf = (field: string, kind: FieldKind): Part =>
  isLink(kind) ? sql`(b.body -> ${field}::text ->> 'id')` : sql`(b.body ->> ${field}::text)`
/** What an older version kept there as words is no number. */
const numberOf = (field: string): Part =>
  sql`(CASE WHEN b.body ->> ${field}::text ~ '^-?[0-9]+(\\.[0-9]+)?$' THEN (b.body ->> ${field}::text)::numeric END)`
const isAmount = (kind: string): boolean => kind === 'number' || kind === 'money'

/** The records that a plan speaks of, whoever's they are: by app_system, for one number. */
function rowsOf(ctx: Context, plan: GatherPlan): Part {
  const county = ctx.scope.countyCode
  const { anchor } = plan
  const found =
    'recordId' in anchor
      ? sql`ledgers.record r`
      : sql`ledgers.record_link l JOIN ledgers.record r ON r.county_code = l.county_code AND r.record_id = l.record_id`
  const start =
    'recordId' in anchor
      ? sql`r.county_code = ${county} AND r.record_id = ${anchor.recordId}::uuid`
      : sql`l.county_code = ${county} AND l.target_kind = ${anchor.kind} AND l.target = ${anchor.target} AND l.template_key = ${plan.from}
          AND l.field_key = ${anchor.field}`
  const wanted: Part[] = [
    start,
    sql`r.template_key = ${plan.from} AND r.removed_at IS NULL AND r.record_id <> ${plan.self}::uuid`,
    ...(plan.states === undefined ? [] : [sql`r.state = ANY (${[...plan.states]}::text[])`]),
    ...plan.conditions.map(conditionOf),
    ...plan.filters.map(({ filter, kind }) => filterOf(filter, kind)),
  ]
  return sql`${found} JOIN ledgers.record_body b ON b.county_code = r.county_code AND b.record_id = r.record_id
    WHERE ${sql.join(wanted, sql` AND `)}`
}

function conditionOf({ field, kind, as, value, length }: GatherPlan['conditions'][number]): Part {
  if (field === '$record') return sql`r.record_id = ${value}::uuid`
  const text = textOf(field, kind)
  const cut = (part: Part) => sql`left(${part}, ${length}) COLLATE "C"`
  switch (as) {
    case 'same':
      return isAmount(kind) ? sql`${numberOf(field)} = ${value}::numeric` : sql`${text} = ${value}`
    case 'same-year':
      return sql`left(${text}, 4) = ${value.slice(0, 4)}`
    case 'same-month':
      return sql`left(${text}, 7) = ${value.slice(0, 7)}`
    case 'same-quarter':
      return sql`left(${text}, 7) = ANY (${monthsOfQuarter(value)}::text[])`
    case 'not-after':
      return sql`${cut(text)} <= ${value.slice(0, length)}`
    case 'not-before':
      return sql`${cut(text)} >= ${value.slice(0, length)}`
  }
}

function monthsOfQuarter(day: string): string[] {
  const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1
  return [0, 1, 2].map((more) => `${day.slice(0, 4)}-${String(first + more).padStart(2, '0')}`)
}

function filterOf(filter: FieldFilter, kind: FieldKind | 'state' | 'made'): Part {
  const text =
    kind === 'state'
      ? sql`r.state`
      : kind === 'made'
        ? sql`to_char(r.made_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')`
        : textOf(filter.field, kind)
  const compared = isAmount(kind) ? numberOf(filter.field) : text
  const value = (one: string | number | boolean): Part =>
    isAmount(kind) ? sql`${String(one)}::numeric` : sql`${String(one)}::text COLLATE "C"`
  if ('in' in filter) return sql`${compared} IN (${sql.join(filter.in.map(value))})`
  if ('notIn' in filter) return sql`(${compared} IS NULL OR ${compared} NOT IN (${sql.join(filter.notIn.map(value))}))`
  if ('empty' in filter) return filter.empty ? sql`coalesce(${text}, '') = ''` : sql`coalesce(${text}, '') <> ''`
  const bounds = [
    filter.atLeast === undefined ? [] : [sql`${compared} >= ${value(filter.atLeast)}`],
    filter.atMost === undefined ? [] : [sql`${compared} <= ${value(filter.atMost)}`],
    filter.above === undefined ? [] : [sql`${compared} > ${value(filter.above)}`],
    filter.below === undefined ? [] : [sql`${compared} < ${value(filter.below)}`],
  ].flat()
  return bounds.length === 0 ? sql`true` : sql.join(bounds, sql` AND `)
}

/** One gathered number (or day) as text; null where there is none, as of a maximum over nothing. Exact: sums are numeric. */
export async function readGathered(db: Db, ctx: Context, plan: GatherPlan): Promise<string | null> {
  const { measure } = plan
  const value =
    measure.how === 'count'
      ? sql`count(*)`
      : measure.how === 'distinct'
        ? sql`count(DISTINCT ${textOf(measure.field, measure.kind)})`
        : measure.how === 'sum'
          ? sql`coalesce(sum(${numberOf(measure.field)}), 0)`
          : sql`max(${isAmount(measure.kind) ? numberOf(measure.field) : textOf(measure.field, measure.kind)})`
  const found = await sql<{ value: string | null }>`SELECT (${value})::text AS value FROM ${rowsOf(ctx, plan)}`.execute(db)
  return found.rows[0]?.value ?? null
}

/** The records behind a gathered number, those of a scope only, the newest first, with how many there are in all. */
export async function listGathered(
  db: Db,
  ctx: Context,
  given: { plan: GatherPlan; limit: number },
): Promise<{ count: number; recordIds: string[] }> {
  const found = await sql<{ count: number; recordId: string }>`
    SELECT count(*) OVER ()::int AS count, r.record_id AS "recordId" FROM ${rowsOf(ctx, given.plan)} ORDER BY r.record_id DESC LIMIT ${given.limit}`.execute(
    db,
  )
  return { count: found.rows[0]?.count ?? 0, recordIds: found.rows.map((row) => row.recordId) }
}

/** Where open records are looked for that gather: of a version, by what a field names or by their own id. */
export interface GathererQuery {
  readonly templateKey: string
  readonly version: number
  readonly by: { readonly field: string; readonly kind: string; readonly target: string } | { readonly recordId: string }
  readonly not: string
}

/** Ids of open records that gather, whoever's they are; by app_system. */
export async function findGatherers(db: Db, ctx: Context, query: GathererQuery): Promise<string[]> {
  const { by } = query
  const county = ctx.scope.countyCode
  const open = sql`r.template_key = ${query.templateKey} AND r.version = ${query.version} AND r.removed_at IS NULL AND NOT r.settled
    AND r.record_id <> ${query.not}::uuid`
  const found =
    'recordId' in by
      ? await sql<{
          id: string
        }>`SELECT r.record_id AS id FROM ledgers.record r WHERE r.county_code = ${county} AND r.record_id = ${by.recordId}::uuid
          AND ${open}`.execute(db)
      : await sql<{ id: string }>`
          SELECT r.record_id AS id FROM ledgers.record_link l JOIN ledgers.record r ON r.county_code = l.county_code AND r.record_id = l.record_id
          WHERE l.county_code = ${county} AND l.target_kind = ${by.kind} AND l.target = ${by.target} AND l.template_key = ${query.templateKey}
            AND l.field_key = ${by.field} AND ${open}`.execute(db)
  return found.rows.map((row) => row.id)
}

/** A record held for this transaction, whoever's it is; by app_system. */
export async function holdAnyRecord(db: Db, ctx: Context, recordId: string): Promise<RecordRow | undefined> {
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables} WHERE r.county_code = ${ctx.scope.countyCode} AND r.record_id = ${recordId}::uuid
      AND r.removed_at IS NULL AND NOT r.settled FOR UPDATE OF r`.execute(db)
  return found.rows[0]
}

/** Which published versions of the county's own templates gather something. */
export async function listGatheringVersions(db: Db, ctx: Context): Promise<{ templateKey: string; version: number; hash: string }[]> {
  const found = await sql<{ templateKey: string; version: number; hash: string }>`
    SELECT template_key AS "templateKey", version, hash FROM ledgers.template
    WHERE county_code = ${ctx.scope.countyCode} AND state <> 'draft' AND jsonb_path_exists(definition, '$.fields[*].gathers')`.execute(db)
  return found.rows
}

/**
 * Holds ledgers and linked things until the transaction ends, in the order in which they stand. Single writers share the ledger and hold the thing;
 * who writes many at once holds the ledger alone.
 */
export async function holdGathered(
  db: Db,
  ctx: Context,
  given: { ledgers: readonly string[]; things: readonly string[]; alone: boolean },
): Promise<void> {
  const county = ctx.scope.countyCode
  // A list that is being taken over holds its funds for some seconds: whoever comes then waits a while.
  const isShort = ctx.deadline !== 'job'
  if (isShort) await waitAtMost(db, { lock: '15s', statement: '16s' })
  const names = (keys: readonly string[]) =>
    sql`(SELECT k FROM unnest(${keys.map((key) => `ledgers.gather ${county} ${key}`)}::text[]) WITH ORDINALITY AS t (k, n) ORDER BY n)`
  if (given.ledgers.length > 0)
    await (given.alone
      ? sql`SELECT pg_advisory_xact_lock(hashtextextended(s.k, 36)) FROM ${names(given.ledgers)} s`
      : sql`SELECT pg_advisory_xact_lock_shared(hashtextextended(s.k, 36)) FROM ${names(given.ledgers)} s`
    ).execute(db)
  if (given.things.length > 0) await sql`SELECT pg_advisory_xact_lock(hashtextextended(s.k, 36)) FROM ${names(given.things)} s`.execute(db)
  if (isShort) await waitAtMost(db, { lock: '2s', statement: '2s' })
}

async function waitAtMost(db: Db, { lock, statement }: { lock: '2s' | '15s'; statement: '2s' | '16s' }): Promise<void> {
  await sql.raw(`SET LOCAL lock_timeout = '${lock}'`).execute(db)
  await sql.raw(`SET LOCAL statement_timeout = '${statement}'`).execute(db)
}

/** Which closed ledgers the transaction has open, as it is set. */
export async function openedLedgers(db: Db): Promise<string[]> {
  const found = await sql<{ keys: string | null }>`SELECT current_setting('app.open_ledgers', true) AS keys`.execute(db)
  return (found.rows[0]?.keys ?? '').split(',').filter((key) => key !== '')
}
