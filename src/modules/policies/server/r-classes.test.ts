import { describe, expect, it } from 'vitest'
import { decideModelColumns, type InputColumn } from '#kernel/pure/decisions/index.ts'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { fullMonthsBetween, readDay } from '#kernel/pure/time/index.ts'
import { compiledShipped, judge, shippedModel } from '../../../../test/shipped-policies.ts'

const said = (key: string, facts: Parameters<typeof judge>[1], output: string) => toJson(judge(key, facts).get(output) ?? null)

describe('layers and labour classes', () => {
  const layer = (eliminatedOn: string | null, asOf: string, isRegistered = true) => {
    const [from, to] = [readDay(eliminatedOn ?? ''), readDay(asOf)]
    const months = from === undefined || to === undefined ? null : fullMonthsBetween(from, to)
    const facts = { 监测状态: from === undefined ? '未消除' : '已消除', 是脱贫户: isRegistered, 风险消除满月数: months }
    return said('cases.layer', facts, '层次')
  }

  it('R01 puts a household into its layer by full months since its risk was eliminated', () => {
    expect(layer(null, '2023-09-14')).toBe('第一层')
    expect(layer('2023-03-15', '2023-09-14')).toBe('第一层')
    expect(layer('2023-03-15', '2023-09-15')).toBe('第二层')
    expect(layer('2023-08-31', '2024-02-28')).toBe('第一层')
    expect(layer('2023-08-31', '2024-02-29')).toBe('第二层')
  })

  it('R01 counts from the second elimination after a relapse, and by months instead of 180 days', () => {
    expect(layer('2023-06-01', '2023-11-30')).toBe('第一层')
    expect(layer('2023-06-01', '2023-12-01')).toBe('第二层')
    expect(layer('2023-03-15', '2023-09-11')).toBe('第一层')
  })

  it('R01 puts a registered household that was never monitored into the second layer', () => {
    expect(said('cases.layer', { 监测状态: '未纳入', 是脱贫户: true, 风险消除满月数: null }, '层次')).toBe('第二层')
  })

  const labour = (ordinary: number, weak: number, none: number) =>
    said(
      'cases.labour-class',
      { 家庭人口数: ordinary + weak + none, 普通劳动力人数: ordinary, 弱半劳动力人数: weak, 无劳动力人数: none, 劳动能力未填人数: 0 },
      '劳动分类',
    )

  it('R02 classes households by the labour of all members', () => {
    expect(labour(1, 0, 1)).toBe('第一类')
    expect(labour(0, 2, 0)).toBe('第二类')
    expect(labour(0, 1, 2)).toBe('第二类')
    expect(labour(0, 0, 1)).toBe('第三类')
    expect(labour(0, 0, 0)).toBe('不分类')
  })

  it('R02 is a partition: 751 + 776 + 160 households are 1,687', () => {
    const classes = [
      ...Array.from({ length: 751 }, () => [1, 1, 0]),
      ...Array.from({ length: 776 }, () => [0, 1, 1]),
      ...Array.from({ length: 160 }, () => [0, 0, 2]),
    ]
    const column = (of: (one: number[]) => number): InputColumn => ({
      kind: 'numbers',
      values: Float64Array.from(classes.map(of)),
      scale: 0,
    })
    const facts = {
      普通劳动力人数: column(([ordinary = 0]) => ordinary),
      弱半劳动力人数: column(([, weak = 0]) => weak),
      劳动能力未填人数: column(() => 0),
      家庭人口数: column((one) => one.reduce((sum, members) => sum + members, 0)),
    }
    const decided = decideModelColumns(compiledShipped(shippedModel('cases.labour-class')), facts, classes.length)
    const counts = new Map<unknown, number>()
    for (let at = 0; at < classes.length; at += 1) counts.set(decided.valueOf(at), (counts.get(decided.valueOf(at)) ?? 0) + 1)
    expect([...counts]).toEqual([
      ['第一类', 751],
      ['第二类', 776],
      ['第三类', 160],
    ])
  })

  it('R03 alerts once where 776 households of the second class have 775 posts', () => {
    const count = 776
    const same = (value: number): InputColumn => ({ kind: 'numbers', values: new Float64Array(count).fill(value), scale: 0 })
    const truth = (of: (at: number) => boolean): InputColumn => ({
      kind: 'words',
      codes: Uint8Array.from({ length: count }, (_, at) => Number(of(at))),
      words: [false, true],
    })
    const facts = {
      监测状态: { kind: 'words' as const, codes: new Uint8Array(count), words: ['未消除'] },
      家庭人口数: same(2),
      普通劳动力人数: same(0),
      弱半劳动力人数: same(1),
      有就业帮扶: truth(() => false),
      有公益岗位帮扶: truth((at) => at < 775),
      有综合保障: truth(() => false),
      有委托帮扶: truth(() => false),
    }
    const decided = decideModelColumns(compiledShipped(shippedModel('cases.measures-required')), facts, count)
    const alerts = Array.from({ length: count }, (_, at) => toJson(decided.valueOf(at))).filter((one) => JSON.stringify(one).includes('缺'))
    expect(alerts).toEqual([{ 应有措施: '公益岗位', 结论: '缺公益岗位' }])
  })

  it('R03 sees the same labour classes as R02', () => {
    for (const [ordinary, weak, none] of [
      [1, 0, 1],
      [0, 2, 0],
      [0, 1, 2],
      [0, 0, 1],
    ] as const) {
      const counts = { 家庭人口数: ordinary + weak + none, 普通劳动力人数: ordinary, 弱半劳动力人数: weak }
      const facts = { ...counts, 监测状态: '未消除', 有就业帮扶: true, 有公益岗位帮扶: true, 有综合保障: true, 有委托帮扶: true }
      const wanted = { 第一类: '就业推荐', 第二类: '公益岗位', 第三类: '兜底保障和委托帮扶' }[
        JSON.stringify(labour(ordinary, weak, none)).slice(1, -1)
      ]
      expect(said('cases.measures-required', facts, '应有措施')).toBe(wanted)
    }
  })
})

