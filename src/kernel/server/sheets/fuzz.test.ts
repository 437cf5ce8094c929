import { existsSync, fstatSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { makeChance, seed } from '../../../../test/chance.ts'
import { makeXls, makeZip, rowsXml, saveFile, toGb18030, xlsxEntries, type ZipEntry } from '../../../../test/sheet-files.ts'
import { labelsOf, openSheetFile, readSheets, readTables, understandTable, type RowBlock, type SheetFile } from './index.ts'
import { makePackStore } from './pack-rows.ts'
import { emptyReport, readInto } from './read-sheets.ts'
import { makeMessageReader, Unpacker, writeHead } from './sandbox-messages.ts'

const files = Number(process.env['BANGFU_FUZZ_FILES'] ?? (process.env['FUZZ'] === 'full' ? 5000 : 600))

const table = [
  ['某某表'],
  ['姓名', '证件号码', '联系电话', '__proto__'],
  ...Array.from({ length: 12 }, (_, at) => [`张${at}`, `43059519900101${1000 + at}`, '15400000001', 'constructor']),
]
const text = table.map((row) => row.join(',')).join('\r\n')
const workbook = {
  sheets: [
    {
      name: '表',
      rows: rowsXml(table),
      after: '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>',
      before: '<cols><col min="1" max="2" hidden="1"/></cols>',
    },
    {
      name: '二',
      rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45170</v></c></row><row r="9" hidden="1"><c r="C9"><f>1+1</f><v>4.3E+17</v></c></row>',
    },
  ],
  strings: '<si><t>共享</t></si><si><r><t>多</t></r></si>',
  styles: [0, 14],
}
const legacy = makeXls({
  sheets: [{ name: '名单', cells: [...table, ['x', 4.3e17, { number: 45170, style: 1 }, { formula: '文' }]] }],
  styles: [0, 14],
})

const page = `<html><head><style>td{}</style></head><body><table><col style="display:none">${table
  .map((row) => `<tr>${row.map((cell) => `<td colspan="1" x:num="1">${cell}</td>`).join('')}</tr>`)
  .join('')}</table><script>x</script></body></html>`
const xmlBook = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="a"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="表"><Table><Column ss:Index="2" ss:Hidden="1"/>${table
  .map(
    (row, at) =>
      `<Row ss:Index="${at + 1}">${row.map((cell, column) => `<Cell ss:Index="${column + 1}" ss:StyleID="a"><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`,
  )
  .join('')}</Table></Worksheet><Worksheet><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`

const evil = [
  '&#xD800;',
  '&#0;',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '</row>',
  '</c>',
  '</sheetData>',
  '<c',
  '"',
  '>',
  '<x:row>',
  '<!DOCTYPE a>',
  '_xD800_',
  '\0',
  '</v>',
  '<is>',
  '&',
  'xml:space',
  '<table>',
  '</table><table><tr>',
  '<td rowspan=65534 colspan=1000>',
  '<script>',
  '<!ENTITY a "b">',
  '<Row>',
  '<Cell ss:MergeAcross="99999" ss:Index="16384">',
  '</Cell>',
  '</Data>',
  '<Comment>',
  '<?',
]
const swaps: [RegExp, string[]][] = [
  [/ r="[A-Z]+\d+"/, [' r="XFE1"', ' r="A0"', ' r="XFD1048577"', ' r=""', ' r="1A"', '']],
  [/ r="\d+"/, [' r="0"', ' r="99999999"', ' r="-1"', ' r="1e3"', '']],
  [/<v>[^<]*<\/v>/, ['<v>99999</v>', '<v>-1</v>', '<v/>', '<v>1e999</v>', '<v>NaN</v>', '<v>', '<v>__proto__</v>']],
  [/ t="\w+"/, [' t="s"', ' t="d"', ' t="?"', ' t=""', ' t=s']],
  [/ s="\d+"/, [' s="999"', ' s="-1"']],
  [/ref="[^"]*"/, ['ref="A1:XFD1048576"', 'ref="A1"', 'ref="D1:A1"']],
  [/name="[^"]*"/, ['name=""', 'name="__proto__"', 'name="../x"']],
  [/Target="[^"]*"/, ['Target="../../x"', 'Target="http://a/b"', 'Target="%ff"', 'Target=""']],
  [/formatCode="[^"]*"|numFmtId="\d+"/, ['numFmtId="14"', 'numFmtId="x"']],
  [/ss:Index="\d+"/, ['ss:Index="0"', 'ss:Index="-1"', 'ss:Index="1e9"', 'ss:Index=""', 'ss:MergeDown="99999999"', 'ss:Span="1048576"']],
  [/ss:Type="\w+"/, ['ss:Type="Number"', 'ss:Type="DateTime"', 'ss:Type="?"', '']],
  [/colspan="1"/, ['colspan="1000"', 'rowspan="99999"', 'colspan="-1"', 'style="display:none"', 'colspan=']],
  [/min="\d+"/, ['min="0"', 'min="x"', 'min="99999999"']],
]

function spoilBytes(bytes: Buffer, chance: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  const at = chance(copy.length)
  switch (chance(6)) {
    case 0:
      return copy.subarray(0, at)
    case 1:
      for (let times = chance(20) + 1; times > 0; times -= 1) copy[chance(copy.length)] = chance(256)
      return copy
    case 2:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.min(copy.length, at + chance(300)))])
    case 3:
      return Buffer.concat([copy.subarray(0, at), Buffer.from(Array.from({ length: chance(40) }, () => chance(256))), copy.subarray(at)])
    case 4:
      copy.writeUInt32LE(chance(2 ** 31), Math.min(at, Math.max(0, copy.length - 4)))
      return copy
    default:
      return Buffer.concat([copy.subarray(0, at), copy.subarray(Math.max(0, at - chance(400)))])
  }
}

