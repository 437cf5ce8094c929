import { inflateRawSync, inflateSync } from 'node:zlib'

/** A text within a file; `isGuess`: bytes that may be text, read in every writing. */
export interface HiddenText {
  readonly where: string
  readonly text: string
  readonly isGuess?: true
  readonly mark?: 'gps' | 'unreadable'
}

/** More than this beside a picture is no description of it. */
export const mostHiddenBytes = 2 * 1024 * 1024

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })
const loose = new TextDecoder('utf-8')
const chinese = new TextDecoder('gb18030')
const little = new TextDecoder('utf-16le')
const big = new TextDecoder('utf-16be')

/** Text as programs write it: with a mark of its writing, else UTF-8 where it is that, else GB18030. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return big.decode(bytes.subarray(2))
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return little.decode(bytes.subarray(2))
  try {
    return utf8.decode(bytes)
  } catch {
    return chinese.decode(bytes) // not UTF-8: what Chinese programs write instead
  }
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes)
    return true
  } catch {
    return false // asked, not needed
  }
}

export const decodeUtf16 = (bytes: Uint8Array, isLittle: boolean): string => (isLittle ? little : big).decode(bytes)

/** Every way in which bytes of unknown meaning may be text. */
export function guessTexts(where: string, bytes: Uint8Array): HiddenText[] {
  if (bytes.length < 4) return []
  if (bytes.length > mostHiddenBytes) return [{ where, text: '', mark: 'unreadable' }]
  const shifted = bytes.subarray(1)
  const ways = [
    chinese.decode(bytes),
    chinese.decode(shifted),
    little.decode(bytes),
    little.decode(shifted),
    big.decode(bytes),
    big.decode(shifted),
  ]
  const guesses = ways.map((way): HiddenText => ({ where, text: plausible(way), isGuess: true }))
  // Bytes that are Chinese in UTF-8 are that by no accident.
  return [{ where, text: plausible(loose.decode(bytes)) }, ...guesses].filter(({ text }) => text !== '')
}

/** Whether a text read in an uncertain writing is one: nothing in it but letters, digits and punctuation. */
export function looksLikeText(text: string): boolean {
  return /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}\p{M}\p{Cf}\s]+$/u.test(text) && !text.includes('\ufffd')
}

/** Stretches that could be words or numbers; a letter stands between them, so that they are not read as one number. */
function plausible(text: string): string {
  return (text.match(/[\p{L}\p{N}\p{P}\p{S}\p{Zs}\p{M}\p{Cf}\t\r\n]{4,}/gu) ?? []).join('\u0000ꀀ\u0000')
}

/** Inflates with a limit; undefined for what does not inflate, or to more than the limit. */
export function inflate(bytes: Uint8Array, isRaw = false): Buffer | undefined {
  const options = { maxOutputLength: 16 * 1024 * 1024 }
  try {
    return isRaw ? inflateRawSync(bytes, options) : inflateSync(bytes, options)
  } catch {
    return undefined // damaged or a bomb: the caller says that it cannot be read
  }
}
