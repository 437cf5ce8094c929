import { decodeText, guessTexts, inflate, isUtf8, looksLikeText, type HiddenText } from './notice-hidden-bytes.ts'
import { readXmp } from './notice-hidden-jpeg.ts'

/**
 * What a PDF says: strings of all objects (title, author, notes, forms, bookmarks), the strings of its pages as far as they are text, its XMP,
 * comments, and what follows the end. A PDF that is locked or packed in a way we do not read is marked unreadable.
 */
export function readPdf(bytes: Buffer): HiddenText[] {
  const text = bytes.toString('latin1')
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) return [{ where: 'PDF', text: '', mark: 'unreadable' }]
  const found: HiddenText[] = []
  let rest = 0
  const outside: string[] = []
  for (const match of text.matchAll(/\bstream\r?\n/g)) {
    if (match.index < rest) continue
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    if (end < 0) break
    const head = text.slice(Math.max(rest, text.lastIndexOf(' obj', match.index)), match.index)
    outside.push(text.slice(rest, match.index))
    found.push(...readStream(head, bytes.subarray(start, end)))
    rest = end
  }
  outside.push(text.slice(rest))
  return [...found, ...readObjects('PDF', outside.join('\n'))]
}

/** Streams of pictures and fonts hold no words. */
const wordless =
  /\/Subtype\s*\/(Image|Type1C|CIDFontType0C|OpenType)|\/FontFile|\/Length[123]\b|\/FunctionType|\/N\s+[134]\b(?![^]*\/ObjStm)/

function readStream(head: string, packed: Buffer): HiddenText[] {
  if (wordless.test(head) && !head.includes('/ObjStm') && !head.includes('/Metadata')) return []
  const filters = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(head)?.[1] ?? ''
  const names = [...filters.matchAll(/\/(\w+)/g)].map(([, name]) => name ?? '')
  let body: Buffer | undefined = packed
  for (const name of names) body = body === undefined ? undefined : unpack(name, body)
  if (body === undefined) return [{ where: 'PDF', text: '', mark: 'unreadable' }]
  if (head.includes('/Metadata')) return readXmp(body)
  if (/\/Type\s*\/XRef/.test(head) || names.includes('DCTDecode')) return []
  const strings = readObjects('PDF', body.toString('latin1'))
  // A page writes a word in pieces, sign by sign.
  const joined = strings.map((one) => one.text).join('')
  return head.includes('/ObjStm') || joined === '' ? strings : [...strings, { where: 'PDF', text: joined, isGuess: true }]
}

function unpack(filter: string, body: Buffer): Buffer | undefined {
  if (filter === 'FlateDecode' || filter === 'Fl') return inflate(body) ?? inflate(body.subarray(0, body.length - 1))
  if (filter === 'ASCIIHexDecode' || filter === 'AHx') return Buffer.from(body.toString('latin1').replace(/[^0-9a-f]/gi, ''), 'hex')
  return filter === 'DCTDecode' || filter === 'JPXDecode' || filter === 'CCITTFaxDecode' || filter === 'JBIG2Decode'
    ? Buffer.alloc(0)
    : undefined
}

/** All strings, names and comments of some objects. */
function readObjects(where: string, text: string): HiddenText[] {
  const found: HiddenText[] = []
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '(') {
      const { bytes, end } = literal(text, at)
      found.push(...textOf(where, bytes))
      at = end
    } else if (sign === '<' && text[at + 1] === '<') at += 1
    else if (sign === '<') {
      const end = text.indexOf('>', at)
      if (end < 0) break
      found.push(...textOf(where, Buffer.from(text.slice(at + 1, end).replace(/\s/g, ''), 'hex')))
      at = end
    } else if (sign === '%') {
      const end = lineEnd(text, at)
      const comment = text.slice(at + 1, end)
      if (!/^(PDF-|%EOF|[\u0080-\u00ff]{4})/.test(comment)) found.push(...textOf(where, Buffer.from(comment, 'latin1')))
      at = end
    } else if (sign === '/') {
      const name = /^\/[^\s/<>()[\]{}%]*/.exec(text.slice(at, at + 200))?.[0] ?? ''
      const plain = name.slice(1).replace(/#([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      if (plain.length >= 7) found.push(...textOf(where, Buffer.from(plain, 'latin1')))
      at += Math.max(0, name.length - 1)
    }
  }
  return found
}

const lineEnd = (text: string, from: number) => {
  const found = /[\r\n]/.exec(text.slice(from, from + 4096))
  return found === null ? Math.min(text.length, from + 4096) : from + found.index
}

/** Text of a string: marked, or UTF-8; anything else is a guess. */
function textOf(where: string, bytes: Buffer): HiddenText[] {
  if (bytes.length === 0) return []
  const isMarked = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)
  if (isMarked || isUtf8(bytes)) return [{ where, text: decodeText(bytes) }]
  const text = decodeText(bytes)
  return [{ where, text, ...(looksLikeText(text) ? {} : { isGuess: true as const }) }, ...guessTexts(where, bytes)]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A string in brackets with its escapes; brackets may stand in pairs within. */
function literal(text: string, from: number): { bytes: Buffer; end: number } {
  let [out, depth, at] = ['', 1, from + 1]
  for (; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0]
      const next = text[at + 1] ?? ''
      if (octal !== undefined) out += String.fromCharCode(Number.parseInt(octal, 8) & 255)
      else if (next === '\r' && text[at + 2] === '\n') at += 1
      else if (next !== '\n' && next !== '\r') out += escapes[next] ?? next
      at += octal?.length ?? 1
      continue
    }
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth === 0) break
    out += sign
  }
  return { bytes: Buffer.from(out, 'latin1'), end: at }
}
