import { decodeText, guessTexts, type HiddenText } from './notice-hidden-bytes.ts'
import { readTiff } from './notice-hidden-exif.ts'
import { readIptc } from './notice-hidden-iptc.ts'

const xmpName = 'http://ns.adobe.com/xap/1.0/\0'
const xmpMoreName = 'http://ns.adobe.com/xmp/extension/\0'

/** What a JPEG says besides its picture: Exif, XMP in one or several parts, IPTC, comments, any other part of an application, and what follows the end. */
export function readJpeg(bytes: Buffer): HiddenText[] {
  const found: HiddenText[] = []
  const more: Buffer[] = []
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return [...found, ...ofMore(more), ...guessTexts('JPEG', bytes.subarray(at))]
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (marker === 0xd9) break
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else {
      const end = at + 2 + bytes.readUInt16BE(at + 2)
      const body = bytes.subarray(at + 4, end)
      found.push(...readSegment(marker, body, more))
      at = marker === 0xda ? endOfScan(bytes, end) : end
    }
  }
  return [...found, ...ofMore(more), ...guessTexts('JPEG …', bytes.subarray(Math.min(bytes.length, at + 2)))]
}

const ofMore = (more: readonly Buffer[]): HiddenText[] => (more.length === 0 ? [] : readXmp(Buffer.concat(more)))

function readSegment(marker: number, body: Buffer, more: Buffer[]): HiddenText[] {
  if (marker === 0xfe) return [{ where: 'Comment', text: decodeText(body) }, ...guessTexts('Comment', body)]
  if (marker < 0xe0 || marker > 0xef) return []
  const name = `APP${marker - 0xe0}`
  const begins = (text: string) => body.toString('latin1', 0, text.length) === text
  if (begins('Exif\0\0')) return [...readTiff(body.subarray(6), 'Exif'), ...guessTexts('Exif', body)]
  if (begins(xmpName)) return readXmp(body.subarray(xmpName.length))
  if (begins(xmpMoreName)) {
    more.push(body.subarray(xmpMoreName.length + 40)) // after the digest, the length and the place of the part
    return []
  }
  if (begins('Photoshop 3.0\0')) return [...readIptc(body.subarray(14)), ...guessTexts(name, body)]
  return begins('ICC_PROFILE\0') ? [] : guessTexts(name, body)
}

/** The text of an XMP packet; the place where the picture was taken is a finding of its own. */
export function readXmp(bytes: Buffer): HiddenText[] {
  const text = decodeText(bytes)
  const plain = text.replace(/&#(\d{1,6});|&#x([0-9a-f]{1,5});/gi, (_whole, decimal?: string, hex?: string) =>
    String.fromCodePoint(Math.min(0x10ffff, decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal))),
  )
  return [{ where: 'XMP', text: plain }, ...(/GPSL(at|ong)itude/.test(text) ? [{ where: 'XMP', text: '', mark: 'gps' as const }] : [])]
}

/** The end of the picture's data: the next marker that is none of its own. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}
