import { readFile } from 'node:fs/promises'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { runProgram } from '#kernel/server/programs/index.ts'
import { fileErrors } from './errors.ts'
import type { HiddenText } from './image-metadata.ts'

/** Limits of what people attach (trust.md §3): bytes, pixels, and how large a kept picture is. */
export const attachmentLimits = { bytes: 20 * 1024 * 1024, pixels: 40_000_000, longestEdge: 2000 } as const

/** A file that may be kept and shown. */
export interface CleanFile {
  readonly mediaType: 'image/jpeg' | 'image/png' | 'application/pdf'
  readonly bytes: Buffer
  /** Of pictures. */
  readonly width: number | null
  readonly height: number | null
  /** What was hidden in the picture as it came; it is gone. */
  readonly hidden: readonly HiddenText[]
}

const mediaTypes = { jpeg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf' } as const

/**
 * Makes a file of a stranger fit to be kept: its kind is read from its content; a picture is decoded and written anew, turned as it was taken, at
 * most 2,000 pixels long, without EXIF or anything else; a PDF stays as it is where it is harmless. In a child with limits. Throws `files.*`.
 */
export async function cleanFile(path: string): Promise<CleanFile> {
  const bytes = await readFile(path)
  const kind = kindOf(bytes)
  if (kind === undefined) throw fileErrors.wrongKind()
  const given = { kind, base64: bytes.toString('base64'), mostPixels: attachmentLimits.pixels, longestEdge: attachmentLimits.longestEdge }
  const entry = new URL('./image-child.ts', import.meta.url)
  const answer = await runProgram(entry, given, { megabytes: 512, seconds: 30, addons: true }).catch((fault: unknown) => {
    throw isNamedError(fault) && fault.code !== 'programs.busy' && fault.code.startsWith('programs.') ? fileErrors.damaged() : fault
  })
  // Safe: the child answers these.
  const { base64, width, height, hidden } = answer as { base64?: string; width?: number; height?: number; hidden: readonly HiddenText[] }
  return {
    mediaType: mediaTypes[kind],
    bytes: base64 === undefined ? bytes : Buffer.from(base64, 'base64'),
    width: width ?? null,
    height: height ?? null,
    hidden,
  }
}

function kindOf(bytes: Buffer): keyof typeof mediaTypes | undefined {
  const start = bytes.toString('latin1', 0, 8)
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start === '\x89PNG\r\n\x1a\n') return 'png'
  return start.startsWith('%PDF-') ? 'pdf' : undefined
}
