import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { openSheetFile, readSheets, type Reading, type ReadReport, type RowBlock } from '../src/kernel/server/sheets/index.ts'

/** One entry of an archive made by hand; the last four lie about it. */
export interface ZipEntry {
  name: string
  data: string | Buffer
  saysBytes?: number
  saysCrc?: number
  flags?: number
  attributes?: number
}

/** Makes a zip archive byte by byte, so that tests can also make wrong ones. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const data = Buffer.from(entry.data)
    const packed = deflateRawSync(data)
    const name = Buffer.from(entry.name)
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE((entry.flags ?? 0) | 0x800, 2)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(entry.saysCrc ?? crc32(data), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(entry.saysBytes ?? data.length, 18)
    head.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((entry.attributes ?? 0) << 16) >>> 0, 6)
    tail.writeUInt32LE(offset, 10)
    locals.push(Buffer.from('PK\x03\x04', 'latin1'), head, name, packed)
    central.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), head, tail, name)
    offset += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

export interface XlsxParts {
  /** The XML between `<sheetData>` and its end, or a whole part when it begins with `<?xml` or `<!`. */
  sheets: { name: string; rows: string; before?: string; after?: string; state?: string }[]
  strings?: string
  formats?: string
  styles?: number[]
  date1904?: boolean
  more?: ZipEntry[]
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The entries of a workbook made by hand. */
export function xlsxEntries(parts: XlsxParts): ZipEntry[] {
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const relations = (inner: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`
  const sheets = parts.sheets.map(
    (sheet, at) =>
      `<sheet name="${sheet.name}" sheetId="${at + 1}"${sheet.state === undefined ? '' : ` state="${sheet.state}"`} r:id="s${at + 1}"/>`,
  )
  const xfs = (parts.styles ?? [0]).map((id) => `<xf numFmtId="${id}"/>`).join('')
  return [
    { name: '[Content_Types].xml', data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    { name: '_rels/.rels', data: relations(relation('w', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${parts.date1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations(
        parts.sheets.map((_, at) => relation(`s${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)).join('') +
          relation('t', 'sharedStrings', 'sharedStrings.xml') +
          relation('y', 'styles', 'styles.xml'),
      ),
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet xmlns="${main}"><numFmts>${parts.formats ?? ''}</numFmts><cellXfs count="1">${xfs}</cellXfs></styleSheet>`,
    },
    ...(parts.strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `<sst xmlns="${main}">${parts.strings}</sst>` }]),
    ...parts.sheets.map((sheet, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: /^<[?!]/.test(sheet.rows)
        ? sheet.rows
        : `<worksheet xmlns="${main}">${sheet.before ?? ''}<sheetData>${sheet.rows}</sheetData>${sheet.after ?? ''}</worksheet>`,
    })),
    ...(parts.more ?? []),
  ]
}

/** A workbook made by hand, as bytes. */
export function makeXlsx(parts: XlsxParts): Buffer {
  return makeZip(xlsxEntries(parts))
}

/** Rows of inline strings: `rowsXml([['a', 'b'], ['c']], 3)` are rows 3 and 4. */
export function rowsXml(rows: readonly (readonly string[])[], from = 1): string {
  return rows
    .map(
      (cells, at) =>
        `<row r="${from + at}">${cells.map((cell, column) => (cell === '' ? '' : `<c r="${letters(column)}${from + at}" t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`,
    )
    .join('')
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
}

/** A cell of a legacy workbook: text, number, number with a style, or a formula with a text result. */
export type XlsCell = string | number | { number: number; style: number } | { formula: string }

const record = (id: number, ...parts: (Buffer | number[])[]): Buffer => {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}
const u16 = (...values: number[]): Buffer => Buffer.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]))
const u32 = (value: number): Buffer => Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])
const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}
const wide = (text: string): Buffer => Buffer.concat([u16(text.length), Buffer.from([1]), Buffer.from(text, 'utf16le')])

export interface XlsParts {
  sheets: { name: string; state?: number; cells: readonly (readonly XlsCell[])[]; extra?: Buffer[] }[]
  /** Format number of each style. */
  styles?: number[]
  filePass?: boolean
  version?: number
  /** Characters after which the table of strings is cut and continued. */
  cutStringsAt?: number
}

/** A legacy workbook (BIFF8 in a compound document) made by hand: as much of the format as the tests need. */
export function makeXls(parts: XlsParts): Buffer {
  const strings: string[] = []
  const bof = (kind: number) => record(0x809, u16(parts.version ?? 0x600, kind, 0, 0), u32(0), u32(6))
  const bodies = parts.sheets.map((sheet) =>
    Buffer.concat([
      bof(0x10),
      ...(sheet.extra ?? []),
      ...sheet.cells.flatMap((row, at) => row.flatMap((cell, column) => xlsCell(cell, at, column, strings))),
      record(0x0a),
    ]),
  )
  const globals = (offsets: number[]): Buffer =>
    Buffer.concat([
      bof(5),
      ...(parts.filePass === true ? [record(0x2f, u16(1, 1))] : []),
      ...(parts.styles ?? [0]).map((format) => record(0xe0, u16(0, format), Buffer.alloc(16))),
      ...parts.sheets.map((sheet, at) =>
        record(0x85, u32(offsets[at] ?? 0), [sheet.state ?? 0, 0, sheet.name.length, 1], Buffer.from(sheet.name, 'utf16le')),
      ),
      ...sharedStrings(strings, parts.cutStringsAt),
      record(0x0a),
    ])
  let at = globals(bodies.map(() => 0)).length
  const offsets = bodies.map((body) => (at += body.length) - body.length)
  return makeCompound([{ name: 'Workbook', data: Buffer.concat([globals(offsets), ...bodies]) }])
}

