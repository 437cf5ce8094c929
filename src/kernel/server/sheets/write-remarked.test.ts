import { readFileSync } from 'node:fs'
import { PassThrough, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { makeXls, readBytes, saveFile } from '../../../../test/sheet-files.ts'
import { openSheetFile, readSheets, writeComments, writeRemarked, writeWorkbook, type CellRemark } from './index.ts'

async function remarked(bytes: Buffer | string, name: string, remarks: ReadonlyMap<string, readonly CellRemark[]>): Promise<string> {
  const target = new PassThrough()
  const written = buffer(target)
  const blocks = readSheets(await openSheetFile({ path: saveFile(bytes, name) }))
  await writeRemarked({ target, blocks, remarks, unnamed: '数据' })
  return saveFile(await written, 'back.xlsx')
}

describe('a list that goes back with remarks', () => {
  it('has its rows at their numbers as text, and each remark in its cell', async () => {
    const list = '姓名,身份证号,电话\n张三,430595199001011234,\n\n=1+1,-5,"<a&b>"\n'
    const remarks: CellRemark[] = [
      { row: 4, column: 6, text: '多了一列 <&"' },
      { row: 2, column: 2, text: '没有电话' },
      { row: 4, column: 0, text: '不是姓名' },
      { row: 9, column: 0, text: '没有这一行' },
    ]
    const path = await remarked(list, '名单.csv', new Map([['', remarks]]))
    const { cells } = await readBytes(readFileSync(path))
    expect(cells).toEqual([['姓名', '身份证号', '电话'], ['张三', '430595199001011234'], [], ["'=1+1", '-5', '<a&b>']])
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.readFile(path)
    const sheet = workbook.getWorksheet('数据')
    expect(['C2', 'A4', 'G4', 'A9'].map((at) => sheet?.getCell(at).note)).toEqual(['没有电话', '不是姓名', '多了一列 <&"', undefined])
    expect([sheet?.getCell('B2').type, sheet?.getCell('B2').numFmt]).toEqual([exceljs.ValueType.String, '@'])
    expect([sheet?.getCell('C2').fill, sheet?.getCell('B2').fill]).toMatchObject([{ fgColor: { argb: 'FFFFF1B8' } }, { pattern: 'none' }])
  })

  it('keeps its sheets with their names, remarks on each', async () => {
    const long = '二〇二三年度某县某镇监测对象信息采集情况汇总表格（定稿）一' // 29 characters: Excel takes 31
    const sheets = [
      { name: '一组 ', cells: [['姓名'], ['张三']] },
      { name: long, cells: [['姓名'], ['李四']] },
    ]
    const remarks = new Map([long, '一组 '].map((name) => [name, [{ row: 2, column: 0, text: `${name}：错` }]]))
    const path = await remarked(makeXls({ sheets }), '名单.xls', remarks)
    const workbook = new exceljs.Workbook()
    await workbook.xlsx.readFile(path)
    const found = workbook.worksheets.map((sheet) => [sheet.name, sheet.getCell('A2').value, sheet.getCell('A2').note])
    expect(found).toEqual([
      ['一组 ', '张三', '一组 ：错'],
      [long, '李四', `${long}：错`],
    ])
    // A workbook of ours is one that comments can be put into.
    const again = new PassThrough()
    const bytes = buffer(again)
    expect(await writeComments({ file: await openSheetFile({ path }), target: again, remarks })).toBe(true)
    expect((await readBytes(await bytes)).cells).toEqual([['姓名'], ['张三'], ['姓名'], ['李四']])
  })
})

describe('a target that fails', () => {
  it('ends the writing with its error, and one that was closed does too', async () => {
    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no space left')) })
    const rows = Array.from({ length: 50_000 }, (_, at) => [`${at}`])
    const sheets = [{ name: '表', columns: [{ label: '号' }], rows }]
    await expect(writeWorkbook({ target: full, sheets })).rejects.toThrow('no space left')
    const closed = new PassThrough()
    const writing = writeWorkbook({ target: closed, sheets })
    closed.destroy()
    await expect(writing).rejects.toThrow()
  })
})
