import { describe, expect, it } from 'vitest'
import { isFull } from '../../../../test/chance.ts'
import { givenPeople, type OnePerson } from '../../../../test/ledgers/many-people.ts'
import { inRegistersOf } from '../../../../test/ledgers/registers.ts'
import type { Inside } from '../../../../test/ledgers/walker.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'

// The worked examples of the requirement of villages, land, toilets and books, by the shipped registers.
const walk = openWalkWorld()
const inRegisters = inRegistersOf(walk)
const village = (at = 0) => ({ id: walk().county.villages[at]?.path ?? '', name: '' })
const people = (ctx: Inside, count: number): Promise<OnePerson[]> =>
  givenPeople(ctx, walk().world.vault, { count, areaPath: `${village().id}01.` })
const ofHousehold = (one: OnePerson | undefined) => ({ id: one?.householdId ?? '', name: '' })

describe('R22 and R27', () => {
  it('R22 the Friday clean-up of another day is warned of', async () => {
    await inRegisters(async ({ make, warnings }) => {
      expect(warnings(await make('environment.cleanup', { kind: 'friday', on: '2023-12-15' }))).toEqual([])
      expect(warnings(await make('environment.cleanup', { kind: 'friday', on: '2023-12-14' })).join()).toContain('星期五')
    })
  })

  it('R27 an indicator without incident is met; six are the full basis; no more points are spent than there are', async () => {
    await inRegisters(async ({ make, move, figure, refusal }) => {
      const none = { accident: '0', petition: '0', crime: '0', building: '0', pollution: '0', epidemic: '0', value: '2' }
      const whole = await make('governance.six-zeros', { ...none, area: village(0), month: '2023-11' })
      const five = await make('governance.six-zeros', { ...none, area: village(1), month: '2023-11', crime: '3' })
      expect([whole, five].map((one) => [one.values['met'], one.values['all'], one.values['points']])).toEqual([
        ['6', true, '12'],
        ['5', false, '10'],
      ])
      expect([await figure('ledgers.six-zeros.villages'), await figure('ledgers.six-zeros.points')]).toEqual(['1', '22.0'])
      await move(whole, 'score')
      const exchange = { programme: 'points', area: village(0), 'project-record': null }
      expect(await refusal('governance.award-project', { ...exchange, project: '路灯', points: '13' })).toContain('ledgers.refused')
      const spent = await make('governance.award-project', { ...exchange, project: '水渠', points: '8' })
      expect([spent.values['balance'], spent.values['left']]).toEqual(['12', '4'])
      expect(await refusal('governance.award-project', { ...exchange, project: '路灯', points: '5' })).toContain('ledgers.refused')
      expect(await refusal('governance.award-project', { ...exchange, project: '路灯', points: '4' })).toBe('done')
    })
  })
})

describe('R28 and R31 land', () => {
  it('R28 300, 100.05 and 49.95 mu are 20, 6.67 and 3.33 hectares, and are added in mu', async () => {
    await inRegisters(async ({ make, move, figure }) => {
      const hectares: unknown[] = []
      for (const [at, mu] of ['300', '100.05', '49.95'].entries()) {
        const record = await make('industry.planting', {
          crop: 'peanut',
          grower: `种植人${at}`,
          'grower-kind': 'large',
          mu,
          'sown-on': '2023-05-01',
        })
        hectares.push(record.values['hectares'])
        await move(record, 'sow')
      }
      expect([hectares, await figure('ledgers.planting.area')]).toEqual([['20', '6.67', '3.33'], '450.00'])
    })
  })

  it('R31 the total is that of transfers in force, the largest one contiguous piece; without any there is 0 and no largest (F-280, F-281)', async () => {
    await inRegisters(async ({ make, move, figure, refusal }) => {
      const both = async () => [await figure('ledgers.land-transfer.area'), await figure('ledgers.land-transfer.largest')]
      expect(await both()).toEqual(['0.00', null])
      for (const [at, [mu, contiguous, isEnded]] of [
        ['120', '60', false],
        ['80.5', '80.5', false],
        ['500', '400', true],
      ].entries()) {
        const values = { contract: `R31-${at}`, mu: String(mu), contiguous: String(contiguous), until: '2028-12-31' }
        const signed = await move(await move(await make('industry.land-transfer', values), 'list'), 'sign')
        if (isEnded === true) await move(signed, 'end')
      }
      expect(await both()).toEqual(['200.50', '80.50'])
      expect(await refusal('industry.land-transfer', { contract: 'R31-9', mu: '10', contiguous: '10.01' })).toContain(
        '连片面积不能大于流转面积',
      )
    })
  })
})

