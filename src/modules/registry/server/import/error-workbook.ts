import { existsSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { pathOfFile } from '#kernel/server/files/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import {
  neutralise,
  openSheetFile,
  readSheetsSandboxed,
  writeComments,
  type CellRemark,
  type SheetFile,
  type SheetRow,
} from '#kernel/server/sheets/index.ts'
import { columnNumber } from '../../rules/column-number.ts'
import type { ImportProblem } from '../../contract.ts'
import { sayImportProblem } from '../../rules/say-problem.ts'
import { registryErrors } from '../errors.ts'
import { getBatch } from './batch-store.ts'
import { keptSheetsOf } from './describe-columns.ts'
import type { ImportDeps } from './import-files.ts'
import { listProblems } from './result-store.ts'

const problemsAtATime = 10_000
/** Cells with a remark in one workbook; with more, Excel takes minutes to open it. The first of them says how many there are in all. */
const mostRemarks = 30_000

/** Remarks by sheet, each cell once. */
type Remarks = Map<string, CellRemark[]>

/**
 * The sender's own workbook with a comment in every cell that has a problem and nothing else changed; of xls and text files, and of
 * workbooks with macros or links, an xlsx with the same rows, order and row numbers. Cells are text, never formulas.
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
  const path = batch.fileId === undefined ? undefined : pathOfFile(deps.filesDirectory, batch.fileId)
  if (path === undefined || !existsSync(path)) throw registryErrors.notFound()
  const file = await openSheetFile({ path, originalName: batch.fileName })
  const remarks = groupRemarks(problems, keptSheetsOf(batch.sheets)[0]?.sheet ?? '')
  const stream = new PassThrough()
  write(file, remarks, stream).catch((fault: unknown) =>
    stream.destroy(fault instanceof Error ? fault : new Error('the workbook could not be written')),
  )
  const fileName = `${batch.fileName.replace(/\.\w+$/, '')}-错误清单.xlsx`
  return { fileName, contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', body: stream }
}

async function write(file: SheetFile, remarks: Remarks, stream: PassThrough): Promise<void> {
  if (!(await writeComments({ file, target: stream, remarks }))) await writeRows(file, remarks, stream)
}

/** One remark per cell, problems of a row as a whole in its first cell; `firstSheet` is meant where a problem names none. */
function groupRemarks(problems: readonly ImportProblem[], firstSheet: string): Remarks {
  const texts = new Map<string, { sheet: string; row: number; column: number; said: string[] }>()
  for (const problem of problems) {
    const sheet = problem.sheet === '' ? firstSheet : problem.sheet
    const column = problem.column === undefined ? 0 : columnNumber(problem.column)
    const key = `${problem.row}\0${column}\0${sheet}`
    const cell = texts.get(key) ?? { sheet, row: problem.row, column, said: [] }
    cell.said.push(sayImportProblem(problem, 'zh'))
    texts.set(key, cell)
  }
  const remarks: Remarks = new Map()
  for (const [at, { sheet, row, column, said }] of [...texts.values()].slice(0, mostRemarks).entries()) {
    const isCut = at === 0 && texts.size > mostRemarks
    const more = isCut ? `（本表共 ${texts.size} 处，只标出前 ${mostRemarks} 处）` : ''
    const list = remarks.get(sheet) ?? []
    list.push({ row, column, text: `第 ${row} 行：${said.join('；')}${more}` })
    remarks.set(sheet, list)
  }
  return remarks
}

/** All rows at their numbers, also the empty ones between them, so that a corrected workbook can be laid beside the first file. */
async function writeRows(file: SheetFile, remarks: Remarks, stream: PassThrough): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  let name: string | undefined
  let sheet: ExcelJS.Worksheet | undefined
  let next = 1
  for await (const block of readSheetsSandboxed(file)) {
    if (sheet === undefined || block.sheet !== name) {
      sheet?.commit()
      name = block.sheet
      sheet = workbook.addWorksheet(safeSheetName(name))
      next = 1
    }
    const byRow = Map.groupBy(remarks.get(block.sheet) ?? [], (remark) => remark.row)
    for (const row of block.rows) {
      for (; next < row.row; next += 1) sheet.addRow([]).commit()
      writeRow(sheet, row, byRow.get(row.row) ?? [])
      next = row.row + 1
    }
    await new Promise((resolve) => setImmediate(resolve)) // exceljs never waits for its output; a pause lets it go out
  }
  sheet?.commit()
  await workbook.commit()
}

function safeSheetName(name: string): string {
  return name.replace(/[*?:\\/[\]]/g, ' ').slice(0, 31) || '数据'
}

const yellow = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF1B8' } } as const

function writeRow(sheet: ExcelJS.Worksheet, row: SheetRow, remarks: readonly CellRemark[]): void {
  const written = sheet.addRow(row.cells.map(asText))
  for (const { column, text } of remarks) {
    const cell = written.getCell(column + 1)
    cell.note = text
    cell.fill = yellow
  }
  written.commit()
}

/** A cell that could be taken for a formula gets an apostrophe; a plain number is left as it is (trust.md §3.4). */
function asText(cell: string): string {
  return /^[+-]?\d+(\.\d+)?$/.test(cell) ? cell : neutralise(cell)
}
