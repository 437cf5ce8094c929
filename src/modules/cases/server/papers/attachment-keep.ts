import type { Readable } from 'node:stream'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { AttachmentRecord } from '../../rules/papers/paper-records.ts'
import { destroyAttachment, keepAttachment, openAttachment, type AttachmentDeps, type KeptAttachment } from './attachment-files.ts'
import { findAttachment, insertAttachment, listAttachments, withdrawRow, type AttachmentRow } from './attachment-store.ts'
import { findCase, findCaseForUpdate } from '../case-store.ts'
import { findMeeting } from '../meetings/meeting-store.ts'
import { paperErrors } from './paper-errors.ts'
import { unfileEmptyPaper } from './paper-store.ts'

type Within = Context & { readonly db: Db }

/** Where a file is to hang. */
export interface Hanging {
  readonly areaPath: string
  readonly householdId: string | null
  readonly caseId: string | null
  readonly paperId: string | null
  readonly meetingId: string | null
  readonly kind: AttachmentRecord['kind']
}

/** Most pages and photographs of one case or meeting. */
const mostAttachments = 200

/**
 * Takes an upload and hangs it: `ask` runs before any byte is read and throws where the caller may not; `hang` runs in the transaction that keeps
 * the row and says where. The same file twice is one attachment. Whatever fails leaves no file. Returns the id.
 */
export async function attachUpload(
  ctx: Context,
  deps: AttachmentDeps,
  given: { stream: Readable; ask: (ctx: Within) => Promise<unknown>; hang: (ctx: Within) => Promise<Hanging> },
): Promise<{ attachmentId: string }> {
  await inTransaction(ctx, (db) => given.ask({ ...ctx, db }))
  const kept = await keepAttachment(deps, given.stream)
  let isKept = false
  try {
    const attachmentId = await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      const place = await given.hang(within)
      const before = await listAttachments(db, ctx.scope, aboutOf(place))
      const same = before.find((one) => one.hash === kept.hash && one.paperId === place.paperId && one.kind === place.kind)
      if (same !== undefined) return same.attachmentId
      if (before.length >= mostAttachments) throw paperErrors.tooManyPages({ most: mostAttachments })
      isKept = true
      return await addRow(within, place, kept)
    })
    if (!isKept) destroyAttachment(deps, kept.fileId)
    return { attachmentId }
  } catch (fault) {
    destroyAttachment(deps, kept.fileId)
    throw fault
  }
}

function aboutOf(place: Hanging): { caseId: string } | { meetingId: string } {
  return place.caseId === null ? { meetingId: place.meetingId ?? '' } : { caseId: place.caseId }
}

async function addRow(ctx: Within, place: Hanging, kept: KeptAttachment): Promise<string> {
  const { fileId, hash, bytes, mediaType, width, height, hidden } = kept
  const attachmentId = await insertAttachment(ctx.db, ctx, { ...place, fileId, hash, bytes, mediaType, width, height })
  await audit(ctx.db, ctx, {
    did: 'cases.attach',
    objectKind: 'cases.attachment',
    objectId: attachmentId,
    details: {
      kind: place.kind,
      of: place.caseId ?? place.meetingId,
      paperId: place.paperId,
      mediaType,
      bytes,
      hash,
      hidden: hidden.length,
    },
  })
  return attachmentId
}

/** Hangs a photograph or other evidence on a case. Throws `http.not-found`, `cases.case-ended`. */
export async function attachToCase(
  ctx: Context,
  deps: AttachmentDeps,
  given: { caseId: string; kind: 'photo' | 'evidence'; stream: Readable },
): Promise<{ attachmentId: string }> {
  const { caseId, kind, stream } = given
  return attachUpload(ctx, deps, {
    stream,
    ask: (within) => getOpenCase(within, caseId, false),
    hang: async (within) => {
      const { areaPath, householdId } = await getOpenCase(within, caseId, true)
      return { areaPath, householdId, caseId, paperId: null, meetingId: null, kind }
    },
  })
}

/** Hangs the photograph of a signed sheet on a meeting, which then takes it over by its id. Throws `http.not-found`. */
export async function attachToMeeting(
  ctx: Context,
  deps: AttachmentDeps,
  given: { meetingId: string; stream: Readable },
): Promise<{ attachmentId: string }> {
  const { meetingId, stream } = given
  const getMeeting = async (within: Within) => {
    const meeting = await findMeeting(within.db, within.scope, { meetingId })
    if (meeting === undefined) throw httpErrors.notFound()
    return meeting
  }
  return attachUpload(ctx, deps, {
    stream,
    ask: getMeeting,
    hang: async (within) => {
      const { areaPath } = await getMeeting(within)
      return { areaPath, householdId: null, caseId: null, paperId: null, meetingId, kind: 'sheet' }
    },
  })
}

/** A case of the scope that takes attachments; `isHeld` keeps it for this transaction. */
export async function getOpenCase(ctx: Within, caseId: string, isHeld: boolean): Promise<CaseFile> {
  const file = await (isHeld ? findCaseForUpdate : findCase)(ctx.db, ctx.scope, caseId)
  if (file === undefined) throw httpErrors.notFound()
  if (file.state === 'ended') throw paperErrors.paperOfOtherStep()
  return file
}

/** Sends an attachment to be kept or looked at; looking is noted. Throws `http.not-found`, `cases.attachment-lost`. */
export async function downloadAttachment(ctx: Context, deps: AttachmentDeps, attachmentId: string): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const row = await getAttachment({ ...ctx, db }, attachmentId)
    await audit(db, ctx, {
      did: 'cases.read-attachment',
      objectKind: 'cases.attachment',
      objectId: attachmentId,
      details: { kind: row.kind },
    })
    const ending = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' }[row.mediaType]
    return {
      fileName: `${row.at.slice(0, 10)}-${attachmentId.slice(-6)}.${ending}`,
      contentType: row.mediaType,
      body: await openAttachment(deps, row),
    }
  })
}

async function getAttachment(ctx: Within, attachmentId: string): Promise<AttachmentRow> {
  const row = await findAttachment(ctx.db, ctx.scope, attachmentId)
  if (row === undefined) throw httpErrors.notFound()
  return row
}

/** Takes away what was attached by mistake: the row stays with the reason, the file is swept away a day later. Only while the case goes on. */
export async function withdrawAttachment(ctx: Context, given: { attachmentId: string; reason: string }): Promise<void> {
  await inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const row = await getAttachment(within, given.attachmentId)
    if (row.caseId !== null) await getOpenCase(within, row.caseId, true)
    await withdrawRow(db, ctx, given)
    if (row.paperId !== null) await unfileEmptyPaper(db, ctx, row.paperId)
    const { reason, attachmentId } = given
    await audit(db, ctx, {
      did: 'cases.withdraw-attachment',
      objectKind: 'cases.attachment',
      objectId: attachmentId,
      reason,
      details: { kind: row.kind },
    })
  })
}
