import { asDamaged, sheetErrors } from './errors.ts'
import { attributeOf, nextTag, skipElement, tagAfter, type MarkupCursor, type Tag } from './markup.ts'
import { hasLostTail, isDateFormat, looksScientific, showNumber, showSerial } from './numbers.ts'
import { mostMerges, maxColumns, maxRows, type Merge, type SheetRow } from './sheet-types.ts'
import { decodeExcelText, decodeXml } from './xml.ts'

const mostSheets = 1000
const longestCell = 32_767

/** One sheet of an XML workbook of 2003; `rows` must be used up before the next sheet is asked for. */
export interface XmlSheet {
  name: string
  state: 'visible' | 'hidden'
  merges: Merge[]
  hiddenColumns: number[]
  rows: Generator<SheetRow>
}

interface Workbook {
  cursor: MarkupCursor
  /** Styles by their id that show a date. */
  dateStyles: Set<string>
  date1904: boolean
  hiddenMarks: number[]
}

/** Reads an XML workbook of 2003 (SpreadsheetML): cells only, nothing is resolved. Throws `sheets.doctype` and `sheets.damaged-file`. */
export function* readXmlSheets(text: string): Generator<XmlSheet> {
  if (/<!DOCTYPE|<!ENTITY/i.test(text.slice(0, 65_536))) throw sheetErrors.doctype({ part: 'xml' })
  const cursor = { text, at: 0 }
  const hiddenMarks = [...text.matchAll(/Visible>\s*Sheet(?:Very)?Hidden/g)].map((match) => match.index)
  const workbook: Workbook = { cursor, dateStyles: new Set(), date1904: false, hiddenMarks }
  let sheets = 0
  for (let tag = tagAfter(cursor); tag !== undefined; tag = tagAfter(cursor)) {
    if (tag.isEnd) continue
    if (tag.name === 'style') readStyle(workbook, tag)
    else if (tag.name === 'date1904') workbook.date1904 = true
    else if (tag.name === 'worksheet') {
      sheets += 1
      if (sheets > mostSheets) throw sheetErrors.damagedFile({ part: 'xml', reason: 'too many sheets' })
      yield* readSheet(workbook, tag, sheets)
    }
  }
  if (sheets === 0) throw sheetErrors.damagedFile({ part: 'xml', reason: 'no sheets' })
}

function readStyle(workbook: Workbook, style: Tag): void {
  const id = attributeOf(style, 'id') ?? ''
  if (style.isEmpty) return
  for (let tag = tagAfter(workbook.cursor); tag !== undefined; tag = tagAfter(workbook.cursor)) {
    if (tag.name === 'style' && tag.isEnd) return
    if (tag.name === 'numberformat' && isDate(attributeOf(tag, 'format') ?? '')) workbook.dateStyles.add(id)
  }
}

/** Formats have names in this format besides codes. */
function isDate(format: string): boolean {
  if (/^(General|Short|Medium|Long) (Date|Time)$/.test(format)) return true
  return !/^[A-Z][a-z/]+( [A-Z][a-z/]+)*$/.test(format) && isDateFormat(format)
}

function* readSheet(workbook: Workbook, tag: Tag, number: number): Generator<XmlSheet> {
  const { cursor } = workbook
  const end = cursor.text.indexOf('Worksheet>', cursor.at)
  const isHidden = workbook.hiddenMarks.some((mark) => mark > cursor.at && mark < (end < 0 ? cursor.text.length : end))
  const sheet: XmlSheet = {
    name: attributeOf(tag, 'name') ?? `Sheet${number}`,
    state: isHidden ? 'hidden' : 'visible',
    merges: [],
    hiddenColumns: [],
    rows: noRows(),
  }
  if (isHidden) {
    yield sheet
    skipElement(cursor, 'worksheet')
    return
  }
  sheet.rows = readRows(workbook, sheet)
  yield sheet
  // A caller that stopped early left rows behind; the next sheet begins after them.
  let left = sheet.rows.next()
  while (left.done !== true) left = sheet.rows.next()
}

function* noRows(): Generator<SheetRow> {
  // a hidden sheet gives none
}

interface Place {
  row: SheetRow
  column: number
}

function* readRows(workbook: Workbook, sheet: XmlSheet): Generator<SheetRow> {
  const place: Place = { row: { row: 0, cells: [] }, column: -1 }
  let nextColumn = 0
  let skip = 0
  try {
    for (let tag = tagAfter(workbook.cursor); tag !== undefined; tag = tagAfter(workbook.cursor)) {
      if (tag.name === 'worksheet' && tag.isEnd) return
      if (tag.name === 'column' && !tag.isEnd) nextColumn = takeColumn(sheet, tag, nextColumn)
      else if (tag.name === 'row') {
        if (tag.isEnd || tag.isEmpty) {
          if (tag.isEmpty) openRow(place, tag, skip)
          if (place.row.cells.length > 0) yield place.row
          place.row = { row: place.row.row, cells: [] }
          continue
        }
        openRow(place, tag, skip)
        skip = Number(attributeOf(tag, 'span') ?? 0) || 0
      } else if (tag.name === 'cell' && !tag.isEnd) takeCell(workbook, sheet, place, tag)
    }
  } catch (error) {
    throw asDamaged(error, 'xml')
  }
  throw sheetErrors.truncatedFile()
}

