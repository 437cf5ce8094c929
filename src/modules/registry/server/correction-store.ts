import { sql, type RawBuilder } from 'kysely'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { CorrectionState } from '../contract.ts'

/** A sealed value stands as its cell with the tail that screens show. */
export type StoredValue = string | number | boolean | { cell: string; tail: string } | null

export interface CorrectionRow {
  correction_id: string
  household_id: string
  person_id: string | null
  area_path: string
  field: string
  old_value: StoredValue
  new_value: StoredValue
  source: string
  state: CorrectionState
  found_on: string
  confirmed_on: string | null
  applied_on: string | null
  rejected_on: string | null
  found_by: string
  confirmed_by: string | null
  applied_by: string | null
  rejected_by: string | null
  reason: string | null
  revision: number
  household_no: string
  township: string
  village: string
  group_name: string | null
  name: string | null
}

const select = (condition: RawBuilder<unknown>, rest: RawBuilder<unknown>) => sql<CorrectionRow>`
  SELECT c.*, h.household_no, h.township, h.village, h.group_name, coalesce(p.name, h.head_name) AS name
  FROM registry.correction c
  JOIN registry.household h ON h.county_code = c.county_code AND h.household_id = c.household_id
  LEFT JOIN registry.person p ON p.county_code = c.county_code AND p.person_id = c.person_id
  WHERE ${condition} ${rest}`

export interface CorrectionFilter {
  state?: CorrectionState | undefined
  from?: string | undefined
  to?: string | undefined
  field?: string | undefined
}

function matching(scope: Scope, { state, from, to, field }: CorrectionFilter): RawBuilder<unknown> {
  const parts = [inScope(scope, 'c')]
  if (state !== undefined) parts.push(sql`c.state = ${state}`)
  if (from !== undefined) parts.push(sql`c.found_on >= ${from}::date`)
  if (to !== undefined) parts.push(sql`c.found_on <= ${to}::date`)
  if (field !== undefined) parts.push(sql`c.field = ${field}`)
  return sql.join(parts, sql` AND `)
}

/** One page of corrections, newest first. */
export async function listCorrectionRows(
  db: Db,
  given: { scope: Scope; filter: CorrectionFilter; after: readonly (string | number)[] | undefined; limit: number },
): Promise<CorrectionRow[]> {
  const { after } = given
  const seen = after === undefined ? sql`true` : sql`(c.found_on, c.correction_id) < (${after[0]}::date, ${after[1]}::uuid)`
  const found = await select(
    sql`${matching(given.scope, given.filter)} AND ${seen}`,
    sql`ORDER BY c.found_on DESC, c.correction_id DESC LIMIT ${given.limit + 1}`,
  ).execute(db)
  return found.rows
}

/** Corrections of a household and its persons, newest first. */
export async function listHouseholdCorrections(db: Db, scope: Scope, householdId: string): Promise<CorrectionRow[]> {
  const found = await select(
    sql`${inScope(scope, 'c')} AND c.household_id = ${householdId}::uuid`,
    sql`ORDER BY c.found_on DESC, c.correction_id DESC LIMIT 200`,
  ).execute(db)
  return found.rows
}

/** The correction, when within the scope, held for a decision until the transaction ends. */
export async function findCorrectionForUpdate(db: Db, scope: Scope, correctionId: string): Promise<CorrectionRow | undefined> {
  const found = await select(sql`${inScope(scope, 'c')} AND c.correction_id = ${correctionId}::uuid`, sql`FOR UPDATE OF c`).execute(db)
  return found.rows[0]
}

/** Writes a difference that somebody found; `false` when the same field has an open one already. */
export async function insertCorrection(
  db: Db,
  ctx: Context,
  given: {
    correctionId: string
    householdId: string
    personId: string | undefined
    areaPath: string
    field: string
    oldValue: StoredValue
    newValue: StoredValue
    source: string
  },
): Promise<boolean> {
  const json = (value: StoredValue) => (value === null ? null : JSON.stringify(value))
  const made = await sql`
    INSERT INTO registry.correction (county_code, correction_id, household_id, person_id, area_path, field, old_value, new_value, source, state, found_on, found_by)
    VALUES (${ctx.scope.countyCode}, ${given.correctionId}, ${given.householdId}, ${given.personId ?? null}, ${given.areaPath}, ${given.field},
            ${json(given.oldValue)}::jsonb, ${json(given.newValue)}::jsonb, ${given.source}, 'found', ${ctx.today}, ${ctx.caller.id})
    ON CONFLICT DO NOTHING RETURNING correction_id`.execute(db)
  return made.rows.length === 1
}

/** Moves a correction to its next state; `false` when it was changed since it was read. */
export async function moveCorrection(
  db: Db,
  ctx: Context,
  given: { correctionId: string; revision: number; to: Exclude<CorrectionState, 'found'>; reason: string | undefined },
): Promise<boolean> {
  const isRejected = given.to === 'rejected'
  const moved = await sql`
    UPDATE registry.correction SET state = ${given.to}, revision = revision + 1, reason = coalesce(${given.reason ?? null}, reason),
      confirmed_on = CASE WHEN ${isRejected} THEN confirmed_on ELSE coalesce(confirmed_on, ${ctx.today}::date) END,
      confirmed_by = CASE WHEN ${isRejected} THEN confirmed_by ELSE coalesce(confirmed_by, ${ctx.caller.id}) END,
      applied_on = CASE WHEN ${given.to === 'applied'} THEN ${ctx.today}::date END,
      applied_by = CASE WHEN ${given.to === 'applied'} THEN ${ctx.caller.id} END,
      rejected_on = CASE WHEN ${isRejected} THEN ${ctx.today}::date END,
      rejected_by = CASE WHEN ${isRejected} THEN ${ctx.caller.id} END
    WHERE county_code = ${ctx.scope.countyCode} AND correction_id = ${given.correctionId}::uuid AND revision = ${given.revision}
    RETURNING correction_id`.execute(db)
  return moved.rows.length === 1
}

/** Corrections found in a period by state and field; every difference counts once (M-008). */
export async function countCorrections(
  db: Db,
  scope: Scope,
  filter: CorrectionFilter,
): Promise<{ state: CorrectionState; field: string; count: number }[]> {
  const found = await sql<{ state: CorrectionState; field: string; count: number }>`
    SELECT c.state, c.field, count(*)::int AS count FROM registry.correction c
    WHERE ${matching(scope, filter)} GROUP BY c.state, c.field ORDER BY c.state, count(*) DESC, c.field`.execute(db)
  return found.rows
}
