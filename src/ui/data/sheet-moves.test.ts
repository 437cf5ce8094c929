import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { cellsOfPaste, findProblem, moveCell, rangeOf, readBlock, readPaste, writeBlock } from './sheet-moves.ts'

const columns = [
  { key: 'name', title: '姓名' },
  { key: 'id', title: '证件号', isReadOnly: true },
  { key: 'phone', title: '电话' },
] as const
const size = { rows: 3, columns: 3 }
const at = (row: number, column: number) => ({ row, column })
const only = (row: number, column: number) => rangeOf(at(row, column), at(row, column))

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
        expect(readBlock(writeBlock(rows))).toEqual(rows)
        const quoted = rows.map((row) => row.map((value) => `"${value.replace(/"/g, '""')}"`).join('\t')).join('\r\n')
        expect(readPaste(quoted)).toEqual(rows.filter((row) => row.some((value) => value !== '')))
      }),
    )
  })

  it('fills from the upper left chosen cell on, and counts what found no place', () => {
    expect(cellsOfPaste('甲\t1\t2\t3\n乙\t4\t5', { range: only(2, 0), columns, rowCount: 3 })).toEqual({
      changes: [
        { row: 2, columnKey: 'name', text: '甲' },
        { row: 2, columnKey: 'phone', text: '2' },
      ],
      left: 5,
    })
  })

  it('keeps blank rows and cells in their places, so that nothing moves up', () => {
    const { changes } = cellsOfPaste('甲\n\n乙\n', { range: only(0, 0), columns, rowCount: 3 })
    expect(changes.map(({ row, text }) => [row, text])).toEqual([
      [0, '甲'],
      [1, ''],
      [2, '乙'],
    ])
  })

  it('fills the whole range with a single value', () => {
    const { changes } = cellsOfPaste('汉族', { range: rangeOf(at(2, 2), at(1, 0)), columns, rowCount: 3 })
    expect(changes.map(({ row, columnKey }) => `${row} ${columnKey}`)).toEqual(['1 name', '1 phone', '2 name', '2 phone'])
  })
})

describe('the keys of a sheet', () => {
  it('move within the sheet and never out of it', () => {
    expect(moveCell(at(0, 0), 'ArrowDown', size)).toEqual(at(1, 0))
    expect(moveCell(at(2, 2), 'ArrowRight', size)).toEqual(at(2, 2))
    expect(moveCell(at(0, 1), 'End', size)).toEqual(at(0, 2))
    expect(moveCell(at(1, 1), 'PageUp', size)).toEqual(at(0, 1))
    expect(moveCell(at(1, 1), 'x', size)).toEqual(at(1, 1))
  })

  it('lead to the edges with Ctrl', () => {
    expect(moveCell(at(0, 0), 'End', { ...size, isFar: true })).toEqual(at(2, 2))
    expect(moveCell(at(1, 1), 'ArrowUp', { ...size, isFar: true })).toEqual(at(0, 1))
  })
})

describe('the next problem', () => {
  const bad = new Set(['0 2', '2 0'])
  const cell = (row: number, key: string) => ({
    text: '',
    problem: bad.has(`${row} ${columns.findIndex((column) => column.key === key)}`) ? '不对' : undefined,
  })

  it('is found row by row, forwards and backwards', () => {
    const on = { columns, rowCount: 3, cell }
    expect(findProblem(at(0, 0), { ...on, by: 1 })).toEqual(at(0, 2))
    expect(findProblem(at(0, 2), { ...on, by: 1 })).toEqual(at(2, 0))
    expect(findProblem(at(2, 0), { ...on, by: 1 })).toEqual(at(2, 0))
    expect(findProblem(at(2, 0), { ...on, by: -1 })).toEqual(at(0, 2))
  })

  it('is looked for no further than to a row that has not been read', () => {
    const half = (row: number, key: string) => (row === 1 ? undefined : cell(row, key))
    expect(findProblem(at(0, 2), { columns, rowCount: 3, cell: half, by: 1 })).toEqual(at(1, 0))
  })
})
