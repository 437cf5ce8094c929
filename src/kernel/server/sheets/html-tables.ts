import { sheetErrors } from './errors.ts'
import { attributeOf, decodeMarkup, nextTag, skipElement, type MarkupCursor, type Tag } from './markup.ts'
import { hasLostTail, looksScientific, showNumber } from './numbers.ts'
import { mostMerges, maxColumns, maxRows, type Merge, type SheetRow } from './sheet-types.ts'

/** Elements whose content is never looked at. */
const skipped = new Set(['script', 'style', 'title', 'xml', 'noscript', 'iframe', 'object', 'template', 'textarea', 'svg', 'math'])
const lineEnds = new Set(['br', 'p', 'div', 'li'])
const deepest = 16
const longestCell = 32_767

/** What a web page's tables hold besides rows. `tables` counts them. */
export interface HtmlSheet {
  tables: number
  merges: Merge[]
  hiddenColumns: number[]
}

interface OpenCell {
  column: number
  text: string
  tag: Tag
}

interface OpenTable {
  row: SheetRow | undefined
  cell: OpenCell | undefined
  next: number
  /** Columns that a cell above still takes: rows left. */
  spans: Map<number, number>
  /** Merged cells of the open row, rows counted from it. */
  merges: Merge[]
  columns: number
  number: number
}

interface Page {
  cursor: MarkupCursor
  sheet: HtmlSheet
  tables: OpenTable[]
  rows: SheetRow[]
  row: number
}

/**
 * The rows of all tables of a web page in their order, as Excel shows such a file: cells only. No script, style or frame is looked at and
 * nothing is loaded. Rows count from 1 over all tables with a gap between two; merged cells fill `sheet.merges`.
 */
export function* readHtmlRows(text: string, sheet: HtmlSheet): Generator<SheetRow> {
  const page: Page = { cursor: { text, at: 0 }, sheet, tables: [], rows: [], row: 0 }
  for (;;) {
    const { before, tag } = nextTag(page.cursor)
    const table = page.tables[page.tables.length - 1]
    if (table?.cell !== undefined && table.cell.text.length < longestCell) table.cell.text += before
    if (tag === undefined) break
    if (skipped.has(tag.name)) {
      if (!tag.isEnd && !tag.isEmpty) skipElement(page.cursor, tag.name)
    } else takeTag(page, table, tag)
    if (page.rows.length > 0) yield* page.rows.splice(0)
  }
  while (page.tables.length > 0) closeTable(page)
  yield* page.rows
}

function takeTag(page: Page, table: OpenTable | undefined, tag: Tag): void {
  if (tag.name === 'table') {
    if (tag.isEnd) closeTable(page)
    else openTable(page)
  } else if (table === undefined) return
  else if (tag.name === 'tr') {
    closeRow(page, table)
    if (!tag.isEnd) openRow(page, table, tag)
  } else if (tag.name === 'td' || tag.name === 'th') {
    closeCell(table)
    if (!tag.isEnd) openCell(page, table, tag)
  } else if (tag.name === 'col' && !tag.isEnd) takeColumn(page, table, tag)
  else if (lineEnds.has(tag.name) && table.cell !== undefined) table.cell.text += '\n'
}

function openTable(page: Page): void {
  if (page.tables.length >= deepest) throw sheetErrors.damagedFile({ part: 'html', reason: 'tables in tables' })
  page.sheet.tables += 1
  if (page.row > 0) page.row += 1
  page.tables.push({ row: undefined, cell: undefined, next: 0, spans: new Map(), merges: [], columns: 0, number: page.sheet.tables })
}

function closeTable(page: Page): void {
  const table = page.tables.pop()
  if (table !== undefined) closeRow(page, table)
}

function openRow(page: Page, table: OpenTable, tag: Tag): void {
  table.row = { row: 0, cells: [] }
  table.next = 0
  if (isHidden(tag)) table.row.hidden = true
  // A cell may hold a table of its own, whose rows come first; so the number is given when the row closes.
}

function closeRow(page: Page, table: OpenTable): void {
  closeCell(table)
  const { row } = table
  table.row = undefined
  if (row === undefined) return
  page.row += 1
  if (page.row > maxRows) throw sheetErrors.damagedFile({ part: 'html', reason: 'too many rows' })
  row.row = page.row
  for (const merge of table.merges.splice(0)) {
    const placed = { ...merge, top: page.row, bottom: page.row + merge.bottom }
    if (page.sheet.merges.length < mostMerges) page.sheet.merges.push(placed)
  }
  for (const [column, left] of table.spans) {
    if (left <= 1) table.spans.delete(column)
    else table.spans.set(column, left - 1)
  }
  if (row.cells.length > 0) page.rows.push(row)
}

function openCell(page: Page, table: OpenTable, tag: Tag): void {
  if (table.row === undefined) openRow(page, table, { name: 'tr', tag: '<tr>', isEnd: false, isEmpty: false })
  if (isHidden(tag)) return
  while (table.spans.has(table.next)) table.next += 1
  const column = table.next
  const across = spanOf(tag, 'colspan', 1000)
  const down = spanOf(tag, 'rowspan', 65_534)
  table.next += across
  if (table.next > maxColumns) throw sheetErrors.damagedFile({ part: 'html', row: page.row + 1, reason: 'too many columns' })
  if (down > 1) for (let at = column; at < column + across; at += 1) table.spans.set(at, down)
  if (across > 1 || down > 1) table.merges.push({ top: 0, bottom: down - 1, left: column, right: column + across - 1 })
  table.cell = { column, text: '', tag }
}

function closeCell(table: OpenTable): void {
  const { cell, row } = table
  table.cell = undefined
  if (cell === undefined || row === undefined) return
  let shown = decodeMarkup(cell.text.slice(0, longestCell)).replaceAll('\0', '').trim()
  if (!shown.isWellFormed()) shown = shown.toWellFormed()
  const number = attributeOf(cell.tag, 'num')
  const isLost = looksScientific(shown) || (number !== undefined && number !== '' && hasLostTail(number))
  if (number !== undefined && looksScientific(shown) && number !== '') shown = showNumber(number)
  if (shown === '') return
  for (let at = row.cells.length; at < cell.column; at += 1) row.cells.push('')
  row.cells[cell.column] = shown
  if (isLost) (row.lostTail ??= []).push(cell.column)
}

function takeColumn(page: Page, table: OpenTable, tag: Tag): void {
  const many = spanOf(tag, 'span', 1000)
  for (let at = 0; at < many && isHidden(tag) && table.number === 1; at += 1) page.sheet.hiddenColumns.push(table.columns + at)
  table.columns += many
}

function spanOf(tag: Tag, name: string, most: number): number {
  const many = Number(attributeOf(tag, name) ?? 1)
  return Number.isInteger(many) && many >= 1 ? Math.min(many, most) : 1
}

function isHidden(tag: Tag): boolean {
  return tag.tag.length > 12 && (/display\s*:\s*none/i.test(tag.tag) || /\shidden(?=[\s=/>])/i.test(tag.tag))
}
