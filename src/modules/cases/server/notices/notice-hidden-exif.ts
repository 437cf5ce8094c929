import { decodeText, decodeUtf16, guessTexts, type HiddenText } from './notice-hidden-bytes.ts'

interface Tiff {
  readonly bytes: Buffer
  readonly isLittle: boolean
}

interface Entry {
  readonly tag: number
  readonly type: number
  readonly value: Buffer
}

const subdirectories: Readonly<Record<number, string>> = { 0x8769: 'Exif', 0x8825: 'GPS', 0xa005: 'Interop' }
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
const mostDirectories = 20

/** The texts of an Exif block or a TIFF file: every directory, also of the small picture; the place where it was taken is a finding of its own. */
export function readTiff(bytes: Buffer, where: string): HiddenText[] {
  const mark = bytes.toString('latin1', 0, 2)
  if (mark !== 'II' && mark !== 'MM') return guessTexts(where, bytes)
  const tiff: Tiff = { bytes, isLittle: mark === 'II' }
  const found: HiddenText[] = []
  const waiting: { at: number; name: string }[] = [{ at: u32(tiff, 4), name: where }]
  const seen = new Set<number>()
  while (waiting.length > 0 && seen.size < mostDirectories) {
    const next = waiting.shift()
    if (next === undefined || next.at === 0 || seen.has(next.at)) continue
    seen.add(next.at)
    const { entries, following } = readDirectory(tiff, next.at)
    waiting.push({ at: following, name: where })
    for (const entry of entries) {
      const below = subdirectories[entry.tag]
      if (below !== undefined && entry.value.length >= 4)
        waiting.push({ at: u32({ ...tiff, bytes: entry.value }, 0), name: `${where} ${below}` })
      else found.push(...textsOf(entry, next.name, tiff.isLittle))
    }
    if (next.name.endsWith(' GPS') && entries.some(({ tag }) => tag === 2 || tag === 4))
      found.push({ where: next.name, text: '', mark: 'gps' })
  }
  return found
}

function readDirectory(tiff: Tiff, at: number): { entries: Entry[]; following: number } {
  if (at + 2 > tiff.bytes.length) return { entries: [], following: 0 }
  const count = u16(tiff, at)
  const entries: Entry[] = []
  for (let index = 0; index < count; index += 1) {
    const start = at + 2 + index * 12
    if (start + 12 > tiff.bytes.length) return { entries, following: 0 }
    const [tag, type, values] = [u16(tiff, start), u16(tiff, start + 2), u32(tiff, start + 4)]
    const length = (sizes[type] ?? 1) * values
    const from = length <= 4 ? start + 8 : u32(tiff, start + 8)
    entries.push({ tag, type, value: tiff.bytes.subarray(from, Math.min(tiff.bytes.length, from + length)) })
  }
  const end = at + 2 + count * 12
  return { entries, following: end + 4 <= tiff.bytes.length ? u32(tiff, end) : 0 }
}

const userComment = 0x9286
const xmpPacket = 0x02bc
const isWindowsText = (tag: number) => tag >= 0x9c9b && tag <= 0x9c9f

function textsOf({ tag, type, value }: Entry, where: string, isLittle: boolean): HiddenText[] {
  const name = `${where} 0x${tag.toString(16).padStart(4, '0')}`
  if (tag === userComment) return userCommentOf(value, name, isLittle)
  if (isWindowsText(tag)) return [{ where: name, text: decodeUtf16(value, true) }]
  if (type === 2 || tag === xmpPacket) return [{ where: name, text: decodeText(withoutEnd(value)) }]
  return type === 1 || type === 7 || type === 4 ? guessTexts(name, value) : []
}

/** Eight bytes name the writing; programs do not keep to the order of bytes. */
function userCommentOf(value: Buffer, where: string, isLittle: boolean): HiddenText[] {
  const writing = value.toString('latin1', 0, 7)
  const body = value.subarray(8)
  if (!writing.startsWith('UNICODE')) return [{ where, text: decodeText(withoutEnd(body)) }]
  return [isLittle, !isLittle].map((one) => ({ where, text: decodeUtf16(body, one) }))
}

/** Zeroes fill a field up. */
export function withoutEnd(value: Buffer): Buffer {
  let end = value.length
  while (end > 0 && value[end - 1] === 0) end -= 1
  return value.subarray(0, end)
}

function u16({ bytes, isLittle }: Tiff, at: number): number {
  if (at + 2 > bytes.length) return 0
  return isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
}

function u32({ bytes, isLittle }: Tiff, at: number): number {
  if (at + 4 > bytes.length) return 0
  return isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
}
