import { sql } from 'kysely'
import { isId } from '#kernel/pure/ids/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import type { Scope } from '#kernel/server/caller/index.ts'
import { copyOut, inScope, type Db } from '#kernel/server/database/index.ts'
import { findField } from '../policy/policy.ts'
import type { Facts } from './tables.ts'

/** What a bulk read takes of each row: field keys of policy/fields.json, and the marks of `marks`. */
export interface FactRowCells {
  readonly household: readonly string[]
  /** Absent: members are not read at all, which saves most of the time. None: only how many there are. */
  readonly member?: readonly string[] | undefined
  /** True: each member begins with his id and number. */
  readonly withMemberIds?: boolean
}

/** Which households are read: the next ones after an id, or some by their ids. */
export type FactRowRange = { readonly after: string; readonly limit: number } | { readonly householdIds: readonly string[] }

export interface FactRowAsk {
  readonly scope: Scope
  readonly cells: FactRowCells
  /** The day of which membership and tags are read, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Nobody has moved, come or gone after the day (`hasMovedSince`): the members of today are those of the day. */
  readonly isUnmoved: boolean
}

/** Between persons and between the cells of a person; taken out of the cells themselves. */
export const personEnd = '\u001d'
export const partEnd = '\u001c'

/** What is no field: whether a kind of file states the row, and what the register derives. */
const marks: Readonly<Record<'household' | 'member', Readonly<Record<string, string>>>> = {
  household: {
    exitStatus: 'h.exit_status',
    inMonitoring: '(h.said IS NOT NULL)::text',
    tags: `(SELECT string_agg(t.tag, ',' ORDER BY t.tag) FROM registry.household_tag t WHERE t.county_code = h.county_code
      AND t.household_id = h.household_id AND t.valid_from <= DAY AND (t.valid_to IS NULL OR t.valid_to > DAY))`,
  },
  member: { inMonitoring: `(substr(p.said, 1, 1) <> E'\\x1c')::text` },
}

/**
 * Households with their members on a day, one COPY line each: id, number, area, members, whether people came only after the day, then the cells
 * of the household. Closed households are left out from their last day on. A bounded part, so that no statement is endless.
 */
export function copyFactRows(db: Db, ask: FactRowAsk, range: FactRowRange): AsyncIterable<Buffer> {
  const { scope, cells } = ask
  const day = dayText(ask.asOf)
  if (!/^\d{6}$/.test(scope.countyCode)) throw new Error('COPY takes no bind parameter: a county code is six digits')
  const household = cells.household.map((key) => (cellOf('household', key) ?? `h.f ->> '${key}'`).replaceAll('DAY', day))
  const hasFacts = cells.household.some((key) => cellOf('household', key) === undefined)
  return copyOut(
    db,
    `SELECT h.household_id, h.household_no, h.area_path, m.persons, m.came_later${household.map((one) => `, ${one}`).join('')}
     FROM (SELECT *${hasFacts ? `, facts || '{}' AS f` : ''} FROM registry.household
           WHERE ${within(scope)} AND (closed_on IS NULL OR closed_on > ${day}) AND ${chosen(range)} OFFSET 0) h
     CROSS JOIN LATERAL (${membersOf(ask, day)} OFFSET 0) m`,
  )
}

function membersOf({ cells, isUnmoved }: FactRowAsk, day: string): string {
  if (!isUnmoved) return membersOfDay(cells, day)
  if (cells.member === undefined) return 'SELECT NULL::text AS persons, false AS came_later'
  return `SELECT ${persons(cells, 'p.relation')} AS persons, false AS came_later FROM registry.person p
   WHERE p.county_code = h.county_code AND p.household_id = h.household_id AND p.left_on IS NULL
     AND (p.born_on IS NULL OR p.born_on <= ${day})`
}

/** Whoever was written down with the household itself (in one file) was in it before the file's day as well; who split off was not. */
const membersOfDay = (cells: FactRowCells, day: string) =>
  `SELECT ${persons(cells, 'e.relation')} FILTER (WHERE e.valid_from <= ${day} OR (e.created_by = h.created_by AND p.created_by = h.created_by)) AS persons,
          coalesce(bool_or(e.valid_from > ${day}), false) AS came_later
   FROM registry.membership e JOIN registry.person p ON p.county_code = e.county_code AND p.person_id = e.person_id
   WHERE e.county_code = h.county_code AND e.household_id = h.household_id AND (e.valid_to IS NULL OR e.valid_to > ${day})
     AND (p.born_on IS NULL OR p.born_on <= ${day})`