function spoilWorkbook(chance: (below: number) => number): Buffer {
  const entries: ZipEntry[] = xlsxEntries(workbook)
  for (let times = chance(3) + 1; times > 0; times -= 1) {
    const at = chance(entries.length)
    const entry = entries[at]
    if (entry === undefined) continue
    const [form, values] = swaps[chance(swaps.length)] ?? [/$/, ['']]
    const data = entry.data.toString()
    const cut = chance(data.length + 1)
    const kind = chance(6)
    if (kind < 2) entries[at] = { ...entry, data: data.slice(0, cut) + (evil[chance(evil.length)] ?? '') + data.slice(cut) }
    else if (kind < 4)
      entries[at] = { ...entry, data: data.slice(0, cut) + data.slice(cut).replace(form, values[chance(values.length)] ?? '') }
    else if (kind === 4) entries[at] = { ...entry, ...(chance(2) === 0 ? { saysCrc: chance(2 ** 31) } : { saysBytes: chance(5000) }) }
    else
      entries.splice(at, chance(2), {
        name: ['xl/worksheets/sheet1.xml', '..\\a', '/a', 'xl/a.zip', 'CON', 'ä\u0000'][chance(6)] ?? '',
        data: 'x',
      })
  }
  return makeZip(entries)
}

/** Web pages and XML workbooks: marks put in, values exchanged, bytes spoilt. */
function spoilMarkup(text: string, chance: (below: number) => number): Buffer {
  let spoilt = text
  for (let times = chance(4); times > 0; times -= 1) {
    const cut = chance(spoilt.length + 1)
    const [form, values] = swaps[chance(swaps.length)] ?? [/$/, ['']]
    spoilt =
      chance(2) === 0
        ? spoilt.slice(0, cut) + (evil[chance(evil.length)] ?? '') + spoilt.slice(cut)
        : spoilt.slice(0, cut) + spoilt.slice(cut).replace(form, values[chance(values.length)] ?? '')
  }
  const bytes = [Buffer.from(spoilt), toGb18030(spoilt), Buffer.from(`\ufeff${spoilt}`, 'utf16le')][chance(3)] ?? Buffer.from(spoilt)
  return chance(3) === 0 ? spoilBytes(bytes, chance) : bytes
}

