import { describe, expect, it } from 'vitest'
import { isFull } from '../../../../test/chance.ts'
import { inRegistersOf, link, type Registers } from '../../../../test/ledgers/registers.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'
import type { RecordRecord } from '../rules/records.ts'

// The worked examples of the requirement of projects, power, sales and growth, by the shipped registers.
const walk = openWalkWorld()
const inRegisters = inRegistersOf(walk)
const money = (record: RecordRecord, key: string) => record.values[key]

describe('R29, R30, R32', () => {
  it('R29 433 million after 269.6 million are 60.6 % more; after nothing there is no value (F-103)', async () => {
    await inRegisters(async ({ make, read }) => {
      const area = { id: walk().county.villages[1]?.path ?? '', name: '' }
      const sales = (month: string, amount: string) => make('grid.lottery', { area, month, amount, 'welfare-fund': '0', published: null })
      const alone = await sales('2021-06', '269600000')
      expect(money(alone, 'growth')).toBeUndefined()
      await sales('2022-06', '269600000')
      const now = await sales('2023-06', '433000000')
      expect(money(await read(now), 'growth')).toBe('60.6')
    })
  })

  it('R30 442,000 yuan for 520,000 kilowatt-hours are 0.85 a kilowatt-hour, by reading and by station (F-400, F-401)', async () => {
    await inRegisters(async ({ make, move, read, figure }) => {
      const station = await make('funds.pv-station', { name: '测试电站', account: 'R30', asset: null })
      const first = await make('funds.pv-reading', {
        station: link(station),
        month: '2023-10',
        start: '0',
        end: '200000',
        revenue: '170000',
        'received-on': null,
      })
      const second = await make('funds.pv-reading', {
        station: link(station),
        month: '2023-11',
        start: '200000',
        end: '520000',
        revenue: '272000',
        'received-on': null,
      })
      expect([money(first, 'unit-revenue'), money(second, 'unit-revenue')]).toEqual(['0.85', '0.85'])
      for (const one of [first, second]) await move(one, 'settle', { 'received-on': '2023-12-01' })
      expect([
        money(await read(station), 'kwh'),
        money(await read(station), 'revenue'),
        money(await read(station), 'unit-revenue'),
      ]).toEqual(['520000', '442000.00', '0.85'])
      expect([await figure('ledgers.pv-reading.kwh'), await figure('ledgers.pv-reading.revenue')]).toEqual(['520000', '442000.00'])
    })
  })

  it('R32 contracts 5.2, sales 3 and intents 2 million of an expo are 10.2 million together, and 3 million in cash stand beside it (F-074, F-069)', async () => {
    await inRegisters(async ({ make, figure }) => {
      const firm = await make('industry.firm', { name: '参展企业' })
      for (const [stage, amount] of [
        ['contract', '5200000'],
        ['cash', '3000000'],
        ['intent', '2000000'],
      ] as const)
        await make('markets.sale', {
          firm: link(firm),
          channel: 'expo',
          stage,
          amount,
          'sold-on': '2023-11-20',
          quantity: null,
          price: null,
          'producer-price': null,
          linked: null,
        })
      expect([await figure('ledgers.sale.expo-total'), await figure('ledgers.sale.amount')]).toEqual(['10200000.00', '3000000.00'])
      expect([await figure('ledgers.sale.contracts'), await figure('ledgers.sale.intents')]).toEqual(['5200000.00', '2000000.00'])
    })
  })
})

describe('R06 and R33 projects', () => {
  const table = (count: number) => {
    const steps = ['propose', 'discuss', 'members', 'resolve'].slice(0, count)
    return steps.map((step, at) => ({
      step,
      on: `2023-10-0${at + 1}`,
      chair: '村书记',
      invited: '60',
      present: '50',
      yes: '48',
      result: 'passed',
    }))
  }
  const shown = (count: number) =>
    ['resolution', 'result']
      .slice(0, count)
      .map((what, at) => ({ what, from: `2023-10-1${at}`, until: `2023-10-2${at}`, place: '村务公开栏', objections: '0' }))
  const deliberated = async ({ make, move }: Registers, project: RecordRecord, given: { steps: number; shown: number }) => {
    const record = await make('funds.deliberation', {
      project: link(project),
      topic: `${project.title}入库`,
      steps: table(given.steps),
      shown: shown(given.shown),
    })
    await move(await move(record, 'submit'), 'confirm')
  }

  it('R33 no entry into the library before four steps and two disclosures are recorded, in order', async () => {
    await inRegisters(async (registers) => {
      const { make, move, moveRefusal, refusal } = registers
      for (const [name, given] of [
        ['三步', { steps: 3, shown: 2 }],
        ['一公开', { steps: 4, shown: 1 }],
      ] as const) {
        const project = await make('funds.project', { name, 'approved-on': null })
        expect(await moveRefusal(project, 'enter')).toContain('ledgers.')
        await deliberated(registers, project, given)
        expect(await moveRefusal(project, 'enter')).toContain('ledgers.')
      }
      const project = await make('funds.project', { name: '四议两公开', 'approved-on': null })
      const wrong = { project: link(project), topic: '次序颠倒', steps: [...table(4)].reverse(), shown: shown(2) }
      expect(await refusal('funds.deliberation', wrong)).toContain('ledgers.refused')
      await deliberated(registers, project, { steps: 4, shown: 2 })
      expect((await move(project, 'enter')).state).toBe('in-library')
    })
  })

  const [projects, relief] = isFull ? [10, 3] : [2, 1]
  it(`R06 and R33 of ${projects} projects approved ${relief} are work relief; completed are 100 % only when all are, what is in the library alone is outside (F-026, F-350)`, async () => {
    await inRegisters(async (registers) => {
      const { make, move, figure } = registers
      const built: RecordRecord[] = []
      for (let at = 0; at < projects + 1; at += 1) {
        const values = {
          name: `项目${at}`,
          agri: true,
          'work-relief': at < relief,
          approved: null,
          'approved-on': null,
          'starts-on': null,
          'due-on': null,
          'completed-on': null,
        }
        const project = await make('funds.project', values)
        await deliberated(registers, project, { steps: 4, shown: 2 })
        const entered = await move(project, 'enter')
        if (at === projects) continue
        const approved = await move(entered, 'approve', { approved: '22000000', 'approval-no': `R33-${at}`, 'approved-on': '2023-11-01' })
        built.push(await move(approved, 'build', { 'starts-on': '2023-11-02', 'due-on': '2023-12-31' }))
      }
      const share = ((relief / projects) * 100).toFixed(1)
      expect([await figure('ledgers.project.relief-share'), await figure('ledgers.project.relief-count-share')]).toEqual([share, share])
      if (isFull)
        expect([await figure('ledgers.project.agri-amount'), await figure('ledgers.project.relief-amount')]).toEqual([
          '220000000.00',
          '66000000.00',
        ])
      for (const [at, project] of built.entries()) {
        expect(await figure('ledgers.project.completion')).toBe(String(Math.floor((at / projects) * 100)))
        await move(project, 'complete', { 'completed-on': '2023-12-10' })
      }
      expect([await figure('ledgers.project.completion'), await figure('ledgers.project.entered')]).toEqual(['100', String(projects + 1)])
    })
  })
})
