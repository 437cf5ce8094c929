import { tidy } from '#kernel/pure/text/index.ts'
import type { FieldType, ListField, ListKindPolicy } from '../policy/policy.ts'
import { hashText, hashWords, type HashKey } from './keyed-hash.ts'
import { highOf, lowOf, writeNumber } from './id-cell.ts'
import { groupKey } from './locate.ts'
import { writeSaid } from './explain-match.ts'
import { matchRow, type Matcher, type RowMatch } from './match-row.ts'
import { isNumeric, readValue, unitOfLabel, type CellValue } from './values.ts'

/** A column that carries a value of the row: where it stands, what it is, whether it counts as business and as a fact. */
export interface ValueColumn {
  key: string
  column: number
  type: FieldType
  unit: '元' | '万元'
  business: boolean
  fact: boolean
}

/** How the rows of one sheet are read: columns (from 0, -1 where the sheet has none) and what of them is compared. */
export interface ListReader {
  kind: ListKindPolicy
  id: number
  name: number
  phone: number
  township: number
  village: number
  group: number
  address: number
  natural: number
  /** Business fields in the order of the kind, never of the file: another order of columns is no change. */
  values: readonly ValueColumn[]
  /** Columns that tell nothing of the row: its running number and whom it means. */
  aside: ReadonlySet<number>
}

