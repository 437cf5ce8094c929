import { hashText, hashWords, type HashKey } from '../rules/keyed-hash.ts'
import { emptyMark, numberWords, textMark, type ListReader, type ValueColumn } from '../rules/list-reader.ts'
import { isNumeric, readValue, type CellValue } from '../rules/values.ts'
import { notPlain, plainCount, plainDay, plainFen, type TextBytes } from './cell-bytes.ts'
import { makeWordCache } from './word-cache.ts'

/** Reads the value cells of a row from its bytes and hashes the business ones; agrees with `hashValues` over `readValue`. */
export interface RowValues {
  /** Hashes into `into[at]` and `into[at + 1]`. `ends` are the ends of the cells, `start` the begin of the row. */
  hash(bytes: Uint8Array, start: number, ends: Int32Array, columns: number): void
  readonly into: Int32Array
  /** The values of the row that was hashed last, in the order of `reader.values`. */
  values(): CellValue[]
}

const isWord = 1
const isNumber = 2
const isText = 3

/** Makes the byte reader of a list's value columns. */
export function makeRowValues(reader: ListReader, key: HashKey, text: TextBytes): RowValues {
  const { values: wanted } = reader
  const count = wanted.length
  const states = new Uint8Array(count)
  const numbers = new Float64Array(count)
  const texts: string[] = Array.from({ length: count }, () => '')
  const words = new Int32Array(count * 4 + 4)
  const into = new Int32Array(2)
  const half = new Int32Array(2)
  const cache = makeWordCache(key, (bytes, from, to, column) => {
    const value = readValue(wanted[column]?.type ?? 'word', text.decode(bytes, from, to))
    return value === undefined ? undefined : String(value)
  })
  const plainOf = wanted.map(({ type, unit }) => plainReader(type, unit))
  const businessOf = wanted.map(({ business }) => business)
  let used = 0

  const putText = (index: number, value: CellValue): void => {
    if (typeof value === 'number') {
      putNumber(index, value)
      return
    }
    states[index] = value === undefined ? 0 : isText
    texts[index] = value ?? ''
    if (businessOf[index] !== true) return
    if (value === undefined) {
      words[used++] = emptyMark
      words[used++] = emptyMark
      return
    }
    hashText(key, value, half, 0)
    words[used++] = half[0] ?? 0
    words[used++] = half[1] ?? 0
    if (isNumeric(wanted[index]?.type ?? 'word')) words[used++] = textMark
  }

  const putNumber = (index: number, value: number): void => {
    states[index] = isNumber
    numbers[index] = value
    if (businessOf[index] !== true) return
    used = numberWords(value, words, used)
  }

  const putWord = (index: number, bytes: Uint8Array, from: number, to: number): void => {
    const number = to - from > 48 ? -1 : cache.find(bytes, from, to, index)
    const value = number < 0 ? undefined : cache.values[number]
    if (number < 0 || value === undefined) {
      putText(index, readValue(wanted[index]?.type ?? 'word', text.decode(bytes, from, to), wanted[index]?.unit))
      return
    }
    states[index] = isWord
    texts[index] = value
    if (businessOf[index] !== true) return
    words[used++] = cache.low[number] ?? 0
    words[used++] = cache.high[number] ?? 0
  }

  return {
    into,
    hash(bytes, start, ends, columns) {
      used = 0
      for (let index = 0; index < count; index += 1) {
        const column = wanted[index]?.column ?? 0
        const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
        const to = column < columns ? (ends[column] ?? 0) : from
        if (column >= columns || from >= to) {
          putText(index, undefined)
          continue
        }
        const plain = plainOf[index]
        if (plain === undefined) {
          putWord(index, bytes, from, to)
          continue
        }
        const value = plain(bytes, from, to)
        if (value === notPlain) putText(index, readValue(wanted[index]?.type ?? 'word', text.decode(bytes, from, to), wanted[index]?.unit))
        else putNumber(index, value)
      }
      hashWords(key, words, used, into, 0)
    },
    values: () => wanted.map((_, index) => (states[index] === 0 ? undefined : states[index] === isNumber ? numbers[index] : texts[index])),
  }
}

type PlainReader = (bytes: Uint8Array, from: number, to: number) => number

function plainReader(type: ValueColumn['type'], unit: ValueColumn['unit']): PlainReader | undefined {
  if (type === 'amount') return unit === '元' ? plainFen : () => notPlain
  if (type === 'day') return plainDay
  return type === 'count' ? plainCount : undefined
}
