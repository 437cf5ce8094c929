import { describe, expect, it } from 'vitest'
import { givenPeople } from '../../../../test/ledgers/many-people.ts'
import { inRegistersOf, link, type Registers } from '../../../../test/ledgers/registers.ts'
import type { Values } from '../../../../test/ledgers/some-values.ts'
import { openWalkWorld } from '../../../../test/ledgers/walk-world.ts'
import type { RecordRecord } from '../rules/records.ts'

// The worked examples of the requirement that are money: entered in the shipped registers, the printed amount or the refusal comes out. What the decision
// tables say by themselves, under each reading, stands in policies (r-money.test.ts).
const walk = openWalkWorld()
const inRegisters = inRegistersOf(walk)
/** The policy is of 2023; its two years are over. */
const afterwards = (work: Parameters<typeof inRegisters>[0]) => inRegisters(work, '2025-01-10')
const money = (record: RecordRecord, key: string) => record.values[key]

describe('R05 sales reward', () => {
  const eligible = {
    primary: true,
    'by-order': true,
    channel: 'agent',
    stage: 'cash',
    'household-type': 'exited',
    price: '10',
    'producer-price': '10',
    quantity: null,
    linked: null,
  }
  const sell = async ({ make, move }: Registers, firm: RecordRecord, given: { amount: string; on: string } & Values) => {
    const { amount, on, ...other } = given
    await move(await make('markets.sale', { ...eligible, firm: link(firm), amount, 'sold-on': on, ...other }), 'settle')
  }
  let units = 0
  const firmOf = async ({ make }: Registers): Promise<RecordRecord> => {
    units += 1
    return make('industry.firm', { name: `合作社${units}` })
  }
  const claim = (firm: RecordRecord, asOf: string, policy: readonly [string, string]): Values => ({
    firm: link(firm),
    'as-of': asOf,
    'policy-from': policy[0],
    'policy-until': policy[1],
    granted: null,
  })
  const table = [
    ['99999.99', '0.00'],
    ['100000', '5000.00'],
    ['499999.99', '25000.00'],
    ['500000', '35000.00'],
    ['1500000', '105000.00'],
    ['4285714.28', '300000.00'],
    ['4300000', '300000.00'],
    ['5000000', '300000.00'],
  ] as const

  it.each(table)(
    'R05 sales of %s in the register give a reward of %s (whole amount, thresholds included; F-056 to F-060, F-065)',
    async (amount, reward) => {
      await afterwards(async (registers) => {
        const firm = await firmOf(registers)
        await sell(registers, firm, { amount, on: '2024-06-01' })
        const record = await registers.make('markets.sales-reward', claim(firm, '2024-12-31', ['2024-01-01', '2024-12-31']))
        expect([money(record, 'sales'), money(record, 'reward')]).toEqual([amount.includes('.') ? amount : `${amount}.00`, reward])
      })
    },
  )

  it('R05 the cap is shared by all rewards within one policy: 210,000 and then 90,000; with a policy a year 140,000; never a fen more', async () => {
    await afterwards(async (registers) => {
      const { make, move, moveRefusal } = registers
      const firm = await firmOf(registers)
      await sell(registers, firm, { amount: '3000000', on: '2023-06-01' })
      await sell(registers, firm, { amount: '2000000', on: '2024-06-01' })
      const both = ['2023-01-01', '2024-12-31'] as const
      const first = await make('markets.sales-reward', claim(firm, '2023-12-31', both))
      expect(money(first, 'reward')).toBe('210000.00')
      await move(
        await move(await move(first, 'verify', { granted: '210000' }), 'show', { 'shown-from': '2024-01-05', 'shown-until': '2024-01-12' }),
        'approve',
      )
      const second = await make('markets.sales-reward', claim(firm, '2024-12-31', both))
      expect([money(second, 'paid-before'), money(second, 'reward'), money(second, 'capped')]).toEqual(['210000.00', '90000.00', '已封顶'])
      expect(await moveRefusal(second, 'verify', { granted: '90000.01' })).toContain('ledgers.')
      expect(money(await move(second, 'verify', { granted: '90000' }), 'granted')).toBe('90000.00')
    })
    await afterwards(async (registers) => {
      const firm = await firmOf(registers)
      await sell(registers, firm, { amount: '2000000', on: '2024-06-01' })
      expect(money(await registers.make('markets.sales-reward', claim(firm, '2024-12-31', ['2024-01-01', '2024-12-31'])), 'reward')).toBe(
        '140000.00',
      )
    })
  })

  it('R05 what was not taken at the original price, by order, of primary produce of such households does not count toward the threshold', async () => {
    await afterwards(async (registers) => {
      const firm = await firmOf(registers)
      await sell(registers, firm, { amount: '99999.99', on: '2024-06-01' })
      for (const other of [
        { 'producer-price': '9.99' },
        { 'by-order': false },
        { primary: false },
        { 'household-type': 'ordinary' },
        { stage: 'intent' },
      ])
        await sell(registers, firm, { amount: '400000', on: '2024-06-02', ...other })
      const record = await registers.make('markets.sales-reward', claim(firm, '2024-12-31', ['2024-01-01', '2024-12-31']))
      expect([money(record, 'sales'), money(record, 'reward')]).toEqual(['99999.99', '0.00'])
    })
  })
})

