import { sql, type RawBuilder } from 'kysely'
import { endOfRange, type Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { IntakeChannel, IntakeState } from '../../rules/intake/intake-records.ts'
import type { FilterIntakes } from '../../rules/intake/intake-requests.ts'
import { intakeColumns, type IntakeRow } from './intake-store.ts'

/** What a list holds; `heldBy` is the caller's own office, `today` says what is overdue. */
export interface IntakeSearch {
  readonly scope: Scope
  readonly filter: FilterIntakes
  readonly heldBy: string
  readonly today: string
  /** A part of the name of who is meant, or his whole number as its blind index; null where it is no such number. */
  readonly sought?: { readonly name: string; readonly idIndex: Buffer | null; readonly phoneIndex: Buffer | null } | undefined
}

function chosen({ scope, filter, heldBy, today, sought }: IntakeSearch): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [inScope(scope, 'i')]
  if (filter.area !== undefined) parts.push(sql<boolean>`i.area_path >= ${filter.area} AND i.area_path < ${endOfRange(filter.area)}`)
  if (filter.channel !== undefined) parts.push(sql<boolean>`i.channel = ${filter.channel}`)
  if (filter.state !== undefined) parts.push(sql<boolean>`i.state = ${filter.state}`)
  if (filter.open !== undefined) parts.push(filter.open ? sql<boolean>`i.state <> 'closed'` : sql<boolean>`i.state = 'closed'`)
  if (filter.mine === true) parts.push(sql<boolean>`i.held_by = ${heldBy} AND i.state IN ('new', 'matched', 'linked')`)
  if (filter.overdue === true) parts.push(sql<boolean>`i.due_on < ${today}::date AND i.state IN ('new', 'matched', 'linked')`)
  if (filter.unlinked === true) parts.push(sql<boolean>`i.state IN ('new', 'matched')`)
  if (sought !== undefined) {
    const { name, idIndex, phoneIndex } = sought
    parts.push(sql<boolean>`(strpos(i.name, ${name}) > 0 OR i.id_index = ${idIndex}::bytea OR i.phone_index = ${phoneIndex}::bytea)`)
  }
  return sql.join(parts, sql` AND `)
}

/** Intakes by the day on which they are due, the closed ones after the others; `after` is what the last one before is sorted by. */
export async function listIntakes(
  db: Db,
  search: IntakeSearch,
  page: { limit: number; after: readonly (string | number)[] | undefined },
): Promise<IntakeRow[]> {
  const [isClosed = 0, dueOn = '', intakeId = ''] = page.after ?? []
  const place = sql`(CASE WHEN i.state = 'closed' THEN 1 ELSE 0 END)`
  const from =
    page.after === undefined
      ? sql<boolean>`true`
      : sql<boolean>`(${place}, i.due_on, i.intake_id) > (${isClosed}::int, ${dueOn}::date, ${intakeId}::uuid)`
  const found = await sql<IntakeRow>`
    SELECT ${intakeColumns} FROM cases.intake i WHERE ${chosen(search)} AND ${from}
    ORDER BY ${place}, i.due_on, i.intake_id LIMIT ${page.limit}`.execute(db)
  return found.rows
}

/** How many stand in each state and came by each channel, of all that the filter finds besides these two. */
export async function countIntakes(
  db: Db,
  search: IntakeSearch,
): Promise<{ state: IntakeState; channel: IntakeChannel; n: number; mine: number; unlinked: number; overdue: number }[]> {
  const found = await sql<{ state: IntakeState; channel: IntakeChannel; n: number; mine: number; unlinked: number; overdue: number }>`
    SELECT i.state, i.channel, count(*)::int AS n,
      count(*) FILTER (WHERE i.held_by = ${search.heldBy} AND i.state IN ('new', 'matched', 'linked'))::int AS mine,
      count(*) FILTER (WHERE i.held_by = ${search.heldBy} AND i.state IN ('new', 'matched'))::int AS unlinked,
      count(*) FILTER (WHERE i.due_on < ${search.today}::date AND i.state IN ('new', 'matched', 'linked'))::int AS overdue
    FROM cases.intake i WHERE ${chosen(search)} GROUP BY i.state, i.channel`.execute(db)
  return found.rows
}

export async function countChosen(db: Db, search: IntakeSearch): Promise<number> {
  const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM cases.intake i WHERE ${chosen(search)}`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Other intakes of a household, the newest first. */
export async function listIntakesOfHousehold(db: Db, scope: Scope, householdId: string): Promise<IntakeRow[]> {
  const found = await sql<IntakeRow>`
    SELECT ${intakeColumns} FROM cases.intake i WHERE ${inScope(scope, 'i')} AND i.household_id = ${householdId}::uuid
    ORDER BY i.received_at DESC LIMIT 20`.execute(db)
  return found.rows
}

/** Intakes that follow a case: what it was opened for, and what joined it. */
export async function listIntakesOfCase(db: Db, scope: Scope, file: { caseId: string; sourceId: string | null }): Promise<IntakeRow[]> {
  const found = await sql<IntakeRow>`
    SELECT ${intakeColumns} FROM cases.intake i
    WHERE ${inScope(scope, 'i')} AND (i.case_id = ${file.caseId}::uuid OR i.intake_id = ${file.sourceId}::uuid) FOR UPDATE`.execute(db)
  return found.rows
}
