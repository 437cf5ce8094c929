import { describe, expect, it } from 'vitest'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { judge } from '../../../../test/shipped-policies.ts'

const said = (key: string, facts: Parameters<typeof judge>[1], output: string) => toJson(judge(key, facts).get(output) ?? null)

describe('one fen below, at and above a line', () => {
  const beside = (yuan: number) => [yuan - 0.01, yuan, yuan + 0.01].map((one) => one.toFixed(2))
  const household = {
    监测状态: '未纳入',
    是脱贫户: true,
    收入下降比例: '0',
    有义务教育失学: false,
    住房不安全: false,
    饮水不安全: false,
    有人未参保: false,
    整户无劳动能力: true,
    普通劳动力人数: 0,
    监测范围收入线: 7500,
  }

  it('the income line separates who is looked at', () => {
    const advice = (income: string) => said('cases.monitored-object', { ...household, 人均纯收入: income, 人均参考收入: income }, '建议')
    expect(beside(7500).map(advice)).toEqual(['建议纳入', '不建议', '不建议'])
  })

  it('the line holds for the income less expenses as well', () => {
    const kind = (reference: string) =>
      said('cases.monitored-object', { ...household, 人均纯收入: '20000.00', 人均参考收入: reference }, '类别')
    expect(beside(7500).map(kind)).toEqual(['突发严重困难户', '无', '无'])
  })

  it('the cost of a funeral may be the limit and not a fen more', () => {
    const funeral = (cost: string) => said('governance.funeral', { 理事人数: 3, 吊唁晚数: 3, 丧事费用: cost, 已主动报备: true }, '丧事核查')
    expect(beside(30000).map(funeral)).toEqual([['合规'], ['合规'], ['超过费用']])
  })

  it('the principal of a loan may be the limit and not a fen more', () => {
    const loan = (principal: string) =>
      said(
        'funds.interest-subsidy',
        { 贷款本金: principal, 贷款年利率: '0.0385', 计息天数: 90, 本季已贴息: false, 贴息比例: 1, 小额信贷上限: 50000 },
        '结论',
      )
    expect(beside(50000).map(loan)).toEqual(['应贴息', '应贴息', '本金超过上限，请核'])
  })

  it('the allowance tops up to the standard', () => {
    const topUp = (income: string) =>
      said(
        'safeguards.allowance-topup',
        { 城乡: '农村', 核定月人均收入: income, 保障人数: 4, 农村低保月标准: 500, 城市低保月标准: 650 },
        '月补差金额',
      )
    expect(beside(500).map(topUp)).toEqual([0.04, 0, 0])
  })

  it('pay and funds of work relief meet their targets exactly', () => {
    const pay = (poor: string) =>
      said(
        'employment.work-relief',
        {
          涉农项目资金: '220000000',
          以工代赈项目资金: '66000000',
          涉农项目数: 10,
          以工代赈项目数: 3,
          以工代赈劳务报酬: '3170000',
          低收入脱贫人口劳务报酬: poor,
        },
        '结论',
      )
    expect(beside(475500).map(pay)).toEqual(['劳务占比未达标', '两项达标', '两项达标'])
  })
})
