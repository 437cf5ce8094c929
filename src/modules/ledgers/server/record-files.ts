import type { Readable } from 'node:stream'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { httpErrors, type Download } from '#kernel/server/http/index.ts'
import type { OfField, OfFile } from '../contract.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { makeProblem } from '../rules/record-words.ts'
import type { FileValue } from '../rules/records.ts'
import { ledgersErrors } from './errors.ts'
import { listHandled } from './event-store.ts'
import { destroyRecordFile, keepRecordFile, openRecordFile } from './file-keep.ts'
import { insertFile, listFiles, removeFileRow, type FileRow } from './file-store.ts'
import { openLedger, type Within } from './open-ledger.ts'
import { findRecord } from './record-store.ts'
import type { StoredValue } from './tables.ts'
import { workOut, type LedgerDeps } from './work-out.ts'
import { changedValues, saveOver } from './save-record.ts'
import { holdRecord, versionOf, type HeldRecord } from './write-record.ts'

/** Most files of one record. */
const mostFiles = 50

/** Adds a photograph, file or signature to a field of a record: made anew without hidden data, encrypted, the same one twice only once. */
export async function attachFile(ctx: Context, deps: LedgerDeps, given: OfField & { stream: Readable }): Promise<{ recordFileId: string }> {
  await inTransaction(ctx, (db) => getOpen({ ...ctx, db }, given))
  const kept = await keepRecordFile(deps, given.stream)
  let isKept = false
  try {
    return await inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      const held = await getOpen(within, given)
      const files = await listFiles(db, ctx, given.recordId)
      const same = files.find((one) => one.hash === kept.hash && one.fieldKey === given.fieldKey)
      if (same !== undefined) return { recordFileId: same.recordFileId }
      if (files.length >= mostFiles) throw ledgersErrors.tooManyFiles({ most: mostFiles })
      const recordFileId = makeId(Date.parse(ctx.now))
      await insertFile(db, ctx, { recordFileId, row: held.row, fieldKey: given.fieldKey, kept })
      await writeFiles(within, deps, { held, fieldKey: given.fieldKey, act: 'attach' })
      isKept = true
      return { recordFileId }
    })
  } finally {
    if (!isKept) destroyRecordFile(deps, kept.fileId)
  }
}

async function getOpen(ctx: Within, given: OfField): Promise<HeldRecord> {
  const held = await holdRecord(ctx, given)
  const { ledger, row } = held
  if (!ledger.can.make) throw ledgersErrors.mayNotWrite()
  if (row.removedAt !== null) throw ledgersErrors.removed()
  if (row.settled) throw ledgersErrors.refused({ problems: [makeProblem('settled')] })
  const field = (await versionOf(ctx, row)).fields.get(given.fieldKey)
  if (field === undefined || !isFiles(field.kind) || !ledger.maySee(field.key)) throw ledgersErrors.unknownField({ field: given.fieldKey })
  return held
}

const toValue = ({ recordFileId, mediaType, bytes, addedAt, addedName }: FileRow): FileValue => ({
  recordFileId,
  mediaType,
  bytes,
  addedAt,
  addedName,
})

/** Writes the files of a field into the record, with its event. */
async function writeFiles(
  ctx: Within,
  deps: LedgerDeps,
  given: { held: HeldRecord; fieldKey: string; act: 'attach' | 'detach' },
): Promise<void> {
  const { held, fieldKey, act } = given
  const { ledger, row } = held
  const open = await versionOf(ctx, row)
  const files = (await listFiles(ctx.db, ctx, row.recordId)).filter((one) => one.fieldKey === fieldKey).map(toValue)
  const body: Record<string, StoredValue> = { ...row.body }
  if (files.length === 0) delete body[fieldKey]
  else body[fieldKey] = files
  const handled = (await listHandled(ctx.db, ctx, [row.recordId])).get(row.recordId)
  const worked = await workOut(ctx, deps, {
    open,
    maySee: () => true,
    recordId: row.recordId,
    entered: {},
    state: row.state,
    before: { row: { ...row, body }, handled },
    said: undefined,
  })
  await saveOver(ctx, {
    ledger: { ...ledger, open },
    row,
    worked,
    state: row.state,
    act: { act, before: changedValues(row.body, worked.body) },
  })
}

async function findFile(ctx: Within, given: OfFile): Promise<FileRow> {
  const ledger = await openLedger(ctx, given.templateKey)
  const row = await findRecord(ctx.db, ctx, given)
  const file =
    row === undefined ? undefined : (await listFiles(ctx.db, ctx, row.recordId)).find((one) => one.recordFileId === given.recordFileId)
  if (file === undefined || !ledger.maySee(file.fieldKey)) throw httpErrors.notFound()
  return file
}

const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' }

/** Sends a file to be looked at or kept; looking is noted. */
export async function downloadFile(ctx: Context, deps: LedgerDeps, given: OfFile): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const file = await findFile({ ...ctx, db }, given)
    const { recordFileId, mediaType, fieldKey } = file
    await audit(db, ctx, {
      did: 'ledgers.read-file',
      objectKind: 'ledgers.record',
      objectId: given.recordId,
      details: { recordFileId, field: fieldKey },
    })
    const fileName = `${file.addedAt.slice(0, 10)}-${recordFileId.slice(-6)}.${endings[mediaType] ?? 'bin'}`
    return { fileName, contentType: mediaType, body: await openRecordFile(deps, file) }
  })
}

/** Takes a file away that was added by mistake; row and bytes stay for the history. */
export async function removeFile(ctx: Context, deps: LedgerDeps, given: OfFile): Promise<Record<string, never>> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const file = await findFile(within, given)
    const held = await getOpen(within, { ...given, fieldKey: file.fieldKey })
    await removeFileRow(db, ctx, file.recordFileId)
    await writeFiles(within, deps, { held, fieldKey: file.fieldKey, act: 'detach' })
    return {}
  })
}
