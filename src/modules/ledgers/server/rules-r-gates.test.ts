import { describe, expect, it } from 'vitest'
import { isFull } from '../../../../test/chance.ts'
import { rolledBack } from '../../../../test/database.ts'
import { givenPeople, type OnePerson } from '../../../../test/ledgers/many-people.ts'
import { inRegistersOf, link, openRegisters } from '../../../../test/ledgers/registers.ts'
import type { Inside } from '../../../../test/ledgers/walker.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'
import type { RecordRecord } from '../rules/records.ts'
import { searchRecords } from './read-records.ts'

// The worked examples of the requirement that are gates and counts that must agree, by the shipped registers.
const walk = openWalkWorld()
const inRegisters = inRegistersOf(walk)
const village = (at = 0) => ({ id: walk().county.villages[at]?.path ?? '', name: '' })
const people = (ctx: Inside, count: number): Promise<OnePerson[]> =>
  givenPeople(ctx, walk().world.vault, { count, areaPath: `${village().id}01.` })
const ofPerson = (one: OnePerson | undefined) => ({ id: one?.personId ?? '', name: '' })
const ofHousehold = (one: OnePerson | undefined) => ({ id: one?.householdId ?? '', name: '' })

describe('R08 three 3s of funerals', () => {
  it.each([
    [3, 3, '30000.00', '符合', false],
    [3, 4, '20000', '晚数超标', true],
    [3, 3, '30000.01', '开支超标', true],
    [2, 2, '10000', '理事不足', true],
  ] as const)('R08 %i directors, %i nights and %s yuan: %s (F-269, F-270, F-271)', async (directors, nights, cost, verdict, warned) => {
    await inRegisters(async ({ make, warnings }) => {
      const days = { 'died-on': '2023-12-01', 'reported-on': '2023-12-02', 'held-on': '2023-12-04' }
      const record = await make('environment.funeral', {
        deceased: '测试逝者',
        ...days,
        directors: String(directors),
        nights: String(nights),
        cost,
      })
      expect([record.values['verdict'], warnings(record).length > 0]).toEqual([verdict, warned])
    })
  })

  it('R08 what was reported after the funeral only is no compliance', async () => {
    await inRegisters(async ({ make }) => {
      const days = { 'died-on': '2023-12-01', 'reported-on': '2023-12-05', 'held-on': '2023-12-04' }
      const record = await make('environment.funeral', { deceased: '测试逝者', ...days, directors: '3', nights: '3', cost: '30000' })
      expect(record.values['verdict']).toBe('没有事前报备')
    })
  })
})

