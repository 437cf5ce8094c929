import { describe, expect, it } from 'vitest'
import { fieldOf, fieldOptions, findLacking, findTwice, isDoubtful } from './column-choice.ts'

const columns = [
  { column: 0, label: '姓名', key: 'name', how: 'label', confidence: 1 },
  { column: 1, label: '名字', key: 'headName', how: 'pattern', confidence: 0.7 },
  { column: 2, label: '备注' },
]

describe('columns corrected by hand', () => {
  it('take the field that was chosen, or none', () => {
    const changes = new Map<number, string | null>([
      [0, null],
      [2, 'name'],
    ])
    expect(columns.map((column) => fieldOf(column, changes))).toEqual([undefined, 'headName', 'name'])
  })

  it('are shown where two claim one field', () => {
    expect([...findTwice(columns, new Map([[2, 'name']]))]).toEqual(['name'])
    expect([...findTwice(columns, new Map())]).toEqual([])
  })

  it('say which field is lacking without which no row can be taken', () => {
    const lacking = findLacking(columns, { changes: new Map(), kind: 'register' })
    expect(lacking).toContain('idNumber')
    expect(lacking).not.toContain('name')
  })

  it('are doubted when they were read from values, until somebody chose them', () => {
    expect(columns.map(isDoubtful)).toEqual([false, true, false])
    expect(isDoubtful({ ...columns[1], column: 1, label: '名字', how: 'hand' })).toBe(false)
  })

  it('can mean only fields of their kind of file', () => {
    const keys = fieldOptions('village', 'zh').flatMap(({ options }) => options.map(({ value }) => value))
    expect(keys.length).toBeGreaterThan(5)
    expect(keys).not.toContain('idNumber')
  })
})
