import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Context, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { NationalKind, Severity } from '../policy/national-policy.ts'
import type { NationalAction, NationalWhy } from '../rules/national-statement.ts'
import type { NationalCount, NationalState } from '../rules/national-records.ts'

export interface NationalFilter {
  state: NationalState
  under?: string | undefined
  /** `''` is that a person is added or removed. */
  field?: string | undefined
  action?: NationalAction | undefined
}

export interface ChangeRow {
  change_id: string
  revision: number
  entity: 'household' | 'person' | 'village'
  household_id: string | null
  household_no: string | null
  person_no: string | null
  id_cell: Buffer | null
  name: string | null
  township: string | null
  village: string | null
  group_name: string | null
  area_path: string
  field: string
  action: NationalAction
  kind: NationalKind
  export_on: string
  system_value: string
  our_value: string
  why: NationalWhy
  source: { from: 'file'; kind: string; on: string } | { from: 'correction'; id: string } | null
  correction_on: string | null
  correction_by: string | null
  correction_source: string | null
  /** Who did the household event, where that is the source. */
  event_name: string | null
  severity: Severity
  state: NationalState
  reopened_on: string | null
  entered_name: string | null
  entered_on: string | null
  settled_on: string | null
}

function matching(scope: Scope, filter: NationalFilter): RawBuilder<unknown> {
  const { state, under, field, action } = filter
  const parts: RawBuilder<unknown>[] = [inScope(scope, 'n'), sql`n.state = ${state}`]
  if (under !== undefined) parts.push(sql`n.area_path >= ${under} AND n.area_path < ${endOfRange(under)}`)
  if (field !== undefined) parts.push(sql`n.field = ${field}`)
  if (action !== undefined) parts.push(sql`n.action = ${action}`)
  return sql.join(parts, sql` AND `)
}

const noHousehold = '00000000-0000-0000-0000-000000000000'
const order = sql.raw(`n.area_path, coalesce(n.household_id, '${noHousehold}'::uuid), n.change_id`)

/** Where a page of changes ended. */
export function cursorOf(row: ChangeRow): [string, string, string] {
  return [row.area_path, row.household_id ?? noHousehold, row.change_id]
}

/** Changes behind the filter in the order of area and household, after the last one seen; one row more than `limit` when there is more. */
export async function listChangeRows(
  db: Db,
  given: { scope: Scope; filter: NationalFilter; after: readonly (string | number)[] | undefined; limit: number },
): Promise<ChangeRow[]> {
  const { after } = given
  const seen = after === undefined ? sql`true` : sql`(${order}) > (${after[0]}, ${after[1]}::uuid, ${after[2]}::uuid)`
  return readRows(db, sql`${matching(given.scope, given.filter)} AND ${seen}`, given.limit + 1)
}

/** One change, within the scope. */
export async function findChangeRow(db: Db, scope: Scope, changeId: string): Promise<ChangeRow | undefined> {
  const [row] = await readRows(db, sql`${inScope(scope, 'n')} AND n.change_id = ${changeId}::uuid`, 1)
  return row
}

async function readRows(db: Db, condition: RawBuilder<unknown>, limit: number): Promise<ChangeRow[]> {
  const found = await sql<ChangeRow>`
    SELECT n.change_id, n.revision, n.entity, n.household_id, n.area_path, n.field, n.action, n.kind, n.export_on::text AS export_on, n.system_value,
      n.our_value, n.why, n.source, n.severity, n.state, n.reopened_on::text AS reopened_on, n.entered_name, n.entered_on::text AS entered_on,
      n.settled_on::text AS settled_on, h.household_no, p.person_no, p.id_cell, coalesce(p.name, h.head_name, v.name) AS name,
      coalesce(h.township, v.township) AS township, coalesce(h.village, v.name) AS village, h.group_name,
      coalesce(c.applied_on, (e.applied_at AT TIME ZONE 'Asia/Shanghai')::date)::text AS correction_on, c.applied_by AS correction_by,
      coalesce(c.source, e.reason) AS correction_source, e.applied_name AS event_name
    FROM (SELECT * FROM registry.national_change n WHERE ${condition} ORDER BY ${order} LIMIT ${limit}) n
    LEFT JOIN registry.household h ON h.county_code = n.county_code AND h.household_id = n.household_id
    LEFT JOIN registry.person p ON p.county_code = n.county_code AND p.person_id = n.subject_id AND n.entity = 'person'
    LEFT JOIN registry.village v ON v.county_code = n.county_code AND v.village_id = n.subject_id AND n.entity = 'village'
    LEFT JOIN registry.correction c ON c.county_code = n.county_code AND c.correction_id = (n.source ->> 'id')::uuid
    LEFT JOIN registry.household_event e ON e.county_code = n.county_code AND e.event_id = (n.source ->> 'id')::uuid
    ORDER BY ${order}`.execute(db)
  return found.rows
}

/** Changes of a state by township and field. */
export async function countChanges(db: Db, scope: Scope, state: NationalState): Promise<NationalCount[]> {
  const found = await sql<NationalCount>`
    WITH counted AS (
      SELECT n.county_code, array_to_string((string_to_array(n.area_path, '.'))[1:4], '.') || '.' AS under, n.field, n.action, count(*)::int AS count
      FROM registry.national_change n WHERE ${inScope(scope, 'n')} AND n.state = ${state} GROUP BY 1, 2, 3, 4)
    SELECT coalesce(a.name, c.under) AS township, c.under, c.field, c.action, c.count FROM counted c
    LEFT JOIN LATERAL (SELECT h.township AS name FROM registry.household h
      WHERE h.county_code = c.county_code AND h.area_path >= c.under AND h.area_path < left(c.under, -1) || '/' LIMIT 1) a ON true
    ORDER BY c.under, c.count DESC, c.field`.execute(db)
  return found.rows
}

/** How many changes of each state. */
export async function countStates(db: Db, scope: Scope): Promise<Record<NationalState, number>> {
  const counts: Record<NationalState, number> = { open: 0, entered: 0, settled: 0 }
  const found = await sql<{ state: NationalState; count: number }>`
    SELECT n.state, count(*)::int AS count FROM registry.national_change n WHERE ${inScope(scope, 'n')} GROUP BY n.state`.execute(db)
  for (const { state, count } of found.rows) counts[state] = count
  return counts
}

/** Marks a change as entered, or open again; `false` when it has changed since it was read. */
export async function markChange(
  db: Db,
  ctx: Context,
  given: { changeId: string; revision: number; to: 'entered' | 'open' },
): Promise<boolean> {
  const isEntered = given.to === 'entered'
  const marked = await sql`
    UPDATE registry.national_change n SET state = ${given.to}, revision = n.revision + 1,
      entered_by = ${isEntered ? ctx.caller.id : null}, entered_name = ${isEntered ? ctx.caller.name : null},
      entered_on = ${isEntered ? ctx.today : null}::date
    WHERE ${inScope(ctx.scope, 'n')} AND n.change_id = ${given.changeId}::uuid AND n.revision = ${given.revision}
      AND n.state = ${isEntered ? 'open' : 'entered'}`.execute(db)
  return Number(marked.numAffectedRows ?? 0n) === 1
}
