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
  /** The cell stands from `from` to `to`; `hash` is `hash * 31 + byte` over it. One cell in a hundred million: no object is made for it. */
  // oxlint-disable-next-line max-params -- the innermost call of a check
  read(kind: CellKind, bytes: Buffer, from: number, to: number, hash: number): CellValue
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
    // oxlint-disable-next-line max-params -- the innermost call of a check
    read: (kind, bytes, from, to, hash) => {
      if (from === to) return kind === 'text' ? '' : null
      switch (kind) {
        case 'text':
          return readText(bytes, from, to, hash)
        case 'number':
          return readNumber(bytes, from, to)
        case 'month':
          return readMonth(bytes, from, to)
        case 'day':
          return readDay(bytes, from, to)
        case 'id':
          return readId(bytes, from, to)
        case 'phone':
          return new PhoneCell(bytes, from, to)
      }
    },
  }
}

/** Reads a cell that was written by a correction of ours. */
export function readCellText(reader: CellReader, kind: CellKind, text: string): CellValue {
  const bytes = Buffer.from(text)
  let hash = 0
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0
  return reader.read(kind, bytes, 0, bytes.length, hash)
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

/** Values of the letters of base64url. */
const digits64 = new Uint8Array(128)
const letters64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
for (let value = 0; value < letters64.length; value += 1) digits64[letters64.charCodeAt(value)] = value

/** Eight letters of a blind index as a number: 48 bits. */
function readKey(bytes: Buffer, from: number, to: number): number {
  let high = 0
  let low = 0
  const end = Math.min(from + 8, to)
  for (let at = from; at < end; at += 1) {
    const value = digits64[bytes[at] ?? 0] ?? 0
    if (at - from < 4) high = high * 64 + value
    else low = low * 64 + value
  }
  return high * 16_777_216 + low
}

function skipTo(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== space) at += 1
  return at
}

/** `length what day sex tail index` (registry/rules/statement.ts). */
function readId(bytes: Buffer, from: number, to: number): IdNumber {
  const length = skipTo(bytes, from, to)
  const what = skipTo(bytes, length + 1, to)
  const day = skipTo(bytes, what + 1, to)
  const sex = skipTo(bytes, day + 1, to)
  const tail = skipTo(bytes, sex + 1, to)
  const first = bytes[length + 1]
  return {
    length: readDigits(bytes, from, length),
    what: first === 114 ? 'right' : first === 112 ? 'placeholder' : 'wrong', // r, p
    bornOn: readDay(bytes, what + 1, day),
    sex: sex === day + 1 ? '' : bytes[day + 2] === 148 ? '男' : '女', // second byte of 男
    tail: tail === sex + 1 ? '' : bytes.toString('latin1', sex + 1, tail),
    key: readKey(bytes, tail + 1, to),
    check: readKey(bytes, tail + 9, to),
  }
}

/** A telephone whose last digits are decoded only where somebody looks at them, before the next line is read. */
class PhoneCell implements Phone {
  readonly isMobile: boolean
  readonly key: number
  readonly check: number
  readonly #bytes: Buffer
  readonly #from: number
  readonly #to: number

  /** `what tail index` (registry/rules/statement.ts). */
  constructor(bytes: Buffer, from: number, to: number) {
    this.isMobile = bytes[from] === 109 // m
    this.#bytes = bytes
    this.#from = skipTo(bytes, from, to) + 1
    this.#to = skipTo(bytes, this.#from, to)
    this.key = readKey(bytes, this.#to + 1, to)
    this.check = readKey(bytes, this.#to + 9, to)
  }

  get tail(): string {
    return this.#bytes.toString('latin1', this.#from, this.#to)
  }
}
