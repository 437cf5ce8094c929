import type { CellKind, IdNumber, Phone } from '../rules/facts.ts'
import { monthOf } from '../rules/facts.ts'

/** Bytes of the cells: digits, signs, the mark of a value that could not be read. */
const zero = 48
const nine = 57
const minus = 45
const dot = 46
const question = 63
const space = 32

/** A cell's value by its kind (rules/facts.ts). */
export type CellValue = string | number | null | IdNumber | Phone

/** Reads cells out of bytes; labels that repeat are decoded once. */
export interface CellReader {
  /** `hash` is `hash * 31 + byte` over the cell. */
  read(kind: CellKind, cell: { bytes: Buffer; from: number; to: number; hash: number }): CellValue
}

/** What an absent or empty cell is. */
export function emptyCell(kind: CellKind): CellValue {
  return kind === 'text' ? '' : null
}

/** Labels that are remembered; free texts beyond them are decoded each time. */
const rememberedLabels = 1 << 14

/** Makes a reader of cells. */
export function makeCellReader(): CellReader {
  const readText = makeTextReader()
  return {
    read: (kind, cell) => {
      const { bytes, from, to } = cell
      if (from === to) return kind === 'text' ? '' : null
      switch (kind) {
        case 'text':
          return readText(bytes, from, to, cell.hash)
        case 'number':
          return readNumber(bytes, from, to)
        case 'month':
          return readMonth(bytes, from, to)
        case 'day':
          return readDay(bytes, from, to)
        case 'id':
          return readId(bytes, from, to)
        case 'phone':
          return readPhone(bytes, from, to)
      }
    },
  }
}

/** Reads a cell that was written by a correction of ours. */
export function readCellText(reader: CellReader, kind: CellKind, text: string): CellValue {
  const bytes = Buffer.from(text)
  let hash = 0
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0
  return reader.read(kind, { bytes, from: 0, to: bytes.length, hash })
}

type TextReader = (bytes: Buffer, from: number, to: number, hash: number) => string

function makeTextReader(): TextReader {
  const labels: (string | undefined)[] = Array.from({ length: rememberedLabels })
  const spellings: (Buffer | undefined)[] = Array.from({ length: rememberedLabels })
  return (bytes, from, to, hash) => {
    const slot = (hash ^ (hash >>> 15)) & (rememberedLabels - 1)
    const spelling = spellings[slot]
    if (spelling !== undefined && spelling.length === to - from && isSame(spelling, bytes, from)) return labels[slot] ?? ''
    const text = bytes.toString('utf8', from, to)
    if (spelling === undefined || to - from < spelling.length) {
      labels[slot] = text
      spellings[slot] = Buffer.from(bytes.subarray(from, to))
    }
    return text
  }
}

function isSame(spelling: Buffer, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < spelling.length; at += 1) if (spelling[at] !== bytes[from + at]) return false
  return true
}

/** Digits with a sign and decimals; NaN for anything else. */
function readNumber(bytes: Buffer, from: number, to: number): number {
  let at = from
  const isNegative = bytes[at] === minus
  if (isNegative) at += 1
  if (at === to) return Number.NaN
  let value = 0
  for (; at < to && bytes[at] !== dot; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < zero || byte > nine) return bytes[from] === question ? Number.NaN : Number(bytes.toString('latin1', from, to))
    value = value * 10 + byte - zero
  }
  if (at < to) return Number(bytes.toString('latin1', from, to)) // decimals are rare, and exact this way
  return isNegative ? -value : value
}

function readDigits(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < zero || byte > nine) return Number.NaN
    value = value * 10 + byte - zero
  }
  return value
}

/** `yyyyMM`; a year alone is no month. */
function readMonth(bytes: Buffer, from: number, to: number): number {
  return to - from === 6 ? monthOf(readDigits(bytes, from, from + 4), readDigits(bytes, from + 4, to)) : Number.NaN
}

/** `yyyy-MM-dd` as one number. */
function readDay(bytes: Buffer, from: number, to: number): number {
  if (to - from !== 10) return Number.NaN
  return readDigits(bytes, from, from + 4) * 10_000 + readDigits(bytes, from + 5, from + 7) * 100 + readDigits(bytes, from + 8, to)
}

/** `length what day sex tail index` (registry/rules/statement.ts). */
function readId(bytes: Buffer, from: number, to: number): IdNumber {
  const ends: number[] = []
  for (let at = from; at < to; at += 1) if (bytes[at] === space) ends.push(at)
  const [length = to, what = to, day = to, sex = to, tail = to] = ends
  const first = bytes[length + 1]
  return {
    length: readDigits(bytes, from, length),
    what: first === 114 ? 'right' : first === 112 ? 'placeholder' : 'wrong', // r, p
    bornOn: readDay(bytes, what + 1, day),
    sex: sex === day + 1 ? '' : bytes[day + 2] === 148 ? '男' : '女', // second byte of 男
    tail: tail === sex + 1 ? '' : bytes.toString('latin1', sex + 1, tail),
    key: bytes.toString('latin1', tail + 1, to),
  }
}

/** `what tail index` (registry/rules/statement.ts). */
function readPhone(bytes: Buffer, from: number, to: number): Phone {
  let first = from
  while (first < to && bytes[first] !== space) first += 1
  let second = first + 1
  while (second < to && bytes[second] !== space) second += 1
  return {
    isMobile: bytes[from] === 109, // m
    tail: bytes.toString('latin1', first + 1, second),
    key: bytes.toString('latin1', second + 1, to),
  }
}
