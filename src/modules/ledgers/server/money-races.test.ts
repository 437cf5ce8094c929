import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { givenCounty, insertOrganisation, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { rounds } from '../../../../test/chance.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { fundTemplate, givenPublishedTemplates, paymentTemplate, rewardTemplate, salesTerms } from './given-money.ts'
import { applyImport, stagePaste, undoImport } from './imports.ts'
import { moveRecord } from './move-record.ts'
import { readRecord } from './read-records.ts'
import { changeRecord, makeRecord, removeRecord, restoreRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = (id = 'test:county') => world.as(grantCounty(county.countyCode), { id, name: '县经办人', roles: ['county-data-officer'] })
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  await givenPublished(officer(), { key: 'markets.sales-reward-terms', content: salesTerms, effectiveFrom: '2023-01-01' })
  await givenPublishedTemplates(officer(), [paymentTemplate, fundTemplate, rewardTemplate])
})
const make = async (templateKey: string, values: Record<string, unknown>, who?: string) =>
  (await makeRecord(officer(who), deps(), { templateKey, values })).recordId
const read = (templateKey: string, recordId: string) => readRecord(officer(), { templateKey, recordId })
let firms = 0
const firm = async () => {
  firms += 1
  const given = { kind: 'firm' as const, name: `竞争商贸${firms}`, areaPath: county.countyPath }
  return (await inTransaction(officer(), (db) => insertOrganisation(db, officer(), given))).organisationId
}

/** Milliseconds that many rounds may take. */
const patience = rounds(30_000, 3_600_000)

describe('two at the same moment', () => {
  it(
    'R05 two rewards of one payee never exceed the cap together',
    async () => {
      for (let round = 0; round < rounds(3, 1000); round += 1) {
        const payee = await firm()
        const values = { payee: { id: payee }, policy: '政策', year: '2023-12-31', sales: '3000000' }
        const ids = await Promise.all([make('own.reward', values, 'test:one'), make('own.reward', values, 'test:other')])
        const paid = await Promise.all(ids.map(async (id) => (await read('own.reward', id)).values['reward']))
        expect(new Set(paid)).toEqual(new Set(['210000.00', '90000.00']))
      }
    },
    patience,
  )

  it(
    'two payments of one fund never take more than there is, and one that is refused leaves nothing',
    async () => {
      for (let round = 0; round < rounds(3, 1000); round += 1) {
        const fund = await make('own.fund', { name: `竞争资金${round}`, amount: '100' })
        const pay = (amount: string, who: string) =>
          make('own.payment', { purpose: '同时', fund: { id: fund }, amount }, who).then(
            () => 'paid',
            (fault: unknown) => (isNamedError(fault) ? fault.code : String(fault)),
          )
        const ends = await Promise.all([pay('60', 'test:one'), pay('60', 'test:two'), pay('40', 'test:three')])
        expect(ends.slice(0, 2).sort((one, other) => (one < other ? -1 : 1))).toEqual(['ledgers.refused', 'paid'])
        expect((await read('own.fund', fund)).values).toMatchObject({ spent: '100.00', payments: '2', balance: '0.00' })
      }
    },
    patience,
  )

  it(
    'a payment that is changed while another one of its fund is made waits, and neither locks the other out',
    async () => {
      for (let round = 0; round < rounds(2, 300); round += 1) {
        const [one, other] = [
          await make('own.fund', { name: '甲资金', amount: '100' }),
          await make('own.fund', { name: '乙资金', amount: '100' }),
        ]
        const [first, second] = [
          await make('own.payment', { purpose: '一', fund: { id: one }, amount: '50' }),
          await make('own.payment', { purpose: '二', fund: { id: other }, amount: '50' }),
        ]
        const swap = (recordId: string, fund: string, who: string) =>
          changeRecord(officer(who), deps(), { templateKey: 'own.payment', recordId, revision: 1, values: { fund: { id: fund } } })
        await Promise.all([swap(first, other, 'test:one'), swap(second, one, 'test:two')])
        expect((await read('own.fund', one)).values['spent']).toBe('50.00')
        expect((await read('own.fund', other)).values['spent']).toBe('50.00')
      }
    },
    patience,
  )
})

/** Funds and payments in whole fen, as they must be. */
interface Oracle {
  readonly funds: { id: string; amount: bigint }[]
  readonly payments: { id: string; fund: number; amount: bigint; isRemoved: boolean; isPaid: boolean; batch: string | undefined }[]
}
const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
const spentOf = ({ payments }: Oracle, fund: number) =>
  payments.reduce((sum, one) => (one.fund === fund && !one.isRemoved ? sum + one.amount : sum), 0n)
const holds = (oracle: Oracle) => oracle.funds.every((fund, at) => spentOf(oracle, at) <= fund.amount)
const copy = (oracle: Oracle): Oracle => ({
  funds: oracle.funds.map((one) => ({ ...one })),
  payments: oracle.payments.map((one) => ({ ...one })),
})

