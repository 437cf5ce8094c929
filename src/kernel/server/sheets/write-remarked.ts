import { posix } from 'node:path'
import type { Writable } from 'node:stream'
import { columnName } from '#kernel/pure/tables/index.ts'
import { newComments, newDrawing, type CellRemark } from './comment-parts.ts'
import { withTypes, type SheetRemarks } from './comment-xlsx.ts'
import { maxRows, type RowBlock, type SheetRow } from './sheet-types.ts'
import {
  contentTypesXml,
  freeName,
  packageRelsXml,
  style,
  stylesXml,
  workbookRelsXml,
  workbookXml,
  type WrittenSheet,
} from './write-parts.ts'
import { cellXml } from './write-text.ts'
import { makeZipWriter } from './write-zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const blockLength = 65_536

/**
 * Writes an xlsx of the same rows at the same numbers, cells as text and never formulas, with a comment and a yellow ground in each cell that
 * has a remark: for files into which `writeComments` cannot write. Remarks on rows that are not there, and rows below Excel's last, are left
 * out. `unnamed` is the name of a sheet that has none. Memory is flat but for the remarks.
 */
export async function writeRemarked(input: {
  target: Writable
  blocks: AsyncIterable<RowBlock>
  remarks: SheetRemarks
  unnamed: string
}): Promise<void> {
  const { target, remarks, unnamed } = input
  const zip = makeZipWriter(target)
  const blocks = input.blocks[Symbol.asyncIterator]()
  const sheets: WrittenSheet[] = []
  const commented: string[] = []
  const names = new Set<string>()
  try {
    let next = await blocks.next()
    do {
      const number = sheets.length + 1
      const source: Source = { blocks, next, remarks: [], written: [] }
      const sheet = next.done === true ? '' : next.value.sheet
      source.remarks = [...(remarks.get(sheet) ?? [])].sort((one, other) => one.row - other.row || one.column - other.column)
      sheets.push({ name: freeName(sheet === '' ? unnamed : sheet, names), headRow: 0 })
      await zip.add(`xl/worksheets/sheet${number}.xml`, sheetXml(source), true)
      if (source.written.length > 0) {
        const part = `xl/comments${number}.xml`
        const boxes = `xl/drawings/vmlDrawing${number}.vml`
        await zip.add(part, newComments(source.written))
        await zip.add(boxes, newDrawing(source.written))
        await zip.add(`xl/worksheets/_rels/sheet${number}.xml.rels`, [sheetRelsXml(part, boxes)])
        commented.push(part)
      }
      next = source.next
    } while (next.done !== true)
    const parts = {
      'xl/workbook.xml': workbookXml(sheets),
      'xl/_rels/workbook.xml.rels': workbookRelsXml(sheets.length),
      '_rels/.rels': packageRelsXml,
      'xl/styles.xml': stylesXml,
      '[Content_Types].xml': withTypes(contentTypesXml(sheets.length), commented),
    }
    for (const [name, xml] of Object.entries(parts)) await zip.add(name, [xml])
    await zip.finish()
  } finally {
    await blocks.return?.()
  }
}

interface Source {
  blocks: AsyncIterator<RowBlock>
  /** The next block, of this sheet or the one after it. */
  next: IteratorResult<RowBlock>
  /** Remarks of this sheet in the order of its rows. */
  remarks: CellRemark[]
  /** Those whose row was there. */
  written: CellRemark[]
}

/** The XML of one sheet; ends with the first block of another. */
async function* sheetXml(source: Source): AsyncGenerator<string> {
  let xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${main}" xmlns:r="${relations}"><sheetData>`
  const sheet = source.next.done === true ? '' : source.next.value.sheet
  let place = 0
  for (; source.next.done !== true && source.next.value.sheet === sheet; source.next = await source.blocks.next()) {
    for (const row of source.next.value.rows) {
      if (row.row > maxRows) break
      while ((source.remarks[place]?.row ?? Infinity) < row.row) place += 1
      const from = place
      while (source.remarks[place]?.row === row.row) place += 1
      const remarks = source.remarks.slice(from, place)
      source.written.push(...remarks)
      xml += rowXml(row, new Set(remarks.map((remark) => remark.column)))
      if (xml.length < blockLength) continue
      yield xml
      xml = ''
    }
  }
  yield `${xml}</sheetData>${source.written.length > 0 ? '<legacyDrawing r:id="rId2"/>' : ''}</worksheet>`
}

function rowXml({ row, cells }: SheetRow, marked: ReadonlySet<number>): string {
  let xml = `<row r="${row}">`
  const last = Math.max(cells.length - 1, ...marked)
  for (let column = 0; column <= last; column += 1) {
    const cell = cells[column] ?? ''
    const isMarked = marked.has(column)
    if (cell === '' && !isMarked) continue
    const start = `<c r="${columnName(column)}${row}" s="${isMarked ? style.marked : style.column}"`
    xml += cell === '' ? `${start}/>` : `${start} t="inlineStr"><is><t xml:space="preserve">${textXml(cell)}</t></is></c>`
  }
  return `${xml}</row>`
}

/** A cell that could be taken for a formula gets an apostrophe; a number with its sign is left as it is (trust.md §3.4). */
function textXml(cell: string): string {
  return /^[+-]?\d{1,100}(\.\d{1,100})?$/.test(cell) ? cell : cellXml(cell)
}

function sheetRelsXml(comments: string, boxes: string): string {
  const relation = (id: string, type: string, part: string): string =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${posix.relative('xl/worksheets', part)}"/>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('rId1', 'comments', comments)}${relation('rId2', 'vmlDrawing', boxes)}</Relationships>`
}
