import { open, readFile } from 'node:fs/promises'
import { asDamaged, sheetErrors } from './errors.ts'
import { readHtmlRows } from './html-tables.ts'
import {
  blockCells,
  blockRows,
  firstRows,
  mostMerges,
  type Merge,
  type Reading,
  type ReadReport,
  type RowBlock,
  type SheetFile,
  type SheetRow,
  type SheetSeen,
} from './sheet-types.ts'
import { makeTextScanner } from './text-rows.ts'
import { openXls } from './xls.ts'
import { readXmlSheets } from './xml-workbook.ts'
import { readMerges, readWorkbook, textBlocks } from './xlsx-parts.ts'
import { makeRowScanner } from './xlsx-rows.ts'
import { withoutZeros } from './xml.ts'
import { openZip } from './zip.ts'

/** Above this size the merged cells of a sheet are not looked up (they stand behind its cells, which are unpacked twice for it); a header is then joined by its gaps. */
const mergesUpToBytes = 32 * 1024 * 1024
const textBlockBytes = 512 * 1024

/**
 * Reads all visible sheets as blocks of rows, in this process. For files of strangers use `readSheetsSandboxed`.
 * The order is that of the file; blank rows that the file does not hold are not made up, so look at `row`.
 */
export function readSheets(file: SheetFile): Reading {
  const report: ReadReport = { sheets: [], notes: file.notes, brokenCharacters: 0 }
  const blocks = readers[file.kind](file, report)
  return { report, [Symbol.asyncIterator]: () => blocks }
}

const readers: Record<SheetFile['kind'], (file: SheetFile, report: ReadReport) => AsyncGenerator<RowBlock>> = {
  xlsx: readXlsx,
  xls: readXls,
  text: readText,
  html: readHtml,
  xml: readXml,
}

interface Pending {
  sheet: string
  seen: SheetSeen
  rows: SheetRow[]
  cells: number
  merges: Merge[] | undefined
}

/** Begins a sheet; a name that stands twice (Excel forbids it, other programs do not) gets a number, so that blocks can be told apart. */
function begin(report: ReadReport, name: string, state: SheetSeen['state'] = 'empty'): Pending {
  const same = report.sheets.filter((one) => one.name === name).length
  const sheet = same === 0 ? name : `${name} (${same + 1})`
  const seen: SheetSeen = { name: sheet, state, rows: 0, hiddenRows: 0, hiddenColumns: [] }
  report.sheets.push(seen)
  return { sheet, seen, rows: [], cells: 0, merges: undefined }
}

/** Cuts rows into blocks; the first waits for `firstRows`, so that a header can be found in it. */
function* cut(pending: Pending, rows: SheetRow[], final: boolean): Generator<RowBlock> {
  for (const row of rows) {
    pending.rows.push(row)
    pending.cells += row.cells.length
    pending.seen.rows += 1
    pending.seen.state = 'read'
    if (row.hidden === true) pending.seen.hiddenRows += 1
    const full = pending.rows.length >= blockRows || pending.cells >= blockCells
    if (full && (pending.rows.length >= firstRows || pending.seen.rows > pending.rows.length)) yield take(pending)
  }
  rows.length = 0
  if (final && pending.rows.length > 0) yield take(pending)
}

function take(pending: Pending): RowBlock {
  const block: RowBlock = { sheet: pending.sheet, rows: pending.rows }
  if (pending.merges !== undefined && pending.merges.length > 0) block.merges = pending.merges
  const { hiddenColumns, rows } = pending.seen
  if (rows === block.rows.length && hiddenColumns.length > 0) block.hiddenColumns = hiddenColumns
  pending.rows = []
  pending.cells = 0
  pending.merges = undefined
  return block
}

