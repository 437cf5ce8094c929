import { matchCauses, matchClasses } from './codes.ts'
import type { MatchCause, MatchClass } from '../contract.ts'
import type { FieldType } from '../policy/policy.ts'

/** A column of 32-bit integers or doubles that grows. */
export interface Column<Cells extends Int32Array | Float64Array> {
  cells: Cells
  length: number
}

export function intColumn(): Column<Int32Array> {
  return { cells: new Int32Array(1024), length: 0 }
}

export function wideColumn(): Column<Float64Array> {
  return { cells: new Float64Array(256), length: 0 }
}

/** Adds one integer. */
export function pushInt(column: Column<Int32Array>, value: number): void {
  if (column.length === column.cells.length) {
    const grown = new Int32Array(column.length * 2)
    grown.set(column.cells)
    column.cells = grown
  }
  column.cells[column.length++] = value
}

/** Adds one double. */
export function pushWide(column: Column<Float64Array>, value: number): void {
  if (column.length === column.cells.length) {
    const grown = new Float64Array(column.length * 2)
    grown.set(column.cells)
    column.cells = grown
  }
  column.cells[column.length++] = value
}

/** A row that nobody but a person can assign. */
export interface OpenRow {
  source: number
  row: number
  name: string
  cause: MatchCause
  candidates: number[]
  /** What a decision needs to be judged like any other row; not kept of rows that nobody must decide. */
  facts: OpenFact[]
  restLow: number
  restHigh: number
  /** What the row says of the person (see explain-match.ts); never stored. */
  said?: string
}

/** A fact of a row that waits: field, type, value. */
export type OpenFact = [key: string, type: FieldType, value: number | string]

/** Where rows came from: one entry per sheet of a file. */
export interface RowSource {
  file: number
  sheet: string
}

/** A source whose rows begin with the row `first` of the tally. */
export interface OpenSource extends RowSource {
  first: number
}

/**
 * What one list of one month left behind, in columns.
 * All rows: `keyLow/keyHigh` + `valueLow/valueHigh` (keyed hashes), place, and the key itself as a number (`idHigh`, -1 for none) or text.
 * Matched rows: ordinal among all rows, person, class, cause, hash of the rest of the row, facts by field.
 */
export interface Tally {
  sources: OpenSource[]
  hashes: Column<Int32Array>
  rowNo: Column<Int32Array>
  idHigh: Column<Int32Array>
  idLow: Column<Int32Array>
  keyTexts: Map<number, string>
  matchedRow: Column<Int32Array>
  matchedPerson: Column<Int32Array>
  matchedHow: Column<Int32Array>
  matchedRest: Column<Int32Array>
  facts: Map<string, Column<Float64Array>>
  factTypes: Map<string, FieldType>
  words: string[]
  wordNumbers: Map<string, number>
  open: OpenRow[]
  /** Totals and notes: rows that are no data, where they stand. */
  notData: { source: number; row: number }[]
  /** Count by class and by cause of each source. */
  classes: number[][]
  causes: number[][]
}

export function makeTally(): Tally {
  return {
    sources: [],
    hashes: intColumn(),
    rowNo: intColumn(),
    idHigh: intColumn(),
    idLow: intColumn(),
    keyTexts: new Map(),
    matchedRow: intColumn(),
    matchedPerson: intColumn(),
    matchedHow: intColumn(),
    matchedRest: intColumn(),
    facts: new Map(),
    factTypes: new Map(),
    words: [],
    wordNumbers: new Map(),
    open: [],
    notData: [],
    classes: [],
    causes: [],
  }
}

/** The hashes of all rows, four words each: key (2), values (2). */
export function rowHashes(tally: Tally): Int32Array {
  return tally.hashes.cells.subarray(0, tally.hashes.length)
}

/** Opens a sheet of a file; later rows name it by the number returned. */
export function openSource(tally: Tally, source: RowSource): number {
  tally.classes.push(matchClasses.map(() => 0))
  tally.causes.push(matchCauses.map(() => 0))
  return tally.sources.push({ ...source, first: tally.rowNo.length }) - 1
}

/** The number of the source of a row: the last one that was opened before it. */
export function sourceOf(tally: Tally, ordinal: number): number {
  let source = tally.sources.length - 1
  while (source > 0 && (tally.sources[source]?.first ?? 0) > ordinal) source -= 1
  return Math.max(0, source)
}

/** A row on its way into the columns of all rows. */
export interface PlainRow {
  hashes: Int32Array
  line: number
  high: number
  low: number
}

/** Adds a row to the columns of all rows and returns its ordinal. */
export function pushRow(tally: Tally, row: PlainRow): number {
  for (let at = 0; at < 4; at += 1) pushInt(tally.hashes, row.hashes[at] ?? 0)
  pushInt(tally.rowNo, row.line)
  pushInt(tally.idHigh, row.high)
  pushInt(tally.idLow, row.low)
  return tally.rowNo.length - 1
}

/** Makes room for so many more cells. */
export function makeRoom(column: Column<Int32Array>, more: number): void {
  if (column.length + more <= column.cells.length) return
  const grown = new Int32Array(Math.max(column.cells.length * 2, column.length + more))
  grown.set(column.cells.subarray(0, column.length))
  column.cells = grown
}

/** Counts rows of a source by the numbers of their class and cause. */
export function countRows(tally: Tally, source: number, rows: { at: number; why: number; count: number }): void {
  const classes = tally.classes[source]
  const causes = tally.causes[source]
  if (classes !== undefined) classes[rows.at] = (classes[rows.at] ?? 0) + rows.count
  if (causes !== undefined) causes[rows.why] = (causes[rows.why] ?? 0) + rows.count
}

/** Counts one row of a source. */
export function countRow(tally: Tally, source: number, match: { class: MatchClass; cause: MatchCause }): void {
  countRows(tally, source, { at: matchClasses.indexOf(match.class), why: matchCauses.indexOf(match.cause), count: 1 })
}

/** Counts a row that is a total or a note, and keeps where it stands. */
export function countNotData(tally: Tally, source: number, row: number): void {
  countRow(tally, source, { class: 'none', cause: 'not-data' })
  tally.notData.push({ source, row })
}

/** The number by which a word is kept among the facts. */
export function wordNumber(tally: Tally, word: string): number {
  const known = tally.wordNumbers.get(word)
  if (known !== undefined) return known
  const number = tally.words.push(word) - 1
  tally.wordNumbers.set(word, number)
  return number
}

/** The column of a fact, filled up to the matched rows that came before it. */
export function factColumn(tally: Tally, key: string, type: FieldType): Column<Float64Array> {
  const known = tally.facts.get(key)
  if (known !== undefined) return known
  const column = wideColumn()
  tally.facts.set(key, column)
  tally.factTypes.set(key, type)
  return column
}

/** Class and cause in one integer. */
export function howNumber(match: { class: MatchClass; cause: MatchCause }): number {
  return matchClasses.indexOf(match.class) * 256 + matchCauses.indexOf(match.cause)
}
