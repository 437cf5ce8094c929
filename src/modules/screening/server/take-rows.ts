import { addMatched } from '../rules/add-row.ts'
import { matchCauses, matchClasses } from '../rules/codes.ts'
import { hashWords } from '../rules/keyed-hash.ts'
import { hashKey, type RowReading } from '../rules/list-reader.ts'
import { mixNumber, personFlag } from '../rules/register-layout.ts'
import { countRows, pushRow } from '../rules/tally.ts'
import { textBytes } from './cell-bytes.ts'
import { makeRowValues } from './row-values.ts'
import type { RecordSpan, TakeRecord } from './scan-records.ts'
import { makeTextTaker, restOf, type TakeInput } from './take-text.ts'

export interface RowTaker {
  take: TakeRecord
  /** Hands the counts of the plain rows to the tally. */
  finish(): void
}

const weights = Int32Array.of(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
const checkOf = Int32Array.of(1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2)
const notPlain = -2
const unknown = -1

/**
 * Takes records of a text list. A row whose number stands in plain digits and is either the number of one person of that very name, or
 * a right number that the register does not know, is done on its bytes; every other row is decoded and read like the row of a workbook.
 */
export function makeRowTaker(input: TakeInput): RowTaker {
  const { matcher, tally, source, reader, header, keys } = input
  const { index } = matcher
  const { idHigh, idLow, idSlots, nameAt, texts, personFlags } = index
  const mask = idSlots.length - 1
  const text = textBytes(input.encoding)
  const values = makeRowValues(reader, keys, text)
  const hashes = new Int32Array(4)
  const words = new Int32Array(2)
  const name = { units: texts, at: 0, length: 0 }
  const takeText = makeTextTaker(input)
  const hasNatural = reader.natural >= 0
  let high = 0
  let low = 0
  let exact = 0
  let absent = 0

  /** The person of a plain number, `unknown` for a right number of nobody, else `notPlain`. */
  const probe = (bytes: Uint8Array, from: number): number => {
    let sum = 0
    high = 0
    for (let at = 0; at < 9; at += 1) {
      const digit = (bytes[from + at] ?? 0) - 48
      if (digit < 0 || digit > 9) return notPlain
      high = high * 10 + digit
      sum += digit * (weights[at] ?? 0)
    }
    low = 0
    for (let at = 9; at < 17; at += 1) {
      const digit = (bytes[from + at] ?? 0) - 48
      if (digit < 0 || digit > 9) return notPlain
      low = low * 10 + digit
      sum += digit * (weights[at] ?? 0)
    }
    const last = bytes[from + 17] ?? 0
    const check = last === 88 ? 10 : last - 48
    if (check < 0 || check > 10 || last === 58) return notPlain
    const eight = low
    low = low * 11 + check
    // A region that begins with 0, or six equal digits (nobody's number): read with care.
    if (high < 100_000_000 || Math.floor(high / 1000) % 111_111 === 0) return notPlain
    for (let slot = mixNumber(high, low) & mask; ; slot = (slot + 1) & mask) {
      const person = (idSlots[slot] ?? 0) - 1
      if (person < 0) return checkOf[sum % 11] === check && low % 1100 !== 0 && isOldDay(high, eight) ? unknown : notPlain
      if (idLow[person] === low && idHigh[person] === high) return person
    }
  }

  /** True when the row was done on its bytes. */
  const takePlain = (bytes: Uint8Array, { start, ends, columns, line }: RecordSpan): boolean => {
    const column = reader.id
    if (column < 0 || column >= columns || reader.name >= columns) return false
    const from = column === 0 ? start : (ends[column - 1] ?? 0) + 1
    if ((ends[column] ?? 0) - from !== 18) return false
    const person = probe(bytes, from)
    if (person === notPlain) return false
    if (person >= 0) {
      if (((personFlags[person] ?? 0) & personFlag.sharedNumber) !== 0) return false
      if (reader.name >= 0) {
        name.at = (nameAt[person] ?? 0) + 1
        name.length = texts[name.at - 1] ?? 0
        const nameFrom = reader.name === 0 ? start : (ends[reader.name - 1] ?? 0) + 1
        if (!text.equals(bytes, nameFrom, ends[reader.name] ?? 0, name)) return false
      }
    }
    let natural: string | undefined
    if (hasNatural) {
      natural = plainCode(bytes, reader.natural === 0 ? start : (ends[reader.natural - 1] ?? 0) + 1, ends[reader.natural] ?? 0)
      if (natural === undefined || reader.natural >= columns) return false
      hashKey(keys, { kind: 'natural', number: '', text: natural }, hashes, 0)
    } else {
      words[0] = high
      words[1] = low
      hashWords(keys, words, 2, hashes, 0)
    }
    values.hash(bytes, start, ends, columns)
    hashes[2] = values.into[0] ?? 0
    hashes[3] = values.into[1] ?? 0
    const ordinal = pushRow(tally, { hashes, source, line, high: hasNatural ? -1 : high, low: hasNatural ? -1 : low })
    if (natural !== undefined) tally.keyTexts.set(ordinal, natural)
    if (person < 0) {
      absent += 1
      return true
    }
    exact += 1
    const reading: RowReading = {
      match: { class: 'exact', cause: 'as-written', person, candidates: [], number: '' },
      key: { kind: 'person', number: '', text: '' },
      values: values.values(),
    }
    const rest = restOf(bytes, { start, ends, columns }, reader)
    addMatched(tally, reader, { reading, ordinal, spot: { source, row: line, restLow: rest.low, restHigh: rest.high } })
    return true
  }

  return {
    take(bytes, span) {
      if (span.line <= header.bottom) return
      if (span.quoted || !takePlain(bytes, span)) takeText(bytes, span)
    },
    finish() {
      countRows(tally, source, { at: matchClasses.indexOf('exact'), why: matchCauses.indexOf('as-written'), count: exact })
      countRows(tally, source, { at: matchClasses.indexOf('none'), why: matchCauses.indexOf('not-in-register'), count: absent })
      exact = 0
      absent = 0
    },
  }
}

/** A day of birth that needs no calendar: 1900 to 2199, days 1 to 28. `high` ends with its first three digits, `eight` begins with the other five. */
function isOldDay(high: number, eight: number): boolean {
  const year = (high % 1000) * 10 + Math.floor(eight / 10_000_000)
  const month = Math.floor(eight / 100_000) % 100
  const day = Math.floor(eight / 1000) % 100
  return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 28
}

/** A code of ASCII letters and digits as it is compared; `undefined` when the cell must be read as text. */
function plainCode(bytes: Uint8Array, from: number, to: number): string | undefined {
  if (from >= to || to - from > 40) return undefined
  let code = ''
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0
    if (!((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || byte === 45)) return undefined
    code += String.fromCharCode(byte)
  }
  return code
}
