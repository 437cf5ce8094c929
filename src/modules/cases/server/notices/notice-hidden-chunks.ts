import { decodeText, guessTexts, inflate, type HiddenText } from './notice-hidden-bytes.ts'
import { readTiff } from './notice-hidden-exif.ts'
import { readXmp } from './notice-hidden-jpeg.ts'

const unreadable = (where: string): HiddenText => ({ where, text: '', mark: 'unreadable' })
/** Chunks that hold the picture and its measures only. */
const picture = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'bKGD',
  'hIST',
  'pHYs',
  'sBIT',
  'tIME',
  'acTL',
  'fcTL',
  'fdAT',
  'iCCP',
])

/** What a PNG says besides its picture: text chunks plain and packed, Exif, any other chunk, and what follows the end. */
export function readPng(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, at + 8 + length)
    at += 12 + length
    if (!picture.has(type)) found.push(...readChunk(type, body))
    if (type === 'IEND') break
  }
  return [...found, ...guessTexts('PNG …', bytes.subarray(Math.min(at, bytes.length)))]
}

function readChunk(type: string, body: Buffer): HiddenText[] {
  if (type === 'eXIf') return [...readTiff(body, 'Exif'), ...guessTexts('Exif', body)]
  if (type === 'tEXt') return keyed(type, body, (rest) => rest)
  if (type === 'zTXt') return keyed(type, body, (rest) => inflate(rest.subarray(1)))
  if (type === 'iTXt') return keyed(type, body, international)
  return guessTexts(type, body)
}

/** `keyword 0 text`, as each of the three kinds has its text. */
function keyed(type: string, body: Buffer, textOf: (rest: Buffer) => Buffer | undefined): HiddenText[] {
  const end = body.indexOf(0)
  const keyword = decodeText(body.subarray(0, end < 0 ? body.length : end))
  const where = `${type} ${keyword.slice(0, 40)}`
  const text = end < 0 ? Buffer.alloc(0) : textOf(body.subarray(end + 1))
  if (text === undefined) return [unreadable(where)]
  if (keyword.startsWith('Raw profile type')) return [{ where: type, text: keyword }, ...rawProfile(where, text)]
  const said = keyword.includes('xmp') ? readXmp(text) : [{ where, text: decodeText(text) }]
  return [{ where: type, text: keyword }, ...said, ...guessTexts(where, text)]
}

/** Flag and method of packing, then language and translated keyword, each ended by a zero. */
function international(rest: Buffer): Buffer | undefined {
  const language = rest.indexOf(0, 2)
  const translated = rest.indexOf(0, language + 1)
  if (language < 0 || translated < 0) return rest
  const text = rest[0] === 1 ? inflate(rest.subarray(translated + 1)) : rest.subarray(translated + 1)
  return text === undefined ? undefined : Buffer.concat([rest.subarray(2, translated), Buffer.from('\n'), text])
}

/** Exif, IPTC or XMP as lines of hexadecimal digits, as ImageMagick writes them. */
function rawProfile(where: string, text: Buffer): HiddenText[] {
  const hex = text
    .toString('latin1')
    .replace(/^\s*\w+\s+\d+\s/, '')
    .replace(/\s/g, '')
  const bytes = Buffer.from(hex, 'hex')
  const exif = bytes.indexOf('Exif\0\0')
  return [...(exif < 0 ? [] : readTiff(bytes.subarray(exif + 6), where)), ...guessTexts(where, bytes)]
}

/** What a WebP says besides its picture. */
export function readWebp(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  let at = 12
  while (at + 8 <= bytes.length) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    at += 8 + length + (length % 2)
    if (['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'].includes(type)) continue
    if (type === 'EXIF') found.push(...readTiff(body.toString('latin1', 0, 4) === 'Exif' ? body.subarray(6) : body, 'Exif'))
    if (type === 'XMP ') found.push(...readXmp(body))
    else found.push(...guessTexts(type, body))
  }
  return [...found, ...guessTexts('WebP …', bytes.subarray(Math.min(at, bytes.length)))]
}

/** What a GIF says besides its pictures: comments, texts and parts of applications. */
export function readGif(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  const tableOf = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  let at = 13 + tableOf(bytes[10] ?? 0)
  while (at < bytes.length) {
    const kind = bytes[at]
    if (kind === 0x3b) break
    if (kind === 0x2c) {
      at = joinBlocks(bytes, at + 11 + tableOf(bytes[at + 9] ?? 0)).end
      continue
    }
    if (kind !== 0x21) return [...found, unreadable('GIF')]
    const label = bytes[at + 1]
    const { body, end } = joinBlocks(bytes, at + 2)
    if (label === 0xfe) found.push({ where: 'Comment', text: decodeText(body) })
    if (label !== 0xf9) found.push(...guessTexts('GIF', body))
    at = end
  }
  return [...found, ...guessTexts('GIF …', bytes.subarray(Math.min(at + 1, bytes.length)))]
}

function joinBlocks(bytes: Buffer, from: number): { body: Buffer; end: number } {
  const parts: Buffer[] = []
  let at = from
  for (let size = bytes[at] ?? 0; size > 0 && at < bytes.length; size = bytes[at] ?? 0) {
    parts.push(bytes.subarray(at + 1, at + 1 + size))
    at += 1 + size
  }
  return { body: Buffer.concat(parts), end: at + 1 }
}
