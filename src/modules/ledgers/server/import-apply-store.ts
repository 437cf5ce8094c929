import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Numbering } from '../rules/template.ts'
import { allKeyColumns, type RecordRow } from './tables.ts'
import { recordColumns, recordTables, takeNumber } from './record-store.ts'

/** An import that is written to its ledger; everything here is done by app_system within the transaction of the act. */
export interface Applying {
  readonly importId: string
  readonly templateKey: string
  readonly version: number
  readonly closed: boolean
  readonly numbering: Numbering | undefined
}

const keys = sql.raw(allKeyColumns.join(', '))
const stagedKeys = sql.raw(allKeyColumns.map((column) => `s.${column}`).join(', '))

/** What a record takes of a waiting row; not its body, which would be sorted along. */
const stagedForRecord = sql.raw(
  ['county_code', 'import_id', 'row_no', 'record_id', 'area_path', 'household_id', 'title', 'state', 'settled', 'due_at', ...allKeyColumns]
    .concat('unique_1', 'unique_2')
    .map((column) => `s.${column}`)
    .join(', '),
)

/** Rows of the dry run whose records have changed since, or are gone. */
export async function countStale(db: Db, ctx: Context, importId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    SELECT count(*)::int AS n FROM ledgers.staged_record s LEFT JOIN ledgers.record r ON r.county_code = s.county_code AND r.record_id = s.record_id
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.import_id = ${importId} AND s.outcome = 'changed'
      AND (r.record_id IS NULL OR r.revision <> s.revision OR r.removed_at IS NOT NULL)`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** The places in which the new rows of an import stand, cut to blocks of so many rows. */
export async function listBlocks(db: Db, ctx: Context, given: { importId: string; size: number }): Promise<{ from: number; to: number }[]> {
  const found = await sql<{ from: number; to: number }>`
    SELECT min(row_no) AS "from", max(row_no) AS "to" FROM (
      SELECT row_no, (row_number() OVER (ORDER BY row_no) - 1) / ${given.size}::int AS block FROM ledgers.staged_record
      WHERE county_code = ${ctx.scope.countyCode} AND import_id = ${given.importId} AND outcome = 'new') b
    GROUP BY block ORDER BY 1`.execute(db)
  return found.rows
}

/** Makes the records of a block of new rows, numbered in the order of the file. */
export async function applyNew(db: Db, ctx: Context, given: Applying & { from: number; to: number }): Promise<void> {
  const { importId, templateKey, version, closed } = given
  const county = ctx.scope.countyCode
  const mine = sql`s.county_code = ${county} AND s.import_id = ${importId} AND s.outcome = 'new' AND s.row_no BETWEEN ${given.from} AND ${given.to}`
  const numbers = await numbersOf(db, ctx, { ...given, mine })
  await sql`
    INSERT INTO ledgers.record (county_code, record_id, template_key, version, area_path, household_id, record_no, title, state, closed, settled, due_at,
      ${keys}, unique_1, unique_2, import_id, made_by, made_name, made_at, changed_at)
    SELECT s.county_code, s.record_id, ${templateKey}, ${version}, s.area_path, s.household_id, ${numbers.column}, s.title, s.state, ${closed}, s.settled, s.due_at,
      ${stagedKeys}, s.unique_1, s.unique_2, s.import_id, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    FROM ${numbers.rows} ORDER BY s.row_no`.execute(db)
  await sql`
    INSERT INTO ledgers.record_body (county_code, record_id, template_key, area_path, household_id, closed, body)
    SELECT s.county_code, s.record_id, ${templateKey}, s.area_path, s.household_id, ${closed}, s.body
    FROM ledgers.staged_record s WHERE ${mine} ORDER BY s.row_no`.execute(db)
  await sql`
    INSERT INTO ledgers.record_gram (county_code, record_id, grams)
    SELECT s.county_code, s.record_id, CASE WHEN s.grams = '{}' THEN ledgers.grams_of(${templateKey}, s.title) ELSE s.grams END
    FROM ledgers.staged_record s WHERE ${mine} ORDER BY s.row_no`.execute(db)
  await insertLinksAndMarks(db, { mine, templateKey, closed })
}

/** The number of each row: taken per series for the whole block at once. */
async function numbersOf(db: Db, ctx: Context, given: Applying & { mine: ReturnType<typeof sql> }) {
  const { numbering, mine, templateKey } = given
  if (numbering === undefined) return { column: sql`NULL`, rows: sql`ledgers.staged_record s WHERE ${mine}` }
  const year = ctx.today.slice(0, 4)
  const series =
    numbering.per === 'year'
      ? sql`${year}::text`
      : sql`${year}::text || CASE WHEN split_part(s.area_path, '.', 4) = '' THEN '' ELSE '-' || right(split_part(s.area_path, '.', 4), 3) END`
  const found = await sql<{ series: string; count: number }>`
    SELECT ${series} AS series, count(*)::int AS count FROM ledgers.staged_record s WHERE ${mine} GROUP BY 1 ORDER BY 1`.execute(db)
  const bases: { series: string; base: number }[] = []
  for (const one of found.rows) bases.push({ series: one.series, base: await takeNumber(db, ctx, { templateKey, ...one }) })
  const { prefix, digits } = numbering
  const no = sql`(n.base + s.place - 1)::text`
  return {
    column: sql`${prefix}::text || s.series || '-' || lpad(${no}, greatest(${digits}::int, length(${no})), '0')`,
    rows: sql`(SELECT ${stagedForRecord}, ${series} AS series, row_number() OVER (PARTITION BY ${series} ORDER BY s.row_no) AS place
      FROM ledgers.staged_record s WHERE ${mine}) s
      JOIN jsonb_to_recordset(${JSON.stringify(bases)}::jsonb) AS n (series text, base integer) ON n.series = s.series`,
  }
}

async function insertLinksAndMarks(db: Db, given: { mine: ReturnType<typeof sql>; templateKey: string; closed: boolean }): Promise<void> {
  const { mine, templateKey, closed } = given
  await sql`
    INSERT INTO ledgers.record_link (county_code, record_id, field_key, target_kind, target, template_key, area_path, household_id, closed)
    SELECT s.county_code, s.record_id, l."fieldKey", l.kind, l.target, ${templateKey}, s.area_path, s.household_id, ${closed}
    FROM ledgers.staged_record s CROSS JOIN LATERAL jsonb_to_recordset(s.links) AS l ("fieldKey" text, kind text, target text)
    WHERE ${mine} AND s.links <> '[]'::jsonb ON CONFLICT DO NOTHING`.execute(db)
  await sql`
    INSERT INTO ledgers.reminder (county_code, record_id, deadline_key, due_on, percent, remind_on, template_key, area_path, household_id, closed)
    SELECT s.county_code, s.record_id, m.key, m.due, m.percent, m."on", ${templateKey}, s.area_path, s.household_id, ${closed}
    FROM ledgers.staged_record s CROSS JOIN LATERAL jsonb_to_recordset(s.marks) AS m (key text, due date, percent smallint, "on" date)
    WHERE ${mine} AND s.marks <> '[]'::jsonb ON CONFLICT DO NOTHING`.execute(db)
}

/** Writes the changed rows over their records; what they replaced is kept in their events. */
export async function applyChanged(db: Db, ctx: Context, given: Applying): Promise<void> {
  const { importId, templateKey, closed } = given
  const county = ctx.scope.countyCode
  const mine = sql`s.county_code = ${county} AND s.import_id = ${importId} AND s.outcome = 'changed'`
  const none = await sql`SELECT 1 FROM ledgers.staged_record s WHERE ${mine} LIMIT 1`.execute(db)
  if (none.rows.length === 0) return
  const sets = sql.join(allKeyColumns.map((column) => sql`${sql.raw(column)} = ${sql.raw(`s.${column}`)}`))
  await insertChangeEvents(db, ctx, { ...given, mine })
  await sql`
    UPDATE ledgers.record r SET area_path = s.area_path, household_id = s.household_id, title = s.title, due_at = s.due_at, ${sets},
      unique_1 = s.unique_1, unique_2 = s.unique_2, changed_at = ${ctx.now}, revision = r.revision + 1
    FROM ledgers.staged_record s WHERE ${mine} AND r.county_code = ${county} AND r.record_id = s.record_id`.execute(db)
  await sql`
    UPDATE ledgers.record_body b SET area_path = s.area_path, household_id = s.household_id, body = s.body
    FROM ledgers.staged_record s WHERE ${mine} AND b.county_code = ${county} AND b.record_id = s.record_id`.execute(db)
  const those = sql`county_code = ${county} AND record_id IN (SELECT s.record_id FROM ledgers.staged_record s WHERE ${mine})`
  await sql`DELETE FROM ledgers.record_link WHERE ${those}`.execute(db)
  await sql`DELETE FROM ledgers.reminder WHERE ${those} AND fired_at IS NULL`.execute(db)
  await insertLinksAndMarks(db, { mine, templateKey, closed })
}

async function insertChangeEvents(db: Db, ctx: Context, given: Applying & { mine: ReturnType<typeof sql> }): Promise<void> {
  const county = ctx.scope.countyCode
  await sql`
    INSERT INTO ledgers.record_event (county_code, record_id, seq, template_key, area_path, household_id, closed, act, by_id, by_name, at, reason, version, body)
    SELECT s.county_code, s.record_id,
      (SELECT coalesce(max(e.seq), 0) + 1 FROM ledgers.record_event e WHERE e.county_code = s.county_code AND e.record_id = s.record_id),
      ${given.templateKey}, s.area_path, s.household_id, ${given.closed}, 'change', ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now}::timestamptz,
      ${`导入 ${given.importId}`}, ${given.version},
      (SELECT coalesce(jsonb_object_agg(k.key, coalesce(s.before -> k.key, 'null'::jsonb)), '{}'::jsonb) FROM jsonb_object_keys(s.changes) AS k (key))
    FROM ledgers.staged_record s WHERE ${given.mine} AND s.county_code = ${county}`.execute(db)
}

/**
 * Records of an import that somebody touched since: they stand in the way of taking it back. Being worked out anew with other records touches nothing.
 */
export async function countTouched(db: Db, ctx: Context, importId: string): Promise<number> {
  const anew = sql`(SELECT count(*) FROM ledgers.record_event e JOIN ledgers.import i ON i.county_code = e.county_code AND i.import_id = ${importId}
    WHERE e.county_code = r.county_code AND e.record_id = r.record_id AND e.act = 'gather' AND e.at >= i.applied_at)`
  const found = await sql<{ n: number }>`
    SELECT (SELECT count(*) FROM ledgers.record r
             WHERE r.county_code = ${ctx.scope.countyCode} AND r.import_id = ${importId} AND r.revision <> 1 + ${anew})::int
         + (SELECT count(*) FROM ledgers.staged_record s JOIN ledgers.record r ON r.county_code = s.county_code AND r.record_id = s.record_id
             WHERE s.county_code = ${ctx.scope.countyCode} AND s.import_id = ${importId} AND s.outcome = 'changed'
               AND r.revision <> s.revision + 1 + ${anew})::int AS n`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Removes the records that an import made. */
export async function removeMade(db: Db, ctx: Context, importId: string): Promise<number> {
  const county = ctx.scope.countyCode
  const those = sql`county_code = ${county} AND record_id IN (SELECT r.record_id FROM ledgers.record r WHERE r.county_code = ${county} AND r.import_id = ${importId})`
  await sql`DELETE FROM ledgers.record_link WHERE ${those}`.execute(db)
  await sql`DELETE FROM ledgers.reminder WHERE ${those} AND fired_at IS NULL`.execute(db)
  const found = await sql<{ n: number }>`
    WITH gone AS (
      UPDATE ledgers.record SET removed_at = ${ctx.now}, changed_at = ${ctx.now}, due_at = NULL, unique_1 = NULL, unique_2 = NULL, revision = revision + 1
      WHERE county_code = ${county} AND import_id = ${importId} AND removed_at IS NULL RETURNING 1)
    SELECT count(*)::int AS n FROM gone`.execute(db)
  return found.rows[0]?.n ?? 0
}

/** Records that an import changed, as they are now, with what they said before. */
export async function listChanged(
  db: Db,
  ctx: Context,
  given: { importId: string; after: number; limit: number },
): Promise<(RecordRow & { rowNo: number; before: RecordRow['body'] })[]> {
  const found = await sql<RecordRow & { rowNo: number; before: RecordRow['body'] }>`
    SELECT ${recordColumns}, s.row_no AS "rowNo", s.before FROM ledgers.staged_record s
      JOIN ${recordTables} ON r.county_code = s.county_code AND r.record_id = s.record_id
    WHERE s.county_code = ${ctx.scope.countyCode} AND s.import_id = ${given.importId} AND s.outcome = 'changed' AND s.row_no > ${given.after}
    ORDER BY s.row_no LIMIT ${given.limit}`.execute(db)
  return found.rows
}
