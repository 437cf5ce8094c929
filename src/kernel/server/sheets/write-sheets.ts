import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import {
  cellsOf,
  contentTypesXml,
  freeName,
  headXml,
  packageRelsXml,
  stylesXml,
  tailXml,
  workbookRelsXml,
  workbookXml,
  type WrittenSheet,
} from './write-parts.ts'
import { neutralise } from './write-text.ts'
import { makeZipWriter } from './write-zip.ts'

/** One sheet to write; every cell becomes text. Rows may be a stream of any length. */
export interface SheetToWrite {
  name: string
  columns: readonly { label: string; width?: number }[]
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
  /** Merged lines above the header: the title, then such as unit and date. */
  title?: string
  subtitle?: string
  /** Merged lines below the last row, asked for when all rows are written. */
  footer?: () => readonly string[]
  /** Printed at the foot of every page of every sheet, with the page number. */
  pageFooter?: string
}

/** Where to write: a path (made with mode 0600, since sheets hold people) or a stream, which is ended. */
export type WriteTarget = string | Writable

/** Excel's last row. */
const lastRow = 1_048_576
/** Characters of XML that go to the packer at a time. */
const blockLength = 65_536

function openTarget(target: WriteTarget): Writable {
  return typeof target === 'string' ? createWriteStream(target, { mode: 0o600 }) : target
}

/**
 * Writes an xlsx of text cells as a stream in constant memory: title lines, header bold and fixed, filter on, printed on the width of a page.
 * Long sheets go on in a next sheet at Excel's last row (`lastRow` is for tests).
 */
export async function writeWorkbook(input: { target: WriteTarget; sheets: readonly SheetToWrite[]; lastRow?: number }): Promise<void> {
  const stream = openTarget(input.target)
  const zip = makeZipWriter(stream)
  const written: WrittenSheet[] = []
  const names = new Set<string>()
  try {
    for (const sheet of input.sheets) {
      const source = rowSource(sheet.rows)
      do {
        const one: WrittenSheet = { name: freeName(sheet.name, names), headRow: headRowOf(sheet) }
        written.push(one)
        await zip.add(`xl/worksheets/sheet${written.length}.xml`, sheetXml({ sheet, source, last: input.lastRow ?? lastRow }), true)
      } while (!source.isDone())
    }
    const parts = { 'xl/workbook.xml': workbookXml(written), 'xl/_rels/workbook.xml.rels': workbookRelsXml(written.length) }
    const fixed = { '_rels/.rels': packageRelsXml, 'xl/styles.xml': stylesXml, '[Content_Types].xml': contentTypesXml(written.length) }
    for (const [name, xml] of Object.entries({ ...parts, ...fixed })) await zip.add(name, [xml])
    await zip.finish()
  } catch (fault) {
    stream.destroy()
    throw fault
  }
}

const headRowOf = (sheet: SheetToWrite): number => 1 + (sheet.title === undefined ? 0 : 1) + (sheet.subtitle === undefined ? 0 : 1)

interface RowSource {
  next(): Promise<readonly string[] | undefined> | readonly string[] | undefined
  /** Whether nothing follows; true for certain only when `next` has looked. */
  isDone(): boolean
  /** Hands a row back, to be given again. */
  back(row: readonly string[]): void
}

/** Rows one at a time, without a promise for each where they are there already. */
function rowSource(rows: SheetToWrite['rows']): RowSource {
  let waiting: readonly string[] | undefined
  let isDone = false
  const take = (result: IteratorResult<readonly string[]>): readonly string[] | undefined => {
    if (result.done !== true) return result.value
    isDone = true
    return undefined
  }
  const isSync = Symbol.iterator in rows
  const sync = isSync ? rows[Symbol.iterator]() : undefined
  const later = isSync ? undefined : rows[Symbol.asyncIterator]()
  return {
    next() {
      if (waiting !== undefined) {
        const row = waiting
        waiting = undefined
        return row
      }
      if (sync !== undefined) return take(sync.next())
      return later?.next().then(take)
    },
    isDone: () => isDone && waiting === undefined,
    back(row) {
      waiting = row
    },
  }
}

/** The XML of one sheet, block by block; it ends at the last row of the source or of a sheet, whichever comes first. */
async function* sheetXml(given: { sheet: SheetToWrite; source: RowSource; last: number }): AsyncGenerator<string> {
  const { sheet, source, last } = given
  const columns = sheet.columns.length
  let block = headXml(sheet, headRowOf(sheet))
  let rowNo = headRowOf(sheet)
  const cells = cellsOf(Math.max(columns, 1))
  const merged = headRowOf(sheet) === 1 ? [] : Array.from({ length: rowNo - 1 }, (_, at) => at + 1)
  const foot = sheet.footer === undefined ? 0 : 8 // room for the lines at the end
  for (;;) {
    const found = source.next()
    const row = found instanceof Promise ? await found : found
    if (row === undefined) break
    if (rowNo >= last - foot) {
      source.back(row)
      break
    }
    rowNo += 1
    block += cells.row(row, rowNo)
    if (block.length < blockLength) continue
    yield block
    block = ''
  }
  const lastData = rowNo
  if (source.isDone()) {
    for (const line of sheet.footer?.() ?? []) {
      rowNo += 1
      merged.push(rowNo)
      block += cells.line(line, rowNo)
    }
  }
  yield block + tailXml({ sheet, headRow: headRowOf(sheet), lastData, merged })
}

/** Writes separated text; fields are quoted where they must be and neutralised like cells. `bom` is what Excel needs to see UTF-8. */
export async function writeCsv(input: {
  target: WriteTarget
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
  bom?: boolean
}): Promise<void> {
  const stream = openTarget(input.target)
  let block = input.bom === true ? '\ufeff' : ''
  for await (const row of input.rows) {
    block += `${row.map(csvField).join(',')}\r\n`
    if (block.length < 65_536) continue
    if (!stream.write(block)) await once(stream, 'drain')
    block = ''
  }
  await finished(stream.end(block))
}

function csvField(value: string): string {
  const safe = neutralise(value)
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
