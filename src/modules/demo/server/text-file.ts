import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'

/** The writings of text that departments send. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030'

/** Text in bytes, byte order mark included where the encoding has one. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`, 'utf8')
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le')
  return encodeGb18030(text)
}

/** One line of delimited text; cells are quoted only where they must be. */
export function writeLine(cells: readonly string[], delimiter: string): string {
  return cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)
}

/** A text file that is being written. */
export interface OpenTextFile {
  add(rows: Iterable<readonly string[]>): Promise<void>
  /** Ends the file; the bytes written. */
  close(): Promise<number>
}

/** Opens a text file for rows that come over time; a block of rows is all that is held in memory. */
export function openTextFile(path: string, shape: TextShape): OpenTextFile {
  const out = createWriteStream(path)
  const done = finished(out)
  let bytes = 0
  let block: string[] = []
  const flush = async (): Promise<void> => {
    const encoding = bytes > 0 && shape.encoding === 'utf-8-bom' ? 'utf-8' : shape.encoding
    const withMark = encodeText(block.join(''), encoding)
    const buffer = bytes > 0 && encoding === 'utf-16le' ? withMark.subarray(2) : withMark
    bytes += buffer.length
    block = []
    if (!out.write(buffer)) await once(out, 'drain')
  }
  return {
    add: async (rows) => {
      for (const row of rows) {
        block.push(writeLine(row, shape.delimiter) + shape.lineEnd)
        if (block.length === 4096) await flush()
      }
    },
    close: async () => {
      if (block.length > 0) await flush()
      out.end()
      await done
      return bytes
    },
  }
}

/** Writes a whole text file. Returns the bytes written. */
export async function writeTextFile(path: string, rows: Iterable<readonly string[]>, shape: TextShape): Promise<number> {
  const file = openTextFile(path, shape)
  await file.add(rows)
  return file.close()
}

/** How a text file is written. */
export interface TextShape {
  encoding: Encoding
  delimiter: ',' | '\t'
  lineEnd: '\r\n' | '\n'
}

let twoBytes: Uint16Array | undefined
let fourBytes: Map<number, number> | undefined

function encodeGb18030(text: string): Buffer {
  twoBytes ??= buildTwoBytes()
  const out = Buffer.allocUnsafe(text.length * 4)
  let at = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    const pair = twoBytes[unit] ?? 0
    if (unit < 0x80) out[at++] = unit
    else if (pair !== 0) at = out.writeUInt16BE(pair, at)
    else {
      const point = text.codePointAt(index) ?? unit
      if (point > 0xffff) index += 1
      at = writeFour(out, at, linearOf(point))
    }
  }
  return out.subarray(0, at)
}

function buildTwoBytes(): Uint16Array {
  const table = new Uint16Array(65536)
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character.length === 1 && character !== '\ufffd') table[character.charCodeAt(0)] = lead * 256 + trail
    }
  }
  return table
}

/** Place of a code point among the four-byte codes; beyond the basic plane it is a plain sum. */
function linearOf(point: number): number {
  if (point > 0xffff) return point - 0x10000 + 189_000
  fourBytes ??= buildFourBytes()
  const linear = fourBytes.get(point)
  if (linear === undefined) throw new RangeError(`demo: no GB18030 code for U+${point.toString(16)}`)
  return linear
}

function buildFourBytes(): Map<number, number> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<number, number>()
  const bytes = Buffer.alloc(4)
  for (let linear = 0; linear < 39_420; linear += 1) {
    writeFour(bytes, 0, linear)
    const character = decoder.decode(bytes)
    if (character.length === 1 && character !== '\ufffd') table.set(character.charCodeAt(0), linear)
  }
  return table
}

function writeFour(out: Buffer, at: number, linear: number): number {
  out[at] = 0x81 + Math.floor(linear / 12_600)
  out[at + 1] = 0x30 + (Math.floor(linear / 1260) % 10)
  out[at + 2] = 0x81 + (Math.floor(linear / 10) % 126)
  out[at + 3] = 0x30 + (linear % 10)
  return at + 4
}
