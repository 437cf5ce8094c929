import { describe, expect, it } from 'vitest'
import { readPastedIntakes, type PasteArea } from './intake-paste.ts'

const areas: PasteArea[] = [
  { path: '99.9903.990301.990301101.', name: '菱塘镇', level: 'township', township: '' },
  { path: '99.9903.990301.990301101.990301101200.', name: '柳湾村', level: 'village', township: '菱塘镇' },
  { path: '99.9903.990301.990301201.990301201201.', name: '柳湾村', level: 'village', township: '汀溪乡' },
  { path: '99.9903.990301.990301201.990301201200.', name: '稻香村', level: 'village', township: '汀溪乡' },
]
const defaults = { channel: 'hotline', areaPath: '99.9903.990301.990301101.', sender: '12317' } as const
const read = (text: string) =>
  readPastedIntakes(
    text.split('\n').map((line) => line.split('|')),
    { areas, defaults },
  )

describe('pasted rows', () => {
  it('are read by their heads in any order, under a title row', () => {
    const rows = read(
      '12345工单（11月）\n联系电话|姓 名|行政村|乡镇|工单编号|受理时间|困难类型|反映内容\n15400000001|测试甲|柳湾|汀溪乡|A-1|2023/12/1 08:30|因病、缺资金|住院',
    )
    expect(rows).toEqual([
      {
        line: 3,
        name: '测试甲',
        problem: undefined,
        given: {
          channel: 'hotline',
          areaPath: '99.9903.990301.990301201.990301201201.',
          name: '测试甲',
          phone: '15400000001',
          sender: '12317',
          senderNo: 'A-1',
          receivedOn: '2023-12-01',
          difficulties: ['illness'],
          text: '住院；缺资金',
        },
      },
    ])
  })

  it('that cannot be entered are named, the others are ready', () => {
    const rows = read(
      '姓名|村|日期|来源\n|稻香村||\n测试乙|柳湾村||\n测试丙|稻香村|明天|\n测试丁|稻香村||飞鸽\n测试戊|稻香村||信访\n测试己|||',
    )
    expect(rows?.map((row) => row.problem ?? row.given?.channel)).toEqual(['name', 'area', 'day', 'channel', 'petition', 'hotline'])
    expect(rows?.[5]?.given?.areaPath).toBe(defaults.areaPath)
  })

  it('without a column of names are no table', () => {
    expect(read('甲|乙\n1|2')).toBeUndefined()
  })
})
