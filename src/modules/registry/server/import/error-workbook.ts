import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { pathOfFile } from '#kernel/server/files/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { openSheetFile, readSheetsSandboxed, type SheetRow } from '#kernel/server/sheets/index.ts'
import type { ImportProblem } from '../../contract.ts'
import { sayImportProblem } from '../../rules/say-problem.ts'
import { registryErrors } from '../errors.ts'
import { getBatch, type StoredBatch } from './batch-store.ts'
import type { ImportDeps } from './import-files.ts'
import { listProblems } from './result-store.ts'

/** Up to this many rows the whole file goes back; of larger files only the rows with remarks, below their header. */
const wholeFileRows = 20_000
const problemsAtATime = 10_000
/** Rows that may be titles and headers. */
const firstRows = 30

/**
 * The sender's own file as a workbook with a comment in every cell that has a problem. Cells are text, never formulas.
 * Throws `registry.not-found` when the file is no longer kept.
 */
export async function makeErrorWorkbook(ctx: Context, deps: ImportDeps, batchId: string): Promise<Download> {
  const { batch, problems } = await inTransaction(ctx, async (db) => {
    const found = await getBatch(db, ctx, batchId)
    const all: ImportProblem[] = []
    for (let after = 0; ; ) {
      const page = await listProblems(db, ctx, { batchId, after, limit: problemsAtATime })
      all.push(...page.filter((problem) => problem.severity !== 'corrected'))
      if (page.length < problemsAtATime) break
      after = page.at(-1)?.problemNo ?? 0
    }
    await audit(db, ctx, {
      did: 'registry.import-workbook',
      objectKind: 'registry.import-batch',
      objectId: batchId,
      details: { problems: all.length },
    })
    return { batch: found, problems: all }
  })
  if (batch.fileId === undefined) throw registryErrors.notFound()
  const stream = new PassThrough()
  writeWorkbook(stream, { batch, problems, path: pathOfFile(deps.filesDirectory, batch.fileId) }).catch((fault: unknown) =>
    stream.destroy(fault instanceof Error ? fault : new Error('the workbook could not be written')),
  )
  const fileName = `${batch.fileName.replace(/\.\w+$/, '')}-错误清单.xlsx`
  return { fileName, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: stream }
}

interface WorkbookInput {
  batch: StoredBatch
  problems: readonly ImportProblem[]
  path: string
}

async function writeWorkbook(stream: PassThrough, input: WorkbookInput): Promise<void> {
  const byRow = new Map<number, ImportProblem[]>()
  for (const problem of input.problems) byRow.set(problem.row, [...(byRow.get(problem.row) ?? []), problem])
  const isWhole = (input.batch.counts.read ?? 0) <= wholeFileRows
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  let sheetName: string | undefined
  let sheet: ExcelJS.Worksheet | undefined
  for await (const block of readSheetsSandboxed(await openSheetFile({ path: input.path, originalName: input.batch.fileName }))) {
    if (sheet === undefined || block.sheet !== sheetName) {
      sheet?.commit()
      sheetName = block.sheet
      sheet = workbook.addWorksheet(safeSheetName(block.sheet))
    }
    for (const row of block.rows) {
      const found = byRow.get(row.row)?.filter((problem) => problem.sheet === block.sheet || problem.sheet === '')
      if (isWhole || found !== undefined || row.row <= firstRows) writeRow(sheet, row, found ?? [])
    }
  }
  sheet?.commit()
  await workbook.commit()
}

function safeSheetName(name: string): string {
  return name.replace(/[*?:\\/[\]]/g, ' ').slice(0, 31) || '错误清单'
}

function writeRow(sheet: ExcelJS.Worksheet, row: SheetRow, problems: readonly ImportProblem[]): void {
  const written = sheet.addRow(row.cells.map(asText))
  const byColumn = new Map<string, string[]>()
  for (const problem of problems)
    byColumn.set(problem.column ?? 'A', [...(byColumn.get(problem.column ?? 'A') ?? []), sayImportProblem(problem, 'zh')])
  for (const [column, sentences] of byColumn) {
    const cell = written.getCell(column)
    cell.note = `第 ${row.row} 行：${sentences.join('；')}`
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF1B8' } }
  }
  written.commit()
}

/** A cell that could be taken for a formula gets an apostrophe; a plain number is left as it is (trust.md §3.4). */
function asText(cell: string): string {
  return /^[=+\-@\t\r\n\0＝＋－＠]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell
}
