import { describe, expect, it } from 'vitest'
import { classificationLines } from './truth-classes.ts'

const labels = ['户编号', '户类型', '监测对象类别', '风险是否已消除', '消除监测时间', '劳动技能']
const classes = (rows: string[][], month = '202312') => [...classificationLines(labels, rows, month)].map((line) => line.slice(4))

describe('the truth of layers and classes', () => {
  it('counts six months to the day of the month, both ends in', () => {
    const row = (cleared: string) => [['1', '一般农户', '边缘易致贫户', cleared === '' ? '否' : '是', cleared, '无劳动力']]
    expect(['', '202306', '202307'].map((cleared) => classes(row(cleared))[0]?.[0])).toEqual(['1', '2', '1'])
    expect(classes([['1', '脱贫户', '', '', '', '无劳动力']])).toEqual([['2', '3']])
  })

  it('takes the best labour of all members', () => {
    const of = (skills: string[]) => classes(skills.map((skill) => ['1', '脱贫户', '', '', '', skill]))[0]?.[1]
    expect([of(['普通劳动力', '无劳动力']), of(['丧失劳动力', '弱劳动力或半劳动力']), of(['无劳动力', '']), of(['技能劳动力'])]).toEqual([
      '1',
      '2',
      '3',
      '1',
    ])
  })
})
