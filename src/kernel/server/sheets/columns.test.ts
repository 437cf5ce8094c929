import { describe, expect, it } from 'vitest'
import { columnName, findHeader, mapColumns, rememberColumns, type SheetRow, type WantedField } from './index.ts'

const fields: WantedField[] = [
  { key: 'name', labels: ['姓名'], aliases: ['人员姓名', '名字'], pattern: 'name', required: true },
  { key: 'number', labels: ['证件号码'], aliases: ['身份证号'], pattern: 'idNumber' },
  { key: 'phone', labels: ['联系电话'], pattern: 'phone' },
  { key: 'since', labels: ['开始日期'], pattern: 'day' },
  { key: 'grade', labels: ['等级'], codes: ['一级', '二级'] },
]
const person = (at: number): string[] => [
  `张${String.fromCharCode(0x4e00 + at)}`,
  `43059519900101${String(1000 + at)}`,
  `154${String(10_000_000 + at)}`,
  '2023-09-01',
  at % 2 === 0 ? '一级' : '二级',
]
const rows = (make: (at: number) => string[], count = 20): SheetRow[] =>
  Array.from({ length: count }, (_, at) => ({ row: at + 2, cells: make(at) }))
const map = (labels: string[], samples: SheetRow[], more: object = {}) => {
  const known = fields.flatMap((field) => [...field.labels, ...(field.aliases ?? [])])
  const header = findHeader({ sheet: '表', rows: [{ row: 1, cells: labels }, ...samples] }, known)
  if (header === undefined) throw new Error('no header')
  return mapColumns({ header, fields, samples, ...more })
}
const shape = (mapped: ReturnType<typeof map>) =>
  Object.fromEntries(mapped.columns.map((column) => [column.key, [column.column, column.how]]))

describe('columns are mapped', () => {
  it('by label, alias and label without its unit, wherever they stand', () => {
    const mapped = map(
      ['等级', '名字', '身份证号', '开始日期(年月日)', '序号'],
      rows((at) => [person(at)[4], person(at)[0], person(at)[1], person(at)[3], `${at}`].map(String)),
    )
    expect(shape(mapped)).toEqual({ grade: [0, 'label'], name: [1, 'alias'], number: [2, 'alias'], since: [3, 'label'] })
    expect(mapped.missing).toEqual(['phone'])
    expect(mapped.unused).toEqual([{ column: 4, label: '序号' }])
    expect(mapped.columns.every((column) => column.confidence > 0.7 && column.confidence <= 1)).toBe(true)
  })

  it('by the values of the only column that has them, less surely', () => {
    const mapped = map(['姓名', '某列', '另一列', '开始日期'], rows(person))
    expect(shape(mapped)).toMatchObject({ number: [1, 'pattern'], phone: [2, 'pattern'] })
    expect(mapped.columns.find((column) => column.key === 'number')?.confidence).toBeLessThanOrEqual(0.6)
  })

  it('as the sender had them before', () => {
    const mapped = map(['姓名', '号码一', '号码二', '开始日期'], rows(person), { remembered: { number: '号码一' } })
    expect(shape(mapped)['number']).toEqual([1, 'remembered'])
    expect(rememberColumns(mapped)['number']).toBe('号码一')
  })

  it('the fuller of two labels first, and never twice', () => {
    const mapped = map(
      ['姓名', '姓名', '证件号码'],
      rows((at) => [`张三`, `李${at}`, person(at)[1] ?? '']),
    )
    expect(shape(mapped)).toEqual({ name: [0, 'label'], number: [2, 'label'] })
  })
})

describe('a sheet is refused', () => {
  it('when its cells stand beside their headers, naming the distance', () => {
    const labels = ['姓名', '证件号码', '联系电话', '开始日期', '等级']
    const shifted = rows((at) => [...Array.from({ length: 20 }, () => ''), ...person(at)])
    expect(() => map(labels, shifted)).toThrow(
      expect.objectContaining({ code: 'sheets.cells-shifted', details: expect.objectContaining({ offset: 20 }) }),
    )
    expect(() => map(labels, rows(person))).not.toThrow()
    expect(() =>
      map(
        labels,
        rows((at) => [person(at)[0] ?? '', '', '', '', '']),
      ),
    ).not.toThrow()
  })

  it('when a key column is missing, naming it and what was seen', () => {
    expect(() =>
      map(
        ['证件号码', '联系电话'],
        rows((at) => person(at).slice(1, 3)),
      ),
    ).toThrow(
      expect.objectContaining({
        code: 'sheets.missing-columns',
        details: { columns: ['姓名'], seen: ['证件号码', '联系电话'], sheet: '表' },
      }),
    )
  })

  it('when its identity numbers were typed as numbers and nobody can repair them', () => {
    const spoilt = rows(person).map((row) => ({ ...row, lostTail: [1] }))
    const labels = ['姓名', '证件号码', '联系电话', '开始日期', '等级']
    expect(map(labels, spoilt).lostTail).toEqual(['number'])
    expect(() => map(labels, spoilt, { refuseLostTail: true })).toThrow(expect.objectContaining({ code: 'sheets.id-as-numbers' }))
  })
})

it('columns are named as Excel names them', () => {
  expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD'])
})
