import { readXls } from 'hucre'
import { describe, expect, it } from 'vitest'
import { makeXls, readBytes } from '../../../../test/sheet-files.ts'

describe('legacy workbooks', () => {
  const cells = [
    ['姓名', '证号', '日期', '金额'],
    ['张三', 430595197908113000, { number: 45170, style: 1 }, 12.5],
    ['', '', { formula: '公式结果' }, -3],
  ]
  it('are read as an independent reader reads them, and better', async () => {
    const bytes = makeXls({ sheets: [{ name: '名单', cells }], styles: [0, 57] })
    const { rows, blocks } = await readBytes(bytes)
    expect(rows).toEqual([
      { row: 1, cells: ['姓名', '证号', '日期', '金额'] },
      { row: 2, cells: ['张三', '430595197908113000', '2023-09-01', '12.5'], lostTail: [1] },
      { row: 3, cells: ['', '', '公式结果', '-3'] },
    ])
    const oracle = await readXls(bytes)
    expect(oracle.sheets[0]?.name).toBe(blocks[0]?.sheet)
    expect(oracle.sheets[0]?.rows[1]?.slice(0, 2).map(String)).toEqual(['张三', '430595197908113000'])
  })

  it('skip hidden sheets, tell merged cells, hidden rows and columns', async () => {
    const u16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value & 255, value >> 8]))
    const record = (id: number, data: Buffer) => Buffer.concat([u16(id, data.length), data])
    const extra = [record(0x7d, u16(1, 1, 0, 0, 1)), record(0x208, u16(1, 0, 0, 0, 0, 0, 0x20, 0)), record(0xe5, u16(1, 0, 0, 0, 3))]
    const { blocks, report } = await readBytes(
      makeXls({
        sheets: [
          { name: 'a', cells, extra },
          { name: 'b', state: 1, cells },
        ],
      }),
    )
    expect(blocks).toHaveLength(1)
    expect(blocks[0]?.merges).toEqual([{ top: 1, bottom: 1, left: 0, right: 3 }])
    expect(blocks[0]?.rows[1]?.hidden).toBe(true)
    expect(report.sheets).toEqual([
      { name: 'a', state: 'read', rows: 3, hiddenRows: 1, hiddenColumns: [1] },
      { name: 'b', state: 'hidden', rows: 0, hiddenRows: 0, hiddenColumns: [] },
    ])
  })

  it('join strings that are cut by the size of a record', async () => {
    const { cells: read } = await readBytes(makeXls({ sheets: [{ name: 'a', cells: [['很长的一段文字', '第二']] }], cutStringsAt: 3 }))
    expect(read).toEqual([['很长的一段文字', '第二']])
  })
})
