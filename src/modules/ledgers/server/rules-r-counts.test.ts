import { describe, expect, it } from 'vitest'
import { isFull } from '../../../../test/chance.ts'
import { givenPeople } from '../../../../test/ledgers/many-people.ts'
import { inRegistersOf } from '../../../../test/ledgers/registers.ts'
import type { Inside } from '../../../../test/ledgers/walker.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'

// The worked examples of the requirement that are counts and shares, by rows of the shipped registers: as many rows as are printed, entered as a list, give
// the printed figure. `npm run test:full` enters all that are printed, `npm test` fewer with the same shares.
const walk = openWalkWorld()
const inRegisters = inRegistersOf(walk)
const village = () => `${walk().county.villages[0]?.path ?? ''}01.`
const people = (ctx: Inside, count: number, type?: string) =>
  givenPeople(ctx, walk().world.vault, { count, areaPath: village(), ...(type === undefined ? {} : { type }) })

describe('R18 employment', () => {
  const job = (id: string, where: string, kind = '脱贫户', main = '是') => [
    id,
    kind,
    where,
    '自主就业',
    '缝纫工',
    '3000',
    '2023-03-01',
    main,
  ]
  const header = ['证件号码', '人员类型', '务工地点', '渠道', '工种', '月收入', '务工开始时间', '主要工作']
  const [outside, inside] = isFull ? [27_714, 18_333] : [22, 190]

  it(`R18 outside ${outside} and inside ${inside} are all: ${outside + inside} (F-012, F-013, F-011)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const workers = await people(ctx, outside + inside)
      await take('employment.job', [
        header,
        ...workers.map(({ idNumber }, at) => job(idNumber, at < outside ? '省外' : at % 2 === 0 ? '县内' : '省内县外')),
      ])
      expect([await figure('ledgers.job.outside'), await figure('ledgers.job.inside'), await figure('ledgers.job.total')]).toEqual(
        [outside, inside, outside + inside].map(String),
      )
    })
  })

  it('R18 a second work of the same person breaks no sum: only the main one counts', async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const [one, other] = await people(ctx, 2)
      const second = ['2023-06-01', '否']
      const rows = [
        job(one?.idNumber ?? '', '省外'),
        [...job(one?.idNumber ?? '', '县内').slice(0, 6), ...second],
        job(other?.idNumber ?? '', '县内'),
      ]
      await take('employment.job', [header, ...rows])
      expect([await figure('ledgers.job.outside'), await figure('ledgers.job.inside'), await figure('ledgers.job.total')]).toEqual([
        '1',
        '1',
        '2',
      ])
    })
  })

  const [all, excluded, employed] = isFull ? [3200, 146, 2846] : [48, 4, 41]
  it(`R18 ${all} poor labourers, ${excluded} excluded, ${employed} of ${all - excluded} employed are 93.2 % (F-153)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const workers = await people(ctx, all)
      await take('employment.labour-survey', [
        ['证件号码', '年度', '摸排日期', '有劳动能力', '有务工意愿', '自身障碍', '在家务农', '就业意向'],
        ...workers.map(({ idNumber }, at) => [
          idNumber,
          '2023',
          '2023-02-01',
          '是',
          '是',
          at < 2 ? '患病' : '无',
          at >= 2 && at < excluded ? '是' : '否',
          '务工',
        ]),
      ])
      await take('employment.job', [header, ...workers.slice(excluded, excluded + employed).map(({ idNumber }) => job(idNumber, '省外'))])
      expect(await figure('ledgers.labour-survey.base')).toBe(String(all - excluded))
      expect(await figure('ledgers.job.rate')).toBe('93.2')
    })
  })
})

describe('R20 return to work', () => {
  const header = ['证件号码', '人员类型', '返岗地', '应返岗日期', '返岗日期', '办理状态']
  const [all, nearly] = isFull ? [2745, '99.96'] : [200, '99.50']
  it(`R20 ${all} of ${all} are 100 %, ${all - 1} are ${nearly} and never 100 (F-154, F-155, F-390)`, async () => {
    await inRegisters(async ({ take, figure, make, move }, ctx) => {
      const workers = await people(ctx, all)
      const row = (id: string) => [id, '脱贫户', '广东', '2023-02-10', '2023-02-10', '已返岗']
      await take('employment.return', [header, ...workers.slice(1).map(({ idNumber }) => row(idNumber))])
      expect([await figure('ledgers.return.returned'), await figure('ledgers.return.rate')]).toEqual([String(all - 1), '100.00'])
      const [last] = workers
      const due = await make('employment.return', {
        person: { id: last?.personId ?? '', name: '' },
        'due-on': '2023-02-10',
        'returned-on': null,
      })
      expect([await figure('ledgers.return.due'), await figure('ledgers.return.rate')]).toEqual([String(all), nearly])
      await move(due, 'return', { 'returned-on': '2023-02-11' })
      expect([await figure('ledgers.return.returned'), await figure('ledgers.return.rate')]).toEqual([String(all), '100.00'])
    })
  })
})

