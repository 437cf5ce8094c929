import { sql, type RawBuilder } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { FilterHouseholds, RevealField } from '../contract.ts'
import type { ExportFormat } from '../rules/export-records.ts'
import { filtered } from './household-list-store.ts'
import type { PersonRow } from './tables.ts'

export interface ExportRow {
  export_id: string
  list: string
  filter: Record<string, unknown>
  format: ExportFormat
  purpose: string
  rows: number
  is_masked: boolean
  state: 'made' | 'asked' | 'approved' | 'refused'
  asked_by: string
  asked_name: string
  asked_at: string
  decided_by: string | null
  decided_name: string | null
  decided_at: string | null
  decision_note: string | null
  expires_at: string | null
  file_hash: string | null
  downloads: number
}

const columns =
  sql.raw(`e.export_id, e.list, e.filter, e.format, e.purpose, e.rows, e.is_masked, e.state, e.asked_by, e.asked_name, e.asked_at,
  e.decided_by, e.decided_name, e.decided_at, e.decision_note, e.expires_at, e.file_hash, e.downloads`)

export interface NewExport {
  exportId: string
  areaPath: string
  list: string
  filter: Readonly<Record<string, unknown>>
  format: ExportFormat
  purpose: string
  rows: number
  isMasked: boolean
  hasMinors: boolean
  /** The file that went out at once; absent for a request. */
  fileHash: string | undefined
}

/** Notes an export that was made, or a request for one. */
export async function insertExport(db: Db, ctx: Context, given: NewExport): Promise<void> {
  const isMade = given.fileHash !== undefined
  await sql`
    INSERT INTO registry.export_record (county_code, export_id, area_path, list, filter, format, purpose, rows, is_masked, has_minors, state,
      asked_by, asked_name, asked_at, file_hash, made_at, downloads)
    VALUES (${ctx.scope.countyCode}, ${given.exportId}, ${given.areaPath}, ${given.list}, ${JSON.stringify(given.filter)}::jsonb, ${given.format},
      ${given.purpose}, ${given.rows}, ${given.isMasked}, ${given.hasMinors}, ${isMade ? 'made' : 'asked'}, ${ctx.caller.id}, ${ctx.caller.name},
      ${ctx.now}, ${given.fileHash ?? null}, ${isMade ? ctx.now : null}, ${isMade ? 1 : 0})`.execute(db)
}

/** One page of exports within the scope, newest first; requests that wait only, or all. */
export async function listExportRows(
  db: Db,
  given: { scope: Scope; isWaiting: boolean; after: readonly (string | number)[] | undefined; limit: number },
): Promise<ExportRow[]> {
  const { after } = given
  const seen = after === undefined ? sql`true` : sql`(e.asked_at, e.export_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`
  const found = await sql<ExportRow>`
    SELECT ${columns} FROM registry.export_record e
    WHERE ${inScope(given.scope, 'e')} AND (NOT ${given.isWaiting} OR e.state = 'asked') AND ${seen}
    ORDER BY e.asked_at DESC, e.export_id DESC LIMIT ${given.limit + 1}`.execute(db)
  return found.rows
}

/** An export within the scope, held until the transaction ends. */
export async function findExportForUpdate(db: Db, scope: Scope, exportId: string): Promise<ExportRow | undefined> {
  const found = await sql<ExportRow>`
    SELECT ${columns} FROM registry.export_record e WHERE ${inScope(scope, 'e')} AND e.export_id = ${exportId}::uuid FOR UPDATE`.execute(db)
  return found.rows[0]
}

/** Decides on a request that waits; an approval holds for so many hours. `false` when it does not wait any more. */
export async function decideExportRow(
  db: Db,
  ctx: Context,
  given: { exportId: string; isApproved: boolean; note: string | undefined; hours: number },
): Promise<boolean> {
  const moved = await sql`
    UPDATE registry.export_record SET state = ${given.isApproved ? 'approved' : 'refused'}, decided_by = ${ctx.caller.id},
      decided_name = ${ctx.caller.name}, decided_at = ${ctx.now}::timestamptz, decision_note = ${given.note ?? null},
      expires_at = CASE WHEN ${given.isApproved} THEN ${ctx.now}::timestamptz + make_interval(hours => ${given.hours}::int) END
    WHERE county_code = ${ctx.scope.countyCode} AND export_id = ${given.exportId}::uuid AND state = 'asked'`.execute(db)
  return moved.numAffectedRows === 1n
}

