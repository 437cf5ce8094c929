/** Results of the byte parsers when a cell is not in the plain form that they read; it is then decoded and read as text. */
export const notPlain = -1

/** A plain amount `1234`, `1234.5`, `1234.50` in fen. */
export function plainFen(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  let at = from
  for (; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  if (at === from || at - from > 11) return notPlain
  if (at === to) return value * 100
  const decimals = to - at - 1
  if (bytes[at] !== 46 || decimals < 1 || decimals > 2) return notPlain
  for (at += 1; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return notPlain
    value = value * 10 + digit
  }
  return decimals === 1 ? value * 10 : value
}

/** A plain whole number of one to nine digits. */
export function plainCount(bytes: Uint8Array, from: number, to: number): number {
  if (to - from < 1 || to - from > 9) return notPlain
  return digitsAt(bytes, from, to)
}

function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return notPlain
    value = value * 10 + digit
  }
  return value
}

/** A plain day `2023-09-05`, `2023/09/05`, `2023.09.05` or `20230905` as yyyymmdd. Days 29 to 31 are left to the reader that knows months. */
export function plainDay(bytes: Uint8Array, from: number, to: number): number {
  let year: number
  let month: number
  let day: number
  if (to - from === 8) {
    year = digitsAt(bytes, from, from + 4)
    month = digitsAt(bytes, from + 4, from + 6)
    day = digitsAt(bytes, from + 6, to)
  } else {
    const sign = bytes[from + 4]
    if (to - from !== 10 || sign !== bytes[from + 7] || (sign !== 45 && sign !== 47 && sign !== 46)) return notPlain
    year = digitsAt(bytes, from, from + 4)
    month = digitsAt(bytes, from + 5, from + 7)
    day = digitsAt(bytes, from + 8, to)
  }
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 28) return notPlain
  return year * 10_000 + month * 100 + day
}

/** Reads bytes of one encoding as text. What the decoder gets is copied: it takes no shared memory. */
export interface TextBytes {
  decode(bytes: Uint8Array, from: number, to: number): string
  /** True when the bytes are exactly these UTF-16 units; false also when telling would need a decoder. */
  equals(bytes: Uint8Array, from: number, to: number, text: { units: Uint16Array; at: number; length: number }): boolean
}

/** The reader of an encoding that leaves ASCII as it is. */
export function textBytes(encoding: 'utf-8' | 'gb18030'): TextBytes {
  return encoding === 'utf-8' ? utf8Bytes() : gbBytes()
}

function utf8Bytes(): TextBytes {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  return {
    decode: (bytes, from, to) =>
      (to - from < 64 ? shortText(bytes, from, to) : undefined) ?? decoder.decode(new Uint8Array(bytes.subarray(from, to))),
    equals(bytes, from, to, { units, at, length }) {
      let unit = at
      const end = at + length
      for (let byte = from; byte < to; unit += 1) {
        if (unit === end) return false
        const first = bytes[byte] ?? 0
        if (first < 0x80) {
          if (units[unit] !== first) return false
          byte += 1
        } else if (first >= 0xe0 && first < 0xf0) {
          const code = ((first & 15) << 12) | (((bytes[byte + 1] ?? 0) & 63) << 6) | ((bytes[byte + 2] ?? 0) & 63)
          if (units[unit] !== code) return false
          byte += 3
        } else return false
      }
      return unit === end
    },
  }
}

/** ASCII and three-byte characters, which is what cells are made of; anything else is left to the decoder. */
function shortText(bytes: Uint8Array, from: number, to: number): string | undefined {
  units.length = 0
  for (let at = from; at < to; ) {
    const first = bytes[at] ?? 0
    if (first < 0x80) {
      units.push(first)
      at += 1
      continue
    }
    const second = bytes[at + 1] ?? 0
    const third = bytes[at + 2] ?? 0
    if (first < 0xe1 || first > 0xef || first === 0xed || at + 2 >= to || (second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80)
      return undefined
    units.push(((first & 15) << 12) | ((second & 63) << 6) | (third & 63))
    at += 3
  }
  return String.fromCharCode(...units)
}

/** The units of the text that is being read; one string is made of them, not one for each character. */
const units: number[] = []

let gbTable: Uint16Array | undefined

/** The UTF-16 unit of every two-byte sequence; 0 where there is none. */
export function twoByteTable(): Uint16Array {
  if (gbTable !== undefined) return gbTable
  const table = new Uint16Array(0x8000)
  const decoder = new TextDecoder('gb18030')
  const pair = new Uint8Array(2)
  for (let first = 0x81; first <= 0xfe; first += 1) {
    for (let second = 0x40; second <= 0xfe; second += 1) {
      pair[0] = first
      pair[1] = second
      const text = decoder.decode(pair)
      if (text.length === 1 && text !== '\ufffd') table[((first & 0x7f) << 8) | second] = text.charCodeAt(0)
    }
  }
  gbTable = table
  return table
}

function gbBytes(): TextBytes {
  const table = twoByteTable()
  const decoder = new TextDecoder('gb18030')
  return {
    decode(bytes, from, to) {
      let text = ''
      for (let at = from; at < to; ) {
        const first = bytes[at] ?? 0
        const unit = first < 0x80 ? first : (table[((first & 0x7f) << 8) | (bytes[at + 1] ?? 0)] ?? 0)
        if (unit === 0 || (first >= 0x80 && at + 1 >= to)) return decoder.decode(new Uint8Array(bytes.subarray(from, to)))
        text += String.fromCharCode(unit)
        at += first < 0x80 ? 1 : 2
      }
      return text
    },
    equals(bytes, from, to, { units, at, length }) {
      let unit = at
      const end = at + length
      for (let byte = from; byte < to; unit += 1) {
        if (unit === end) return false
        const first = bytes[byte] ?? 0
        const code = first < 0x80 ? first : table[((first & 0x7f) << 8) | (bytes[byte + 1] ?? 0)]
        if (code !== units[unit]) return false
        byte += first < 0x80 ? 1 : 2
      }
      return unit === end
    },
  }
}
