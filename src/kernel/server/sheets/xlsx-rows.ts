import { sheetErrors } from './errors.ts'
import { hasLostTail, isPlain, looksScientific, showNumber, showSerial } from './numbers.ts'
import type { RowStore } from './row-store.ts'
import { maxColumns, maxRows } from './sheet-types.ts'
import { textOf, type WorkbookParts } from './xlsx-parts.ts'
import { decodeExcelText, decodeXml } from './xml.ts'

/** What a scanner reads and where it puts the rows. */
export interface ScanTask {
  workbook: WorkbookParts
  sheet: string
  store: Omit<RowStore<unknown>, 'take'>
  /** Called for each row that is in the store. */
  closed: (width: number, isHidden: boolean) => void
}

/** Turns the text of a sheet part into rows, block by block. */
export interface RowScanner {
  readonly hiddenColumns: number[]
  /** Formulas so far that hold no result: the program that wrote them did not reckon. */
  readonly blankFormulas: number
  /** Takes all complete rows out of `text` and returns the rest, to be given again with the next block. */
  scan(text: string): string
  /** Checks, with what was left over, that the cells came to their end. */
  finish(rest: string): void
}

interface Cursor {
  text: string
  at: number
  prefix: number
  row: number
  column: number
  style: number
  type: string
  /** Where the value of the cell stands in the text. */
  from: number
  to: number
  blankFormulas: number
}

/** A scanner for one sheet: no tree is built, memory stays flat whatever the size (design.md §4). */
export function makeRowScanner(task: ScanTask): RowScanner {
  const hiddenColumns: number[] = []
  const cursor: Cursor = { text: '', at: 0, prefix: 0, row: 0, column: 0, style: 0, type: '', from: 0, to: 0, blankFormulas: 0 }
  let began = false
  let done = false
  let rowEnd = '</row>'
  const scan = (text: string): string => {
    let from = 0
    if (done) return ''
    if (!began) {
      const start = /<((?:[\w-]+:)?)sheetData\s*(\/?)>/.exec(text)
      if (start === null) return text
      began = true
      cursor.prefix = (start[1] ?? '').length
      rowEnd = `</${start[1] ?? ''}row>`
      readHiddenColumns(text.slice(0, start.index), hiddenColumns)
      from = start.index + start[0].length
    }
    const end = text.lastIndexOf(rowEnd)
    if (end < from) {
      done = text.includes('sheetData>', from) || text.includes('sheetData/>')
      return done ? '' : text.slice(from)
    }
    cursor.text = text
    cursor.at = from
    while (cursor.at < end) readRow(cursor, end, task)
    return text.slice(end + rowEnd.length)
  }
  const finish = (rest: string): void => {
    if (!began || (!done && !/sheetData\s*\/?>/.test(rest))) throw damaged(cursor, task.sheet, 'no end of the cells')
  }
  return {
    hiddenColumns,
    get blankFormulas() {
      return cursor.blankFormulas
    },
    scan,
    finish,
  }
}

