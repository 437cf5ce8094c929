import { describe, expect, it } from 'vitest'
import { columnsOfMatrix, countAt } from './class-matrix.ts'
import { countWords, findImbalance, numberOfClass } from './count-classes.ts'

const cells = [
  { layer: '第二层', labourClass: '第一类', count: 4 },
  { layer: '第一层', labourClass: '第三类', count: 1 },
  { layer: '', labourClass: '第一类', count: 2 },
  { layer: '两层之外', labourClass: '第一类', count: 7 },
  { layer: '两层之外', labourClass: '第三类', count: 1 },
  { layer: '第一层', labourClass: '不分类', count: 1 },
]

describe('the matrix of layers and classes', () => {
  it('shows numbered layers by class, others as a whole, and nobody twice', () => {
    const groups = columnsOfMatrix({ cells })
    expect(groups.map(({ layer, columns }) => [layer, columns.map((column) => column.labourClass)])).toEqual([
      ['第一层', ['第一类', '第三类', '不分类']],
      ['第二层', ['第一类', '第三类']],
      ['两层之外', [undefined]],
      ['', [undefined]],
    ])
    const counted = groups.flatMap(({ columns }) => columns.map((column) => countAt(cells, column)))
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(16)
  })
})

describe('counts', () => {
  it('add up to the households, with those that have no result', () => {
    const counts = countWords(['甲', '乙', '丙'], Int32Array.of(0, 1, 0, -1, 5 - 5))
    expect(counts).toEqual({ 甲: 3, 乙: 1, '': 1 })
    expect(findImbalance({ one: counts }, 5)).toEqual([])
    expect(findImbalance({ one: counts }, 6)).toEqual(['one: 5 ≠ 6'])
  })

  it('are written as numbers in files, and a county’s own word as it is', () => {
    expect(['第一层', '第三类', '两层之外', '不分类', '未启用', '红卡', ''].map(numberOfClass)).toEqual(['1', '3', '', '', '', '红卡', ''])
  })
})
