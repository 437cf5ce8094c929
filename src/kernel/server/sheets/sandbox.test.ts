import { describe, expect, it } from 'vitest'
import { makeXlsx, readAll, rowsXml, saveFile } from '../../../../test/sheet-files.ts'
import { openSheetFile, readSheets, readSheetsSandboxed, sandboxLimits } from './index.ts'

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

  it('ends when nobody wants more rows', async () => {
    const file = await openSheetFile({ path: saveFile(rows.map((row) => row.join(',')).join('\n')) })
    for await (const block of readSheetsSandboxed(file)) {
      expect(block.rows[0]?.cells).toEqual(rows[0])
      break
    }
  })
})