describe('R17 courtyards', () => {
  const header = ['户编号', '户类型', '家庭人口', '经营类型', '主营类型', '开始日期', '符合条件', '不符合原因', '示范村', '办理状态']
  const row = (one: OnePerson, type: string, main: string, eligible: boolean) => [
    one.householdNo,
    type,
    '3',
    '小种植、小养殖、小手工',
    main,
    '2023-03-01',
    eligible ? '是' : '否',
    eligible ? '' : '规模不够',
    '否',
    '经营中',
  ]
  const [eligible, poor] = [173, 156]
  it(`R17 ${poor} of ${eligible} eligible households are 90.2 % poor or monitored, ${poor - 1} are 89.6 % (F-302)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const all = await people(ctx, eligible)
      await take('industry.courtyard', [
        header,
        ...all.slice(1).map((one, at) => row(one, at < poor - 1 ? '脱贫户' : '一般农户', '小种植', true)),
      ])
      const [first] = all
      await rolledBack(ctx, async (inner) => {
        const { take: takeInner, figure: figureInner } = openRegisters(inner, walk())
        if (first !== undefined) await takeInner('industry.courtyard', [header, row(first, '一般农户', '小养殖', true)])
        expect([await figureInner('ledgers.courtyard.eligible'), await figureInner('ledgers.courtyard.poor-share')]).toEqual([
          '173',
          '89.6',
        ])
      })
      if (first !== undefined) await take('industry.courtyard', [header, row(first, '监测对象', '小养殖', true)])
      expect([await figure('ledgers.courtyard.eligible-poor'), await figure('ledgers.courtyard.poor-share')]).toEqual(['156', '90.2'])
    })
  })

  const [planting, breeding, handicraft] = isFull ? [967, 1903, 29] : [9, 19, 3]
  it(`R17 main kinds part the households: ${planting} + ${breeding} + ${handicraft} = ${planting + breeding + handicraft}; a main kind that is none of the kinds is refused (F-049)`, async () => {
    await inRegisters(async ({ take, figure, groups, refusal }, ctx) => {
      const total = planting + breeding + handicraft
      const all = await people(ctx, total + 1)
      const mainOf = (at: number) => (at < planting ? '小种植' : at < planting + breeding ? '小养殖' : '小手工')
      await take('industry.courtyard', [header, ...all.slice(0, total).map((one, at) => row(one, '脱贫户', mainOf(at), true))])
      expect(await figure('ledgers.courtyard.households')).toBe(String(total))
      expect(await groups('ledgers.courtyard.households', 'by:main')).toEqual(
        Object.fromEntries(Object.entries({ planting, breeding, handicraft }).map(([key, count]) => [key, String(count)])),
      )
      expect(await refusal('industry.courtyard', { household: ofHousehold(all[total]), kinds: ['planting'], main: 'breeding' })).toContain(
        '主营类型要在经营类型里',
      )
    })
  })
})

describe('R19 fair funnel', () => {
  it('R19 267 ≤ 896 ≤ 1,537 stand, 897 hires of 896 intents do not; 165 intents of 1,200 posts are fine; postings are no posts (F-016 to F-019)', async () => {
    await inRegisters(async ({ make, move, refusal, warnings, figure }) => {
      const fair = {
        name: '春风行动',
        postings: '8530',
        posts: '1600',
        intents: '1537',
        hires: '896',
        'poor-hires': '267',
        'held-on': '2023-02-20',
      }
      const record = await make('employment.fair', fair)
      expect(warnings(record).filter((one) => one.includes('意向人数'))).toEqual([])
      await move(record, 'hold')
      expect([await figure('ledgers.fair.postings'), await figure('ledgers.fair.posts')]).toEqual(['8530', '1600'])
      expect(await refusal('employment.fair', { ...fair, name: '漏斗倒挂', intents: '896', hires: '897' })).toContain('录用不能多于意向')
      expect(await refusal('employment.fair', { ...fair, name: '漏斗倒挂', 'poor-hires': '897' })).toContain('其中数不能多于录用数')
      const small = { ...fair, name: '三送', posts: '1200', intents: '165', hires: '80', 'poor-hires': '20' }
      expect(warnings(await make('employment.fair', small)).filter((one) => one.includes('意向人数'))).toEqual([])
    })
  })

  it('R19 a person hired at two fairs counts once', async () => {
    await inRegisters(async ({ make, figure }, ctx) => {
      const [one, other] = await people(ctx, 2)
      const fairs = [
        await make('employment.fair', { name: '甲场', 'held-on': '2023-02-20' }),
        await make('employment.fair', { name: '乙场', 'held-on': '2023-03-20' }),
      ]
      for (const [at, person] of [one, one, other].entries()) {
        const [fair, on] = [fairs[at % 2], at % 2 === 0 ? '2023-02-20' : '2023-03-20']
        if (fair === undefined) continue
        await make('employment.applicant', {
          person: ofPerson(person),
          fair: link(fair),
          'household-type': 'exited',
          'intent-on': on,
          hired: at < 2,
          'hired-on': at < 2 ? on : null,
        })
      }
      expect([
        await figure('ledgers.applicant.intents'),
        await figure('ledgers.applicant.hires'),
        await figure('ledgers.applicant.poor-hires'),
      ]).toEqual(['2', '1', '1'])
    })
  })
})

describe('R24 and R26 cases and petitions', () => {
  it('R24 sanctions 7 + 1 are 8 persons, 8 cases are 8 notified; more notified than sanctioned is refused (F-418, F-419, F-422)', async () => {
    await inRegisters(async ({ make, move, figure, refusal }) => {
      for (let at = 0; at < 8; at += 1) {
        const counts = {
          party: at < 7 ? '1' : '0',
          administrative: at < 7 ? '0' : '1',
          notified: null,
          bulletin: null,
          'bulletin-on': null,
        }
        const filed = await make('integrity.case', { case: `测试案${at}`, 'filed-on': '2023-05-01', ...counts })
        await move(await move(filed, 'sanction'), 'notify', { notified: '1', bulletin: '2023年第1期', 'bulletin-on': '2023-06-01' })
      }
      const keys = ['party', 'administrative', 'total', 'notified-cases']
      const figures: (string | null)[] = []
      for (const key of keys) figures.push(await figure(`ledgers.case.${key}`))
      expect(figures).toEqual(['7', '1', '8', '8'])
      expect(await refusal('integrity.case', { case: '多报', party: '1', administrative: '0', notified: '2' })).toContain(
        '通报人数不能多于处分人数',
      )
    })
  })

  it('R24 huts that were removed and that remain are all: 22 + 4 = 26 (F-447 to F-449)', async () => {
    await inRegisters(async ({ make, figure, move }) => {
      const campaign = await make('grid.hut-campaign', { name: '拆棚行动' })
      const all = isFull ? [26, 22] : [3, 2]
      for (let at = 0; at < (all[0] ?? 0); at += 1) {
        const hut = await make('grid.hut', {
          campaign: link(campaign),
          owner: `当事人${at}`,
          notice: `通${at}`,
          'notified-on': '2023-12-02',
          'found-on': '2023-12-01',
          'due-on': '2023-12-20',
          mode: null,
          'removed-on': null,
        })
        if (at >= (all[1] ?? 0)) continue
        await move(await move(hut, 'notify'), 'remove', { mode: 'self', 'removed-on': '2023-12-10' })
      }
      const [listed, removed, remaining] = [
        await figure('ledgers.hut.listed'),
        await figure('ledgers.hut.removed'),
        await figure('ledgers.hut.remaining'),
      ]
      expect([listed, removed, Number(removed) + Number(remaining)]).toEqual([String(all[0]), String(all[1]), all[0]])
    })
  })

  it('R26 petitions since 2014-01-01 with one file and one leader each; dynamic zero on 06-30 is no open one received before (F-407 to F-410)', async () => {
    await inRegisters(async ({ make, move, refusal, warnings, figure }, ctx) => {
      const petition = (no: string, on: string) => ({
        what: `事项${no}`,
        'file-no': no,
        'received-on': on,
        'due-on': '2023-12-31',
        'zero-on': '2020-06-30',
        'answered-on': null,
        result: null,
      })
      const of2014 = (record: RecordRecord) => warnings(record).some((one) => one.includes('2014'))
      expect([
        of2014(await make('integrity.petition', petition('1', '2013-12-31'))),
        of2014(await make('integrity.petition', petition('2', '2014-01-01'))),
      ]).toEqual([true, false])
      expect(await refusal('integrity.petition', petition('2', '2014-02-01'))).toContain('ledgers.not-unique')
      expect(await refusal('integrity.petition', { ...petition('3', '2014-02-01'), leader: null })).toContain('包案领导')
      expect(await figure('ledgers.petition.one-file')).toBe('100')
      const early = await make('integrity.petition', petition('4', '2020-06-29'))
      const late = await make('integrity.petition', petition('5', '2020-06-30'))
      expect([early, late].map((record) => [warnings(record).length, record.values['ruling']])).toEqual([
        [1, expect.stringContaining('没有清零')],
        [0, expect.stringContaining('办到')],
      ])
      const openBefore = async () => {
        const filter = { field: 'received-on', from: '2020-01-01', to: '2020-06-29' }
        const search = { templateKey: 'integrity.petition', fields: [filter], states: ['received', 'assigned', 'handled'], limit: 5 }
        return (await searchRecords(ctx, search)).items.length
      }
      expect(await openBefore()).toBe(1)
      const answered = await move(await move(await move(early, 'assign'), 'handle', { result: '已化解' }), 'answer', {
        'answered-on': '2023-12-10',
      })
      expect([await openBefore(), warnings(answered).length]).toEqual([0, 0])
    })
  })
})
