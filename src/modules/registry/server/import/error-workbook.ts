import { existsSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { pathOfFile } from '#kernel/server/files/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import {
  openSheetFile,
  readSheetsSandboxed,
  writeComments,
  writeRemarked,
  type CellRemark,
  type SheetFile,
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
  if (await writeComments({ file, target: stream, remarks })) return
  await writeRemarked({ target: stream, blocks: readSheetsSandboxed(file), remarks, unnamed: '数据' })
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
