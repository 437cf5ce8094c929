import { describe, expect, it } from 'vitest'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { judge } from '../../../../test/shipped-policies.ts'
import { deadlineOf, isOverdue } from '../rules/deadline.ts'
import { showRatio } from '#kernel/pure/indicators/index.ts'

const said = (key: string, facts: Parameters<typeof judge>[1], output: string) => toJson(judge(key, facts).get(output) ?? null)

describe('ratios and deadlines', () => {
  it('R12 rounds half up to the printed decimals', () => {
    expect([showRatio(732, 1181, 2), showRatio(732, 1181, 0), showRatio(200, 465, 2), showRatio(200, 465, 0)]).toEqual([
      '61.98',
      '62',
      '43.01',
      '43',
    ])
    expect([showRatio(164, 465, 2), showRatio(164, 465, 0), showRatio(2846, 3054, 2), showRatio(2846, 3054, 1)]).toEqual([
      '35.27',
      '35',
      '93.19',
      '93.2',
    ])
    expect([showRatio(1272, 1696, 2), showRatio(1272, 1696, 0), showRatio(316, 391, 1)]).toEqual(['75.00', '75', '80.8'])
    expect(showRatio(0, 0, 2)).toBeUndefined()
  })

  it('R12 shows 100 only where all are met: 99.99 with one negative answer needs 6,667 of them', () => {
    expect([showRatio(25000 - 1, 25000, 2), showRatio(25000, 25000, 2)]).toEqual(['99.99', '100.00'])
    expect([6666, 6667, 20000].map((answers) => showRatio(answers - 1, answers, 2))).toEqual(['99.98', '99.99', '99.99'])
  })

  it('R13 lets the last day pass whole, and reads 6月底前 and 6月30日前 alike', () => {
    expect(['5月底', '5月底前', '6月30日前', '6月底前', '4月底'].map((words) => deadlineOf(words, 2020))).toEqual([
      '2020-05-31',
      '2020-05-31',
      '2020-06-30',
      '2020-06-30',
      '2020-04-30',
    ])
    expect(['近期', '及时', '限期'].map((words) => deadlineOf(words, 2020))).toEqual([undefined, undefined, undefined])
    const due = deadlineOf('5月底前', 2020)
    if (due === undefined) throw new Error('no day')
    expect([isOverdue(Date.parse('2020-05-31T23:59:00+08:00'), due), isOverdue(Date.parse('2020-06-01T00:00:00+08:00'), due)]).toEqual([
      false,
      true,
    ])
  })

  it('R18 leaves out who cannot work: 2,846 of 3,054 are 93.2', () => {
    expect(showRatio(2846, 3200 - 146, 1)).toBe('93.2')
  })

  it('R20 shows 2,744 of 2,745 as 99.96', () => {
    expect([showRatio(2745, 2745, 2), showRatio(2744, 2745, 2), showRatio(2744, 2745, 0)]).toEqual(['100.00', '99.96', '99'])
  })
})

describe('counts and gates', () => {
  const agree = (parts: number[], total: number) =>
    said('governance.counts-agree', { 分项合计: parts.reduce((sum, part) => sum + part, 0), 总数: total }, '结论')

  it('R14 counts problems by source and by state to the same total', () => {
    expect([agree([621, 402, 158], 1181), agree([732, 449], 1181), agree([621, 402], 1181)]).toEqual(['相符', '相符', '分项少'])
  })

  it('R17 counts main kinds of courtyards to all households', () => {
    expect(agree([967, 1903, 29], 2899)).toBe('相符')
  })

  it('R18 counts workers outside and inside to all', () => {
    expect([agree([27714, 18333], 46047), agree([223, 1909], 2132)]).toEqual(['相符', '相符'])
  })

  it('R24 makes counts that must agree agree', () => {
    expect([agree([7, 1], 8), agree([22, 4], 26), agree([191, 46], 237), agree([563, 103], 666)]).toEqual(['相符', '相符', '相符', '相符'])
  })

  it('R15 strikes off no problem without a cause', () => {
    const whole = {
      问题描述完整: true,
      原因清楚: true,
      责任单位明确: true,
      责任人明确: true,
      有整改措施: true,
      有整改成效: true,
      有完成佐证: true,
    }
    expect(said('ledgers.closing-gate', whole, '销号核查')).toEqual(['可以销号'])
    expect(said('ledgers.closing-gate', { ...whole, 原因清楚: false }, '销号核查')).toEqual(['原因没有写清'])
  })

  it('R26 takes petitions since 2014, with a file and a leader each, and clears what came before the day', () => {
    const petition = (receivedOn: string, isAnswered: boolean) =>
      said(
        'integrity.petition-file',
        { 收到日: receivedOn, 清零日: '2020-06-30', 有一件一档: true, 有包案领导: true, 已答复: isAnswered },
        '信访核查',
      )
    expect([
      petition('2013-12-31', true),
      petition('2014-01-01', true),
      petition('2020-06-29', false),
      petition('2020-06-30', false),
    ]).toEqual([['不在范围'], ['办到'], ['没有清零'], ['办到']])
  })

  it('R27 meets an indicator where nothing happened', () => {
    const zeros = { 本期事故数: 0, 本期非访数: 0, 本期发案数: 0, 本期违建数: 0, 本期污染数: 0, 本期疫情数: 0 }
    expect(said('governance.six-zeros', zeros, '六零')).toEqual(['六零全部做到'])
    expect(said('governance.six-zeros', { ...zeros, 本期发案数: 1 }, '六零')).toEqual(['零发案没有做到'])
  })

  it('R33 opens the library after four deliberations and two disclosures in order', () => {
    const gate = (steps: number, times: number, isInOrder: boolean) =>
      said('funds.project-gate', { 已完成议事步数: steps, 已公开次数: times, 按先后次序: isInOrder }, '入库核查')
    expect([gate(4, 2, true), gate(3, 2, true), gate(4, 1, true), gate(4, 2, false)]).toEqual([
      ['可以入库'],
      ['议事没有走完'],
      ['公开次数不够'],
      ['次序不对'],
    ])
  })

  it('R34 wants a file, a measure and a person for each problem toilet; 316 and 75 are 391', () => {
    expect(agree([316, 75], 391)).toBe('相符')
    expect(said('environment.toilet-file', { 已排查: true, 有档案: true, 有整改措施: true, 有责任人: false }, '厕所核查')).toEqual([
      '没有责任人',
    ])
  })

  it('R35 is complete with 114 of 114', () => {
    const done = (confirmed: number) => said('governance.distribution', { 应配送数: 114, 期限内已确认数: confirmed }, '结论')
    expect([done(114), done(113)]).toEqual(['完成', '没有完成'])
  })

  it('R38 shows 1,272 of 1,696 as 75, and 100 only when all are examined', () => {
    const progress = (examined: number) => said('safeguards.health-check', { 应体检人数: 1696, 已体检人数: examined }, '进度百分数')
    expect([progress(1272), progress(1695), progress(1696)]).toEqual([75, 99, 100])
  })
})
