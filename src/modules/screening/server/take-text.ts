import { judgeRow, startsTable, type Header } from '#kernel/pure/tables/index.ts'
import { addRow } from '../rules/add-row.ts'
import type { HashKey } from '../rules/keyed-hash.ts'
import { readRow, type ListReader } from '../rules/list-reader.ts'
import type { Matcher } from '../rules/match-row.ts'
import { countNotData, type Tally } from '../rules/tally.ts'
import { textBytes, type TextBytes } from './cell-bytes.ts'
import { readValues } from './row-values.ts'
import type { RecordSpan } from './scan-records.ts'

/** What the rows of a text list are read with. */
export interface TakeInput {
  matcher: Matcher
  tally: Tally
  source: number
  reader: ListReader
  header: Header
  keys: HashKey
  encoding: 'utf-8' | 'gb18030'
  /** Labels of every kind of list (`labelKey`), by which the header of a further table is known. */
  labels: ReadonlySet<string>
}

/**
 * Takes a record as text, like the row of a workbook. Of a row that surely names somebody only the cells that matter are decoded. True, and
 * nothing taken, for the header of a further table.
 */
export function makeTextTaker({
  matcher,
  tally,
  source,
  reader,
  header,
  keys,
  encoding,
  labels,
}: TakeInput): (bytes: Uint8Array, span: RecordSpan) => boolean {
  const text = textBytes(encoding)
  const needed = neededColumns(reader)
  return (bytes, span) => {
    const { start, ends, columns, line } = span
    const sure =
      reader.id >= 0 &&
      reader.id < columns &&
      digitCount(bytes, reader.id === 0 ? start : (ends[reader.id - 1] ?? 0) + 1, ends[reader.id] ?? 0) >= 15
    const cells = cellsOf(text, bytes, span, sure && !span.quoted ? needed : undefined)
    const judged = sure ? undefined : judgeRow(header, { row: line, cells })
    if (judged !== undefined) {
      if (judged === 'total' || judged === 'note') countNotData(tally, source, line)
      return false
    }
    if (!sure && startsTable({ rows: [{ row: line, cells }], at: 0, header, labels })) return true
    const rest = restOf(bytes, span, reader)
    const spot = { source, row: line, restLow: rest.low, restHigh: rest.high }
    const row = span.quoted ? { cells } : { cells, values: readValues(reader, text, bytes, span) }
    addRow(tally, keys, reader, readRow(matcher, reader, row), spot, cells[reader.name] ?? '')
    return false
  }
}

function digitCount(bytes: Uint8Array, from: number, to: number): number {
  let digits = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte >= 48 && byte <= 57) digits += 1
  }
  return digits
}

function neededColumns(reader: ListReader): Set<number> {
  const own = [reader.id, reader.name, reader.phone, reader.township, reader.village, reader.group, reader.address, reader.natural]
  return new Set(own.filter((column) => column >= 0))
}

/** The cells of a record as text; of those not in `needed` nothing is decoded. */
export function cellsOf(text: TextBytes, bytes: Uint8Array, { start, ends, columns }: RecordSpan, needed?: ReadonlySet<number>): string[] {
  const cells: string[] = []
  for (let column = 0; column < columns; column += 1) {
    const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
    const to = ends[column] ?? 0
    const isWanted = from < to && (needed === undefined || needed.has(column))
    cells.push(isWanted ? cellText(text.decode(bytes, from, to)) : '')
  }
  return cells
}

/** A quoted cell without its quotes, `="0123"` as `0123`. */
export function cellText(cell: string): string {
  if (cell.startsWith('"')) {
    const close = cell.lastIndexOf('"')
    const value = close > 0 ? cell.slice(1, close).replaceAll('""', '"') + cell.slice(close + 1) : cell
    return value.startsWith('="') && value.endsWith('"') && value.length > 3 ? value.slice(2, -1) : value
  }
  return cell.startsWith('="') && cell.endsWith('"') && cell.length > 3 ? cell.slice(2, -1) : cell
}

const rest = { low: 0, high: 0 }

/** Hash of no cells, and by what it is multiplied with every word; the kernel has the same. */
export const restSeeds = { low: 0x811c9dc5 | 0, high: 0x9e3779b1 | 0 } as const
export const restFactors = { low: 0x01000193, high: 0x85ebca6b | 0 } as const

/**
 * Hash of all cells but the running number and those that say whom the row means; only where equal rows count once: four bytes at a
 * time, then the length of the cell.
 */
export function restOf(
  bytes: Uint8Array,
  { start, ends, columns }: Pick<RecordSpan, 'start' | 'ends' | 'columns'>,
  reader: ListReader,
): typeof rest {
  let low: number = restSeeds.low
  let high: number = restSeeds.high
  const mixIn = (word: number): void => {
    low = Math.imul(low ^ word, restFactors.low)
    low ^= low >>> 15
    high = Math.imul(high ^ word, restFactors.high)
    high ^= high >>> 13
  }
  for (let column = 0; reader.kind.sameRowOnce && column < columns; column += 1) {
    if (reader.aside.has(column)) continue
    const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
    const to = ends[column] ?? 0
    for (let at = from; at < to; at += 4) {
      const byte = (offset: number): number => (at + offset < to ? (bytes[at + offset] ?? 0) : 0)
      mixIn(byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24))
    }
    mixIn(to - from)
  }
  rest.low = low
  rest.high = high
  return rest
}