/** The cells of each member; one that is absent is `\N`. */
function persons({ member = [], withMemberIds }: FactRowCells, relation: string): string {
  const parts = member.map((key) => {
    const cell = key === 'relationToHead' ? relation : (cellOf('member', key) ?? `p.facts ->> '${key}'`)
    const isText = !cell.endsWith('::text') && !['p.born_on', 'p.seq_no', 'p.monthly_income_fen'].includes(cell)
    return `coalesce(${isText ? `translate(${cell}, E'\\x1c\\x1d', '')` : `(${cell})::text`}, E'\\\\N')`
  })
  const all = withMemberIds === true ? ['p.person_id::text', 'p.person_no', ...parts] : parts
  return `string_agg(${all.length === 0 ? `''` : all.join(` || E'\\x1c' || `)}, E'\\x1d')`
}

/** The column or mark of a key; undefined: a key of `facts`. Throws for what is no field and for encrypted ones. */
function cellOf(of: 'household' | 'member', key: string): string | undefined {
  const mark = marks[of][key]
  if (mark !== undefined) return mark
  const field = findField(key)
  if (field === undefined || field.sealed || field.column === 'id' || field.column === 'phone' || !/^[A-Za-z0-9]+$/.test(key))
    throw new Error(`${key} is no field that a bulk read may take`)
  const isPerson = field.entity === 'person'
  if (isPerson !== (of === 'member') || field.entity === 'village') throw new Error(`${key} is a field of another row`)
  return field.column === undefined ? undefined : `${isPerson ? 'p' : 'h'}.${field.column}`
}

/** The scope as text: the first lock, as `inScope`; every value is checked, because COPY takes no bind parameter. */
function within(scope: Scope): string {
  const county = `county_code = '${scope.countyCode}'`
  if (scope.kind === 'households') return `${county} AND ${idsIn(scope.householdIds)}`
  if (scope.kind !== 'area') return county
  if (!/^[\d.]+$/.test(scope.lo) || !/^[\d./]+$/.test(scope.hi)) throw new Error('an area path is digits and dots')
  return `${county} AND area_path >= '${scope.lo}' AND area_path < '${scope.hi}'`
}

function chosen(range: FactRowRange): string {
  if ('householdIds' in range) return `${idsIn(range.householdIds)} ORDER BY household_id`
  if (!isId(range.after)) throw new Error('COPY takes no bind parameter: an id is a UUID')
  return `household_id > '${range.after}' ORDER BY household_id LIMIT ${Math.trunc(range.limit)}`
}

function idsIn(ids: readonly string[]): string {
  if (!ids.every(isId)) throw new Error('COPY takes no bind parameter: an id is a UUID')
  return `household_id = ANY ('{${ids.join(',')}}')`
}

function dayText(day: string): string {
  if (readDay(day) === undefined) throw new Error('COPY takes no bind parameter: a day is a day')
  return `'${day}'::date`
}

/** Whether anybody within the scope came, left or moved after the day (who splits off leaves); who was written down with the household was there. */
export async function hasMovedSince(db: Db, scope: Scope, asOf: string): Promise<boolean> {
  const found = await sql<{ moved: boolean }>`
    SELECT EXISTS (SELECT 1 FROM registry.membership m WHERE ${inScope(scope, 'm')} AND m.valid_to > ${asOf}::date)
      OR EXISTS (SELECT 1 FROM registry.membership m JOIN registry.household h ON h.county_code = m.county_code AND h.household_id = m.household_id
                 WHERE ${inScope(scope, 'm')} AND m.valid_from > ${asOf}::date AND m.created_by <> h.created_by) AS moved`.execute(db)
  return found.rows[0]?.moved ?? true
}

export interface VillageFactRow {
  area_path: string
  name: string
  facts: Facts
  kinds: string[]
}

/** Villages within the scope, as their export states them, with their kinds on a day. Villages that only have households are not here. */
export async function listVillageFactRows(db: Db, scope: Scope, asOf: string): Promise<VillageFactRow[]> {
  const found = await sql<VillageFactRow>`
    SELECT coalesce(v.area_path, k.area_path) AS area_path, coalesce(v.name, '') AS name, coalesce(v.facts, '{}') AS facts,
           coalesce(k.kinds, '{}') AS kinds
    FROM (SELECT * FROM registry.village v WHERE ${inScope(scope, 'v')}) v
    FULL JOIN (SELECT k.area_path, array_agg(k.kind ORDER BY k.kind) AS kinds FROM registry.village_kind k
               WHERE ${inScope(scope, 'k')} AND k.valid_from <= ${asOf}::date AND (k.valid_to IS NULL OR k.valid_to > ${asOf}::date)
               GROUP BY k.area_path) k ON k.area_path = v.area_path
    ORDER BY 1`.execute(db)
  return found.rows
}
