import type { ListReader, ValueColumn } from '../rules/list-reader.ts'
import { readValue, type CellValue } from '../rules/values.ts'
import { notPlain, plainCount, plainDay, plainFen, type TextBytes } from './cell-bytes.ts'
import type { RecordSpan } from './scan-records.ts'

/** Reads the value cells of a record, plain ones from their bytes, the others as text. The record has no quoted cell. */
export function readValues(reader: ListReader, text: TextBytes, bytes: Uint8Array, { start, ends, columns }: RecordSpan): CellValue[] {
  return reader.values.map((wanted) => {
    const { column } = wanted
    if (column >= columns) return undefined
    return readCell(wanted, text, bytes, { from: column === 0 ? start : (ends[column - 1] ?? 0) + 1, to: ends[column] ?? 0 })
  })
}

/** Reads the cell between these bytes as the value of its column. */
export function readCell(wanted: ValueColumn, text: TextBytes, bytes: Uint8Array, { from, to }: { from: number; to: number }): CellValue {
  if (from >= to) return undefined
  const plain = readPlain(wanted, bytes, from, to)
  return plain === notPlain ? readValue(wanted.type, text.decode(bytes, from, to), wanted.unit) : plain
}

function readPlain({ type, unit }: ValueColumn, bytes: Uint8Array, from: number, to: number): number {
  if (type === 'amount') return unit === '元' ? plainFen(bytes, from, to) : notPlain
  if (type === 'day') return plainDay(bytes, from, to)
  return type === 'count' ? plainCount(bytes, from, to) : notPlain
}