describe('R06 work relief', () => {
  const pay = (low: string, rest: string) => [
    { name: '测试员甲', days: '30', amount: low, low: true },
    { name: '测试员乙', days: '30', amount: rest, low: false },
  ]
  const base = { budget: '66000000', month: '2023-11', 'paid-on': '2023-11-30', linked: null }
  it('R06 475,500 of 3,170,000 yuan of pay are 15 % and meet the target, one fen less is warned of (F-027, F-028)', async () => {
    await inRegisters(async ({ make, move, figure, warnings }) => {
      const record = await make('employment.work-relief', { ...base, pay: pay('475500', '2694500') })
      expect([money(record, 'total'), money(record, 'low-pay'), money(record, 'share'), warnings(record)]).toEqual([
        '3170000.00',
        '475500.00',
        '15',
        [],
      ])
      await move(await move(record, 'show'), 'pay')
      expect([await figure('ledgers.work-relief.paid'), await figure('ledgers.work-relief.share')]).toEqual(['3170000.00', '15.0'])
      const less = await make('employment.work-relief', {
        ...base,
        month: '2023-12',
        'paid-on': '2023-12-01',
        pay: pay('475499.99', '2694500.01'),
      })
      expect(warnings(less).join()).toContain('15%')
    })
  })
})

describe('R07 workshop bonus', () => {
  const of = async ({ make }: Registers, asOf: string) => {
    const workshop = await make('employment.workshop', { name: `车间${asOf}` })
    const values = { workshop: link(workshop), kind: 'bonus', period: asOf, 'as-of': asOf, standard: '3000', paid: null, 'paid-on': null }
    return { workshop, bonus: await make('employment.bonus', values) }
  }
  const worker = (given: { workshop: RecordRecord; bonus: RecordRecord }, personId: string, from: string): Values => ({
    person: { id: personId, name: '' },
    workshop: link(given.workshop),
    claim: link(given.bonus),
    'as-of': given.bonus.values['as-of'] ?? null,
    from,
    until: null,
  })

  it('R07 since 2019-05-01: nothing on 2020-04-30, 3,000 yuan on 2020-05-01', async () => {
    await inRegisters(async (registers, ctx) => {
      const [one] = await givenPeople(ctx, walk().world.vault, { count: 1, areaPath: `${walk().county.villages[0]?.path ?? ''}01.` })
      const amounts: unknown[] = []
      for (const asOf of ['2020-04-30', '2020-05-01'])
        amounts.push(
          money(
            await registers.make('employment.bonus-worker', worker(await of(registers, asOf), one?.personId ?? '', '2019-05-01')),
            'amount',
          ),
        )
      expect(amounts).toEqual(['0.00', '3000.00'])
    })
  })

  it('R07 a firm with 20 workers of whom 14 have 12 months gets 42,000 yuan, no fen more, and nobody twice (F-156, F-157)', async () => {
    await inRegisters(async (registers, ctx) => {
      const { make, move, moveRefusal, refusal, read } = registers
      const people = await givenPeople(ctx, walk().world.vault, { count: 20, areaPath: `${walk().county.villages[0]?.path ?? ''}01.` })
      const given = await of(registers, '2023-12-01')
      const workers: RecordRecord[] = []
      for (const [at, { personId }] of people.entries())
        workers.push(await make('employment.bonus-worker', worker(given, personId, at < 14 ? '2022-12-01' : '2022-12-02')))
      const claimed = await read(given.bonus)
      expect([money(claimed, 'counted'), money(claimed, 'amount')]).toEqual(['14', '42000.00'])
      const names = [{ name: '名单见附件', from: '2022-12-01', poor: true }]
      const verified = await move(await move(claimed, 'verify', { people: names }), 'approve')
      expect(await moveRefusal(verified, 'pay', { paid: '42000.01', 'paid-on': '2023-12-10' })).toContain('ledgers.')
      expect(money(await move(verified, 'pay', { paid: '42000', 'paid-on': '2023-12-10' }), 'paid')).toBe('42000.00')
      const [first] = workers
      if (first !== undefined) await move(first, 'verify')
      const next = await make('employment.bonus', {
        workshop: link(given.workshop),
        kind: 'bonus',
        period: '第二年',
        'as-of': '2023-12-15',
        standard: '3000',
        paid: null,
      })
      expect(
        await refusal('employment.bonus-worker', worker({ ...given, bonus: next }, people[0]?.personId ?? '', '2022-12-01')),
      ).toContain('ledgers.refused')
    })
  })
})

