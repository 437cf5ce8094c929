import { factColumn, makeRoom, pushWide, wordNumber, type Column, type Tally } from './tally.ts'

/** Where the rows of the other tally go: their source, and what is added to their line numbers. */
export interface MergePlace {
  source: number
  lineShift: number
}

/** Adds the rows of another tally behind those of this one; both are of the same list and the same sheet. */
export function mergeTallies(into: Tally, from: Tally, { source, lineShift }: MergePlace): void {
  const before = into.rowNo.length
  const matchedBefore = into.matchedRow.length
  appendAll(into.hashes, from.hashes)
  appendAll(into.idHigh, from.idHigh)
  appendAll(into.idLow, from.idLow)
  appendShifted(into.rowNo, from.rowNo, lineShift)
  for (const [ordinal, text] of from.keyTexts) into.keyTexts.set(ordinal + before, text)
  appendShifted(into.matchedRow, from.matchedRow, before)
  appendAll(into.matchedPerson, from.matchedPerson)
  appendAll(into.matchedHow, from.matchedHow)
  appendAll(into.matchedRest, from.matchedRest)
  mergeFacts(into, from, matchedBefore)
  for (const open of from.open) into.open.push({ ...open, source, row: open.row + lineShift })
  for (const { row } of from.notData) into.notData.push({ source, row: row + lineShift })
  from.classes[0]?.forEach((count, at) => addCount(into.classes[source], at, count))
  from.causes[0]?.forEach((count, at) => addCount(into.causes[source], at, count))
}

function mergeFacts(into: Tally, from: Tally, matchedBefore: number): void {
  const words = from.words.map((word) => wordNumber(into, word))
  for (const [key, column] of from.facts) {
    const target = factColumn(into, key, from.factTypes.get(key) ?? 'word')
    while (target.length < matchedBefore) pushWide(target, Number.NaN)
    for (let matched = 0; matched < column.length; matched += 1) {
      const value = column.cells[matched] ?? Number.NaN
      pushWide(target, value < 0 ? -1 - (words[-1 - value] ?? 0) : value)
    }
  }
}

function appendAll(into: Column<Int32Array>, from: Column<Int32Array>): void {
  makeRoom(into, from.length)
  into.cells.set(from.cells.subarray(0, from.length), into.length)
  into.length += from.length
}

function appendShifted(into: Column<Int32Array>, from: Column<Int32Array>, shift: number): void {
  makeRoom(into, from.length)
  const { cells } = into
  const { cells: given, length } = from
  const start = into.length
  for (let row = 0; row < length; row += 1) cells[start + row] = (given[row] ?? 0) + shift
  into.length += length
}

function addCount(counts: number[] | undefined, at: number, count: number): void {
  if (counts !== undefined) counts[at] = (counts[at] ?? 0) + count
}
