import { decodeText, guessTexts, inflate, type HiddenText } from './notice-hidden-bytes.ts'

const mostEntries = 2_000
const mostBytes = 64 * 1024 * 1024

/** What an office document says: properties, comments and text of all its parts, names of parts, pictures within by `readInner`. Macros and other programs are unreadable. */
export function readZip(bytes: Buffer, readInner: (inner: Buffer) => HiddenText[]): HiddenText[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) return [{ where: 'zip', text: '', mark: 'unreadable' }]
  const found: HiddenText[] = guessTexts('zip', bytes.subarray(end + 22))
  const count = Math.min(bytes.readUInt16LE(end + 10), mostEntries)
  let [at, total] = [bytes.readUInt32LE(end + 16), 0]
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(bytes, at)
    if (entry === undefined) return [...found, { where: 'zip', text: '', mark: 'unreadable' }]
    total += entry.body?.length ?? 0
    if (entry.body === undefined || total > mostBytes) found.push({ where: entry.name, text: '', mark: 'unreadable' })
    else found.push(...readPart(entry.name, entry.body, readInner))
    found.push({ where: 'zip', text: entry.name }, ...entry.comments)
    at = entry.next
  }
  return found
}

function readEntry(bytes: Buffer, at: number) {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined
  const [flags, method, packed] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number] // three offsets, three lengths
  const name = decodeText(bytes.subarray(at + 46, at + 46 + nameLength))
  const local = bytes.readUInt32LE(at + 42)
  const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const data = bytes.subarray(from, from + packed)
  const isOpen = (flags & 1) === 0 && (method === 0 || method === 8)
  return {
    name,
    body: isOpen ? (method === 0 ? data : inflate(data, true)) : undefined,
    comments: guessTexts(name, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength + commentLength)),
    next: at + 46 + nameLength + extraLength + commentLength,
  }
}

function readPart(name: string, body: Buffer, readInner: (inner: Buffer) => HiddenText[]): HiddenText[] {
  if (/\.(xml|rels|vml|txt|html?|rdf)$/i.test(name) || name === 'mimetype') return readMarkup(name, decodeText(body))
  if (/\.(jpe?g|png|gif|webp|tiff?)$/i.test(name)) return readInner(body).map((one) => ({ ...one, where: `${name} ${one.where}` }))
  if (/\.(ttf|odttf|fntdata|emf|wmf|wdp)$/i.test(name)) return guessTexts(name, body)
  return name.endsWith('/') || body.length === 0 ? [] : [{ where: name, text: '', mark: 'unreadable' }]
}

/** Text of a part, its pieces put together by paragraph, and what stands in attributes. */
function readMarkup(where: string, text: string): HiddenText[] {
  const words = text
    .replace(/<\/(w:p|a:p|text:p|si|c|row|li|dc:\w+|cp:\w+|vt:\w+|w:comment)>|<(w:br|w:tab|text:line-break)\b[^>]*>/g, '\n¶ꀀ¶\n')
    .replace(/<[^>]*>/g, '')
  const attributes = [...text.matchAll(/=\s*"([^"]{2,400})"|=\s*'([^']{2,400})'/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((value) => !/^(https?:|[0-9A-F]{8}$|\{[0-9A-F-]{36}\}$|#[0-9A-F]{6}$|-?\d{1,10}(\.\d+)?(pt|in|mm|cm|%)?$)/i.test(value))
  return [{ where, text: unescape(words) }, ...(attributes.length === 0 ? [] : [{ where, text: unescape(attributes.join('\n¶ꀀ¶\n')) }])]
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '0', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