describe('R23 interest subsidy', () => {
  const quarters = [
    ['2023-01-01', '2023-03-31'],
    ['2023-04-01', '2023-06-30'],
    ['2023-07-01', '2023-09-30'],
    ['2023-10-01', '2023-12-31'],
  ] as const
  it('R23 a loan open for all of 2023 has four subsidies; a quarter without one is warned of, a second one in a quarter is refused (F-326)', async () => {
    await inRegisters(async ({ make, move, read, refusal, warnings }) => {
      const loan = await make('funds.loan', {
        contract: 'R23',
        'granted-on': '2023-01-01',
        'due-on': '2025-12-31',
        principal: '50000',
        'settled-on': null,
      })
      const open = await move(await move(loan, 'approve'), 'grant')
      const subsidy = (at: number): Values => ({
        loan: link(loan),
        fund: null,
        from: quarters[at]?.[0] ?? '',
        'as-of': quarters[at]?.[1] ?? '',
        paid: '100',
        'paid-on': null,
      })
      for (const at of [0, 1, 3])
        await move(await move(await make('funds.interest-subsidy', subsidy(at)), 'approve'), 'pay', { 'paid-on': '2024-01-08' })
      expect([money(await read(open), 'subsidised'), money(await read(open), 'quarters'), warnings(await read(open)).length]).toEqual([
        '3',
        '4',
        1,
      ])
      expect(await refusal('funds.interest-subsidy', subsidy(3))).toMatch(/ledgers\.(refused|not-unique)/)
      await move(await move(await make('funds.interest-subsidy', subsidy(2)), 'approve'), 'pay', { 'paid-on': '2024-01-09' })
      expect([money(await read(open), 'subsidised'), money(await read(open), 'subsidy'), warnings(await read(open))]).toEqual([
        '4',
        '400.00',
        [],
      ])
    }, '2024-01-10')
  })
})
