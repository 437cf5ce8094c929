import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { cellsOfPaste, moveCell, readPaste } from './sheet-moves.ts'

const columns = [
  { key: 'name', title: '姓名' },
  { key: 'id', title: '证件号', isReadOnly: true },
  { key: 'phone', title: '电话' },
] as const
const size = { rows: 3, columns: 3 }

describe('a block copied from Excel', () => {
  it('is read cell by cell, quotes and line breaks within cells included', () => {
    expect(readPaste('张三\t"上湾村\n一组"\r\n李四\t"说""好"""\r\n')).toEqual([
      ['张三', '上湾村\n一组'],
      ['李四', '说"好"'],
    ])
  })

  it('comes back as it was written, whatever stands in the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '字', '"', '\t', '\n', ' ') }).map((text) => text.trim())
    const block = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 })
    fc.assert(
      fc.property(block, (rows) => {
        const text = rows.map((row) => row.map((value) => `"${value.replace(/"/g, '""')}"`).join('\t')).join('\r\n')
        expect(readPaste(text)).toEqual(rows.filter((row) => row.some((value) => value !== '')))
      }),
    )
  })

  it('fills from the current cell on, leaving out read-only columns and what falls outside', () => {
    const changes = cellsOfPaste('甲\t1\t2\t3\n乙\t4\t5', { place: { row: 2, column: 0 }, columns, rowCount: 3 })
    expect(changes).toEqual([
      { row: 2, columnKey: 'name', text: '甲' },
      { row: 2, columnKey: 'phone', text: '2' },
    ])
  })
})

describe('the keys of a sheet', () => {
  it('move within the sheet and never out of it', () => {
    expect(moveCell({ row: 0, column: 0 }, 'ArrowDown', size)).toEqual({ row: 1, column: 0 })
    expect(moveCell({ row: 2, column: 2 }, 'ArrowRight', size)).toEqual({ row: 2, column: 2 })
    expect(moveCell({ row: 0, column: 1 }, 'End', size)).toEqual({ row: 0, column: 2 })
    expect(moveCell({ row: 1, column: 1 }, 'PageUp', size)).toEqual({ row: 0, column: 1 })
    expect(moveCell({ row: 1, column: 1 }, 'x', size)).toEqual({ row: 1, column: 1 })
  })
})
