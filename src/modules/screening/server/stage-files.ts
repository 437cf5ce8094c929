import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { destroyFile, keepFile, pathOfFile } from '#kernel/server/files/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import type { Readable } from 'node:stream'
import type { BeginRun, CorrectMapping, RecognisedSheet, StagedList } from '../contract.ts'
import { defaultThresholds } from '../policy/policy.ts'
import { join } from 'node:path'
import { describeSheet, knowSheet, layoutHash, unknownList, type KnownLayout } from './recognise-list.ts'
import {
  deleteReceipt,
  findRun,
  findRunTerms,
  insertReceipt,
  insertRun,
  listLayouts,
  listStagedFiles,
  rememberLayout,
  saveMapping,
  type StagedFile,
} from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'

/** CSV and text up to 1 GB (trust.md §3.1); what is in the file is checked before it is read. */
const largestFile = 1024 ** 3

/** Where uploaded lists wait, apart from other files, so that nothing of them can be overlooked. */
export function stageFolder(filesDirectory: string): string {
  return join(filesDirectory, 'screening-staged')
}

/** Begins a comparison of a month: files may then be added. */
export async function beginRun(ctx: Context, input: BeginRun): Promise<{ runId: string }> {
  const runId = makeId()
  await inTransaction(ctx, async (db) => {
    await insertRun(db, ctx, { runId, month: input.month, state: 'staged', terms: input.terms, thresholds: defaultThresholds })
    await audit(db, ctx, { did: 'screening.begin', objectKind: 'screening.run', objectId: runId, details: { month: input.month } })
  })
  return { runId }
}

/** Takes an uploaded list into quarantine, says what it is, and keeps it until the run. A file that is no list is destroyed at once. */
export async function stageFile(
  ctx: Context,
  input: { runId: string; filesDirectory: string; upload: { stream: Readable; fileName: string } },
): Promise<StagedList> {
  const { runId, upload } = input
  const remembered = await inTransaction(ctx, async (db) => {
    await requireStaged(db, ctx, runId)
    const terms = await findRunTerms(db, ctx.scope.countyCode, runId)
    return new Map(await listLayouts(db, ctx.scope.countyCode, terms?.sender ?? ''))
  })
  const folder = stageFolder(input.filesDirectory)
  const kept = await keepFile(folder, upload.stream, largestFile)
  try {
    const sheets = await recogniseFile(kept.path, upload.fileName, remembered)
    const receiptId = makeSecret()
    await inTransaction(ctx, async (db) => {
      await requireStaged(db, ctx, runId)
      const list = sheets.find((sheet) => sheet.kind !== null)?.kind ?? null
      const file = {
        receiptId,
        runId,
        fileId: kept.fileId,
        fileName: upload.fileName,
        fileHash: kept.hash,
        bytes: kept.bytes,
        list,
        mapping: sheets,
      }
      await insertReceipt(db, ctx, file)
      await audit(db, ctx, {
        did: 'screening.stage-list',
        objectKind: 'screening.receipt',
        objectId: receiptId,
        details: { runId, hash: kept.hash, bytes: kept.bytes },
      })
    })
    return { receiptId, fileName: upload.fileName, bytes: kept.bytes, sheets }
  } catch (fault) {
    destroyFile(folder, kept.fileId)
    throw fault
  }
}

/** What each sheet of a file is, read in the sandbox. Throws `screening.unknown-list` when none is a list. */
async function recogniseFile(path: string, name: string, remembered: ReadonlyMap<string, KnownLayout>): Promise<RecognisedSheet[]> {
  const file = await openSheetFile({ path, originalName: name })
  const sheets: RecognisedSheet[] = []
  let first: Parameters<typeof unknownList>[1]
  for await (const block of readSheetsSandboxed(file)) {
    if (sheets.some((sheet) => sheet.sheet === block.sheet)) continue
    first ??= block
    const known = knowSheet(block, { name }, remembered)
    sheets.push(describeSheet(block, known, known !== undefined && remembered.has(layoutHash(known.labels))))
    if (file.kind === 'text') break
  }
  if (!sheets.some((sheet) => sheet.kind !== null)) throw unknownList(name, first)
  return sheets
}

async function requireStaged(db: Db, ctx: Context, runId: string): Promise<void> {
  const run = await findRun(db, ctx.scope.countyCode, runId)
  if (run === undefined) throw screeningErrors.runNotFound()
  if (run.state !== 'staged') throw screeningErrors.runNotStaged({ state: run.state })
}

async function getStaged(db: Db, ctx: Context, runId: string, receiptId: string): Promise<StagedFile> {
  await requireStaged(db, ctx, runId)
  const file = (await listStagedFiles(db, ctx.scope.countyCode, runId)).find((one) => one.receiptId === receiptId)
  if (file === undefined) throw screeningErrors.fileNotFound()
  return file
}

/** Takes what a person says of the sheets, and remembers it for the sender's next file of this layout. */
export async function correctMapping(
  ctx: Context,
  target: { runId: string; receiptId: string },
  input: CorrectMapping,
): Promise<StagedList> {
  return inTransaction(ctx, async (db) => {
    const file = await getStaged(db, ctx, target.runId, target.receiptId)
    const terms = await findRunTerms(db, ctx.scope.countyCode, target.runId)
    const said = new Map(input.sheets.map((sheet) => [sheet.sheet, sheet]))
    const sheets = file.mapping.map((sheet) => {
      const correction = said.get(sheet.sheet)
      if (correction === undefined) return sheet
      const columnConfidence = Object.fromEntries(Object.keys(correction.columns).map((key) => [key, 1]))
      return {
        ...sheet,
        kind: correction.kind,
        columns: correction.columns,
        columnConfidence,
        confidence: correction.kind === null ? 0 : 1,
      }
    })
    const list = sheets.find((sheet) => sheet.kind !== null)?.kind ?? null
    await saveMapping(db, ctx.scope.countyCode, { receiptId: target.receiptId, list, mapping: sheets })
    for (const { kind, labels, columns } of sheets)
      if (kind !== null && labels.length > 0)
        await rememberLayout(db, ctx, { sender: terms?.sender ?? '', layoutHash: layoutHash(labels), list: kind, columns })
    await audit(db, ctx, { did: 'screening.correct-mapping', objectKind: 'screening.receipt', objectId: target.receiptId })
    return { receiptId: file.receiptId, fileName: file.fileName, bytes: file.bytes, sheets }
  })
}

/** Destroys a staged file before the run; nothing of it stays but the audit. */
export async function removeStaged(ctx: Context, target: { runId: string; receiptId: string; filesDirectory: string }): Promise<void> {
  const file = await inTransaction(ctx, async (db) => {
    const found = await getStaged(db, ctx, target.runId, target.receiptId)
    await deleteReceipt(db, ctx.scope.countyCode, target.receiptId)
    await audit(db, ctx, { did: 'screening.remove-staged', objectKind: 'screening.receipt', objectId: target.receiptId })
    return found
  })
  if (file.fileId !== null) destroyFile(stageFolder(target.filesDirectory), file.fileId)
}

/** The path of a staged file. */
export function pathOfStaged(filesDirectory: string, file: StagedFile): string {
  return pathOfFile(stageFolder(filesDirectory), file.fileId ?? '')
}
