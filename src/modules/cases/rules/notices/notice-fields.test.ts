import { describe, expect, it } from 'vitest'
import { noticeColumns, showLine, showName } from './notice-fields.ts'
import { readNoticeTerms } from './notice-terms.ts'

const subject = { group: '3组', headName: '测大山', headBornOn: '1970-01-15', members: 4, kind: '边缘易致贫户', risk: '因病' }
const given = { columns: noticeColumns, nameStyle: 'masked', riskWords: new Map([['因病', '刚性支出较大']]), today: '2026-11-22' } as const

const values: Readonly<Record<string, string | number | readonly string[]>> = {
  公示最短天数: 5,
  公示日历: '自然日',
  公示栏目: ['户主姓名', '人数'],
  公示姓名写法: '隐去一字',
  公示风险说法: ['因病=刚性支出较大'],
  公示监督电话: ['12317'],
  公示健康用语: ['癌'],
  公示健康用语例外: [],
  公示其他禁用语: [],
  异议核查天数: 5,
  异议核查日历: '工作日',
}
const read = (change: Readonly<Record<string, string | number | readonly string[]>>) => {
  const all = { ...values, ...change }
  return () => readNoticeTerms((name) => all[name])
}

describe('a line of a notice', () => {
  it('shows the allowed columns, the risk in general words', () => {
    expect(showLine(subject, given)).toEqual({
      组: '3组',
      户主姓名: '测*山',
      人数: '4',
      监测对象类别: '边缘易致贫户',
      主要风险: '刚性支出较大',
    })
    expect(showLine(subject, { ...given, columns: ['人数'] })).toEqual({ 人数: '4' })
    expect(showLine({ ...subject, risk: '因陌生原因' }, given).主要风险).toBe('其他困难')
  })

  it('names no head who is a child', () => {
    expect(showLine({ ...subject, headBornOn: '2010-01-15' }, { ...given, nameStyle: 'full' }).户主姓名).toBe('不公示')
  })

  it.each([
    ['李四', '李*'],
    ['欧阳测菊', '欧*菊'],
    ['测·提', '测*提'],
    ['𬱖测山', '𬱖*山'],
    ['', '—'],
  ])('hides a sign of the name %s', (name, shown) => expect(showName(name, 'masked')).toBe(shown))
})

describe('what policy says of notices', () => {
  it('is read as it stands', () => expect(read({})()).toMatchObject({ days: 5, columns: ['户主姓名', '人数'], nameStyle: 'masked' }))

  it.each([
    [{ 公示栏目: ['户主姓名', '身份证号'] }, '公示栏目'],
    [{ 公示栏目: [] }, '公示栏目'],
    [{ 公示最短天数: 4 }, '公示最短天数'],
    [{ 公示姓名写法: '随意' }, '公示姓名写法'],
    [{ 公示风险说法: ['因病'] }, '公示风险说法'],
    [{ 公示监督电话: [] }, '公示监督电话'],
  ])('refuses %j', (change, name) => expect(read(change)).toThrow(name))
})
