// What the child does with a file of a stranger: checks a PDF, makes a picture anew. See clean-file.ts.
import { Transformer } from '@napi-rs/image'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { answerParent } from '#kernel/server/programs/answer-parent.ts'
import { checkPdf } from './check-pdf.ts'
import { fileErrors } from './errors.ts'
import { orientationOf } from './exif.ts'
import { readMetadata } from './image-metadata.ts'

interface Asked {
  readonly kind: 'jpeg' | 'png' | 'pdf'
  readonly base64: string
  readonly mostPixels: number
  readonly longestEdge: number
}

/** Answers the clean bytes, their size in pixels, and where the sender's file said something besides its picture. */
export async function begin(asked: Asked): Promise<void> {
  const bytes = Buffer.from(asked.base64, 'base64')
  await answerParent(async () => {
    try {
      return asked.kind === 'pdf' ? cleanPdf(bytes) : await cleanImage(bytes, asked)
    } catch (fault) {
      throw isNamedError(fault) ? fault : fileErrors.damaged()
    }
  })
}

function cleanPdf(bytes: Buffer) {
  checkPdf(bytes)
  return { hidden: [] }
}

async function cleanImage(bytes: Buffer, { kind, mostPixels, longestEdge }: Asked) {
  const hidden = readMetadata(bytes)
  const size = pixelsOf(bytes, kind === 'png')
  if (size.width * size.height > mostPixels) {
    throw fileErrors.tooManyPixels({ megapixels: Math.ceil((size.width * size.height) / 1e6), limit: mostPixels / 1e6 })
  }
  // Turned as the camera was held, then small enough; what is written has the picture only. The library does not read the orientation itself.
  const turn = kind === 'jpeg' ? orientationOf(bytes) : 1
  const picture = turn === 1 ? new Transformer(bytes) : new Transformer(bytes).rotate(turn)
  const { width, height } = turn >= 5 ? { width: size.height, height: size.width } : size
  const factor = longestEdge / Math.max(width, height)
  if (factor < 1) picture.resize(Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)))
  return await written(picture, kind, hidden)
}

async function written(picture: Transformer, kind: Asked['kind'], hidden: readonly unknown[]) {
  const made = kind === 'png' ? await picture.png() : await picture.jpeg(85)
  if (readMetadata(made).length > 0) throw new Error('the encoder wrote metadata')
  return { base64: made.toString('base64'), ...pixelsOf(made, kind === 'png'), hidden }
}

/** Width and height as the head of the file says them, before anything is decoded. */
function pixelsOf(bytes: Buffer, isPng: boolean): { width: number; height: number } {
  if (isPng) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes[at + 1] ?? 0
    if (bytes[at] !== 0xff) break
    if (marker === 0xff) {
      at += 1
      continue
    }
    // Start of frame, but for tables and arithmetic conditioning.
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  throw fileErrors.damaged()
}
