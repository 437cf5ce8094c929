import { isAscii } from 'node:buffer'
import { sheetErrors } from './errors.ts'
import { isDateFormat, isDateFormatId } from './numbers.ts'
import { mostMerges, type Merge, type SheetNote } from './sheet-types.ts'
import { attributesOf, decodeExcelText, decodeXml, tagsOf, withoutZeros } from './xml.ts'
import { checkProlog, readPart, unpack, zipLimits, type CheckedZip } from './zip.ts'

const longestElement = 32 * 1024 * 1024

/** What must be known of a workbook before its sheets can be read. */
export interface WorkbookParts {
  sheets: { name: string; part: string; state: 'visible' | 'hidden' | 'not-cells' }[]
  date1904: boolean
  /** For each style number whether it shows a date. */
  dateStyles: boolean[]
  strings: string[]
}

/** Notes what the archive carries besides cells; none of it is ever opened. */
export function noteExtras(zip: CheckedZip): SheetNote[] {
  const names = [...zip.entries.keys()]
  const notes: SheetNote[] = []
  if (names.some((name) => /vbaProject\.bin$|^xl\/macrosheets\//i.test(name))) notes.push('macros')
  if (names.some((name) => /^xl\/(externalLinks\/|connections\.xml)/i.test(name))) notes.push('external-links')
  if (names.some((name) => /^xl\/(embeddings|activeX|ctrlProps)\//i.test(name))) notes.push('embedded-objects')
  return notes
}

/** The name of the workbook part, or what kind of other document the archive is. */
export async function findWorkbook(zip: CheckedZip): Promise<string> {
  const relations = await readRelations(zip, '_rels/.rels', '')
  const main = [...relations.values()].find((relation) => relation.type.endsWith('/officeDocument'))?.part
  const part = main ?? 'xl/workbook.xml'
  if (/workbook\d*\.xml$/i.test(part) && zip.entries.has(part)) return part
  const names = [...zip.entries.keys()]
  const kind = ['word/', 'ppt/'].find((folder) => names.some((name) => name.startsWith(folder)))
  if (kind !== undefined) throw sheetErrors.wrongKind({ kind: kind === 'word/' ? 'docx' : 'pptx' })
  if (names.includes('xl/workbook.bin')) throw sheetErrors.wrongKind({ kind: 'xlsb' })
  if (names.includes('content.xml') && names.includes('mimetype')) throw sheetErrors.wrongKind({ kind: 'ods' })
  throw names.some((name) => name.startsWith('xl/'))
    ? sheetErrors.damagedFile({ part: 'xl/workbook.xml', reason: 'missing' })
    : sheetErrors.wrongKind({ kind: 'zip' })
}

/** Reads the workbook, its styles and its shared strings. */
export async function readWorkbook(zip: CheckedZip): Promise<WorkbookParts> {
  const part = await findWorkbook(zip)
  const xml = (await readPart(zip, part)) ?? ''
  const folder = part.slice(0, part.lastIndexOf('/') + 1)
  const relations = await readRelations(zip, `${folder}_rels/${part.slice(folder.length)}.rels`, folder)
  const byType = (type: string): string | undefined => [...relations.values()].find((relation) => relation.type.endsWith(type))?.part
  const properties = [...tagsOf(xml, 'workbookPr')][0]
  const styles = (await readPart(zip, byType('/styles') ?? `${folder}styles.xml`, zipLimits.styleBytes)) ?? ''
  return {
    sheets: listSheets(xml, relations, zip),
    date1904: /^(1|true)$/.test(properties?.get('date1904') ?? ''),
    dateStyles: readDateStyles(styles),
    strings: await readStrings(zip, byType('/sharedStrings') ?? `${folder}sharedStrings.xml`),
  }
}

type Relations = Map<string, { type: string; part: string }>

export async function readRelations(zip: CheckedZip, name: string, folder: string): Promise<Relations> {
  const found: Relations = new Map()
  for (const tag of tagsOf((await readPart(zip, name)) ?? '', 'Relationship')) {
    const target = tag.get('Target') ?? ''
    const part = target.startsWith('/') ? target.slice(1) : new URL(`${folder}${target}`, 'part:///').pathname.slice(1)
    if (tag.get('TargetMode') !== 'External') found.set(tag.get('Id') ?? '', { type: tag.get('Type') ?? '', part: decodePath(part) })
  }
  return found
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function listSheets(xml: string, relations: Relations, zip: CheckedZip): WorkbookParts['sheets'] {
  const sheets: WorkbookParts['sheets'] = []
  for (const tag of tagsOf(xml, 'sheet')) {
    const relation = relations.get(tag.get('id') ?? '')
    const name = tag.get('name') ?? `Sheet${sheets.length + 1}`
    const hidden = /hidden/i.test(tag.get('state') ?? '')
    const cells = relation === undefined || relation.type.endsWith('/worksheet')
    const part = relation?.part ?? `xl/worksheets/sheet${tag.get('sheetId') ?? ''}.xml`
    if (cells && !hidden && !zip.entries.has(part)) throw sheetErrors.damagedFile({ part, sheet: name, reason: 'missing' })
    sheets.push({ name, part, state: hidden ? 'hidden' : cells ? 'visible' : 'not-cells' })
  }
  if (sheets.length === 0) throw sheetErrors.damagedFile({ part: 'xl/workbook.xml', reason: 'no sheets' })
  return sheets
}

function readDateStyles(xml: string): boolean[] {
  const codes = new Map<number, string>()
  for (const tag of tagsOf(xml, 'numFmt')) codes.set(Number(tag.get('numFmtId')), tag.get('formatCode') ?? '')
  const formats = /<(?:[\w-]+:)?cellXfs[\s>][\s\S]*?<\/(?:[\w-]+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  return [...tagsOf(formats, 'xf')].map((tag) => {
    const id = Number(tag.get('numFmtId') ?? 0)
    const code = codes.get(id)
    return code === undefined ? isDateFormatId(id) : isDateFormat(code)
  })
}

async function readStrings(zip: CheckedZip, part: string): Promise<string[]> {
  const strings: string[] = []
  if (!zip.entries.has(part)) return strings
  const item = /<(?:[\w-]+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:[\w-]+:)?si>)/g
  for await (const { text, final } of textBlocks(zip, part)) {
    item.lastIndex = 0
    let end = 0
    for (let match = item.exec(text.value); match !== null; match = item.exec(text.value)) {
      strings.push(own(textOf(match[1] ?? '')))
      end = item.lastIndex
    }
    text.value = final ? '' : text.value.slice(end)
  }
  return strings
}

/** A copy that does not keep the block alive which it was cut from (V8 cuts long strings by reference). */
function own(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** The text of a string item or inline string: all runs joined, phonetic hints left out. */
export function textOf(xml: string): string {
  const simple = /^\s*<(?:[\w-]+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:[\w-]+:)?t>\s*$/.exec(xml)
  if (simple !== null) return decodeExcelText(decodeXml(simple[1] ?? ''))
  const bare = xml
    .replace(/<(?:[\w-]+:)?rPh[\s>][\s\S]*?<\/(?:[\w-]+:)?rPh>/g, '')
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  let text = ''
  for (const run of bare.matchAll(/<(?:[\w-]+:)?t(?:\s[^>]*)?>([^<]*)<\//g)) text += run[1] ?? ''
  return decodeExcelText(decodeXml(text))
}

/** Streams a part as text; the consumer leaves in `text.value` what it has not used yet. Whatever piles up beyond 32 Mi characters is refused. */
export async function* textBlocks(zip: CheckedZip, part: string): AsyncGenerator<{ text: { value: string }; final: boolean }> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const text = { value: '' }
  let first = true
  let isWhole = true
  for await (const block of unpack(zip, part)) {
    if (first) checkProlog(block, part)
    first = false
    // Sheets are nearly all ASCII, which needs no decoder unless a character was cut in two before it.
    const plain = isWhole && isAscii(block) ? block.toString('latin1') : decoder.decode(block, { stream: true })
    isWhole = (block[block.length - 1] ?? 0) < 0x80
    text.value += withoutZeros(plain)
    if (text.value.length > longestElement) throw sheetErrors.damagedFile({ part, reason: 'one element is too long' })
    yield { text, final: false }
  }
  text.value += decoder.decode()
  yield { text, final: true }
}

/** The merged cells of a sheet that may belong to headers. They stand behind the cells, so the part is unpacked once more. */
export async function readMerges(zip: CheckedZip, part: string): Promise<Merge[]> {
  let tail: string | undefined
  let before = ''
  for await (const block of unpack(zip, part)) {
    const text = before + block.toString('latin1')
    if (tail !== undefined) tail += block.toString('latin1')
    else if (/<\/(?:[\w-]+:)?sheetData>|sheetData\s*\/>/.test(text)) tail = text.slice(text.lastIndexOf('sheetData'))
    if (tail !== undefined && (tail.length > 8 * 1024 * 1024 || tail.includes('mergeCells>'))) break
    before = tail === undefined ? text.slice(-64) : ''
  }
  const merges: Merge[] = []
  for (const match of (tail ?? '').matchAll(/<(?:[\w-]+:)?mergeCell\s[^<>]*>/g)) {
    const merge = readRange(attributesOf(match[0]).get('ref') ?? '')
    if (merge !== undefined && merges.length < mostMerges) merges.push(merge)
  }
  return merges
}

function readRange(range: string): Merge | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(range)
  if (match === null) return undefined
  return { left: columnOf(match[1] ?? ''), top: Number(match[2]), right: columnOf(match[3] ?? ''), bottom: Number(match[4]) }
}

function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