function takeColumn(sheet: XmlSheet, tag: Tag, next: number): number {
  const first = numberOf(tag, 'index', next + 1) - 1
  const last = Math.min(first + numberOf(tag, 'span', 0), maxColumns - 1)
  if (attributeOf(tag, 'hidden') === '1')
    for (let column = first; column <= last && sheet.hiddenColumns.length < maxColumns; column += 1) sheet.hiddenColumns.push(column)
  return last + 1
}

function openRow(place: Place, tag: Tag, skip: number): void {
  const row = numberOf(tag, 'index', place.row.row + 1 + skip)
  if (row <= place.row.row || row > maxRows)
    throw sheetErrors.damagedFile({ part: 'xml', row: place.row.row, reason: 'row numbers out of order' })
  place.row = { row, cells: [] }
  place.column = -1
  if (attributeOf(tag, 'hidden') === '1') place.row.hidden = true
}

function takeCell(workbook: Workbook, sheet: XmlSheet, place: Place, tag: Tag): void {
  const column = numberOf(tag, 'index', place.column + 2) - 1
  if (column <= place.column || column >= maxColumns)
    throw sheetErrors.damagedFile({ part: 'xml', row: place.row.row, reason: 'column out of order or range' })
  const across = Math.min(numberOf(tag, 'mergeacross', 0), maxColumns - 1 - column)
  const down = numberOf(tag, 'mergedown', 0)
  place.column = column + across
  const top = place.row.row
  const merge = { top, bottom: top + down, left: column, right: column + across }
  if ((across > 0 || down > 0) && sheet.merges.length < mostMerges) sheet.merges.push(merge)
  if (tag.isEmpty) return
  const shown = readCell(workbook, tag)
  if (shown.text === '') return
  const { cells } = place.row
  for (let at = cells.length; at < column; at += 1) cells.push('')
  cells[column] = shown.text
  if (shown.isLost) (place.row.lostTail ??= []).push(column)
}

/** The value of a cell up to behind its end; comments and whatever else stands in it are left out. */
function readCell(workbook: Workbook, cell: Tag): { text: string; isLost: boolean } {
  const { cursor } = workbook
  let type = ''
  let raw = ''
  let isData = false
  for (;;) {
    const { before, tag } = nextTag(cursor)
    if (isData && raw.length < longestCell) raw += before
    if (tag === undefined) throw sheetErrors.truncatedFile()
    if (tag.name === 'cell' && tag.isEnd) break
    if (tag.name === 'row' || tag.name === 'worksheet') throw sheetErrors.damagedFile({ part: 'xml', reason: 'cell without end' })
    if ((tag.name === 'comment' || tag.name === 'phonetictext') && !tag.isEnd && !tag.isEmpty) skipElement(cursor, tag.name)
    else if (tag.name === 'data') {
      isData = !tag.isEnd && !tag.isEmpty
      if (isData) type = attributeOf(tag, 'type') ?? 'String'
    }
  }
  return showValue(decodeExcelText(decodeXml(raw.slice(0, longestCell))), type, {
    isDate: workbook.dateStyles.has(attributeOf(cell, 'styleid') ?? ''),
    date1904: workbook.date1904,
  })
}

function showValue(value: string, type: string, style: { isDate: boolean; date1904: boolean }): { text: string; isLost: boolean } {
  const text = value.replaceAll('\0', '')
  if (type === 'Number' && text.trim() !== '')
    return { text: style.isDate ? showSerial(text, style.date1904) : showNumber(text.trim()), isLost: hasLostTail(text.trim()) }
  if (type === 'Boolean') return { text: text.trim() === '1' ? 'TRUE' : 'FALSE', isLost: false }
  if (type === 'DateTime') return { text: showMoment(text), isLost: false }
  return { text, isLost: looksScientific(text) }
}

/** `2023-09-01T00:00:00.000` as a day, with the time when there is one; on Excel's day zero the time alone. */
function showMoment(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(text.trim())
  if (match === null) return text
  const [, day = '', time = ''] = match
  if (day === '1899-12-31' || day === '1899-12-30') return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

function numberOf(tag: Tag, name: string, otherwise: number): number {
  const value = Number(attributeOf(tag, name) ?? otherwise)
  if (!Number.isInteger(value) || value < 0 || value > maxRows) throw sheetErrors.damagedFile({ part: 'xml', reason: `wrong ${name}` })
  return value
}
