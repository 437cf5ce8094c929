import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { MigrationRecord } from '../rules/template-records.ts'
import { recordColumns, recordTables } from './record-store.ts'
import type { RecordRow } from './tables.ts'

type MigrationRow = Omit<MigrationRecord, 'endedAt'> & {
  readonly templateKey: string
  readonly lastRecord: string | null
  readonly endedAt: string | null
}
const columns =
  sql.raw(`m.migration_id AS "migrationId", m.template_key AS "templateKey", m.version, m.state, m.records, m.done, m.incomplete,
  m.last_record AS "lastRecord", m.asked_name AS "askedName", m.asked_at AS "askedAt", m.ended_at AS "endedAt"`)

/** Records that older versions wrote, also removed ones, in the order of their ids. */
export async function listOlder(
  db: Db,
  ctx: Context,
  given: { templateKey: string; version: number; after: string | null; limit: number; isHeld: boolean },
): Promise<RecordRow[]> {
  const after = given.after === null ? sql`true` : sql`r.record_id > ${given.after}::uuid`
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables}
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${given.templateKey} AND r.version < ${given.version} AND ${after}
    ORDER BY r.record_id LIMIT ${given.limit} ${given.isHeld ? sql`FOR UPDATE OF r` : sql``}`.execute(db)
  return found.rows
}

/** How many records older versions wrote. */
export async function countOlder(db: Db, ctx: Context, given: { templateKey: string; version: number }): Promise<number> {
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM ledgers.record r
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.template_key = ${given.templateKey} AND r.version < ${given.version}`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Notes what is to be done; undefined when one runs already. */
export async function insertMigration(
  db: Db,
  ctx: Context,
  given: { migrationId: string; templateKey: string; version: number; records: number },
): Promise<boolean> {
  const found = await sql<{ version: number }>`
    INSERT INTO ledgers.migration (county_code, migration_id, template_key, version, state, records, asked_by, asked_name, asked_at)
    VALUES (${ctx.scope.countyCode}, ${given.migrationId}, ${given.templateKey}, ${given.version}, 'waiting', ${given.records}, ${ctx.caller.id},
      ${ctx.caller.name}, ${ctx.now}) ON CONFLICT DO NOTHING RETURNING version`.execute(db)
  return found.rows.length > 0
}

/** One migration, or the last ones of a template. */
export async function findMigrations(
  db: Db,
  ctx: Context,
  given: { templateKey: string } | { migrationId: string },
): Promise<MigrationRow[]> {
  const which = 'templateKey' in given ? sql`m.template_key = ${given.templateKey}` : sql`m.migration_id = ${given.migrationId}`
  const found = await sql<MigrationRow>`
    SELECT ${columns} FROM ledgers.migration m WHERE m.county_code = ${ctx.scope.countyCode} AND ${which} ORDER BY m.asked_at DESC LIMIT 50`.execute(
    db,
  )
  return found.rows
}

/** How far a migration has come. */
export async function noteMigration(
  db: Db,
  ctx: Context,
  given: { migrationId: string; state: 'running' | 'done' | 'failed'; done: number; incomplete: number; lastRecord: string | null },
): Promise<void> {
  const ended = given.state === 'running' ? null : ctx.now
  await sql`
    UPDATE ledgers.migration SET state = ${given.state}, done = ${given.done}, incomplete = ${given.incomplete}, last_record = ${given.lastRecord}::uuid,
      ended_at = ${ended}::timestamptz
    WHERE county_code = ${ctx.scope.countyCode} AND migration_id = ${given.migrationId}`.execute(db)
}

/** Unsettled records with a deadline, after one of them, for counting anew. */
export async function listRunning(db: Db, ctx: Context, given: { after: string | null; limit: number }): Promise<RecordRow[]> {
  const after = given.after === null ? sql`true` : sql`r.record_id > ${given.after}::uuid`
  const found = await sql<RecordRow>`
    SELECT ${recordColumns} FROM ${recordTables}
    WHERE r.county_code = ${ctx.scope.countyCode} AND r.due_at IS NOT NULL AND NOT r.settled AND r.removed_at IS NULL AND ${after}
    ORDER BY r.record_id LIMIT ${given.limit} FOR UPDATE OF r`.execute(db)
  return found.rows
}

/** Sets when a record is due, and nothing else: the day moved, not the record. */
export async function setDue(db: Db, ctx: Context, given: { recordId: string; dueAt: string | null }): Promise<void> {
  await sql`UPDATE ledgers.record SET due_at = ${given.dueAt} WHERE county_code = ${ctx.scope.countyCode} AND record_id = ${given.recordId}`.execute(
    db,
  )
}
