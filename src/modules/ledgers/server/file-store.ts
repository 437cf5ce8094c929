import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { KeptFile } from './file-keep.ts'
import type { RecordRow } from './tables.ts'

export interface FileRow extends KeptFile {
  readonly recordFileId: string
  readonly recordId: string
  readonly fieldKey: string
  readonly addedAt: string
  readonly addedName: string
}

const columns =
  sql.raw(`f.record_file_id AS "recordFileId", f.record_id AS "recordId", f.field_key AS "fieldKey", f.file_id AS "fileId", f.hash, f.bytes,
  f.media_type AS "mediaType", f.added_at AS "addedAt", f.added_name AS "addedName"`)

/** The files of a record that were not taken away, in the order in which they came. */
export async function listFiles(db: Db, ctx: Context, recordId: string): Promise<FileRow[]> {
  const found = await sql<FileRow>`
    SELECT ${columns} FROM ledgers.record_file f
    WHERE ${inScope(ctx.scope, 'f')} AND f.record_id = ${recordId} AND f.removed_at IS NULL ORDER BY f.record_file_id`.execute(db)
  return found.rows
}

/** Notes a kept file at its record. */
export async function insertFile(
  db: Db,
  ctx: Context,
  given: { recordFileId: string; row: RecordRow; fieldKey: string; kept: KeptFile },
): Promise<void> {
  const { recordFileId, row, fieldKey, kept } = given
  await sql`
    INSERT INTO ledgers.record_file (county_code, record_file_id, record_id, field_key, template_key, area_path, household_id, closed, file_id, hash, bytes,
      media_type, added_by, added_name, added_at)
    VALUES (${ctx.scope.countyCode}, ${recordFileId}, ${row.recordId}, ${fieldKey}, ${row.templateKey}, ${row.areaPath}, ${row.householdId}, ${row.closed},
      ${kept.fileId}, ${kept.hash}, ${kept.bytes}, ${kept.mediaType}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** Takes a file away from its record; the row stays. */
export async function removeFileRow(db: Db, ctx: Context, recordFileId: string): Promise<void> {
  await sql`UPDATE ledgers.record_file SET removed_at = ${ctx.now} WHERE county_code = ${ctx.scope.countyCode} AND record_file_id = ${recordFileId}`.execute(
    db,
  )
}
