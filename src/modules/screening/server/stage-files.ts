import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { destroyFile, keepFile, pathOfFile } from '#kernel/server/files/index.ts'
import { firstTable, memoryOfColumns, openSheetFile, readSheetsSandboxed, type RowBlock } from '#kernel/server/sheets/index.ts'
import type { RecognisedSheet } from '../contract.ts'
import { kindOf } from '../policy/list-kinds.ts'
import type { SuggestedMapping } from '../rules/compare-records.ts'
import type { SuggestMapping, BeginRun, CorrectMapping, StagedList } from '../rules/compare-requests.ts'
import { hideMiddle } from '../rules/hide-middle.ts'
import { thresholdsOfMonth } from './county-thresholds.ts'
import { deleteReceipt, insertReceipt, listStagedFiles, saveMapping, type StagedFile } from './receipt-store.ts'
import { describeSheet, knowSheet, labelsOfLists, layoutHash, recogniseSheet, type KnownLayout, type KnownSheet } from './recognise-list.ts'
import { findRun, findRunTerms, insertRun, listLayouts, rememberLayout } from './run-store.ts'
import { screeningErrors } from './screening-errors.ts'

/** CSV and text up to 1 GB (trust.md §3.1); what is in the file is checked before it is read. */
const largestFile = 1024 ** 3

/** Where uploaded lists wait, apart from other files, so that nothing of them can be overlooked. */
export function stageFolder(filesDirectory: string): string {
  return join(filesDirectory, 'screening-staged')
}

/** Begins a comparison of a month under its terms: files may then be added. Throws `screening.terms-expired`. */
export async function beginRun(ctx: Context, input: BeginRun): Promise<{ runId: string }> {
  const { month, terms } = input
  requireInTime(ctx, terms.expiresOn)
  const runId = makeId()
  await inTransaction(ctx, async (db) => {
    const { thresholds, from } = await thresholdsOfMonth(db, ctx, month)
    await insertRun(db, ctx, { runId, month, state: 'staged', terms, thresholds, thresholdsFrom: from })
    await audit(db, ctx, { did: 'screening.begin', objectKind: 'screening.run', objectId: runId, details: { month } })
  })
  return { runId }
}

/** Refuses to read anything after the last day of the sharing. Throws `screening.terms-expired`. */
export function requireInTime(ctx: Context, expiresOn: string): void {
  if (expiresOn !== '' && expiresOn < ctx.today) throw screeningErrors.termsExpired({ expiresOn })
}

/** Takes an uploaded file into quarantine, says what its sheets are, and keeps it until the run. What no list is recognised in is mapped by hand. */
export async function stageFile(
  ctx: Context,
  input: { runId: string; filesDirectory: string; upload: { stream: Readable; fileName: string } },
): Promise<StagedList> {
  const { runId, upload } = input
  const remembered = await inTransaction(ctx, async (db) => {
    const terms = await requireStaged(db, ctx, runId)
    return new Map(await listLayouts(db, ctx.scope.countyCode, terms.sender))
  })
  const folder = stageFolder(input.filesDirectory)
  const kept = await keepFile(folder, upload.stream, largestFile)
  try {
    const sheets = await recogniseFile(kept.path, upload.fileName, remembered)
    const receiptId = makeSecret()
    await inTransaction(ctx, async (db) => {
      await requireStaged(db, ctx, runId)
      const { fileId, hash, bytes } = kept
      const list = listOf(sheets)
      await insertReceipt(db, ctx, { receiptId, runId, fileId, fileName: upload.fileName, fileHash: hash, bytes, list, mapping: sheets })
      await audit(db, ctx, {
        did: 'screening.stage-list',
        objectKind: 'screening.receipt',
        objectId: receiptId,
        details: { runId, hash, bytes },
      })
    })
    return { receiptId, fileName: upload.fileName, bytes: kept.bytes, sheets }
  } catch (fault) {
    destroyFile(folder, kept.fileId)
    throw fault
  }
}

function listOf(sheets: readonly RecognisedSheet[]): RecognisedSheet['kind'] {
  return sheets.find((sheet) => sheet.kind !== null)?.kind ?? null
}

/** What each sheet of a file is, read in the sandbox. */
async function recogniseFile(path: string, name: string, remembered: ReadonlyMap<string, KnownLayout>): Promise<RecognisedSheet[]> {
  const sheets: RecognisedSheet[] = []
  for await (const block of firstBlocks(path, name)) {
    const known = knowSheet(block, { name }, remembered)
    sheets.push(
      describeSheet(block, known, known !== undefined && (known.isRemembered === true || remembered.has(layoutHash(known.labels)))),
    )
  }
  return sheets
}

/** The first rows of every sheet. */
async function* firstBlocks(path: string, name: string): AsyncGenerator<RowBlock, void> {
  const file = await openSheetFile({ path, originalName: name })
  const seen = new Set<string>()
  for await (const block of readSheetsSandboxed(file)) {
    if (seen.has(block.sheet)) continue
    seen.add(block.sheet)
    yield file.kind === 'text' ? firstTable(block, labelsOfLists) : block
    if (file.kind === 'text') return
  }
}

async function requireStaged(db: Db, ctx: Context, runId: string) {
  const run = await findRun(db, ctx.scope.countyCode, runId)
  const terms = await findRunTerms(db, ctx.scope.countyCode, runId)
  if (run === undefined || terms === undefined) throw screeningErrors.runNotFound()
  if (run.state !== 'staged') throw screeningErrors.runNotStaged({ state: run.state })
  requireInTime(ctx, terms.expiresOn)
  return terms
}

/** Where a staged file is meant: its run and receipt. */
export interface StagedTarget {
  runId: string
  receiptId: string
}