async function* readXlsx(file: SheetFile, report: ReadReport): AsyncGenerator<RowBlock> {
  const zip = await openZip(file.path)
  try {
    const workbook = await readWorkbook(zip)
    for (const sheet of workbook.sheets) {
      const pending = begin(report, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
      if (sheet.state !== 'visible') continue
      const bytes = zip.entries.get(sheet.part)?.uncompressedSize ?? 0
      if (bytes <= mergesUpToBytes) pending.merges = await readMerges(zip, sheet.part)
      const scanner = makeRowScanner(workbook, sheet.name)
      pending.seen.hiddenColumns = scanner.hiddenColumns
      const rows: SheetRow[] = []
      for await (const { text, final } of textBlocks(zip, sheet.part)) {
        text.value = scanner.scan(text.value, rows)
        if (final) scanner.finish(text.value)
        yield* cut(pending, rows, final)
      }
      if (scanner.blankFormulas > 0) pending.seen.blankFormulas = scanner.blankFormulas
    }
  } catch (error) {
    throw asDamaged(error, 'xlsx')
  } finally {
    zip.file.close()
  }
}

async function* readXls(file: SheetFile, report: ReadReport): AsyncGenerator<RowBlock> {
  const workbook = await openXls(file.path)
  for (const sheet of workbook.sheets) {
    const pending = begin(report, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
    if (sheet.state !== 'visible') continue
    const { rows, merges, hiddenColumns } = sheet.read()
    pending.seen.hiddenColumns = hiddenColumns
    pending.merges = merges.slice(0, mostMerges)
    yield* cut(pending, rows, true)
  }
}

/** Whole as text: such files are at most 64 MB. */
async function readMarkup(file: SheetFile, report: ReadReport): Promise<string> {
  const { encoding, bomBytes } = file.markup ?? { encoding: 'utf-8', bomBytes: 0 }
  const text = withoutZeros(new TextDecoder(encoding, { ignoreBOM: true }).decode((await readFile(file.path)).subarray(bomBytes)))
  report.brokenCharacters += countBroken(text)
  return text
}

async function* readHtml(file: SheetFile, report: ReadReport): AsyncGenerator<RowBlock> {
  const page = { tables: 0, merges: [], hiddenColumns: [] }
  const pending = begin(report, '')
  pending.merges = page.merges
  pending.seen.hiddenColumns = page.hiddenColumns
  try {
    yield* cutAll(pending, readHtmlRows(await readMarkup(file, report), page))
  } catch (error) {
    throw asDamaged(error, 'html')
  }
  if (page.tables === 0) throw sheetErrors.htmlNamedSheet()
}

async function* readXml(file: SheetFile, report: ReadReport): AsyncGenerator<RowBlock> {
  try {
    for (const sheet of readXmlSheets(await readMarkup(file, report))) {
      const pending = begin(report, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
      pending.merges = sheet.merges
      pending.seen.hiddenColumns = sheet.hiddenColumns
      yield* cutAll(pending, sheet.rows)
    }
  } catch (error) {
    throw asDamaged(error, 'xml')
  }
}

function* cutAll(pending: Pending, source: Iterable<SheetRow>): Generator<RowBlock> {
  const rows: SheetRow[] = []
  for (const row of source) {
    rows.push(row)
    if (rows.length >= firstRows) yield* cut(pending, rows, false)
  }
  yield* cut(pending, rows, true)
}

async function* readText(file: SheetFile, report: ReadReport): AsyncGenerator<RowBlock> {
  const shape = file.text
  if (shape === undefined) throw sheetErrors.unknownEncoding()
  const pending = begin(report, '')
  const decoder = new TextDecoder(shape.encoding, { ignoreBOM: true })
  const scanner = makeTextScanner(shape.separator)
  const buffer = Buffer.allocUnsafe(textBlockBytes)
  const handle = await open(file.path)
  const rows: SheetRow[] = []
  try {
    let rest = ''
    for (let at = shape.bomBytes, final = false; !final; ) {
      const { bytesRead } = await handle.read(buffer, 0, textBlockBytes, at)
      at += bytesRead
      final = bytesRead === 0
      const text = withoutZeros(decoder.decode(buffer.subarray(0, bytesRead), { stream: !final }))
      report.brokenCharacters += countBroken(text)
      rest = scanner.scan(rest + text, final, rows)
      yield* cut(pending, rows, final)
    }
  } catch (error) {
    throw asDamaged(error, 'text')
  } finally {
    await handle.close()
  }
}

function countBroken(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1
  return count
}
