import { describe, expect, it } from 'vitest'
import { makeXlsx, readAll, rowsXml, saveFile } from '../../../../test/sheet-files.ts'
import { openSheetFile, readSheets, readSheetsSandboxed, sandboxLimits } from './index.ts'
import { makeMessageReader, Unpacker, writeHead } from './sandbox-messages.ts'

const rows = Array.from({ length: 3000 }, (_, at) => [`${at}`, `张${at}`, '', at % 2 === 0 ? '末' : ''])

describe('the child that parses', () => {
  it('gives the same blocks and the same report as reading here', async () => {
    const sheets = [
      {
        name: '表',
        rows: `${rowsXml(rows)}<row r="3002" hidden="1"><c r="B3002"><v>4.3E+17</v></c></row>`,
        after: '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
      },
      { name: '隐', rows: '', state: 'hidden' },
    ]
    const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets })) })
    expect(await readAll(readSheetsSandboxed(file))).toEqual(await readAll(readSheets(file)))
  })

  it('gives texts of every length and script, those that come again too', async () => {
    const texts = [
      '是',
      '否',
      'A',
      'ÿé',
      '0123456789012',
      '二'.repeat(13),
      '长'.repeat(65),
      'x'.repeat(300),
      '\u{20000}',
      '430595199001011234',
    ]
    const strings = texts.map((text) => `<si><t>${text}</t></si>`).join('')
    const cell = (row: number, at: number): string =>
      `<c r="${String.fromCharCode(65 + (at % 26))}${row}" t="s"><v>${(row * 7 + at) % 10}</v></c>`
    const sheet = Array.from({ length: 1200 }, (_, at) => {
      const columns = Array.from({ length: 26 }, (__, column) => column).filter((column) => (column * 7 + at) % 5 !== 0)
      const tail =
        at % 3 === 0 ? '' : `<c r="AA${at + 1}"><v>-1${at}.5</v></c><c r="AC${at + 1}" t="inlineStr"><is><t>${texts[at % 10]}</t></is></c>`
      return `<row r="${at + 1}">${columns.map((column) => cell(at + 1, column)).join('')}${tail}</row>`
    }).join('')
    const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets: [{ name: 'a', rows: sheet }], strings })) })
    const here = await readAll(readSheets(file))
    expect(here.blocks.flatMap((block) => block.rows)).toHaveLength(1200)
    expect(await readAll(readSheetsSandboxed(file))).toEqual(here)
    const list = await openSheetFile({ path: saveFile(Array.from({ length: 2000 }, (_, at) => texts.slice(at % 10).join(',')).join('\n')) })
    expect(await readAll(readSheetsSandboxed(list))).toEqual(await readAll(readSheets(list)))
  })

  it('refuses first rows that are larger than any list', async () => {
    const cells = Array.from({ length: 5000 }, () => '<c t="s"><v>0</v></c>').join('')
    const sheet = Array.from({ length: 3 }, () => `<row>${cells}</row>`).join('')
    const strings = `<si><t>${'x'.repeat(32_000)}</t></si>`
    const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets: [{ name: 'a', rows: sheet }], strings })) })
    await expect(readAll(readSheetsSandboxed(file))).rejects.toMatchObject({ code: 'sheets.too-large-unpacked' })
  })

  it('hands on the refusal of a damaged file', async () => {
    const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets: [{ name: 'a', rows: '<row r="1"><c r="A0"/></row>' }] })) })
    await expect(readAll(readSheetsSandboxed(file))).rejects.toMatchObject({ code: 'sheets.damaged-file', details: { sheet: 'a' } })
  })

  it('is killed when it stays silent', async () => {
    const file = await openSheetFile({ path: saveFile('a,b\n1,2\n') })
    await expect(readAll(readSheetsSandboxed(file, { ...sandboxLimits, quietMs: 1 }))).rejects.toMatchObject({
      code: 'sheets.reader-timed-out',
    })
    await expect(readAll(readSheetsSandboxed(file, { ...sandboxLimits, totalMs: 1 }))).rejects.toMatchObject({
      code: 'sheets.reader-timed-out',
    })
  })

  it('dies alone when it needs more memory than it may have', async () => {
    const strings = Array.from({ length: 400_000 }, (_, at) => `<si><t>一段比较长的文字${at}</t></si>`).join('')
    const file = await openSheetFile({ path: saveFile(makeXlsx({ sheets: [{ name: 'a', rows: '' }], strings })) })
    await expect(readAll(readSheetsSandboxed(file, { ...sandboxLimits, megabytes: 16 }))).rejects.toMatchObject({
      code: 'sheets.reader-too-big',
    })
  })

  it('takes a message that is not sound for a crash', () => {
    const head = { kind: 'block' as const, sheet: 'a', rows: 1, codes: 1, wide: 0, narrow: 3, lost: [], hidden: [] }
    const body = Buffer.alloc(15)
    body.writeInt32LE(2, 4) // a row of two cells, where there is one
    const crash = expect.objectContaining({ code: 'sheets.reader-crashed' })
    expect(() => new Unpacker().unpack(head, body)).toThrow(crash)
    expect(() => new Unpacker().unpack({ ...head, narrow: 4 }, body)).toThrow(crash)
    const read = makeMessageReader()
    expect(() => [...read(Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]))]).toThrow(crash)
    expect(() => [...makeMessageReader()(Buffer.concat([writeHead(head, 0).fill('{', 8)]))]).toThrow(crash)
  })

  it('ends when nobody wants more rows', async () => {
    const file = await openSheetFile({ path: saveFile(rows.map((row) => row.join(',')).join('\n')) })
    for await (const block of readSheetsSandboxed(file)) {
      expect(block.rows[0]?.cells).toEqual(rows[0])
      break
    }
  })
})
