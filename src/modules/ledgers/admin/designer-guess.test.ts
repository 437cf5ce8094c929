import { describe, expect, it } from 'vitest'
import { guessTable } from './designer-guess.ts'

const sheet = [
  ['某某县农机具台账（2023年）', '', '', '', '', '', ''],
  ['序号', '村', '姓名', '面积（亩）', '补贴金额', '是否脱贫户', '购置日期', '类型', '备注', '联系电话'],
  ['1', '甲村', '张某', '3.5', '1,200.50', '是', '2023-05-01', '旋耕机', '', '15400000001'],
  ['2', '乙村', '李某', '2', '800', '否', '2023年6月3日', '插秧机', '已验收', '15400000002'],
  ['3', '甲村', '王某', '4', '900', '是', '2023.7.8', '旋耕机', '', '15400000003'],
  ['4', '甲村', '赵某', '1.25', '1000', '否', '2023/8/9', '插秧机', '', '15400000004'],
]

describe('fields guessed from pasted cells', () => {
  const table = guessTable(sheet)

  it('finds the heads below the title and what each column holds', () => {
    expect(table?.title).toBe('某某县农机具台账')
    expect(table?.fields.map(({ name, kind, keep }) => `${name} ${kind} ${keep}`)).toEqual([
      '序号 number false',
      '村 area true',
      '姓名 text true',
      '面积 number true',
      '补贴金额 money true',
      '是否脱贫户 yes-no true',
      '购置日期 date true',
      '类型 choice true',
      '备注 text true',
      '联系电话 text true',
    ])
    expect(table?.fields[3]?.rest).toEqual({ unit: '亩', places: 2 })
    expect(table?.fields[7]?.rest.choices?.map((choice) => choice.key)).toEqual(['旋耕机', '插秧机'])
    expect(table?.fields[9]?.rest.sensitive).toBe(true)
    expect(table?.rows).toHaveLength(4)
  })

  it('takes heads without any rows, and the same head twice', () => {
    const heads = guessTable([['名称', '金额(元)', '金额(元)', '现场照片', '情况说明']])
    expect(heads?.fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      '名称 text',
      '金额 money',
      '金额2 money',
      '现场照片 photo',
      '情况说明 long-text',
    ])
    expect(guessTable([])).toBeUndefined()
  })

  it('keeps numbers with leading zeros as text, months as months', () => {
    const found = guessTable([
      ['代码', '发放月份', '结果'],
      ['001', '2023-05', '好'],
      ['002', '202306', '差'],
    ])
    expect(found?.fields.map(({ kind }) => kind)).toEqual(['text', 'month', 'text'])
  })
})