function makeFile(chance: (below: number) => number): Buffer {
  const kind = chance(14)
  if (kind >= 10) return spoilMarkup(kind < 12 ? page : xmlBook, chance)
  if (kind < 5) return spoilWorkbook(chance)
  if (kind === 5) return spoilBytes(makeZip(xlsxEntries(workbook)), chance)
  if (kind < 8) return spoilBytes(legacy, chance)
  const forms = [
    Buffer.from(text),
    toGb18030(text),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    Buffer.from(`"${text}`),
  ]
  return spoilBytes(forms[chance(forms.length)] ?? Buffer.from(text), chance)
}

/** `rows`, or the code of the error that the file ended in. */
async function readWhole(bytes: Buffer): Promise<string> {
  const fields = [
    { key: 'name', labels: ['姓名'] },
    { key: 'number', labels: ['证件号码'], pattern: 'idNumber' as const },
    { key: '__proto__', labels: ['__proto__'] },
  ]
  try {
    const reading = readSheets(await openSheetFile({ path: saveFile(bytes, 'fuzz.xlsx') }))
    const told: number[] = []
    const input = { labels: labelsOf(fields), understand: (block: RowBlock) => understandTable(block, { fields, realign: true }) }
    for await (const { rows, aside } of readTables(reading, input)) {
      for (const { row, cells } of rows) {
        told.push(row)
        expect(cells.every((cell) => typeof cell === 'string' && cell.isWellFormed() && !cell.includes('\0'))).toBe(true)
      }
      told.push(...aside.map(({ row }) => row))
    }
    // Every row of the file is told once.
    expect(told).toHaveLength(reading.report.sheets.reduce((sum, sheet) => sum + sheet.rows, 0))
    return 'rows'
  } catch (error) {
    if (isNamedError(error)) return error.code
    throw error
  }
}

/** What a reading came to: its blocks, or the code of the error that it ended in. */
async function endOf(blocks: () => AsyncIterable<RowBlock>): Promise<unknown> {
  const read: RowBlock[] = []
  try {
    for await (const block of blocks()) read.push(block)
  } catch (error) {
    return isNamedError(error) ? error.code : error
  }
  return read
}

/** The blocks as the child of the sandbox packs them and its parent unpacks them, cut into pieces of any length on the way. */
async function* throughMessages(file: SheetFile, chance: (below: number) => number): AsyncGenerator<RowBlock> {
  const read = makeMessageReader()
  const unpacker = new Unpacker()
  for await (const { head, body } of readInto(file, emptyReport(file), makePackStore())) {
    const bytes = Buffer.concat([writeHead(head, body.length), body])
    const cut = chance(bytes.length)
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)])
      for (const message of read(piece)) if (message.head.kind === 'block') yield unpacker.unpack(message.head, message.body)
  }
}

/** Regular files that this process holds open; 0 where the system does not tell. */
function countOpenFiles(): number {
  if (!existsSync('/proc/self/fd')) return 0
  return readdirSync('/proc/self/fd').filter((name) => {
    try {
      return fstatSync(Number(name)).isFile()
    } catch {
      return false // closed since it was listed
    }
  }).length
}

it(`spoilt files give rows or a named error, never anything else (BANGFU_SEED=${seed})`, async () => {
  const ends = new Map<string, number>()
  const openBefore = countOpenFiles()
  for (let number = 0; number < files; number += 1) {
    const bytes = makeFile(makeChance(seed + number * 7919))
    const end = await readWhole(bytes).catch((error: unknown) => {
      throw new Error(`file ${number} of seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`)
    })
    ends.set(end, (ends.get(end) ?? 0) + 1)
    // The sandbox gives the very same.
    const file = await openSheetFile({ path: saveFile(bytes, 'fuzz.xlsx') }).catch(() => undefined)
    if (file === undefined) continue
    const packed = await endOf(() => throughMessages(file, makeChance(number)))
    expect(packed, `file ${number} of seed ${seed}`).toEqual(await endOf(() => readSheets(file)))
  }
  expect(countOpenFiles()).toBeLessThanOrEqual(openBefore)
  // The mutations must reach both ends, or the test tests nothing.
  expect(ends.get('rows')).toBeGreaterThan(files / 20)
  expect(ends.size).toBeGreaterThan(5)
}, 600_000)