/** Makes the reader of a sheet from its mapping (field key → column) and labels. */
export function makeListReader(kind: ListKindPolicy, columns: Readonly<Record<string, number>>, labels: readonly string[]): ListReader {
  const at = (key: string): number => columns[key] ?? -1
  const values = kind.fields
    .filter((field) => (field.business || field.fact) && at(field.key) >= 0)
    .map((field) => valueColumn(field, at(field.key), labels[at(field.key)] ?? ''))
  const serial = labels.flatMap((label, column) => (/^(序号|编号|行号|顺序号|no\.?|#)$/i.test(tidy(label)) ? [column] : []))
  const person = [at('idNumber'), at('name'), at('phone'), at('township'), at('village'), at('group'), at('address')]
  return {
    kind,
    id: at('idNumber'),
    name: at('name'),
    phone: at('phone'),
    township: at('township'),
    village: at('village'),
    group: at('group'),
    address: at('address'),
    natural: kind.key === 'person' || kind.key === 'place' ? -1 : at(kind.key),
    values,
    aside: new Set([...serial, ...person].filter((column) => column >= 0)),
  }
}

function valueColumn(field: ListField, column: number, label: string): ValueColumn {
  return { key: field.key, column, type: field.type, unit: unitOfLabel(label), business: field.business, fact: field.fact }
}

/** What a row is known by from month to month: the person, a number the register does not know, a text of its own, or the place. */
export interface RowKey {
  kind: 'person' | 'natural'
  /** The number, for a person's key; '' where the row has none. */
  number: string
  /** The text that is hashed and, for natural keys, printed. */
  text: string
}

/** One row as it was read. `values` follow `reader.values`. */
export interface RowReading {
  match: RowMatch
  key: RowKey
  values: CellValue[]
  /** What the row says of the person, of rows whose match needs an explanation (see explain-match.ts). */
  said?: string
}

/** A row as it stands in the file; `values` where they were read from the bytes already. */
export interface RowCells {
  cells: readonly string[]
  lostTail?: readonly number[]
  values?: CellValue[]
}

/** Reads and matches one row of a list. */
export function readRow(matcher: Matcher, reader: ListReader, row: RowCells): RowReading {
  const cell = (column: number): string => (column < 0 ? '' : (row.cells[column] ?? ''))
  const values = row.values ?? reader.values.map(({ column, type, unit }) => readValue(type, cell(column), unit))
  const place = matcher.locator.locate({
    township: cell(reader.township),
    village: cell(reader.village),
    group: cell(reader.group),
    address: cell(reader.address),
  })
  if (reader.kind.key === 'place') {
    const villages = place.villages.map((village) => matcher.locator.names[village])
    const known = villages.length === 1 ? villages[0] : undefined
    const names = [known?.township ?? tidy(cell(reader.township)), known?.village ?? tidy(cell(reader.village))]
    const text = [...names, tidy(cell(reader.group))].join('|')
    const match: RowMatch =
      known === undefined
        ? { class: 'none', cause: 'place-unknown', person: -1, candidates: [], number: '' }
        : { class: 'place', cause: 'at-place', person: -1, candidates: [], number: '' }
    return { match, values, key: { kind: 'natural', number: '', text } }
  }
  const match = matchRow(matcher, {
    id: cell(reader.id),
    lostTail: row.lostTail?.includes(reader.id) ?? false,
    name: cell(reader.name),
    hasNames: reader.name >= 0,
    phone: cell(reader.phone),
    place,
    group: cell(reader.group),
  })
  const key = keyOfRow(matcher, reader, { match, cell })
  if (!needsWhy.has(match.class)) return { match, values, key }
  return { match, values, key, said: writeSaid(personColumns(reader).map(cell), row.lostTail?.includes(reader.id) ?? false) }
}

/** The columns that say whom a row means, in the order of `writeSaid`; -1 where the sheet has none. */
export function personColumns({ id, name, phone, township, village, group, address }: ListReader): readonly number[] {
  return [id, name, phone, township, village, group, address]
}

/** Classes whose matches are explained: what their rows say is kept (`said`). */
export const needsWhy: ReadonlySet<string> = new Set(['repaired', 'fuzzy', 'ambiguous'])

function keyOfRow(matcher: Matcher, reader: ListReader, row: { match: RowMatch; cell: (column: number) => string }): RowKey {
  const natural = tidy(row.cell(reader.natural)).toUpperCase()
  if (natural !== '') return { kind: 'natural', number: '', text: natural }
  const number = row.match.person >= 0 ? numberOf(matcher, row.match.person) : row.match.number
  const words = [
    row.cell(reader.name),
    row.cell(reader.phone),
    row.cell(reader.township),
    row.cell(reader.village),
    row.cell(reader.address),
  ]
  const text = number !== '' ? number : row.match.person >= 0 ? `person ${row.match.person}` : words.map(tidy).join('|')
  return { kind: 'person', number, text }
}

/** The 18 characters of a registered person's number; '' when the register has none. */
export function numberOf({ index }: Matcher, person: number): string {
  const high = index.idHigh[person] ?? -1
  return high < 0 ? '' : writeNumber(high, index.idLow[person] ?? 0)
}

const keyWords = new Int32Array(4)

/** Hash of a row's key: numbers as their two integers, texts as text. The group of a place is hashed as `groupKey`. */
export function hashKey(key: HashKey, row: RowKey, into: Int32Array, at: number): void {
  if (row.number !== '') {
    keyWords[0] = highOf(row.number)
    keyWords[1] = lowOf(row.number)
    hashWords(key, keyWords, 2, into, at)
    return
  }
  const cut = row.text.lastIndexOf('|')
  hashText(key, row.kind === 'natural' && cut > 0 ? `${row.text.slice(0, cut)}|${groupKey(row.text.slice(cut + 1))}` : row.text, into, at)
}

const valueWords = new Int32Array(256)
const half = new Int32Array(2)
export const emptyMark = 0x7fffffff
export const textMark = 0x7ffffffe
const wideMark = 0x7ffffffd

/** Lays a number of zero or more out as words: itself where it is small, else a mark and its two halves. Returns the next place. */
export function numberWords(value: number, into: Int32Array, at: number): number {
  if (value >= 0 && value < 0x7ffffff0) {
    into[at] = value
    return at + 1
  }
  into[at] = wideMark
  into[at + 1] = value | 0
  into[at + 2] = Math.floor(value / 4294967296)
  return at + 3
}

/** Hash of the business cells: numbers as `numberWords`, texts as their own hash. */
export function hashValues(key: HashKey, reader: ListReader, values: readonly CellValue[], into: Int32Array, at: number): void {
  let count = 0
  reader.values.forEach(({ business, type }, index) => {
    if (!business || count > valueWords.length - 4) return
    const value = values[index]
    if (value === undefined) {
      valueWords[count++] = emptyMark
      valueWords[count++] = emptyMark
    } else if (typeof value === 'number') {
      count = numberWords(value, valueWords, count)
    } else {
      hashText(key, value, half, 0)
      valueWords[count++] = half[0] ?? 0
      valueWords[count++] = half[1] ?? 0
      // A number that could not be read must not be taken for a readable one.
      if (isNumeric(type)) valueWords[count++] = textMark
    }
  })
  hashWords(key, valueWords, count, into, at)
}
