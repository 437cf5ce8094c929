import { sql } from 'kysely'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context, Scope } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { AttachmentRecord } from '../../rules/papers/paper-records.ts'

/** An attachment with where it belongs and lies. */
export interface AttachmentRow extends AttachmentRecord {
  readonly caseId: string | null
  readonly paperId: string | null
  readonly meetingId: string | null
  readonly fileId: string
  readonly hash: string
}

const columns = sql`
  a.attachment_id AS "attachmentId", a.kind, a.media_type AS "mediaType", a.bytes, a.width, a.height, a.by_name AS "byName", a.at,
  a.case_id AS "caseId", a.paper_id AS "paperId", a.meeting_id AS "meetingId", a.file_id AS "fileId", a.hash`
const toRow = (row: AttachmentRow): AttachmentRow => ({ ...row, at: new Date(row.at).toISOString() })

/** What hangs on a case or a meeting, the first first; withdrawn ones are left out. */
export async function listAttachments(
  db: Db,
  scope: Scope,
  of: { readonly caseId: string } | { readonly meetingId: string },
): Promise<AttachmentRow[]> {
  const about = 'caseId' in of ? sql<boolean>`a.case_id = ${of.caseId}::uuid` : sql<boolean>`a.meeting_id = ${of.meetingId}::uuid`
  if (scope.kind === 'households' && !('caseId' in of)) return []
  const found = await sql<AttachmentRow>`
    SELECT ${columns} FROM cases.attachment a WHERE ${inScope(scope, 'a')} AND ${about} AND a.withdrawn_at IS NULL
    ORDER BY a.at, a.attachment_id LIMIT 500`.execute(db)
  return found.rows.map(toRow)
}

/** An attachment within the scope that was not withdrawn. */
export async function findAttachment(db: Db, scope: Scope, attachmentId: string): Promise<AttachmentRow | undefined> {
  const found = await sql<AttachmentRow>`
    SELECT ${columns} FROM cases.attachment a
    WHERE ${inScope(scope, 'a')} AND a.attachment_id = ${attachmentId}::uuid AND a.withdrawn_at IS NULL`.execute(db)
  return found.rows.map(toRow)[0]
}

/** What is written of an attachment. */
export interface NewAttachment {
  readonly areaPath: string
  readonly householdId: string | null
  readonly caseId: string | null
  readonly paperId: string | null
  readonly meetingId: string | null
  readonly kind: AttachmentRecord['kind']
  readonly mediaType: AttachmentRecord['mediaType']
  readonly bytes: number
  readonly hash: string
  readonly width: number | null
  readonly height: number | null
  readonly fileId: string
}

/** Adds an attachment; returns its id. */
export async function insertAttachment(db: Db, ctx: Context, given: NewAttachment): Promise<string> {
  const id = makeId()
  await sql`
    INSERT INTO cases.attachment (county_code, attachment_id, area_path, household_id, case_id, paper_id, meeting_id, kind, media_type, bytes, hash,
      width, height, file_id, by_id, by_name, at)
    VALUES (${ctx.scope.countyCode}, ${id}, ${given.areaPath}, ${given.householdId}::uuid, ${given.caseId}::uuid, ${given.paperId}::uuid,
      ${given.meetingId}::uuid, ${given.kind}, ${given.mediaType}, ${given.bytes}, ${given.hash}, ${given.width}, ${given.height},
      ${given.fileId}::uuid, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db)
  return id
}

/** Marks an attachment as attached by mistake. */
export async function withdrawRow(db: Db, ctx: Context, given: { attachmentId: string; reason: string }): Promise<void> {
  await sql`
    UPDATE cases.attachment SET withdrawn_at = ${ctx.now}, withdrawn_name = ${ctx.caller.name}, withdrawn_reason = ${given.reason}
    WHERE county_code = ${ctx.scope.countyCode} AND attachment_id = ${given.attachmentId}::uuid AND withdrawn_at IS NULL`.execute(db)
}

/** Of some files those that rows name; true: it was withdrawn more than a day ago. Needs the county's scope. */
export async function findFileRows(db: Db, ctx: Context, fileIds: readonly string[]): Promise<Map<string, boolean>> {
  const found = await sql<{ fileId: string; isGone: boolean }>`
    SELECT a.file_id AS "fileId", coalesce(a.withdrawn_at < ${ctx.now}::timestamptz - interval '1 day', false) AS "isGone"
    FROM cases.attachment a WHERE a.county_code = ${ctx.scope.countyCode} AND a.file_id = ANY (${[...fileIds]}::uuid[])`.execute(db)
  return new Map(found.rows.map((row) => [row.fileId, row.isGone]))
}