describe('R25 insurance', () => {
  const header = ['证件号码', '年度', '重点对象类别', '参保', '参保险种', '未参保原因']
  const row = (id: string, group: string, insured: boolean) => [
    id,
    '2023',
    group,
    insured ? '是' : '否',
    insured ? '居民医保' : '',
    insured ? '' : '失联',
  ]
  const [residents, below, share] = isFull ? [1000, 949, '94.9'] : [200, 189, '94.5']
  it(`R25 ${below} of ${residents} residents are below 95.0 %, ${below + 1} meet it (F-320)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const all = await people(ctx, residents)
      await take('safeguards.insurance', [header, ...all.map(({ idNumber }, at) => row(idNumber, '普通居民', at < below))])
      expect(await figure('ledgers.insurance.share')).toBe(share)
      await take('safeguards.insurance', [
        header,
        ...all
          .slice(below, below + 1)
          .map(({ idNumber }) => [...row(idNumber, '普通居民', true)].map((cell, at) => (at === 1 ? '2022' : cell))),
      ])
      expect(await figure('ledgers.insurance.insured')).toBe(String(below + 1))
      expect(await figure('ledgers.insurance.share')).toBe('95.0')
    })
  })

  it('R25 one uninsured key person is not 100 % and is warned of, one of the excused is not (F-321)', async () => {
    await inRegisters(async ({ make, figure, warnings }, ctx) => {
      const all = await people(ctx, 20)
      const of = (at: number) => ({ id: all[at]?.personId ?? '', name: '' })
      const good = { group: 'monitored', insured: true, kind: 'resident' }
      for (let at = 0; at < 19; at += 1) await make('safeguards.insurance', { person: of(at), ...good })
      expect(await figure('ledgers.insurance.key-share')).toBe('100.00')
      const one = await make('safeguards.insurance', { person: of(19), group: 'dibao', insured: false, kind: null, 'why-not': 'refuses' })
      expect([await figure('ledgers.insurance.key-share'), warnings(one).join()]).toEqual(['95.00', '重点对象必须参保（应保尽保 100%）'])
      expect(
        warnings(
          await make('safeguards.insurance', {
            person: of(19),
            year: '2022',
            group: 'dibao',
            insured: false,
            kind: null,
            'why-not': 'soldier',
          }),
        ),
      ).toEqual([])
    })
  })
})

describe('R38 health checks', () => {
  const [poor, examined] = isFull ? [1696, 1272] : [200, 150]
  it(`R38 ${examined} of ${poor} are 75 %, a person examined twice counts once, 100 % only when all are (F-433, F-434)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      // The households of the walk came to the register later than May.
      const all = await people(ctx, poor)
      const header = ['证件号码', '义诊活动', '乡镇', '体检村', '体检日期', '体检项目', '办理状态']
      const { villages, townships } = walk().county
      const row = (id: string, on: string) => [id, '健康义诊', townships[0]?.name ?? '', villages[0]?.name ?? '', on, '心电图', '已体检']
      const ids = all.map((one) => one.idNumber)
      await take('safeguards.health-check', [header, ...ids.slice(0, examined).map((id) => row(id, '2023-05-11'))])
      expect([await figure('ledgers.health-check.persons', '2023-05'), await figure('ledgers.health-check.share', '2023-05')]).toEqual([
        String(examined),
        '75',
      ])
      await take('safeguards.health-check', [header, ...ids.slice(0, 5).map((id) => row(id, '2023-05-12'))])
      expect(await figure('ledgers.health-check.persons', '2023-05')).toBe(String(examined))
      await take('safeguards.health-check', [header, ...ids.slice(examined, poor - 1).map((id) => row(id, '2023-05-25'))])
      expect(await figure('ledgers.health-check.share', '2023-05')).toBe('99')
      await take('safeguards.health-check', [header, ...ids.slice(poor - 1).map((id) => row(id, '2023-05-25'))])
      expect([await figure('ledgers.health-check.persons', '2023-05'), await figure('ledgers.health-check.share', '2023-05')]).toEqual([
        String(poor),
        '100',
      ])
    })
  })
})

describe('R37 representatives', () => {
  const [households, representatives] = isFull ? [13_321, 1158] : [115, 10]
  it(`R37 every one of ${households} households has a link: 100 %, two representatives of one count it once, mean 11.5 (F-285, F-286)`, async () => {
    await inRegisters(async ({ take, figure }, ctx) => {
      const others = walk().homes.length
      const all = await people(ctx, households - others)
      const numbers = [...all.map((one) => one.householdNo), ...walk().homes.map((one) => one.householdNo)]
      const chosen = all.slice(0, representatives)
      const row = (household: string, at: number) => [household, chosen[at % representatives]?.idNumber ?? '', '2023-01-10', '是']
      const header = ['户编号', '代表', '联系开始', '联系方式已告知']
      await take('governance.representative', [header, ...numbers.slice(1).map((household, at) => row(household, at))])
      expect(Number(await figure('ledgers.representative.share'))).toBeLessThan(100)
      await take('governance.representative', [header, row(numbers[0] ?? '', 0), row(numbers[1] ?? '', 7)])
      const [linked, persons] = [await figure('ledgers.representative.households'), await figure('ledgers.representative.persons')]
      expect([linked, persons, await figure('ledgers.representative.share')]).toEqual([
        String(households),
        String(representatives),
        '100.00',
      ])
      expect((Number(linked) / Number(persons)).toFixed(1)).toBe('11.5')
    })
  })
})
