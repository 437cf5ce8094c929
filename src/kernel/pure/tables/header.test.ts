import { describe, expect, it } from 'vitest'
import { findHeader, judgeRow, labelKey, type Merge, type RowBlock } from './index.ts'

const sheet = (cells: string[][], merges?: Merge[], from = 1): RowBlock => ({
  sheet: '表',
  rows: cells.map((row, at) => ({ row: from + at, cells: row })),
  ...(merges === undefined ? {} : { merges }),
})
const wanted = ['姓名', '证件号码', '电话', '本月金额', '累计金额', '地址']

describe('the header of a sheet', () => {
  it('is found under titles and blank rows, in any of the first thirty rows', () => {
    for (const titles of [0, 1, 2, 4, 12]) {
      const rows = [
        ...Array.from({ length: titles }, (_, at) => (at % 2 === 0 ? ['某某情况统计表'] : [])),
        ['序号', '姓名', '证件号码 ', '电 话'],
        ['1', '甲', '1', '2'],
      ]
      const header = findHeader(sheet(rows), wanted)
      expect(header).toMatchObject({ top: titles + 1, bottom: titles + 1, matched: 3 })
    }
  })

  it('may be two rows joined by merged cells', () => {
    const rows = [['发放表'], ['序号', '姓名', '金额', '', '备注'], ['', '', '本月', '累计', ''], ['1', '甲', '5', '9', '']]
    const merges = [
      { top: 1, bottom: 1, left: 0, right: 4 },
      { top: 2, bottom: 2, left: 2, right: 3 },
      ...[0, 1, 4].map((column) => ({ top: 2, bottom: 3, left: column, right: column })),
    ]
    const header = findHeader(sheet(rows, merges), ['姓名', '金额累计', '本月'])
    expect(header).toMatchObject({ top: 2, bottom: 3, matched: 3 })
    expect(header?.columns.map((column) => column.label)).toEqual(['序号', '姓名', '金额本月', '金额累计', '备注'])
    expect(header?.columns[3]?.forms).toEqual(['金额累计', '累计'])
  })

  it('may be two rows joined by their gaps when no merged cells are told', () => {
    const rows = [
      ['序号', '姓名', '家庭收入', '', '地址'],
      ['', '', '工资', '经营', ''],
      ['1', '甲', '5', '9', '某处'],
    ]
    const header = findHeader(sheet(rows), ['姓名', '地址'])
    expect(header).toMatchObject({ top: 1, bottom: 2 })
    expect(header?.columns.map((column) => column.label)).toEqual(['序号', '姓名', '家庭收入工资', '家庭收入经营', '地址'])
  })

  it('may be three rows', () => {
    const rows = [
      ['姓名', '收入', '', ''],
      ['', '上年', '', '本年'],
      ['', '工资', '经营', '工资'],
      ['甲', '1', '2', '3'],
    ]
    const header = findHeader(sheet(rows), ['姓名', '收入上年经营', '收入本年工资'])
    expect(header).toMatchObject({ top: 1, bottom: 3, matched: 3 })
  })

  it('is not a first data row, a cover sheet or a name in the text', () => {
    expect(findHeader(sheet([['填报说明'], ['请填写姓名、电话']]), wanted)).toBeUndefined()
    const header = findHeader(
      sheet([
        ['姓名', '电话'],
        ['甲', ''],
        ['乙', ''],
      ]),
      wanted,
    )
    expect(header).toMatchObject({ top: 1, bottom: 1 })
  })

  it('is compared without typography', () => {
    expect(labelKey('＊金额\n（元）：')).toBe(labelKey('金额(元)'))
    expect(labelKey('【代码】')).toBe(labelKey('(代码)'))
  })
})

describe('a row that is no data', () => {
  const header = findHeader(sheet([['某表'], ['序号', '姓名', '证件号码', '电话', '地址'], ['1', '甲', '1', '2', '3']]), wanted)
  const judged = (cells: string[], row = 9) => header && judgeRow(header, { row, cells })

  it.each([
    ['title', ['某表'], 1],
    ['header', ['序号', '姓名'], 2],
    ['column-numbers', ['甲', '乙', '1', '2', '3'], 3],
    ['blank', ['', ' ', '　'], 9],
    ['total', ['合 计', '', '', '12'], 9],
    ['total', ['', '东片区小计', '', '12'], 9],
    ['total', ['总计：35人'], 9],
    ['note', ['注：本表由某单位填报'], 9],
    ['note', ['填表人：某某', '', '审核人：某某'], 9],
    ['note', ['以上数据截至本月底，由各单位自行核对后上报。'], 9],
    ['repeated-header', ['序号', '姓名', '证件号码', '电话', '地址'], 9],
  ] as [string, string[], number][])('says so: %s %j', (reason, cells, row) => {
    expect(judged(cells, row)).toBe(reason)
  })

  it('may be a row of three numbers, which is data', () => {
    const block = sheet([
      ['组', '户数', '人数'],
      ['1', '2', '3'],
      ['2', '2', '5'],
    ])
    const found = findHeader(block, ['户数', '人数'])
    expect(found && block.rows.map((row) => judgeRow(found, row))).toEqual(['header', undefined, undefined])
  })

  it.each([
    [['1', '甲', '430595199001010000', '', '']],
    [['', '计小', '', '15400000000', '某地']],
    [['8', '', '', '', '注意防火']],
    [['9', '合计', '430595199001010000', '1', '姓名']],
  ])('but data stays data: %j', (cells) => {
    expect(judged(cells)).toBeUndefined()
  })
})