/** Notes that the file of an approved request was made and fetched. */
export async function noteFetched(db: Db, ctx: Context, given: { exportId: string; fileHash: string; rows: number }): Promise<void> {
  await sql`
    UPDATE registry.export_record SET file_hash = ${given.fileHash}, made_at = ${ctx.now}::timestamptz, rows = ${given.rows}, downloads = downloads + 1
    WHERE county_code = ${ctx.scope.countyCode} AND export_id = ${given.exportId}::uuid`.execute(db)
}

const members = (scope: Scope, filters: FilterHouseholds): RawBuilder<unknown> => sql`
  FROM registry.person p JOIN registry.household h ON h.county_code = p.county_code AND h.household_id = p.household_id
  WHERE ${inScope(scope, 'p')} AND p.left_on IS NULL AND p.merged_into IS NULL AND ${filtered(scope, filters)}`

/** How many people belong to the households of a filter. */
export async function countMembers(db: Db, scope: Scope, filters: FilterHouseholds): Promise<number> {
  const found = await sql<{ persons: number }>`SELECT count(*)::int AS persons ${members(scope, filters)}`.execute(db)
  return found.rows[0]?.persons ?? 0
}

/** What a row of the members' list needs of a person; facts and sources, which are long, stay where they are. */
export type ListedPerson = Pick<
  PersonRow,
  | 'person_id'
  | 'household_id'
  | 'area_path'
  | 'person_no'
  | 'name'
  | 'relation'
  | 'sex'
  | 'born_on'
  | 'id_cell'
  | 'phone_cell'
  | 'labour_skill'
>

/** Today's members of households, head first, then by their number in the household. */
export async function listMemberRows(db: Db, scope: Scope, householdIds: readonly string[]): Promise<ListedPerson[]> {
  const found = await sql<ListedPerson>`
    SELECT p.person_id, p.household_id, p.area_path, p.person_no, p.name, p.relation, p.sex, p.born_on, p.id_cell, p.phone_cell, p.labour_skill
    FROM registry.person p
    WHERE ${inScope(scope, 'p')} AND p.household_id = ANY (${[...householdIds]}::uuid[]) AND p.left_on IS NULL AND p.merged_into IS NULL
    ORDER BY p.household_id, p.is_head DESC, p.seq_no NULLS LAST, p.person_no`.execute(db)
  return found.rows
}

/** How many people the caller has seen in the last hour and the last 24 hours besides these. */
export async function countOthersRevealed(db: Db, ctx: Context, personIds: readonly string[]): Promise<{ hour: number; day: number }> {
  const found = await sql<{ hour: number; day: number }>`
    SELECT count(DISTINCT person_id) FILTER (WHERE at > ${ctx.now}::timestamptz - interval '1 hour')::int AS hour, count(DISTINCT person_id)::int AS day
    FROM registry.reveal
    WHERE county_code = ${ctx.scope.countyCode} AND caller_id = ${ctx.caller.id} AND at > ${ctx.now}::timestamptz - interval '24 hours'
      AND person_id <> ALL (${[...personIds]}::uuid[])`.execute(db)
  return found.rows[0] ?? { hour: 0, day: 0 }
}

export interface ShownNumber {
  personId: string
  householdId: string
  areaPath: string
  field: RevealField
}

/** Writes who saw what of a list, as single reveals are written. */
export async function insertReveals(db: Db, ctx: Context, given: { shown: readonly ShownNumber[]; reason: string }): Promise<void> {
  const rows = given.shown.map((one) => ({ ...one, id: makeId() }))
  await sql`
    INSERT INTO registry.reveal (county_code, reveal_id, person_id, household_id, area_path, field, reason, caller_id, caller_name, roles, organisation_id, at)
    SELECT ${ctx.scope.countyCode}, r.id, r."personId", r."householdId", r."areaPath", r.field, ${given.reason}, ${ctx.caller.id}, ${ctx.caller.name},
           ${[...ctx.caller.roles]}, ${ctx.caller.organisationId ?? null}::uuid, ${ctx.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (id uuid, "personId" uuid, "householdId" uuid, "areaPath" text, field text)`.execute(db)
}