function xlsCell(cell: XlsCell, row: number, column: number, strings: string[]): Buffer[] {
  const place = (style: number) => u16(row, column, style)
  if (cell === '') return []
  if (typeof cell === 'string') return [record(0xfd, place(0), u32(strings.push(cell) - 1))]
  if (typeof cell === 'number') return [record(0x203, place(0), f64(cell))]
  if ('formula' in cell) return [record(0x06, place(0), [0, 0, 0, 0, 0, 0, 0xff, 0xff], Buffer.alloc(8)), record(0x207, wide(cell.formula))]
  return [record(0x203, place(cell.style), f64(cell.number))]
}

function sharedStrings(strings: string[], cutAt: number | undefined): Buffer[] {
  const head = Buffer.concat([u32(strings.length), u32(strings.length)])
  const first = strings[0] ?? ''
  if (cutAt === undefined) return [record(0xfc, head, ...strings.map(wide))]
  const begun = Buffer.concat([u16(first.length), Buffer.from([1]), Buffer.from(first.slice(0, cutAt), 'utf16le')])
  return [record(0xfc, head, begun), record(0x3c, [1], Buffer.from(first.slice(cutAt), 'utf16le'), ...strings.slice(1).map(wide))]
}

/** A compound document with streams of at least 4,096 bytes (shorter ones are padded), sectors of 512. */
export function makeCompound(streams: readonly { name: string; data: Buffer }[]): Buffer {
  const sectors: Buffer[] = []
  const table: number[] = []
  const add = (data: Buffer): number => {
    const start = sectors.length
    for (let at = 0; at < data.length; at += 512) {
      sectors.push(Buffer.concat([data.subarray(at, at + 512), Buffer.alloc(Math.max(0, at + 512 - data.length))]))
      table.push(at + 512 < data.length ? sectors.length : 0xfffffffe)
    }
    return start
  }
  const entry = (name: string, kind: number, start: number, size: number): Buffer => {
    const bytes = Buffer.alloc(128)
    bytes.write(name, 'utf16le')
    bytes.writeUInt16LE(name.length * 2 + 2, 64)
    bytes[66] = kind
    bytes.fill(0xff, 68, 80)
    bytes.writeUInt32LE(start >>> 0, 116)
    bytes.writeUInt32LE(size, 120)
    return bytes
  }
  const entries = streams.map(({ name, data }) => {
    const padded = Buffer.concat([data, Buffer.alloc(Math.max(0, 4096 - data.length))])
    return entry(name, 2, add(padded), padded.length)
  })
  const directory = add(Buffer.concat([entry('Root Entry', 5, 0xfffffffe, 0), ...entries]))
  const tableAt = sectors.length
  const tableSectors = Math.ceil((table.length + Math.ceil(table.length / 127) + 1) / 128)
  for (let at = 0; at < tableSectors; at += 1) table.push(0xfffffffd)
  const bytes = Buffer.alloc(tableSectors * 512, 0xff)
  table.forEach((value, at) => bytes.writeUInt32LE(value, at * 4))
  const header = Buffer.alloc(512)
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  u16(0x3e, 3, 0xfffe, 9, 6).copy(header, 24)
  header.writeUInt32LE(tableSectors, 44)
  header.writeUInt32LE(directory, 48)
  header.writeUInt32LE(4096, 56)
  header.writeUInt32LE(0xfffffffe, 60)
  header.writeUInt32LE(0xfffffffe, 68)
  header.fill(0xff, 76, 512)
  for (let at = 0; at < tableSectors; at += 1) header.writeUInt32LE(tableAt + at, 76 + at * 4)
  return Buffer.concat([header, ...sectors, bytes])
}

/** Of this worker: test files share this module, so that it ends with their process. */
let folder: string | undefined
let made = 0
process.once('exit', () => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/** Puts bytes into a file of their own in the system's temporary folder. */
export function saveFile(bytes: Buffer | string, name = 'sheet'): string {
  folder ??= mkdtempSync(join(tmpdir(), 'bangfu-sheets-'))
  const path = join(folder, `${(made += 1)}-${name}`)
  writeFileSync(path, bytes)
  return path
}

/** Everything a reading gives, and its report. */
export async function readAll(reading: Reading): Promise<{ blocks: RowBlock[]; report: ReadReport }> {
  const blocks: RowBlock[] = []
  for await (const block of reading) blocks.push(block)
  return { blocks, report: reading.report }
}

/** Opens and reads bytes as a file; rows of all sheets together. */
export async function readBytes(
  bytes: Buffer | string,
  name?: string,
): Promise<{ blocks: RowBlock[]; report: ReadReport; rows: RowBlock['rows']; cells: string[][] }> {
  const { blocks, report } = await readAll(readSheets(await openSheetFile({ path: saveFile(bytes, name) })))
  const rows = blocks.flatMap((block) => block.rows)
  return { blocks, report, rows, cells: rows.map((row) => row.cells) }
}

/** GB18030 bytes of a text; only what these tests need of the encoding (found by decoding all two-byte pairs once). */
export function toGb18030(text: string): Buffer {
  if (gbBytes.size === 0) {
    const decoder = new TextDecoder('gb18030')
    for (let lead = 0x81; lead < 0xff; lead += 1) {
      for (let trail = 0x40; trail < 0xff; trail += 1) gbBytes.set(decoder.decode(Buffer.from([lead, trail])), [lead, trail])
    }
  }
  return Buffer.from(
    Array.from(text).flatMap((character) => (character.charCodeAt(0) < 128 ? [character.charCodeAt(0)] : (gbBytes.get(character) ?? [63]))),
  )
}
const gbBytes = new Map<string, number[]>()