async function getStaged(db: Db, ctx: Context, { runId, receiptId }: StagedTarget): Promise<StagedFile> {
  await requireStaged(db, ctx, runId)
  const file = (await listStagedFiles(db, ctx.scope.countyCode, runId)).find((one) => one.receiptId === receiptId)
  if (file === undefined) throw screeningErrors.fileNotFound()
  return file
}

const mostSamples = 3

/** Adds what the mapper only guesses, each field's best guess in a column that is still free: a person looks at all of them. */
function withGuesses(sheet: RecognisedSheet, known: KnownSheet | undefined): RecognisedSheet {
  const columns = { ...sheet.columns }
  const columnConfidence = { ...sheet.columnConfidence }
  for (const { key, candidates } of known?.map.unsure ?? []) {
    const taken = new Set(Object.values(columns))
    const free = candidates.find((candidate) => !taken.has(candidate.column))
    if (key in columns || free === undefined) continue
    columns[key] = free.column
    columnConfidence[key] = free.confidence
  }
  return { ...sheet, columns, columnConfidence, missing: sheet.missing.filter((key) => !(key in columns)) }
}

/** How a sheet would be read as a list of this kind: columns with the mapper's confidence, and some values with their middles hidden. Keeps nothing. */
export async function suggestMapping(
  ctx: Context,
  target: StagedTarget & { filesDirectory: string },
  input: SuggestMapping,
): Promise<SuggestedMapping> {
  const file = await inTransaction(ctx, (db) => getStaged(db, ctx, target))
  for await (const block of firstBlocks(pathOfStaged(target.filesDirectory, file), file.fileName)) {
    if (block.sheet !== input.sheet) continue
    const known = recogniseSheet({ block, fileName: file.fileName, kind: input.kind })
    const sheet = withGuesses(describeSheet(block, known, false), known)
    const data = block.rows.filter((row) => row.row > sheet.headerRow && row.cells.some((cell) => cell !== '')).slice(0, mostSamples)
    const samples = sheet.labels.map((_, column) => data.map((row) => hideMiddle(row.cells[column] ?? '')))
    return {
      sheet: { ...sheet, kind: input.kind, missing: sheet.kind === null ? kindOf(input.kind).fields.map((one) => one.key) : sheet.missing },
      samples,
    }
  }
  throw screeningErrors.fileNotFound()
}

/** Takes what a person says of the sheets, and remembers it for the sender's next file of this layout. Throws `screening.missing-columns`. */
export async function correctMapping(ctx: Context, target: StagedTarget, input: CorrectMapping): Promise<StagedList> {
  return inTransaction(ctx, async (db) => {
    const file = await getStaged(db, ctx, target)
    const terms = await findRunTerms(db, ctx.scope.countyCode, target.runId)
    const said = new Map(input.sheets.map((sheet) => [sheet.sheet, sheet]))
    const sheets = file.mapping.map((sheet) => {
      const correction = said.get(sheet.sheet)
      return correction === undefined ? sheet : correctedSheet(file.fileName, sheet, correction)
    })
    await saveMapping(db, ctx.scope.countyCode, { receiptId: target.receiptId, list: listOf(sheets), mapping: sheets })
    for (const { sheet, kind, labels, columns } of sheets)
      if (kind !== null && labels.length > 0 && said.has(sheet))
        await rememberLayout(db, ctx, {
          sender: terms?.sender ?? '',
          layoutHash: layoutHash(labels),
          list: kind,
          columns,
          memory: memoryOfColumns(labels, { ...droppedOf(file.mapping, sheet, columns), ...columns }),
        })
    await audit(db, ctx, { did: 'screening.correct-mapping', objectKind: 'screening.receipt', objectId: target.receiptId })
    return { receiptId: file.receiptId, fileName: file.fileName, bytes: file.bytes, sheets }
  })
}

/** Fields that were found in a sheet and that the person took out. */
function droppedOf(before: readonly RecognisedSheet[], sheet: string, columns: Readonly<Record<string, number>>): Record<string, null> {
  const found = Object.keys(before.find((one) => one.sheet === sheet)?.columns ?? {})
  return Object.fromEntries(found.filter((key) => !(key in columns)).map((key) => [key, null]))
}

function correctedSheet(file: string, sheet: RecognisedSheet, said: CorrectMapping['sheets'][number]): RecognisedSheet {
  const { kind, columns } = said
  if (kind !== null) requireColumns(file, said)
  return {
    ...sheet,
    kind,
    columns,
    columnConfidence: Object.fromEntries(Object.keys(columns).map((key) => [key, 1])),
    confidence: kind === null ? 0 : 1,
    missing: kind === null ? [] : kindOf(kind).fields.flatMap((field) => (field.key in columns ? [] : [field.key])),
  }
}

/** A list must say whom (or where) it means and what its reading needs. */
function requireColumns(file: string, { sheet, kind, columns }: CorrectMapping['sheets'][number]): void {
  if (kind === null) return
  const policy = kindOf(kind)
  const whom = policy.key === 'place' ? [] : [['name', 'idNumber']]
  const lacking = [...policy.needs, ...whom].filter((group) => !group.some((key) => key in columns))
  if (lacking.length === 0) return
  const labelOf = (key: string) => policy.fields.find((field) => field.key === key)?.labels[0] ?? key
  throw screeningErrors.missingColumns({ file, sheet, columns: lacking.map((group) => group.map(labelOf).join(' / ')) })
}

/** Destroys a staged file before the run; nothing of it stays but the audit. */
export async function removeStaged(ctx: Context, target: StagedTarget & { filesDirectory: string }): Promise<void> {
  const file = await inTransaction(ctx, async (db) => {
    const found = await getStaged(db, ctx, target)
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
