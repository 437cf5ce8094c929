import { hashKey, hashValues, type ListReader, type RowReading } from './list-reader.ts'
import { saidFact } from './explain-match.ts'
import type { HashKey } from './keyed-hash.ts'
import { highOf, lowOf } from './id-cell.ts'
import type { CellValue } from './values.ts'
import {
  countRow,
  factColumn,
  howNumber,
  pushInt,
  pushRow,
  pushWide,
  wordNumber,
  type Column,
  type OpenFact,
  type OpenRow,
  type Tally,
} from './tally.ts'

/** Where a row stands and how the rest of it hashes (see `sameRowOnce`). */
export interface RowSpot {
  source: number
  row: number
  restLow: number
  restHigh: number
}

const hashes = new Int32Array(4)

/** Folds one row into the tally: its hashes always, its facts when it matched, its candidates when a person must decide. */
export function addRow(tally: Tally, keys: HashKey, reader: ListReader, reading: RowReading, spot: RowSpot, name: string): void {
  const { match, key } = reading
  hashKey(keys, key, hashes, 0)
  hashValues(keys, reader, reading.values, hashes, 2)
  const ordinal = pushRow(tally, {
    hashes,
    line: spot.row,
    high: key.number === '' ? -1 : highOf(key.number),
    low: key.number === '' ? -1 : lowOf(key.number),
  })
  if (key.kind === 'natural') tally.keyTexts.set(ordinal, key.text)
  countRow(tally, spot.source, match)
  if (match.class === 'ambiguous') tally.open.push(openRow(reader, reading, { spot, name }))
  if (match.person >= 0 || reader.kind.key === 'place') addMatched(tally, reader, { reading, ordinal, spot })
}

function openRow(reader: ListReader, { match, values, said }: RowReading, { spot, name }: { spot: RowSpot; name: string }): OpenRow {
  const { source, row, restLow, restHigh } = spot
  const facts = reader.values.flatMap(({ key, fact, type }, at): OpenFact[] => {
    const value = values[at]
    return fact && value !== undefined ? [[key, type, value]] : []
  })
  return {
    source,
    row,
    name,
    cause: match.cause,
    candidates: match.candidates.slice(0, 50),
    facts,
    restLow,
    restHigh,
    ...(said === undefined ? {} : { said }),
  }
}

/** Adds a row that matched, with its facts. */
export function addMatched(tally: Tally, reader: ListReader, row: { reading: RowReading; ordinal: number; spot: RowSpot }): void {
  const { ordinal, spot, reading } = row
  const before = tally.matchedRow.length
  pushMatched(tally, { ordinal, person: reading.match.person, how: howNumber(reading.match), spot })
  reader.values.forEach(({ key, fact, type }, index) => {
    if (fact) pushFact(tally, factColumn(tally, key, type), before, reading.values[index])
  })
  if (reading.said !== undefined) pushFact(tally, factColumn(tally, saidFact, 'text'), before, reading.said)
}

/** Adds to the columns of matched rows: place among all rows, person, `howNumber` of the match, hash of the rest. */
export function pushMatched(tally: Tally, row: { ordinal: number; person: number; how: number; spot: RowSpot }): void {
  pushInt(tally.matchedRow, row.ordinal)
  pushInt(tally.matchedPerson, row.person)
  pushInt(tally.matchedHow, row.how)
  pushInt(tally.matchedRest, row.spot.restLow)
  pushInt(tally.matchedRest, row.spot.restHigh)
}

/** Adds a fact of the matched row before which there were `before` others; those without this fact are filled up. */
export function pushFact(tally: Tally, column: Column<Float64Array>, before: number, value: CellValue): void {
  while (column.length < before) pushWide(column, Number.NaN)
  if (value === undefined) pushWide(column, Number.NaN)
  else if (typeof value === 'number') pushWide(column, value)
  // Words are kept below zero, so that they cannot be taken for numbers.
  else pushWide(column, -1 - wordNumber(tally, value))
}

/** A fact of a matched row as a number; `undefined` when the row has none that can be read. */
export function numberFact(tally: Tally, key: string, matched: number): number | undefined {
  const value = tally.facts.get(key)?.cells[matched]
  return value === undefined || Number.isNaN(value) || value < 0 || matched >= (tally.facts.get(key)?.length ?? 0) ? undefined : value
}

/** A fact of a matched row as a word. */
export function wordFact(tally: Tally, key: string, matched: number): string | undefined {
  const value = tally.facts.get(key)?.cells[matched]
  return value === undefined || Number.isNaN(value) || value >= 0 || matched >= (tally.facts.get(key)?.length ?? 0)
    ? undefined
    : tally.words[-1 - value]
}
