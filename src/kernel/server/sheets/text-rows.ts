import { sheetErrors } from './errors.ts'
import { looksScientific } from './numbers.ts'
import { maxColumns, type SheetRow } from './sheet-types.ts'

const newLine = 10
const carriageReturn = 13
const quote = 34
const longestRecord = 1024 * 1024

/** Turns the decoded text of a file into rows, block by block. */
export interface TextScanner {
  /** Takes all complete records out of `text` into `into` and returns the rest; with `final` nothing is left. */
  scan(text: string, final: boolean, into: SheetRow[]): string
}

interface Cursor {
  text: string
  at: number
  line: number
  /** True when the text ended inside the record, so that more is needed. */
  cut: boolean
}

/**
 * A scanner for separated text as programs and people write it: CR, LF or CRLF, quoted fields with line breaks and doubled quotes,
 * quotes in the middle of a field, `="0123"`. The number of a row is the physical line on which it begins.
 */
export function makeTextScanner(separator: string): TextScanner {
  const separatorCode = separator.charCodeAt(0)
  const cursor: Cursor = { text: '', at: 0, line: 1, cut: false }
  const scan = (text: string, final: boolean, into: SheetRow[]): string => {
    cursor.text = text
    cursor.at = 0
    for (;;) {
      const from = cursor.at
      const line = cursor.line
      if (from >= text.length) return ''
      cursor.cut = false
      const row = readRecord(cursor, separatorCode, final)
      if (cursor.cut) {
        cursor.line = line
        if (text.length - from > longestRecord) throw tooLong(text.slice(from), line)
        return text.slice(from)
      }
      if (line > 1 || !/^sep=.?$/.test(row.cells[0] ?? '') || row.cells.length > 2) into.push(row)
    }
  }
  return { scan }
}

function tooLong(record: string, line: number): Error {
  return record.includes('"')
    ? sheetErrors.openQuote({ line })
    : sheetErrors.damagedFile({ part: 'text', row: line, reason: 'line too long' })
}

function readRecord(cursor: Cursor, separator: number, final: boolean): SheetRow {
  const { text } = cursor
  const row: SheetRow = { row: cursor.line, cells: [] }
  for (;;) {
    const cell = text.charCodeAt(cursor.at) === quote ? readQuoted(cursor, separator, final) : readPlain(cursor, separator)
    if (cursor.cut) return row
    addCell(row, cell)
    const code = text.charCodeAt(cursor.at)
    if (code === separator) {
      cursor.at += 1
      continue
    }
    endLine(cursor, code, final)
    return row
  }
}

/** Steps over the line end; a CR at the very end of a block may be half a CRLF, and a text without one may go on. */
function endLine(cursor: Cursor, code: number, final: boolean): void {
  const { text, at } = cursor
  if (!final && (at >= text.length || (code === carriageReturn && at + 1 >= text.length))) {
    cursor.cut = true
    return
  }
  cursor.at = code === carriageReturn && text.charCodeAt(at + 1) === newLine ? at + 2 : at + 1
  cursor.line += 1
}

function readPlain(cursor: Cursor, separator: number): string {
  const { text, at } = cursor
  let end = at
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end)
    if (code === separator || code === newLine || code === carriageReturn) break
  }
  cursor.at = end
  return text.slice(at, end)
}

function readQuoted(cursor: Cursor, separator: number, final: boolean): string {
  const { text } = cursor
  const opened = cursor.line
  let value = ''
  let from = cursor.at + 1
  for (;;) {
    const close = text.indexOf('"', from)
    if (close < 0) {
      if (final) throw sheetErrors.openQuote({ line: opened })
      cursor.cut = true
      return value
    }
    value += text.slice(from, close)
    if (text.charCodeAt(close + 1) !== quote) {
      cursor.at = close + 1
      break
    }
    value += '"'
    from = close + 2
  }
  if (!final && cursor.at >= text.length) {
    cursor.cut = true
    return value
  }
  cursor.line += countLines(value)
  return value + readPlain(cursor, separator)
}

function countLines(value: string): number {
  let lines = 0
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at)
    if (code === newLine || (code === carriageReturn && value.charCodeAt(at + 1) !== newLine)) lines += 1
  }
  return lines
}

function addCell(row: SheetRow, cell: string): void {
  const column = row.cells.length
  if (column >= maxColumns) throw sheetErrors.damagedFile({ part: 'text', row: row.row, reason: 'too many columns' })
  const first = cell.charCodeAt(0)
  const value = first === 61 && cell.startsWith('="') && cell.endsWith('"') && cell.length > 3 ? cell.slice(2, -1) : cell
  row.cells.push(value)
  if (first >= 49 && first <= 57 && looksScientific(value)) (row.lostTail ??= []).push(column)
}