const amount = fc.bigInt({ min: 1n, max: 8_000n })
const place = fc.nat(30)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('make' as const), fund: fc.nat(1), amount }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('change' as const), at: place, fund: fc.nat(1), amount }) },
  fc.record({ act: fc.constant('remove' as const), at: place }),
  fc.record({ act: fc.constant('restore' as const), at: place }),
  fc.record({ act: fc.constant('pay' as const), at: place }),
  fc.record({ act: fc.constant('fund' as const), fund: fc.nat(1), amount: fc.bigInt({ min: 1n, max: 16_000n }) }),
  fc.record({
    act: fc.constant('import' as const),
    rows: fc.array(fc.record({ fund: fc.nat(1), amount }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ act: fc.constant('undo' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Does a step to the oracle; undefined where there is nothing to do it to. The act does the same to the ledgers. */
function plan(
  oracle: Oracle,
  one: Step,
  names: readonly string[],
): { next: Oracle; act: () => Promise<unknown>; made?: (answer: unknown) => void } | undefined {
  const next = copy(oracle)
  const at = 'at' in one ? one.at % Math.max(1, oracle.payments.length) : 0
  const payment = next.payments[at]
  const fundId = (fund: number) => oracle.funds[fund]?.id ?? ''
  const of = { templateKey: 'own.payment', recordId: payment?.id ?? '' }
  const revision = async (templateKey: string, recordId: string) => (await read(templateKey, recordId)).revision
  switch (one.act) {
    case 'make': {
      const row = { id: '', fund: one.fund, amount: one.amount, isRemoved: false, isPaid: false, batch: undefined }
      next.payments.push(row)
      return {
        next,
        act: () => make('own.payment', { purpose: '随机', fund: { id: fundId(one.fund) }, amount: yuan(one.amount) }),
        // Safe: making a record answers its id.
        made: (answer) => void (row.id = answer as string),
      }
    }
    case 'change': {
      if (payment === undefined || payment.isRemoved || payment.isPaid || payment.batch !== undefined) return undefined
      Object.assign(payment, { fund: one.fund, amount: one.amount })
      const values = { fund: { id: fundId(one.fund) }, amount: yuan(one.amount) }
      return {
        next,
        act: async () => changeRecord(officer(), deps(), { ...of, revision: await revision('own.payment', of.recordId), values }),
      }
    }
    case 'remove':
    case 'restore': {
      if (payment === undefined || payment.isRemoved === (one.act === 'remove') || payment.batch !== undefined) return undefined
      payment.isRemoved = one.act === 'remove'
      const does = one.act === 'remove' ? removeRecord : restoreRecord
      return {
        next,
        act: async () => does(officer(), deps(), { ...of, revision: await revision('own.payment', of.recordId), reason: '随机' }),
      }
    }
    case 'pay': {
      if (payment === undefined || payment.isRemoved || payment.isPaid || payment.batch !== undefined) return undefined
      payment.isPaid = true
      return {
        next,
        act: async () =>
          moveRecord(officer(), deps(), { ...of, revision: await revision('own.payment', of.recordId), move: 'pay', values: {} }),
      }
    }
    case 'fund': {
      const fund = next.funds[one.fund]
      if (fund === undefined || fund.amount === one.amount) return undefined
      fund.amount = one.amount
      const recordId = fund.id
      const values = { amount: yuan(one.amount) }
      return {
        next,
        act: async () =>
          changeRecord(officer(), deps(), { templateKey: 'own.fund', recordId, revision: await revision('own.fund', recordId), values }),
      }
    }
    case 'import': {
      // Rows that no longer fit are bad; the others are taken.
      for (const row of one.rows) {
        next.payments.push({ id: '', ...row, isRemoved: false, isPaid: false, batch: 'last' })
        if (!holds(next)) next.payments.pop()
      }
      if (next.payments.length === oracle.payments.length) return undefined
      for (const row of next.payments.slice(0, oracle.payments.length)) if (row.batch === 'last') row.batch = 'older'
      const rows = [['用途', '资金来源', '金额'], ...one.rows.map((row) => ['批量', names[row.fund] ?? '', yuan(row.amount)])]
      return {
        next,
        act: async () => {
          const dry = await stagePaste(officer(), deps(), { templateKey: 'own.payment', rows })
          await applyImport(officer(), deps(), { templateKey: 'own.payment', importId: dry.importId })
          last = dry.importId
        },
      }
    }
    case 'undo': {
      const mine = next.payments.filter((row) => row.batch === 'last')
      if (mine.length === 0) return undefined
      for (const row of mine) Object.assign(row, { isRemoved: true, batch: 'gone' })
      return { next, act: () => undoImport(officer(), deps(), { templateKey: 'own.payment', importId: last }) }
    }
  }
}
let last = ''
let runs = 0

describe('any sequence of payments', () => {
  it(
    'leaves every fund with what an oracle in whole fen says, and refuses what it refuses',
    async () => {
      const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        runs += 1
        const names = [`甲${runs}号`, `乙${runs}号`]
        const begin = 10_000n
        let oracle: Oracle = { funds: [], payments: [] }
        for (const name of names) oracle.funds.push({ id: await make('own.fund', { name, amount: yuan(begin) }), amount: begin })
        for (const one of steps) {
          const planned = plan(oracle, one, names)
          if (planned === undefined) continue
          const end = await planned.act().then(
            (answer) => {
              planned.made?.(answer)
              return 'done'
            },
            (fault: unknown) => (isNamedError(fault) ? fault.code : String(fault)),
          )
          const wanted = holds(planned.next) ? ['done'] : ['ledgers.refused', 'ledgers.may-not-move']
          expect(
            wanted,
            JSON.stringify(one, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
          ).toContain(end)
          if (end === 'done') oracle = planned.next
          for (const [at, fund] of oracle.funds.entries()) {
            const spent = spentOf(oracle, at)
            expect((await read('own.fund', fund.id)).values).toMatchObject({
              amount: yuan(fund.amount),
              spent: yuan(spent),
              balance: yuan(fund.amount - spent),
            })
          }
        }
      })
      await fc.assert(property, { numRuns: rounds(2, 300) })
    },
    patience,
  )
})
