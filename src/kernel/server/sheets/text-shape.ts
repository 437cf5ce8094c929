import { createReadStream } from 'node:fs'
import { sheetErrors } from './errors.ts'
import type { TextEncoding, TextShape } from './sheet-types.ts'

const separators = [',', '\t', ';', '|'] as const
const sampleBytes = 256 * 1024

/** Finds encoding, byte order mark and separator of a text file from its bytes; refuses what is no text. */
export async function findTextShape(path: string, start: Buffer): Promise<TextShape> {
  const { encoding, bomBytes } = findMark(start) ?? { encoding: (await findEncoding(path, start)) satisfies TextEncoding, bomBytes: 0 }
  const sample = new TextDecoder(encoding).decode(start.subarray(bomBytes, bomBytes + (sampleBytes >> 1) * 2))
  return { encoding, bomBytes, separator: findSeparator(sample) }
}

function findMark(bytes: Buffer): { encoding: TextEncoding; bomBytes: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 }
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) return { encoding: 'gb18030', bomBytes: 4 }
  return undefined
}

/** Judges by a sample; when that is pure ASCII, by the first block of the file that is not. */
async function findEncoding(path: string, start: Buffer): Promise<TextEncoding> {
  const wide = findWide(start)
  if (wide !== undefined) return wide
  if (start.includes(0)) throw sheetErrors.wrongKind({ kind: 'binary' })
  if (!isAscii(start)) return judge(start)
  for await (const block of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    // Safe: the stream has no encoding, so its blocks are buffers.
    const bytes = block as Buffer
    if (!isAscii(bytes)) return judge(bytes.subarray(bytes.findIndex((byte) => byte >= 0x80)))
  }
  return 'utf-8'
}

/** UTF-16 without a mark shows in the zero bytes of digits, separators and line ends: on one side only. */
function findWide(bytes: Buffer): TextEncoding | undefined {
  let even = 0
  let odd = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const least = Math.max(1, bytes.length / 50)
  if (odd >= least && even * 20 < odd) return 'utf-16le'
  return even >= least && odd * 20 < even ? 'utf-16be' : undefined
}

function isAscii(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] ?? 0) >= 0x80) return false
  return true
}

/** UTF-8 when the sample is (a cut last character aside); else GB18030 when nearly all of it is; else we do not know and say so. */
function judge(bytes: Buffer): TextEncoding {
  if (countBroken(bytes, 'utf-8') === 0) return 'utf-8'
  const broken = countBroken(bytes, 'gb18030')
  const brokenAsUtf8 = countBroken(bytes, 'utf-8')
  const wide = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
  if (broken <= Math.max(1, wide / 100) && broken <= brokenAsUtf8) return 'gb18030'
  if (brokenAsUtf8 <= Math.max(1, wide / 100)) return 'utf-8'
  throw sheetErrors.unknownEncoding()
}

function countBroken(bytes: Buffer, encoding: TextEncoding): number {
  // `stream: true` leaves a character that the end of the sample cuts in two.
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  let count = 0
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1
  // Private-use characters are what GB18030 makes of bytes that no real text has.
  if (encoding === 'gb18030')
    for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0xe000 && text.charCodeAt(at) < 0xf900) count += 1
  return count
}

/** The separator that stands the same number of times in most lines; comma for a single column. Quoted parts do not count. */
function findSeparator(sample: string): TextShape['separator'] {
  const named = /^sep=([,;|\t])\r?\n/.exec(sample)?.[1]
  const lines = sample
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 101)
  if (lines.length > 1) lines.pop()
  let best: TextShape['separator'] = ','
  let bestScore = 0
  for (const separator of separators) {
    if (separator === named) return separator
    const score = scoreSeparator(lines, separator)
    if (score > bestScore) [best, bestScore] = [separator, score]
  }
  return best
}

function scoreSeparator(lines: string[], separator: string): number {
  const linesByCount = new Map<number, number>()
  for (const line of lines) {
    const count = line.split(separator).length - 1
    if (count > 0) linesByCount.set(count, (linesByCount.get(count) ?? 0) + 1)
  }
  let best = 0
  for (const [count, times] of linesByCount) best = Math.max(best, times * (1 + Math.min(count, 20) / 100))
  return best
}
