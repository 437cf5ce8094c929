import { textOf, type HiddenText } from './hidden-text.ts'

const names: Readonly<Record<number, string>> = {
  0x010e: 'ImageDescription',
  0x010f: 'Make',
  0x0110: 'Model',
  0x0131: 'Software',
  0x0132: 'DateTime',
  0x013b: 'Artist',
  0x8298: 'Copyright',
  0x9003: 'DateTimeOriginal',
  0x9286: 'UserComment',
  0x9c9b: 'XPTitle',
  0x9c9c: 'XPComment',
  0x9c9d: 'XPAuthor',
  0x9c9e: 'XPKeywords',
  0x9c9f: 'XPSubject',
}
const exifBlock = 0x8769
const gpsBlock = 0x8825
const interopBlock = 0xa005
const sizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8 }
const mostTags = 2000

/** How the camera was held: 1 to 8 as TIFF counts, 1 where nothing is said. */
export function orientationOf(jpeg: Buffer): number {
  const start = jpeg.indexOf('Exif\0\0', 2, 'latin1')
  if (start < 0 || start > 64 * 1024) return 1
  const body = jpeg.subarray(start + 6)
  const isLittle = body.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > body.length ? 0 : isLittle ? body.readUInt16LE(at) : body.readUInt16BE(at))
  const first = body.length < 8 ? 0 : isLittle ? body.readUInt32LE(4) : body.readUInt32BE(4)
  for (let at = 0; at < Math.min(short(first), 100); at += 1) {
    const value = short(first + 2 + at * 12 + 8)
    if (short(first + 2 + at * 12) === 0x0112 && value >= 1 && value <= 8) return value
  }
  return 1
}

/** The words of an EXIF block (TIFF), with `gps` where it says where the picture was taken. Loops and wild offsets end the reading. */
export function readExif(body: Buffer): HiddenText[] {
  const order = body.toString('latin1', 0, 2)
  if (body.length < 8 || (order !== 'II' && order !== 'MM')) return [{ where: 'EXIF', text: '', mark: 'unreadable' }]
  const short = (at: number) => (at + 2 > body.length ? 0 : order === 'II' ? body.readUInt16LE(at) : body.readUInt16BE(at))
  const long = (at: number) => (at + 4 > body.length ? 0 : order === 'II' ? body.readUInt32LE(at) : body.readUInt32BE(at))
  const found: HiddenText[] = []
  const seen = new Set<number>()
  const left = [long(4)]
  for (let block = left.pop(); block !== undefined; block = left.pop()) {
    if (block === 0 || block + 2 > body.length || seen.has(block) || seen.size > 50) continue
    seen.add(block)
    const count = short(block)
    for (let at = 0; at < count && found.length < mostTags; at += 1) {
      const entry = block + 2 + at * 12
      if (entry + 12 > body.length) break
      const [tag, kind, amount] = [short(entry), short(entry + 2), long(entry + 4)]
      const bytes = (sizes[kind] ?? 0) * amount
      const start = bytes <= 4 ? entry + 8 : long(entry + 8)
      if (tag === exifBlock || tag === interopBlock || tag === gpsBlock) left.push(long(entry + 8))
      if (tag === gpsBlock) found.push({ where: 'EXIF GPS', text: '', mark: 'gps' })
      const isText = kind === 2 || kind === 7 || (tag >= 0x9c9b && tag <= 0x9c9f)
      if (isText && bytes > 0 && start + bytes <= body.length) found.push(wordOf(tag, kind, body.subarray(start, start + bytes)))
    }
    left.push(long(block + 2 + count * 12))
  }
  return found
}

/** A word of a tag; the text of an ASCII tag ends with a zero, that of a comment begins with the name of its code. */
function wordOf(tag: number, kind: number, value: Buffer): HiddenText {
  const where = `EXIF ${names[tag] ?? `0x${tag.toString(16)}`}`
  const ends = kind === 2 && value.includes(0) ? value.subarray(0, value.indexOf(0)) : value
  const text = textOf(tag === 0x9286 ? ends.subarray(8) : ends)
  return kind === 7 && tag !== 0x9286 ? { where, text, isGuess: true } : { where, text }
}
