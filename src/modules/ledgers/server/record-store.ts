import { sql, type RawBuilder } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import { allKeyColumns, type DerivedColumns, type RecordRow, type StoredValue } from './tables.ts'

/** The columns of a record as `RecordRow` names them; moments as ISO instants. */
export const recordColumns = sql.raw(`r.record_id AS "recordId", r.template_key AS "templateKey", r.version, r.area_path AS "areaPath",
  r.household_id AS "householdId", r.record_no AS "recordNo", r.title, r.state, r.closed, r.due_at AS "dueAt", r.settled, r.import_id AS "importId",
  r.made_by AS "madeBy", r.made_name AS "madeName", r.made_at AS "madeAt", r.changed_at AS "changedAt", r.removed_at AS "removedAt", r.revision, b.body`)

/** Records with what they say. */
export const recordTables = sql.raw(
  'ledgers.record r JOIN ledgers.record_body b ON b.county_code = r.county_code AND b.record_id = r.record_id',
)

/** A record of a ledger within the caller's scope; `isHeld` keeps it for this transaction. */
export async function findRecord(
  db: Db,
  ctx: Context,
  given: { templateKey: string; recordId: string; isHeld?: boolean },
): Promise<RecordRow | undefined> {
  const held = given.isHeld === true ? sql`FOR UPDATE OF r` : sql``
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables}
    WHERE ${inScope(ctx.scope, 'r')} AND r.record_id = ${given.recordId} AND r.template_key = ${given.templateKey} ${held}`.execute(db)
  return found.rows[0]
}

/** What of a record is written. */
export interface RecordToWrite {
  readonly recordId: string
  readonly templateKey: string
  readonly version: number
  readonly areaPath: string
  readonly householdId: string | null
  readonly recordNo: string | null
  readonly state: string
  readonly closed: boolean
  readonly settled: boolean
  readonly dueAt: string | null
  readonly body: Readonly<Record<string, StoredValue>>
  readonly derived: DerivedColumns
}

const keyTypes = (column: string): RawBuilder<unknown> =>
  sql.raw(column.startsWith('number_') ? 'bigint' : column.startsWith('day_') ? 'date' : 'text')

/** Adds a record with its links. A record that may stand only once refuses by `record_unique_1` or `_2`. */
export async function insertRecord(db: Db, ctx: Context, record: RecordToWrite): Promise<void> {
  const { derived } = record
  const keyNames = sql.raw(allKeyColumns.join(', '))
  const keyValues = sql.join(allKeyColumns.map((column) => sql`${derived.keys[column] ?? null}::${keyTypes(column)}`))
  await sql`
    INSERT INTO ledgers.record (county_code, record_id, template_key, version, area_path, household_id, record_no, title, state, closed, settled,
      due_at, ${keyNames}, unique_1, unique_2, made_by, made_name, made_at, changed_at)
    VALUES (${ctx.scope.countyCode}, ${record.recordId}, ${record.templateKey}, ${record.version}, ${record.areaPath}, ${record.householdId},
      ${record.recordNo}, ${derived.title}, ${record.state}, ${record.closed}, ${record.settled}, ${record.dueAt}, ${keyValues},
      ${derived.unique1}, ${derived.unique2}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}, ${ctx.now})`.execute(db)
  await sql`
    INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, household_id, closed, body)
    VALUES (${ctx.scope.countyCode}, ${record.recordId}, ${record.templateKey}, ${record.areaPath}, ${record.householdId}, ${record.closed},
      ${JSON.stringify(record.body)}::jsonb)`.execute(db)
  await writeLinks(db, ctx, { record, isNew: true })
}

/** Writes a record over the one of this revision; the new revision, or undefined when somebody else was first. */
export async function updateRecord(
  db: Db,
  ctx: Context,
  record: RecordToWrite & { revision: number; isRemoved?: boolean },
): Promise<number | undefined> {
  const { derived } = record
  const sets = sql.join(allKeyColumns.map((column) => sql`${sql.raw(column)} = ${derived.keys[column] ?? null}::${keyTypes(column)}`))
  const removed = record.isRemoved === true
  const found = await sql<{ revision: number }>`
    UPDATE ledgers.record SET version = ${record.version}, area_path = ${record.areaPath}, household_id = ${record.householdId},
      title = ${derived.title}, state = ${record.state}, settled = ${record.settled}, due_at = ${removed ? null : record.dueAt}, ${sets},
      unique_1 = ${removed ? null : derived.unique1}, unique_2 = ${removed ? null : derived.unique2}, changed_at = ${ctx.now},
      removed_at = ${removed ? ctx.now : null}::timestamptz, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${record.recordId} AND revision = ${record.revision}
    RETURNING revision`.execute(db)
  const revision = found.rows[0]?.revision
  if (revision === undefined) return undefined
  await sql`
    UPDATE ledgers.record_body SET area_path = ${record.areaPath}, household_id = ${record.householdId}, body = ${JSON.stringify(record.body)}::jsonb
    WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${record.recordId}`.execute(db)
  await writeLinks(db, ctx, { record, isNew: false, isRemoved: removed })
  return revision
}

async function writeLinks(db: Db, ctx: Context, given: { record: RecordToWrite; isNew: boolean; isRemoved?: boolean }): Promise<void> {
  const { record, isNew } = given
  if (!isNew)
    await sql`DELETE FROM ledgers.record_link WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${record.recordId}`.execute(db)
  const links = given.isRemoved === true ? [] : record.derived.links
  if (links.length === 0) return
  await sql`
    INSERT INTO ledgers.record_link (county_code, record_id, field_key, target_kind, target, template_key, area_path, household_id, closed)
    SELECT ${ctx.scope.countyCode}, ${record.recordId}, l."fieldKey", l.kind, l.target, ${record.templateKey}, ${record.areaPath},
           ${record.householdId}, ${record.closed}
    FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l ("fieldKey" text, kind text, target text)
    ON CONFLICT DO NOTHING`.execute(db)
}

/** The next number of a series; held until the transaction ends, so it is taken as late as possible. */
export async function takeNumber(db: Db, ctx: Context, given: { templateKey: string; series: string; count?: number }): Promise<number> {
  const count = given.count ?? 1
  const found = await sql<{ last: number }>`
    INSERT INTO ledgers.record_counter AS c (county_code, template_key, series, last)
    VALUES (${ctx.scope.countyCode}, ${given.templateKey}, ${given.series}, ${count})
    ON CONFLICT (county_code, template_key, series) DO UPDATE SET last = c.last + ${count} RETURNING last`.execute(db)
  return (found.rows[0]?.last ?? count) - count + 1
}

/** The record that already has what may stand only once, where the caller sees it. */
export async function findTwin(
  db: Db,
  ctx: Context,
  given: { templateKey: string; unique1: string | null; unique2: string | null },
): Promise<string | undefined> {
  const found = await sql<{ recordId: string }>`
    SELECT r.record_id AS "recordId" FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ${given.templateKey}
      AND (r.unique_1 = ${given.unique1} OR r.unique_2 = ${given.unique2}) LIMIT 1`.execute(db)
  return found.rows[0]?.recordId
}

/** Names of records of a ledger by id, within the caller's scope. */
export async function findTitles(
  db: Db,
  ctx: Context,
  given: { templateKey: string; recordIds: readonly string[] },
): Promise<{ recordId: string; title: string; areaPath: string; householdId: string | null }[]> {
  const found = await sql<{ recordId: string; title: string; areaPath: string; householdId: string | null }>`
    SELECT r.record_id AS "recordId", r.title, r.area_path AS "areaPath", r.household_id AS "householdId" FROM ledgers.record r
    WHERE ${inScope(ctx.scope, 'r')} AND r.template_key = ${given.templateKey} AND r.record_id = ANY (${[...given.recordIds]}::uuid[])
      AND r.removed_at IS NULL`.execute(db)
  return found.rows
}
