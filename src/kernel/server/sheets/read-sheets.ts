import { open, readFile } from 'node:fs/promises'
import { asDamaged, sheetErrors } from './errors.ts'
import { readHtmlRows } from './html-tables.ts'
import { makeRowStore, type BlockHead, type RowStore } from './row-store.ts'
import {
  blockCells,
  blockRows,
  firstRows,
  mostMerges,
  type Merge,
  type Reading,
  type ReadReport,
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
  const report = emptyReport(file)
  const blocks = readInto(file, report, makeRowStore())
  return { report, [Symbol.asyncIterator]: () => blocks }
}

/** What is known of a file before it is read. */
export function emptyReport(file: SheetFile): ReadReport {
  return { sheets: [], notes: file.notes, brokenCharacters: 0 }
}

/** Reads all visible sheets into a store and gives the blocks that it makes; fills the report. */
export function readInto<Block>(file: SheetFile, report: ReadReport, store: RowStore<Block>): AsyncGenerator<Block> {
  const aim = { report, store }
  switch (file.kind) {
    case 'xlsx':
      return readXlsx(file, aim)
    case 'xls':
      return readXls(file, aim)
    case 'text':
      return readText(file, aim)
    case 'html':
      return readHtml(file, aim)
    case 'xml':
      return readXml(file, aim)
  }
}

interface Aim<Block> {
  report: ReadReport
  store: RowStore<Block>
}

interface Pending<Block> {
  store: RowStore<Block>
  seen: SheetSeen
  /** Rows and cells in the store. */
  rows: number
  cells: number
  merges: Merge[] | undefined
  ready: Block[]
}

/** Begins a sheet; a name that stands twice (Excel forbids it, other programs do not) gets a number, so that blocks can be told apart. */
function begin<Block>({ report, store }: Aim<Block>, name: string, state: SheetSeen['state'] = 'empty'): Pending<Block> {
  const same = report.sheets.filter((one) => one.name === name).length
  const sheet = same === 0 ? name : `${name} (${same + 1})`
  const seen: SheetSeen = { name: sheet, state, rows: 0, hiddenRows: 0, hiddenColumns: [] }
  report.sheets.push(seen)
  return { store, seen, rows: 0, cells: 0, merges: undefined, ready: [] }
}

/** Counts a row that is in the store. Blocks are cut here; the first waits for `firstRows`, so that a header can be found in it. */
function count<Block>(pending: Pending<Block>, width: number, isHidden: boolean): void {
  const { seen, store } = pending
  pending.rows += 1
  pending.cells += width
  seen.rows += 1
  seen.state = 'read'
  if (isHidden) seen.hiddenRows += 1
  const full = pending.rows >= blockRows || pending.cells >= blockCells || store.isHeavy()
  if (full && (pending.rows >= firstRows || seen.rows > pending.rows)) pending.ready.push(take(pending))
}

/** The blocks that are full; with `final` also what is left. */
function* cut<Block>(pending: Pending<Block>, rows: SheetRow[], final: boolean): Generator<Block> {
  for (const row of rows) {
    pending.store.row(row)
    count(pending, row.cells.length, row.hidden === true)
  }
  rows.length = 0
  if (final && pending.rows > 0) pending.ready.push(take(pending))
  yield* pending.ready.splice(0)
}

function take<Block>(pending: Pending<Block>): Block {
  const { seen, merges, store } = pending
  const head: BlockHead = { sheet: seen.name }
  if (merges !== undefined && merges.length > 0) head.merges = merges
  if (seen.rows === pending.rows && seen.hiddenColumns.length > 0) head.hiddenColumns = seen.hiddenColumns
  pending.rows = pending.cells = 0
  pending.merges = undefined
  return store.take(head)
}

async function* readXlsx<Block>(file: SheetFile, aim: Aim<Block>): AsyncGenerator<Block> {
  const zip = await openZip(file.path)
  try {
    const workbook = await readWorkbook(zip)
    for (const sheet of workbook.sheets) {
      const pending = begin(aim, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
      if (sheet.state !== 'visible') continue
      const bytes = zip.entries.get(sheet.part)?.uncompressedSize ?? 0
      if (bytes <= mergesUpToBytes) pending.merges = await readMerges(zip, sheet.part)
      const closed = (width: number, isHidden: boolean): void => count(pending, width, isHidden)
      const scanner = makeRowScanner({ workbook, sheet: sheet.name, store: aim.store, closed })
      pending.seen.hiddenColumns = scanner.hiddenColumns
      for await (const { text, final } of textBlocks(zip, sheet.part)) {
        text.value = scanner.scan(text.value)
        if (final) scanner.finish(text.value)
        yield* cut(pending, [], final)
      }
      if (scanner.blankFormulas > 0) pending.seen.blankFormulas = scanner.blankFormulas
    }
  } catch (error) {
    throw asDamaged(error, 'xlsx')
  } finally {
    zip.file.close()
  }
}

async function* readXls<Block>(file: SheetFile, aim: Aim<Block>): AsyncGenerator<Block> {
  const workbook = await openXls(file.path)
  for (const sheet of workbook.sheets) {
    const pending = begin(aim, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
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

async function* readHtml<Block>(file: SheetFile, aim: Aim<Block>): AsyncGenerator<Block> {
  const page = { tables: 0, merges: [], hiddenColumns: [] }
  const pending = begin(aim, '')
  pending.merges = page.merges
  pending.seen.hiddenColumns = page.hiddenColumns
  try {
    yield* cutAll(pending, readHtmlRows(await readMarkup(file, aim.report), page))
  } catch (error) {
    throw asDamaged(error, 'html')
  }
  if (page.tables === 0) throw sheetErrors.htmlNamedSheet()
}

async function* readXml<Block>(file: SheetFile, aim: Aim<Block>): AsyncGenerator<Block> {
  try {
    for (const sheet of readXmlSheets(await readMarkup(file, aim.report))) {
      const pending = begin(aim, sheet.name, sheet.state === 'visible' ? 'empty' : sheet.state)
      pending.merges = sheet.merges
      pending.seen.hiddenColumns = sheet.hiddenColumns
      yield* cutAll(pending, sheet.rows)
    }
  } catch (error) {
    throw asDamaged(error, 'xml')
  }
}

function* cutAll<Block>(pending: Pending<Block>, source: Iterable<SheetRow>): Generator<Block> {
  const rows: SheetRow[] = []
  for (const row of source) {
    rows.push(row)
    if (rows.length >= firstRows) yield* cut(pending, rows, false)
  }
  yield* cut(pending, rows, true)
}

async function* readText<Block>(file: SheetFile, aim: Aim<Block>): AsyncGenerator<Block> {
  const shape = file.text
  if (shape === undefined) throw sheetErrors.unknownEncoding()
  const pending = begin(aim, '')
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
      aim.report.brokenCharacters += countBroken(text)
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