describe('R34 toilets', () => {
  const [problems, rectified] = isFull ? [391, 316] : [5, 4]
  it(`R34 all inspected are 100 %; ${problems} problems are ${rectified} rectified and ${problems - rectified} remaining, each with a measure and a person (F-308 to F-310)`, async () => {
    await inRegisters(async ({ make, move, figure, refusal }, ctx) => {
      const all = await people(ctx, problems + 2)
      const bad = {
        result: 'problem',
        problem: 'leak',
        measure: '疏通',
        responsible: '责任人',
        'due-on': '2023-12-31',
        'rectified-on': null,
        keeper: null,
        'inspected-on': '2023-11-01',
        'rebuilt-on': '2013-01-01',
      }
      for (const [at, one] of all.slice(0, problems).entries()) {
        const listed = await move(await make('environment.toilet', { household: ofHousehold(one), ...bad }), 'problem')
        if (at < rectified) await move(await move(listed, 'rectify', { 'rectified-on': '2023-12-01' }), 'accept', { keeper: '管护人' })
      }
      const good = {
        result: null,
        'inspected-on': null,
        problem: null,
        measure: null,
        responsible: null,
        'due-on': null,
        'rebuilt-on': '2014-05-01',
      }
      const last = await make('environment.toilet', { household: ofHousehold(all[problems]), ...good })
      expect(Number(await figure('ledgers.toilet.coverage'))).toBeLessThan(100)
      await move(last, 'good', { result: 'good', 'inspected-on': '2023-12-01' })
      const figures = [
        await figure('ledgers.toilet.problems'),
        await figure('ledgers.toilet.rectified'),
        await figure('ledgers.toilet.coverage'),
      ]
      expect(figures).toEqual([String(problems), String(rectified), '100.00'])
      const other = { household: ofHousehold(all[problems + 1]), ...bad }
      expect(await refusal('environment.toilet', { ...other, measure: null })).toContain('整改措施')
      expect(await refusal('environment.toilet', { ...other, responsible: null })).toContain('责任人')
      expect(await refusal('environment.toilet', { ...other, 'rebuilt-on': '2012-12-31' })).toContain('2013')
    })
  })
})

describe('R35 distribution', () => {
  it('R35 it is complete when every house has a confirmed delivery on or before 04-30; one late or missing is not (F-141, F-142)', async () => {
    await inRegisters(async ({ make, move, figure }) => {
      const lines = [{ category: 'planting', title: '种植技术', volumes: '100' }]
      const houses = walk().county.villages
      for (const [at, { path }] of houses.entries()) {
        const house = await make('environment.books', {
          campaign: '农家书屋补充',
          area: { id: path, name: '' },
          'due-on': '2023-04-30',
          'delivered-on': null,
          lines: null,
        })
        const on = at === 0 ? '2023-05-01' : '2023-04-30'
        if (at < houses.length - 1) await move(await move(house, 'deliver', { 'delivered-on': on, lines }), 'confirm')
      }
      expect([
        await figure('ledgers.books.houses'),
        await figure('ledgers.books.confirmed'),
        await figure('ledgers.books.complete'),
      ]).toEqual(['4', '2', '50.00'])
    })
    await inRegisters(async ({ make, move, figure }) => {
      const lines = [{ category: 'planting', title: '种植技术', volumes: '100' }]
      for (const [at, { path }] of walk().county.villages.entries()) {
        expect(await figure('ledgers.books.complete')).toBe(at === 0 ? 'base-zero' : '100.00')
        const house = await make('environment.books', {
          campaign: '农家书屋补充',
          area: { id: path, name: '' },
          'due-on': '2023-04-30',
          'delivered-on': null,
          lines: null,
        })
        await move(await move(house, 'deliver', { 'delivered-on': '2023-04-30', lines }), 'confirm')
      }
      expect([
        await figure('ledgers.books.confirmed'),
        await figure('ledgers.books.complete'),
        await figure('ledgers.books.volumes'),
      ]).toEqual(['4', '100.00', '400'])
    })
  })
})
