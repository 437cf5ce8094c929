import { inflateSync } from 'node:zlib'
import { fileErrors } from './errors.ts'

const mostUnpacked = 64 * 1024 * 1024

/** Refuses a PDF that is locked, runs scripts, starts programs or carries other files. Throws `files.locked`, `.active`, `.damaged`. */
export function checkPdf(bytes: Buffer): void {
  const raw = bytes.toString('latin1')
  if (!raw.startsWith('%PDF-') || !raw.includes('%%EOF', Math.max(0, raw.length - 4096))) throw fileErrors.damaged()
  checkNames(raw)
  let unpacked = 0
  // Objects may stand packed in streams of objects; the picture and font streams hold no objects.
  for (const match of raw.matchAll(/>>\s*stream\r?\n/g)) {
    const dictionary = plainNames(raw.slice(raw.lastIndexOf('obj', match.index), match.index + 2))
    if (!dictionary.includes('/ObjStm')) continue
    const from = match.index + match[0].length
    const packed = bytes.subarray(from, bytes.indexOf('endstream', from) >>> 0)
    const text = unpack(packed, dictionary)
    unpacked += text.length
    if (unpacked > mostUnpacked) throw fileErrors.damaged()
    checkNames(text)
  }
}

function unpack(packed: Buffer, dictionary: string): string {
  if (!dictionary.includes('/Filter')) return packed.toString('latin1')
  if (!/\/Filter\s*\[?\s*\/(FlateDecode|Fl)\s*\]?/.test(dictionary) || dictionary.includes('/Crypt')) throw fileErrors.damaged()
  try {
    return inflateSync(packed, { maxOutputLength: mostUnpacked, finishFlush: 2 }).toString('latin1')
  } catch {
    throw fileErrors.damaged()
  }
}

/** Names as they are meant: `/J#61vaScript` is `/JavaScript`. */
function plainNames(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function checkNames(text: string): void {
  const plain = text.includes('#') ? plainNames(text) : text
  if (/\/Encrypt[\s<\d]/.test(plain)) throw fileErrors.locked()
  if (/\/(JavaScript|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?|FileAttachment|GoToE)\b/.test(plain)) throw fileErrors.active()
}
