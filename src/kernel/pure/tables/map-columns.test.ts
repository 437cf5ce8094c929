import { describe, expect, it } from 'vitest'
import { columnName, correctColumns, findHeader, mapColumns, rememberColumns, sayReason, type SheetRow, type WantedField } from './index.ts'

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
    expect(rememberColumns(mapped).fields['number']).toEqual({ label: '号码一', nth: 0, column: 1 })
  })

  it('as a person said, who is asked once: the next file of the sender needs no hand', () => {
    const labels = ['对象', '编码', '联系方式', '时间', '档次']
    const header = {
      sheet: '表',
      top: 1,
      bottom: 1,
      matched: 0,
      columns: labels.map((label, column) => ({ column, label, forms: [label] })),
    }
    const first = mapColumns({ header, fields, samples: rows(person) })
    const corrected = correctColumns(first, header, { since: 3, grade: 4, phone: null })
    expect(corrected.columns.filter((column) => column.how === 'hand').map(({ key, column }) => [key, column])).toEqual([
      ['since', 3],
      ['grade', 4],
    ])
    expect(corrected).toMatchObject({ missing: ['phone'], dropped: ['phone'], unsure: [{ key: 'name' }, { key: 'number' }] })
    const remembered: unknown = JSON.parse(JSON.stringify(rememberColumns(corrected)))
    const moved = rows((at) => ['1', ...person(at).toReversed()].map(String))
    const next = map(['序号', '档 次', '时间：', '联系方式', '证件号码', '姓名'], moved, { remembered })
    expect(shape(next)).toMatchObject({ grade: [1, 'remembered'], since: [2, 'remembered'], number: [4, 'label'] })
    expect(next.columns.some((column) => column.key === 'phone')).toBe(false)
    expect(next.unsure).toEqual([])
  })

  it('as remembered when only the month in the label is another, and by place when there is no label', () => {
    const remembered = { version: 1, fields: { since: { label: '9月时间', nth: 0, column: 3 }, phone: { label: '', nth: 0, column: 2 } } }
    const mapped = map(['姓名', '证件号码', '', '10月时间'], rows(person), { remembered })
    expect(shape(mapped)).toMatchObject({ since: [3, 'remembered'], phone: [2, 'remembered'] })
  })

  it('and what is a guess is listed with its reason', () => {
    const mapped = map(
      ['姓名', '编码', '等级', '姓名'],
      rows((at) => [...person(at).slice(0, 2), '2023-09-01', person(at)[0] ?? '']),
    )
    expect(mapped.unsure.map(({ key, candidates }) => [key, candidates.map((one) => one.column)])).toEqual([
      ['name', [0, 3]],
      ['grade', [2]],
      ['number', [1]],
      ['since', [2]],
    ])
    const said = Object.fromEntries(mapped.columns.map((column) => [column.key, sayReason(column, 'zh')]))
    expect(said['number']).toBe('按内容推断，内容像身份证号 100%，列名不同')
    expect(said['grade']).toBe('列名相同，内容像规定选项 0%，内容与该字段不符')
    expect(said['name']).toContain('有两列同样符合')
  })

  it('never from a hidden column', () => {
    const samples = rows(person)
    const block = {
      sheet: '表',
      rows: [{ row: 1, cells: ['姓名', '证件号码', '联系电话', '开始日期', '等级'] }, ...samples],
      hiddenColumns: [1],
    }
    const header = findHeader(block, ['姓名', '联系电话'])
    if (header === undefined) throw new Error('no header')
    const mapped = mapColumns({ header, fields, samples })
    expect(mapped.missing).toEqual(['number'])
    expect(mapped.unused).toEqual([{ column: 1, label: '证件号码', hidden: true }])
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

  it('unless mending was asked for and the values prove it', () => {
    const labels = ['姓名', '证件号码', '联系电话', '开始日期', '等级']
    const shifted = rows((at) => ['', ...person(at)])
    const mapped = map(labels, shifted, { realign: true })
    expect(mapped).toMatchObject({ shiftedBy: 1, unsure: [], missing: [] })
    expect(mapped.columns.map(({ key, column }) => [key, column])).toEqual(fields.map(({ key }, at) => [key, at + 1]))
    const doubtful = shifted.map((row) => ({ ...row, cells: ['旧', ...row.cells.slice(1)] }))
    expect(() => map(labels, doubtful, { realign: true })).toThrow(expect.objectContaining({ code: 'sheets.cells-shifted' }))
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

describe('labels and their values', () => {
  const hinted: WantedField[] = [
    { key: 'name', labels: ['姓名'], hints: ['申请人姓名', '法定代表人'], pattern: 'name' },
    { key: 'number', labels: ['证件号码'], hints: ['申请人身份证号', '代领人身份证号'], pattern: 'idNumber' },
    { key: 'phone', labels: ['联系电话'], hints: ['代领人电话', '申请人电话'], pattern: 'phone' },
  ]
  const mapHinted = (labels: string[], samples: SheetRow[]) => {
    const header = { sheet: '', top: 1, bottom: 1, matched: 1, columns: labels.map((label, column) => ({ column, label, forms: [label] })) }
    return mapColumns({ header, fields: hinted, samples })
  }

  it('of one person are taken, those of another are asked about', () => {
    const samples = rows((at) => [person(at)[0], person(at)[1], person(at + 30)[1], person(at)[2]].map(String))
    const mapped = mapHinted(['申请人姓名', '申请人身份证号', '代领人身份证号', '代领人电话'], samples)
    expect(shape(mapped)).toMatchObject({ name: [0, 'alias'], number: [1, 'alias'] })
    expect(mapped.unsure).toMatchObject([{ key: 'phone', candidates: [{ column: 3, reason: { doubts: ['other-person'] } }] }])
  })

  it('stand in the filled one of two columns under one label, or beside an empty one', () => {
    const samples = rows((at) => [person(at)[0], '', person(at)[1], '', person(at)[2]].map(String))
    const twice = map(['姓名', '证件号码', '证件号码', '联系电话', '备注'], samples)
    expect(shape(twice)).toMatchObject({ number: [2, 'label'] })
    expect(twice.columns.find((column) => column.key === 'number')?.confidence).toBe(1)
    const beside = map(['姓名', '证件号码', '', '联系电话', ''], samples)
    expect(beside.columns).toMatchObject([
      { key: 'name' },
      { key: 'number', column: 2, confidence: 0.8, reason: { doubts: ['beside'] } },
      { key: 'phone', column: 4, confidence: 0.8 },
    ])
  })

  it('may be days as bare serial numbers, when the label says that they are days', () => {
    const mapped = map(
      ['姓名', '开始日期'],
      rows((at) => [person(at)[0] ?? '', String(45_170 + at)]),
    )
    expect(mapped.columns.find((column) => column.key === 'since')?.confidence).toBe(1)
  })
})