describe('teams', () => {
  it('R09 allows one to five households for a leader: 212 of 63 leaders lie within', () => {
    const links = (households: number) =>
      said(
        'teams.leader-links',
        { 联系乡镇数: 1, 联系村数: 1, 联系的其他类型村数: 0, 结对户数: households, 结对的其他农户数: 0 },
        '联系结对',
      )
    expect([0, 1, 3, 4, 5, 6].map(links)).toEqual([['结对户太少'], ['符合'], ['符合'], ['符合'], ['符合'], ['结对户太多']])
    // 212 households of 63 leaders: 40 have three and 23 four.
    expect([40 * 3 + 23 * 4, links(3), links(4)]).toEqual([212, ['符合'], ['符合']])
  })

  it('R10 asks a cadre of rank in a real post for a monitored household, and one main helper', () => {
    const pairing = (open: number, ranked: number, main: number) =>
      said(
        'teams.pairing',
        { 监测状态: '未消除', 是脱贫户: false, 在帮结对干部数: open, 副科以上实职结对数: ranked, 主要帮扶责任人数: main },
        '结对核查',
      )
    expect(pairing(1, 1, 1)).toEqual(['符合'])
    expect(pairing(1, 0, 1)).toEqual(['没有副科以上实职干部结对'])
    expect(pairing(0, 0, 0)).toEqual(['没有结对干部'])
    expect(pairing(2, 2, 2)).toEqual(['主要帮扶责任人多于一名'])
    expect(pairing(2, 1, 1)).toEqual(['符合'])
  })

  it('R11 gives a team to 5 exited villages and 10 others of 100 poor persons and more: 15', () => {
    const team = (isExited: boolean, persons: number) =>
      said('teams.village-team', { 是脱贫村: isExited, 是贫困村: false, 脱贫人口数: persons }, '驻村工作队')
    expect([99, 100].map((persons) => team(false, persons))).toEqual(['不派驻', '派驻'])
    expect(team(true, 0)).toBe('派驻')
    const villages = [
      ...Array.from({ length: 5 }, () => team(true, 20)),
      ...Array.from({ length: 10 }, () => team(false, 130)),
      ...Array.from({ length: 30 }, () => team(false, 60)),
    ]
    expect(villages.filter((one) => one === '派驻')).toHaveLength(15)
  })

  it('R21 wants exactly one monitor for a group and one specialist for a village', () => {
    const posts = (post: string) => [0, 1, 2].map((people) => said('teams.duty-posts', { 岗位: post, 在岗人数: people }, '在岗核查'))
    expect(posts('防返贫监测员')).toEqual(['空缺', '正常', '重复'])
    expect(posts('乡村振兴专干')).toEqual(['空缺', '正常', '重复'])
  })

  it('R22 knows the rhythm of visits, bulletins, rankings, topics and dispatches', () => {
    const rhythm = (matter: string, times: number, isExcused = false) =>
      said('teams.rhythm', { 事项: matter, 本期次数: times, 有特殊原因: isExcused }, '节奏核查')
    expect([1, 2, 3, 4].map((times) => rhythm('班子成员蹲点', times))).toEqual(['没有达到', '达到', '达到', '达到'])
    expect([rhythm('联点领导下村', 0), rhythm('联点领导下村', 0, true), rhythm('周例会', 0)]).toEqual([
      '没有达到',
      '已说明原因',
      '没有达到',
    ])
    expect([rhythm('工作队通报', 12), rhythm('工作队排名', 4), rhythm('专题治理', 4), rhythm('案件调度', 12)]).toEqual([
      '达到',
      '达到',
      '达到',
      '达到',
    ])
    expect([rhythm('工作队通报', 11), rhythm('工作队排名', 3)]).toEqual(['没有达到', '没有达到'])
  })
})