function readHiddenColumns(head: string, hidden: number[]): void {
  for (const match of head.matchAll(/<(?:[\w-]+:)?col\s[^<>]*>/g)) {
    if (!/\shidden=["'](1|true)["']/.test(match[0])) continue
    const first = Number(/\smin=["'](\d+)/.exec(match[0])?.[1])
    const last = Math.min(Number(/\smax=["'](\d+)/.exec(match[0])?.[1]), maxColumns)
    for (let column = first; column <= last && hidden.length < maxColumns; column += 1) hidden.push(column - 1)
  }
}

function readRow(cursor: Cursor, end: number, task: ScanTask): void {
  const { text, prefix } = cursor
  const { store, sheet } = task
  const open = text.indexOf('<', cursor.at)
  if (open < 0 || open >= end) {
    cursor.at = end
    return
  }
  const close = text.indexOf('>', open)
  cursor.at = close + 1
  if (!text.startsWith('row', open + 1 + prefix)) return skipOther(cursor, open, end)
  const tag = text.slice(open, close)
  const written = / r=["'](\d+)["']/.exec(tag.replace(/\s/g, ' '))?.[1]
  const row = written === undefined ? cursor.row + 1 : Number(written)
  if (row <= cursor.row || row > maxRows)
    throw sheetErrors.damagedFile({ part: 'sheet', sheet, row: cursor.row, reason: 'row numbers out of order' })
  cursor.row = row
  cursor.column = -1
  const isHidden = /\shidden=["'](1|true)["']/.test(tag)
  store.openRow(row, isHidden)
  if (!tag.endsWith('/')) readCells(cursor, task)
  task.closed(store.closeRow(), isHidden)
}

function skipOther(cursor: Cursor, open: number, end: number): void {
  if (cursor.text.startsWith('<!--', open)) cursor.at = cursor.text.indexOf('-->', open) + 3
  if (cursor.at <= open) cursor.at = end
  return undefined
}

/** Reads `<c>` elements up to the end of the row. Hot: one pass by character codes, no regular expressions for common cells. */
function readCells(cursor: Cursor, task: ScanTask): void {
  const { text, prefix } = cursor
  const { sheet } = task
  for (;;) {
    const open = text.indexOf('<', cursor.at)
    if (open < 0) throw damaged(cursor, sheet, 'row without end')
    const first = text.charCodeAt(open + 1)
    if (first === 47 /* / */) {
      cursor.at = text.indexOf('>', open) + 1
      if (text.startsWith('row', open + 2 + prefix)) break
      continue
    }
    if (first === 33 /* ! */) {
      cursor.at = Math.max(text.indexOf('-->', open), open) + 3
      continue
    }
    const second = text.charCodeAt(open + 2 + prefix)
    const isCell = text.charCodeAt(open + 1 + prefix) === 99 && (second === 32 || second === 62 || second === 47 || second < 32)
    if (!isCell) {
      cursor.at = text.indexOf('>', open) + 1
      if (cursor.at === 0) throw damaged(cursor, sheet, 'row without end')
      continue
    }
    cursor.at = open + 2 + prefix
    if (!readCellTag(cursor, sheet)) continue
    readContent(cursor, sheet)
    if (cursor.to > cursor.from) storeCell(cursor, task)
  }
}

/** Reads the attributes r, s and t of a cell; true when it has content. */
function readCellTag(cursor: Cursor, sheet: string): boolean {
  const { text } = cursor
  let at = cursor.at
  let column = cursor.column + 1
  cursor.style = 0
  cursor.type = ''
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 62 /* > */ || Number.isNaN(code)) break
    if (code <= 32 || code === 47) {
      at += 1
      continue
    }
    const quote = text.charCodeAt(at + 2)
    if (text.charCodeAt(at + 1) !== 61 /* = */ || (quote !== 34 && quote !== 39)) {
      at = skipAttribute(cursor, at, sheet)
      continue
    }
    let end = at + 3
    while (end < text.length && text.charCodeAt(end) !== quote) end += 1
    if (end >= text.length) throw damaged(cursor, sheet, 'broken cell')
    if (code === 114 /* r */) column = readReference(cursor, at + 3, end, sheet)
    else if (code === 115 /* s */) cursor.style = Number(text.slice(at + 3, end))
    else if (code === 116 /* t */) cursor.type = text.slice(at + 3, end)
    at = end + 1
  }
  if (column <= cursor.column || column >= maxColumns) throw damaged(cursor, sheet, 'column out of order or range')
  cursor.column = column
  cursor.at = at + 1
  return text.charCodeAt(at - 1) !== 47
}

/** Steps over an attribute with a long name or with spaces around its sign. */
function skipAttribute(cursor: Cursor, at: number, sheet: string): number {
  const match = /[\w:.-]+\s*=\s*("[^"]*"|'[^']*')/y
  match.lastIndex = at
  if (!match.test(cursor.text)) throw damaged(cursor, sheet, 'broken cell')
  return match.lastIndex
}

function readReference(cursor: Cursor, from: number, to: number, sheet: string): number {
  let column = 0
  let row = 0
  for (let at = from; at < to; at += 1) {
    const code = cursor.text.charCodeAt(at)
    if (code >= 65 && code <= 90 && row === 0) column = column * 26 + code - 64
    else if (code >= 48 && code <= 57) row = row * 10 + code - 48
    else throw damaged(cursor, sheet, 'broken cell reference')
  }
  if (row !== cursor.row || column === 0 || column > maxColumns) throw damaged(cursor, sheet, 'cell reference outside its row')
  return column - 1
}

/** Finds the text of `<v>` or `<is>` and steps behind `</c>`. */
function readContent(cursor: Cursor, sheet: string): void {
  const { text, prefix } = cursor
  if (prefix === 0 && text.startsWith('<v>', cursor.at)) {
    // The common case in one step; anything else below.
    const from = cursor.at + 3
    let stop = from
    while (stop < text.length && text.charCodeAt(stop) !== 60) stop += 1
    if (text.startsWith('</v></c>', stop)) {
      cursor.from = from
      cursor.to = stop
      cursor.at = stop + 8
      return
    }
  }
  cursor.from = cursor.to = 0
  let isFormula = false
  for (;;) {
    const open = text.indexOf('<', cursor.at)
    const close = open < 0 ? -1 : text.indexOf('>', open)
    if (close < 0) throw damaged(cursor, sheet, 'cell without end')
    cursor.at = close + 1
    const end = text.charCodeAt(open + 1) === 47
    const name = text.charCodeAt(open + 1 + prefix + (end ? 1 : 0))
    if (end && name === 99 /* c */) {
      if (isFormula && cursor.from === cursor.to && cursor.type !== 'str') cursor.blankFormulas += 1
      return
    }
    if (name === 102 /* f */) isFormula = true
    if (end || text.charCodeAt(close - 1) === 47) continue
    if (name === 118 /* v */) {
      cursor.from = close + 1
      cursor.at = cursor.to = Math.max(text.indexOf('<', close), close + 1)
    } else if (name === 105 /* is */) {
      const stop = text.indexOf(`</${text.slice(open + 1, open + 1 + prefix)}is>`, close)
      if (stop < 0) throw damaged(cursor, sheet, 'cell without end')
      cursor.from = close + 1
      cursor.at = cursor.to = stop
    }
  }
}

function storeCell(cursor: Cursor, { workbook, sheet, store }: ScanTask): void {
  const { text, from, to, column, type } = cursor
  if (type === 's') {
    const id = idOf(text, from, to)
    const string = workbook.strings[id]
    if (string === undefined) throw damaged(cursor, sheet, 'shared string out of range')
    if (string === '') return
    if (looksScientific(string)) store.lost(column)
    return store.shared(column, string, id)
  }
  const isDate = workbook.dateStyles[cursor.style] === true
  if (type === '' && !isDate && isPlain(text, from, to)) return store.plain(column, text, from, to)
  const value = text.slice(from, to)
  const shown = showCell(type, value, isDate ? { date1904: workbook.date1904 } : undefined)
  if (shown === '') return
  const isNumeric = type === '' || type === 'n'
  if (isNumeric ? shown.length >= 16 && hasLostTail(value) : looksScientific(shown)) store.lost(column)
  store.text(column, shown)
}

/** The number of a shared string. */
function idOf(text: string, from: number, to: number): number {
  let id = 0
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number(text.slice(from, to))
    id = id * 10 + digit
  }
  return id
}

function showCell(type: string, value: string, date: { date1904: boolean } | undefined): string {
  switch (type) {
    case 'inlineStr':
      return textOf(value)
    case 'str':
    case 'e':
    case 'd':
      return decodeExcelText(decodeXml(value))
    case 'b':
      return value.trim() === '1' ? 'TRUE' : 'FALSE'
    default:
      return date === undefined ? showNumber(decodeXml(value)) : showSerial(value, date.date1904)
  }
}

function damaged(cursor: Cursor, sheet: string, reason: string): Error {
  return sheetErrors.damagedFile({ part: 'sheet', sheet, row: cursor.row, reason })
}
