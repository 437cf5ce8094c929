import { createReadStream, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { attachmentLimits, cleanFile, destroyFile, keepFile, pathOfFile, type CleanFile } from '#kernel/server/files/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import { lintNotice, type NoticeFinding, type NoticeText } from '../../rules/notices/notice-lint.ts'
import type { NoticeRecord } from '../../rules/notices/notice-records.ts'
import { isHanging } from '../../rules/notices/notice-states.ts'
import type { NoticeDeps } from './notice-draft.ts'
import { noticeErrors } from './notice-errors.ts'
import { readHiddenTexts } from './notice-hidden-text.ts'
import { householdsOf, lintTermsOf } from './notice-make.ts'
import { getNotice } from './notice-read.ts'
import { findNotice, listLines, listNoticeFiles, type KeptNotice } from './notice-store.ts'
import { noticeTermsOf } from './notice-terms.ts'
import { insertNoticeFile } from './notice-write-store.ts'

interface Given {
  readonly noticeId: string
  readonly purpose: 'photo' | 'enclosure'
  readonly upload: { readonly stream: Readable; readonly fileName: string }
}

/**
 * Keeps a photo of the posted notice or an enclosure. A picture is written anew, so that nothing is hidden in it; a name or a document that holds
 * what must not be published is refused. Throws `cases.notice-file`, `notice-file-kind`, `notice-state` and the refusals of files.
 */
export async function addNoticeFile(ctx: Context, deps: NoticeDeps, given: Given): Promise<NoticeRecord> {
  const { noticeId, purpose, upload } = given
  await inTransaction(ctx, async (db) => judgeState(await findNotice(db, ctx.scope, noticeId), purpose))
  const folder = folderOf(deps)
  const came = await keepFile(folder, upload.stream, attachmentLimits.bytes)
  let kept: { fileId: string; hash: string; bytes: number; clean: CleanFile; cleaned: string[] } | undefined
  try {
    const clean = await cleanFile(came.path)
    if (purpose === 'photo' && clean.mediaType === 'application/pdf') throw noticeErrors.noticeFileKind()
    const cleaned = await judgeContent(ctx, deps, { noticeId, name: upload.fileName, came: readFileSync(came.path), clean })
    const stored = await keepFile(folder, Readable.from([clean.bytes]), attachmentLimits.bytes)
    kept = { fileId: stored.fileId, hash: stored.hash, bytes: stored.bytes, clean, cleaned }
    return await note(ctx, deps, { ...given, kept })
  } catch (fault) {
    if (kept !== undefined) rmSync(pathOfFile(folder, kept.fileId), { force: true })
    throw fault
  } finally {
    destroyFile(folder, came.fileId)
  }
}

const folderOf = ({ filesDirectory }: NoticeDeps) => join(filesDirectory, 'notices')

function judgeState(notice: KeptNotice | undefined, purpose: Given['purpose']): void {
  if (notice === undefined) throw httpErrors.notFound()
  const { state } = notice
  const fits = purpose === 'enclosure' ? state === 'draft' : state === 'released' || isHanging(state) || state === 'ended'
  if (!fits) throw noticeErrors.noticeState()
}

/** Kinds of what was hidden and is gone. Refuses a name, or a document, that says what must not be published. */
async function judgeContent(
  ctx: Context,
  deps: NoticeDeps,
  given: { noticeId: string; name: string; came: Buffer; clean: CleanFile },
): Promise<string[]> {
  const { noticeId, name, came, clean } = given
  const asCame = await scanFile(ctx, deps, { noticeId, name, bytes: came })
  const isPicture = clean.mediaType !== 'application/pdf'
  const stays = asCame.filter(({ part }) => part === 'file-name' || !isPicture)
  const left = isPicture ? await scanFile(ctx, deps, { noticeId, name: '', bytes: clean.bytes }) : []
  const kinds = [...new Set([...stays, ...left].map(({ kind }) => kind))]
  if (kinds.length > 0) throw noticeErrors.noticeFile({ kinds: kinds.join(' ') })
  return [...new Set(asCame.map(({ kind }) => kind))]
}

/** What a scan finds in a file's name and inside it, for the households of a notice. */
export async function scanFile(
  ctx: Context,
  deps: NoticeDeps,
  given: { noticeId: string; name: string; bytes: Buffer },
): Promise<NoticeFinding[]> {
  const { noticeId, name, bytes } = given
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const notice = await findNotice(db, ctx.scope, noticeId)
    if (notice === undefined) throw httpErrors.notFound()
    const lines = await listLines(db, ctx.scope, noticeId)
    const households = await householdsOf(
      within,
      deps,
      lines.map(({ householdId }) => householdId),
    )
    const terms = await noticeTermsOf(within, notice.areaPath)
    const texts: NoticeText[] = [{ part: 'file-name', name, text: name }, ...readHiddenTexts(name, bytes)]
    return lintNotice(texts, lintTermsOf(within, { terms, households: [...households.values()] }))
  })
}

interface Noted extends Given {
  readonly kept: {
    readonly fileId: string
    readonly hash: string
    readonly bytes: number
    readonly clean: CleanFile
    readonly cleaned: readonly string[]
  }
}

async function note(ctx: Context, deps: NoticeDeps, given: Noted): Promise<NoticeRecord> {
  const { noticeId, purpose, upload, kept } = given
  return inTransaction(ctx, async (db) => {
    const notice = await findNotice(db, ctx.scope, noticeId, true)
    judgeState(notice, purpose)
    const { hash, bytes, cleaned, fileId } = kept
    const noticeFileId = makeId()
    const facts = { noticeFileId, noticeId, areaPath: notice?.areaPath ?? '', purpose, storedId: fileId, contentType: kept.clean.mediaType }
    await insertNoticeFile(db, ctx, { ...facts, name: upload.fileName.slice(0, 120) || '照片', bytes, hash, cleaned })
    const details = { purpose, hash: hash.slice(0, 16), cleaned: cleaned.length }
    await audit(db, ctx, { did: 'cases.notice.add-file', objectKind: 'cases.notice', objectId: noticeId, details })
    return getNotice({ ...ctx, db }, deps, noticeId)
  })
}

/** A file of a notice, for whoever sees the notice. */
export async function readNoticeFile(ctx: Context, deps: NoticeDeps, given: { noticeId: string; noticeFileId: string }): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const files = await listNoticeFiles(db, ctx.scope, given.noticeId)
    const file = files.find(({ noticeFileId }) => noticeFileId === given.noticeFileId)
    if (file === undefined) throw httpErrors.notFound()
    const path = pathOfFile(folderOf(deps), file.storedId)
    if (!existsSync(path)) throw httpErrors.notFound()
    return { fileName: file.name, contentType: file.contentType, body: createReadStream(path) }
  })
}
