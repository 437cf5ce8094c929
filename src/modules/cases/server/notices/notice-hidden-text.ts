import { readGif, readPng, readWebp } from './notice-hidden-chunks.ts'
import { readTiff } from './notice-hidden-exif.ts'
import { readJpeg } from './notice-hidden-jpeg.ts'
import { readPdf } from './notice-hidden-pdf.ts'
import { readZip } from './notice-hidden-zip.ts'
import type { NoticeText } from '../../rules/notices/notice-lint.ts'
import type { HiddenText } from './notice-hidden-bytes.ts'

export const noticeFileTypes = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
  zip: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const
export type NoticeFileType = keyof typeof noticeFileTypes

/** What a file is by its first bytes; its name says nothing. */
export function typeOfFile(bytes: Buffer): NoticeFileType | undefined {
  const starts = (...signature: number[]) => signature.every((byte, at) => bytes[at] === byte)
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'png'
  if (bytes.toString('latin1', 0, 4) === 'GIF8') return 'gif'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'tiff'
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  return starts(0x50, 0x4b, 3, 4) ? 'zip' : undefined
}

/**
 * Everything that a file says besides its picture: Exif, XMP, IPTC, comments, text chunks, properties, text of documents, what follows the end.
 * What cannot be read is marked so and cannot be published.
 */
export function readHiddenTexts(name: string, bytes: Buffer): NoticeText[] {
  const type = typeOfFile(bytes)
  const found = type === undefined ? [unreadable('')] : read(type, bytes)
  return found.map(({ where, text, isGuess, mark }) => ({
    part: 'hidden',
    name: where === '' ? name : `${name} · ${where}`,
    text,
    ...(isGuess === true ? { isGuess } : {}),
    ...(mark === undefined ? {} : { mark }),
  }))
}

const unreadable = (where: string): HiddenText => ({ where, text: '', mark: 'unreadable' })

const readers: Readonly<Record<NoticeFileType, (bytes: Buffer) => HiddenText[]>> = {
  jpeg: readJpeg,
  png: readPng,
  gif: readGif,
  webp: readWebp,
  tiff: (bytes) => readTiff(bytes, 'TIFF'),
  pdf: readPdf,
  zip: (bytes) => readZip(bytes, (inner) => read(typeOfFile(inner), inner)),
}

function read(type: NoticeFileType | undefined, bytes: Buffer): HiddenText[] {
  if (type === undefined) return []
  try {
    return readers[type](bytes)
  } catch {
    return [unreadable(type)] // a damaged file is not published
  }
}
