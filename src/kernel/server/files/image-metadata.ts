import { inflateSync } from 'node:zlib'
import { readExif } from './exif.ts'
import { mostTextBytes, textOf, type HiddenText } from './hidden-text.ts'

export type { HiddenText }

/** Everything that a JPEG or PNG says besides its picture; empty for a picture that says nothing, and for other files. Bounded work, no decoding. */
export function readMetadata(bytes: Uint8Array): HiddenText[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length > 3 && buffer.readUInt16BE(0) === 0xffd8) return ofJpeg(buffer)
  return buffer.subarray(0, 8).equals(pngStart) ? ofPng(buffer) : []
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostTexts = 200

function ofJpeg(buffer: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  let at = 2
  while (at + 4 <= buffer.length && found.length < mostTexts) {
    if (buffer[at] !== 0xff) {
      found.push(unreadable('JPEG'))
      return found
    }
    const marker = buffer[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return [...found, ...tail(buffer, at + 2)]
    const length = buffer.readUInt16BE(at + 2)
    const body = buffer.subarray(at + 4, at + 2 + length)
    if (marker === 0xfe) found.push({ where: 'JPEG COM', text: textOf(body) })
    if (marker >= 0xe0 && marker <= 0xef) found.push(...ofSegment(marker - 0xe0, body))
    at += 2 + Math.max(2, length)
    if (marker === 0xda) at = endOfScan(buffer, at)
  }
  return found
}

/** The next marker after the coded picture; `00` and restart marks belong to it. */
function endOfScan(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(0xff, from); at >= 0 && at + 1 < buffer.length; at = buffer.indexOf(0xff, at + 1)) {
    const marker = buffer[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at
  }
  return buffer.length
}

/** An application segment. JFIF (0), colour (2) and Adobe's transform (14) say nothing of people. */
function ofSegment(number: number, body: Buffer): HiddenText[] {
  const name = body.toString('latin1', 0, 40)
  if (number === 1 && name.startsWith('Exif\0')) return readExif(body.subarray(6))
  if (number === 1 && name.startsWith('http://ns.adobe.com/')) return [{ where: 'XMP', text: textOf(body.subarray(body.indexOf(0) + 1)) }]
  if (
    (number === 0 && /^JF(IF|XX)\0/.test(name)) ||
    (number === 2 && name.startsWith('ICC_PROFILE\0')) ||
    (number === 14 && name.startsWith('Adobe'))
  )
    return []
  return guess(number === 13 ? 'IPTC' : `JPEG APP${String(number)}`, body)
}

function ofPng(buffer: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  for (let at = 8; at + 12 <= buffer.length && found.length < mostTexts; ) {
    const length = buffer.readUInt32BE(at)
    const kind = buffer.toString('latin1', at + 4, at + 8)
    const body = buffer.subarray(at + 8, at + 8 + length)
    at += 12 + length
    if (kind === 'IEND') return [...found, ...tail(buffer, at)]
    if (kind === 'eXIf') found.push(...readExif(body))
    else if (kind === 'tEXt' || kind === 'zTXt' || kind === 'iTXt') found.push(ofPngText(kind, body))
    else if (!pictureChunks.has(kind)) found.push(...guess(`PNG ${kind.replace(/[^a-zA-Z]/g, '?')}`, body))
  }
  return found
}

const pictureChunks = new Set('IHDR PLTE IDAT tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs acTL fcTL fdAT cICP mDCV cLLI'.split(' '))

function ofPngText(kind: string, body: Buffer): HiddenText {
  const end = body.indexOf(0)
  const key = body.toString('latin1', 0, Math.max(0, Math.min(end, 79)))
  const where = `PNG ${kind} ${key}`
  if (kind === 'tEXt') return { where, text: textOf(body.subarray(end + 1)) }
  const isPacked = kind === 'zTXt' || body[end + 1] === 1
  const start = kind === 'zTXt' ? end + 2 : body.indexOf(0, body.indexOf(0, end + 3) + 1) + 1
  const words = body.subarray(start)
  if (!isPacked) return { where, text: textOf(words) }
  try {
    return { where, text: textOf(inflateSync(words, { maxOutputLength: mostTextBytes })) }
  } catch {
    return unreadable(where)
  }
}

/** What hangs behind the end of a picture; some cameras fill with zeros. */
function tail(buffer: Buffer, at: number): HiddenText[] {
  const rest = buffer.subarray(at)
  return rest.some((byte) => byte !== 0) ? guess('tail', rest) : []
}

function guess(where: string, body: Buffer): HiddenText[] {
  return body.length === 0 ? [] : [{ where, text: textOf(body), isGuess: true }]
}

const unreadable = (where: string): HiddenText => ({ where, text: '', mark: 'unreadable' })
