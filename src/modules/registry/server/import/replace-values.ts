import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { pathOfFile } from '#kernel/server/files/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import { codeLists, findField } from '../../policy/policy.ts'
import type { Replacement, ReplacementPreview } from '../../rules/import-records.ts'
import type { ReplaceValues } from '../../rules/import-requests.ts'
import { makeCellReader } from '../../rules/read-value.ts'
import { registryErrors } from '../errors.ts'
import { getBatchThatCan } from './ask-work.ts'
import { getBatch, type StoredBatch } from './batch-store.ts'
import { findSheetOf, keptSheetsOf } from './describe-columns.ts'
import { deleteReplacement, insertReplacement, listReplacements, noteMending, readMending } from './fix-store.ts'
import type { ImportDeps } from './import-files.ts'
import { makeMending } from './mended-rows.ts'

const shownExamples = 20
/** So many replacements are laid over each row. */
const mostReplacements = 500

/** Counts the rows of the file that hold a value, with what was mended so far, and says what the new value would be read as. */
export async function previewReplacement(
  ctx: Context,
  deps: ImportDeps,
  input: ReplaceValues & { batchId: string },
): Promise<ReplacementPreview> {
  const { batch, mending } = await inTransaction(ctx, async (db) => ({
    batch: await getBatchThatCan(db, ctx, { batchId: input.batchId, can: 'fix' }),
    mending: await readMending(db, ctx, { ...deps, batchId: input.batchId }),
  }))
  const column = batch.columns.find((one) => one.column === input.column)
  if (column === undefined || batch.fileId === undefined) throw registryErrors.noSuchColumn({ column: input.column + 1 })
  const preview: ReplacementPreview = { rows: 0, examples: [] }
  const sheets = keptSheetsOf(batch.sheets)
  const mend = makeMending(mending)
  const file = await openSheetFile({ path: pathOfFile(deps.filesDirectory, batch.fileId), originalName: batch.fileName })
  for await (const block of readSheetsSandboxed(file)) {
    for (const row of block.rows) {
      if ((mend(block.sheet, row).cells[input.column] ?? '').trim() !== input.from.trim()) continue
      if (findSheetOf(sheets, { sheet: block.sheet, row: row.row }) === undefined) continue
      preview.rows += 1
      if (preview.examples.length < shownExamples) preview.examples.push({ sheet: block.sheet, row: row.row })
    }
  }
  const problem = problemOf(column, input.to)
  return problem === undefined ? preview : { ...preview, problem }
}

function problemOf(column: StoredBatch['columns'][number], value: string): string | undefined {
  const field = column.key === undefined ? undefined : findField(column.key)
  return field === undefined ? undefined : makeCellReader(field, column.label, codeLists)(value).problem
}

/** From now on a value of a column is read as another, in every row that holds it. Returns all replacements of the batch. */
export async function addReplacement(ctx: Context, deps: ImportDeps, input: ReplaceValues & { batchId: string }): Promise<Replacement[]> {
  const { batchId, column, from, to } = input
  const { rows } = await previewReplacement(ctx, deps, input)
  return inTransaction(ctx, async (db) => {
    const batch = await getBatchThatCan(db, ctx, { batchId, can: 'fix' })
    if (batch.fixes.replacements >= mostReplacements) throw registryErrors.tooManyFixes({ limit: mostReplacements })
    await insertReplacement(db, ctx, { ...deps, batchId, replacementId: makeId(), column, from: from.trim(), to: to.trim(), rows })
    await noteMending(db, ctx, batchId)
    const details = { column: column + 1, rows }
    await audit(db, ctx, { did: 'registry.import-replace', objectKind: 'registry.import-batch', objectId: batchId, details })
    return showReplacements(await listReplacements(db, ctx, { ...deps, batchId }), batch)
  })
}

/** Takes a replacement away. Throws `registry.not-found`. */
export async function removeReplacement(
  ctx: Context,
  deps: ImportDeps,
  input: { batchId: string; replacementId: string },
): Promise<Replacement[]> {
  const { batchId } = input
  return inTransaction(ctx, async (db) => {
    const batch = await getBatchThatCan(db, ctx, { batchId, can: 'fix' })
    if (!(await deleteReplacement(db, ctx, input))) throw registryErrors.notFound()
    await noteMending(db, ctx, batchId)
    const details = { removed: true }
    await audit(db, ctx, { did: 'registry.import-replace', objectKind: 'registry.import-batch', objectId: batchId, details })
    return showReplacements(await listReplacements(db, ctx, { ...deps, batchId }), batch)
  })
}

/** The replacements of a batch. */
export async function listShownReplacements(ctx: Context, deps: ImportDeps, batchId: string): Promise<Replacement[]> {
  return inTransaction(ctx, async (db) => {
    const batch = await getBatch(db, ctx, batchId)
    return showReplacements(await listReplacements(db, ctx, { ...deps, batchId }), batch)
  })
}

function showReplacements(list: Awaited<ReturnType<typeof listReplacements>>, batch: StoredBatch): Replacement[] {
  return list.map((one) => ({ ...one, label: batch.columns.find((column) => column.column === one.column)?.label ?? '' }))
}
