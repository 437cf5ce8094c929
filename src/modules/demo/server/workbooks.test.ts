import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { read } from 'hucre'
import { expect, it } from 'vitest'
import type { Sheet } from '../rules/sheet.ts'
import { writeXlsFile } from './xls-file.ts'
import { columnName, writeXlsxFile } from './xlsx-file.ts'

const out = mkdtempSync(join(tmpdir(), 'demo-workbooks-'))
const sheets: Sheet[] = [
  {
    name: '名单',
    merges: [['A1', 'C1']],
    rows: [['标题'], ['姓名', '证件号码', '金额'], ['王𬱖 <&>', { digits: '990391198008281000' }, 12.5], ['李四', '', -3]],
  },
  { name: '历史', hidden: true, rows: [['a'], ['b']] },
]
const shared = sheets.map((sheet) => ({ ...sheet, sharedStrings: true }))

const cells = async (file: string): Promise<unknown[][][]> => {
  const workbook = await read(readFileSync(join(out, file)))
  return workbook.sheets.map((sheet) => sheet.rows.map((row) => row.map((cell) => cell ?? '')))
}

it('writes a legacy xls that a reader opens: text, whole and broken numbers, hidden sheets', async () => {
  await writeXlsFile(join(out, 'a.xls'), sheets)
  const [first, second] = await cells('a.xls')
  expect(first?.[2]).toEqual(['王𬱖 <&>', 990391198008281000, 12.5])
  expect(first?.[3]).toEqual(['李四', '', -3])
  expect(second).toEqual([['a'], ['b']])
})

it('writes an xls of many sectors', async () => {
  const rows = Array.from({ length: 9000 }, (_, at) => [`第${at}行`, at, '一个较长的单元格内容用来占位'])
  await writeXlsFile(join(out, 'big.xls'), [{ name: 'Sheet1', rows }])
  const [first] = await cells('big.xls')
  expect(first).toEqual(rows)
})

it.each([
  ['inline.xlsx', sheets],
  ['shared.xlsx', shared],
])('writes %s that two readers open alike', async (file, book) => {
  await writeXlsxFile(join(out, file), book)
  const [first] = await cells(file)
  expect(first?.[2]).toEqual(['王𬱖 <&>', 990391198008281000, 12.5])
  const other = new ExcelJS.Workbook()
  await other.xlsx.readFile(join(out, file))
  expect(other.worksheets.map((sheet) => sheet.state)).toEqual(['visible', 'hidden'])
  expect(other.worksheets[0]?.getCell('A3').value).toBe('王𬱖 <&>')
  expect(other.worksheets[0]?.getCell('C1').isMerged).toBe(true)
})

it('names columns as spreadsheets do', () => {
  expect([0, 25, 26, 140, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'EK', 'ZZ', 'AAA'])
})
