import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBytes, saveFile } from '../../../../test/sheet-files.ts'
import { neutralise, writeCsv, writeWorkbook } from './index.ts'

describe('what goes out', () => {
  it('can never be a formula', () => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
      expect(neutralise(`${sign}1`)).toBe(`'${sign}1`)
    expect(['', '1', '甲=1', "'=1"].map(neutralise)).toEqual(['', '1', '甲=1', "'=1"])
  })

  it('is a workbook of text cells that is read back', async () => {
    const target = saveFile('', 'out.xlsx')
    const columns = [{ label: '姓名', width: 10 }, { label: '号码' }]
    const rows = [
      ['张三', '430595199001011234'],
      ['=1+1', '00'],
      ['a\u0007b\ud800', ''],
    ]
    await writeWorkbook({
      target,
      sheets: [
        { name: '名/单', columns, rows },
        { name: '名 单', columns, rows: [] },
      ],
    })
    const { cells, report } = await readBytes(readFileSync(target))
    expect(cells).toEqual([['姓名', '号码'], ['张三', '430595199001011234'], ["'=1+1", '00'], ['ab\ufffd'], ['姓名', '号码']])
    expect(report.sheets.map((sheet) => sheet.name)).toEqual(['名 单', '名 单 2'])
  })

  it('keeps rare characters, and stands for itself what only looks like an escape', async () => {
    const target = saveFile('', 'rare.xlsx')
    const rows = [
      ['䶮𬱖', '<b>&"一"', '_x0041_', '甲\n乙', ' 两端 '],
      ['', '𠮷'.repeat(20_000)],
    ]
    const columns = ['一', '二', '三', '四', '五'].map((label) => ({ label }))
    await writeWorkbook({ target, sheets: [{ name: '䶮&<𬱖>', columns, rows }] })
    const { cells, report } = await readBytes(readFileSync(target))
    expect(cells[1]).toEqual(rows[0])
    expect(cells[2]?.[1]).toHaveLength(32_767)
    expect(report.sheets[0]?.name).toBe('䶮&<𬱖>')
  })

  it('has its title above and its lines below, which no reader takes for rows of the list', async () => {
    const target = saveFile('', 'official.xlsx')
    const columns = [{ label: '姓名' }, { label: '证件号码' }, { label: '户编号' }]
    const rows = Array.from({ length: 5 }, (_, no) => [`张${no}`, '', `H${no}`])
    const footer = () => [`共 ${rows.length} 户`]
    await writeWorkbook({
      target,
      sheets: [{ name: '表', columns, rows, title: '农户台账', subtitle: '单位：某县', footer, pageFooter: '内部 & 资料' }],
    })
    const { cells } = await readBytes(readFileSync(target))
    expect(cells).toEqual([['农户台账'], ['单位：某县'], columns.map(({ label }) => label), ...rows, ['共 5 户']])
    const ExcelJS = (await import('exceljs')).default
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(target)
    const sheet = book.getWorksheet('表')
    expect([sheet?.getCell('A1').isMerged, sheet?.getCell('C9').isMerged, sheet?.getCell('A3').font.bold]).toEqual([true, true, true])
    expect([sheet?.getCell('B4').border?.top?.style, sheet?.getCell('A1').border, sheet?.getColumn(1).border]).toEqual(['thin', {}, {}])
    expect([sheet?.getColumn(1).numFmt, sheet?.autoFilter, sheet?.headerFooter.oddFooter]).toEqual([
      '@',
      'A3:C8',
      '&L内部 && 资料&R第 &P 页，共 &N 页',
    ])
  })

  it('goes on in a next sheet with the same header where a sheet is full; the last lines stand once', async () => {
    const columns = [{ label: '号' }]
    for (const [count, sheets] of [
      [22, 2],
      [11, 1],
      [12, 2],
      [0, 1],
    ] as const) {
      const target = saveFile('', `long-${count}.xlsx`)
      const rows = async function* () {
        for (let no = 1; no <= count; no += 1) yield [String(no)]
      }
      await writeWorkbook({ target, lastRow: 20, sheets: [{ name: '长', columns, rows: rows(), footer: () => ['完'] }] })
      const { cells, report } = await readBytes(readFileSync(target))
      expect(report.sheets.filter((sheet) => sheet.rows > 0)).toHaveLength(sheets)
      expect(cells.filter(([first]) => first === '号')).toHaveLength(sheets)
      expect(cells.filter(([first]) => /^\d+$/.test(first ?? '')).map(([first]) => Number(first))).toEqual(
        Array.from({ length: count }, (_, at) => at + 1),
      )
      expect(cells.at(-1)).toEqual(['完'])
    }
  })

  it('leaves no stream open when the rows break off', async () => {
    const target = saveFile('', 'broken.xlsx')
    const rows = async function* () {
      yield ['1']
      throw new Error('broken off')
    }
    await expect(writeWorkbook({ target, sheets: [{ name: '断', columns: [{ label: '号' }], rows: rows() }] })).rejects.toThrow(
      'broken off',
    )
  })

  it('is text that is read back, with the mark Excel needs when asked', async () => {
    const target = saveFile('', 'out.csv')
    const rows = [
      ['姓名', '说明'],
      ['张三', 'a,"b"\n第二行'],
      ['-1', ' 空格 '],
    ]
    await writeCsv({ target, rows, bom: true })
    expect(readFileSync(target).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect((await readBytes(readFileSync(target))).cells).toEqual([rows[0], rows[1], ["'-1", ' 空格 ']])
  })
})
