import { describe, expect, it } from 'vitest'
import { changeRows, rowsOfPaste, toBulkRows } from './bulk-rows.ts'

const pasted = [
  ['姓名', '手机号', '单位', '角色', '辖区', '用户名'],
  ['程一', '15400000001', '', '乡镇干部', '松岭镇', ''],
  ['程二', '15400000002', '', '村干部', '松岭镇/上湾村', 'cheng2'],
]

describe('a pasted sheet of accounts', () => {
  it('leaves out its heading but keeps the row numbers of the sheet', () => {
    expect(rowsOfPaste(pasted).map((row) => [row.row, row.cells.name])).toEqual([
      [2, '程一'],
      [3, '程二'],
    ])
    expect(rowsOfPaste(pasted.slice(1)).map((row) => row.row)).toEqual([1, 2])
  })

  it('finds its columns by the heading, wherever it stands, and reads by order without one', () => {
    const titled = [['2023 年账号表'], [], ['辖区', '姓名', '角色', '手机'], ['松岭镇', '程一', '乡镇干部', '15400000001']]
    expect(rowsOfPaste(titled)).toEqual([
      {
        row: 4,
        cells: { name: '程一', phone: '15400000001', organisation: '', role: '乡镇干部', area: '松岭镇', loginName: '' },
        problems: {},
      },
    ])
    expect(rowsOfPaste([['程一', '15400000001', '民政局', '部门经办人', '990311']])[0]?.cells.organisation).toBe('民政局')
  })

  it('sends a login name only where one was written', () => {
    const [one, two] = toBulkRows(rowsOfPaste(pasted))
    expect(one).toEqual({ row: 2, name: '程一', phone: '15400000001', organisation: '', role: '乡镇干部', area: '松岭镇' })
    expect(two?.loginName).toBe('cheng2')
  })

  it('forgets the problem of a cell that was mended, and of no other', () => {
    const rows = rowsOfPaste(pasted).map((row) => ({ ...row, problems: { area: 'unknown-area', role: 'unknown-role' } as const }))
    const mended = changeRows(rows, [{ row: 0, columnKey: 'area', text: '柳塘乡' }])
    expect(mended[0]?.cells.area).toBe('柳塘乡')
    expect(mended[0]?.problems).toEqual({ role: 'unknown-role' })
    expect(mended[1]?.problems).toEqual({ area: 'unknown-area', role: 'unknown-role' })
  })
})
