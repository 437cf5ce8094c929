import { describe, expect, it } from 'vitest'
import { sayReason } from './lead-words.ts'

const limits = {
  L01: { at_least_registered_or_monitored: 5000, at_least_others: 20000 },
  L02: { grades: ['一级', '二级'] },
  L05: { months_at_least: 3 },
  L10: { days_more_than: 36 },
}

describe('the sentence of a reason', () => {
  it.each([
    ['L01', '5859.76', '本年累计个人自付医疗费 5859.76 元（脱贫户、监测对象满 5000 元，其他农户满 20000 元的列入）'],
    ['L02', '二级', '残疾等级 二级（一级、二级列入）'],
    ['L05', '6 返乡未就业', '返乡未就业，已满 6 个月（满 3 个月列入）'],
    ['L06', 'D级 是', '住房鉴定为 D级，仍有人居住'],
    ['L10', '37', '所在村组本年供水累计中断 37 天（超过 36 天列入）'],
    ['L06', 'C级 是；D级 是', '住房鉴定为 C级、D级，仍有人居住'],
    ['L07', '死亡注销 户主', '户籍变动：死亡注销（户主）'],
    ['N08', '小型轿车 正常', '名下有车辆：小型轿车（正常）（需核实，不作为排除依据）'],
  ])('of %s with "%s"', (rule, value, wanted) => {
    expect(sayReason({ rule, value }, limits).zh).toBe(wanted)
  })

  it('shows an unknown limit as unknown, never as a number of its own', () => {
    expect(sayReason({ rule: 'L11', value: '45' }, {}).zh).toBe('小额信贷逾期 45 天（超过 — 天列入）')
  })

  it('shows a rule that a county added as written', () => {
    expect(sayReason({ rule: 'L77', value: '两次' }, {})).toEqual({ zh: 'L77：两次', en: 'L77: 两次' })
  })
})
