/** Called for each record: its bytes `start` to the end of its last cell, the ends of its cells, the line on which it begins. */
export type TakeRecord = (bytes: Uint8Array, record: RecordSpan) => void

export interface RecordSpan {
  start: number
  /** Ends of the cells; only the first `columns` are of this record. */
  ends: Int32Array
  columns: number
  line: number
  /** Some cell is quoted: it must be read as text. */
  quoted: boolean
}

export interface RecordScanner {
  /** Takes all complete records from `from` on; returns where the first incomplete one begins. */
  scan(bytes: Uint8Array, from: number, to: number, final: boolean): number
  /** Lines passed so far, the first being 1. */
  line: number
}

/** A quote that nothing closes; `line` is where its record begins. */
export class OpenQuote extends Error {
  readonly line: number

  constructor(line: number) {
    super('a quote is never closed')
    this.line = line
  }
}

const mostColumns = 512
const newLine = 10
const carriageReturn = 13
const quote = 34

interface Cursor {
  start: number
  column: number
  /** Line breaks within quoted cells of the record. */
  lines: number
}

/** Finds records and cells in bytes of an encoding that leaves ASCII as it is, as `makeTextScanner` of the sheets room does in text. */
export function makeRecordScanner(separator: number, firstLine: number, take: TakeRecord): RecordScanner {
  const ends = new Int32Array(mostColumns)
  const span: RecordSpan = { start: 0, ends, columns: 0, line: firstLine, quoted: false }
  const limit = Math.max(separator, quote)
  const cursor: Cursor = { start: 0, column: 0, lines: 0 }
  const endRecord = (bytes: Uint8Array, at: number): void => {
    ends[cursor.column] = at
    span.start = cursor.start
    span.columns = cursor.column + 1
    span.line = scanner.line
    take(bytes, span)
    span.quoted = false
    scanner.line += 1 + cursor.lines
    cursor.column = 0
    cursor.lines = 0
  }
  const scanner: RecordScanner = {
    line: firstLine,
    scan(bytes, from, to, final) {
      cursor.start = from
      cursor.column = 0
      cursor.lines = 0
      span.quoted = false
      for (let at = from; at < to; at += 1) {
        const byte = bytes[at] ?? 0
        if (byte > limit) continue
        if (byte === separator) {
          ends[cursor.column] = at
          if (cursor.column < mostColumns - 1) cursor.column += 1
        } else if (byte === newLine || byte === carriageReturn) {
          if (byte === carriageReturn && at + 1 === to && !final) return cursor.start
          endRecord(bytes, at)
          if (byte === carriageReturn && bytes[at + 1] === newLine && at + 1 < to) at += 1
          cursor.start = at + 1
        } else if (byte === quote && at === (cursor.column === 0 ? cursor.start : (ends[cursor.column - 1] ?? 0) + 1)) {
          const close = closingQuote(bytes, at, final ? to + 1 : to)
          if (close < 0 && final) throw new OpenQuote(scanner.line)
          if (close < 0) return cursor.start
          cursor.lines += countLines(bytes, at, close)
          span.quoted = true
          at = close
        }
      }
      if (!final || cursor.start >= to) return cursor.start
      endRecord(bytes, to)
      return to
    },
  }
  return scanner
}

/** The quote that ends a quoted cell; doubled ones belong to it. -1 when it is not in these bytes, or may be doubled beyond them. */
function closingQuote(bytes: Uint8Array, opened: number, to: number): number {
  // `to` is one more where the bytes end the file, so that a quote in the last place is known to close.
  for (let at = opened + 1; ; at += 2) {
    at = bytes.indexOf(quote, at)
    if (at < 0 || at >= to) return -1
    if (at + 1 === to || bytes[at + 1] !== quote) return at
  }
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]
    if (byte === newLine || (byte === carriageReturn && bytes[at + 1] !== newLine)) lines += 1
  }
  return lines
}
