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
