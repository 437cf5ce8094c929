import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, insertOrganisation, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenPublished } from '#modules/policies/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { fundTemplate, givenPublishedTemplates, paymentTemplate, rewardTemplate, salesTerms } from './given-money.ts'
import { applyImport, listImportRows, stagePaste, undoImport } from './imports.ts'
import { moveMany } from './many-records.ts'
import { moveRecord } from './move-record.ts'
import { readRecord, searchRecords } from './read-records.ts'
import { readWhy } from './read-why.ts'
import { previewRecord } from './work-out-preview.ts'
import { changeRecord, makeRecord, removeRecord, restoreRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { id: 'test:county', name: '县经办人', roles: ['county-data-officer'] })
const inTownship = (at: number) =>
  world.as(grantArea(county.countyCode, county.townships[at]?.path ?? ''), {
    id: `test:township-${at}`,
    name: '乡镇经办人',
    roles: ['township-officer'],
  })
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
  await givenPublished(officer(), { key: 'markets.sales-reward-terms', content: salesTerms, effectiveFrom: '2023-01-01' })
  await givenPublishedTemplates(officer(), [paymentTemplate, fundTemplate, rewardTemplate])
})

const refusal = async (work: Promise<unknown>): Promise<{ code: string; problems: string[] }> =>
  work.then(
    () => ({ code: 'done', problems: [] }),
    (fault: { code?: string; message?: string; details?: { problems?: { said: { zh: string } }[] } }) => ({
      code: fault.code ?? fault.message ?? '',
      problems: (fault.details?.problems ?? []).map((one) => one.said.zh),
    }),
  )
const make = async (templateKey: string, values: Record<string, unknown>, ctx = officer()) =>
  (await makeRecord(ctx, deps(), { templateKey, values })).recordId
const read = (templateKey: string, recordId: string) => readRecord(officer(), { templateKey, recordId })
const listRecords = (templateKey: string, importId: string) =>
  searchRecords(officer(), { templateKey, fields: [], importId, limit: 200, sort: { by: 'made', descending: false } })
const fund = (amount: string) => make('own.fund', { name: '衔接资金', amount })
const pay = (fundId: string, amount: string, ctx = officer()) =>
  make('own.payment', { purpose: '第一笔', fund: { id: fundId }, amount }, ctx)
let firms = 0
const firm = async () => {
  firms += 1
  const given = { kind: 'firm' as const, name: `测试商贸${firms}`, areaPath: county.countyPath }
  return (await inTransaction(officer(), (db) => insertOrganisation(db, officer(), given))).organisationId
}
const reward = (given: { payee: string; policy: string; year: string; sales: string }, ctx = officer()) =>
  make('own.reward', { payee: { id: given.payee }, policy: given.policy, year: `${given.year}-12-31`, sales: given.sales }, ctx)
const paid = async (recordId: string) => (await read('own.reward', recordId)).values['reward']

describe('a fund and its payments', () => {
  it('counts what was paid from it, whoever paid, to the fen, and keeps it in its history as no change of anybody', async () => {
    const id = await fund('1000')
    await pay(id, '0.10')
    await pay(id, '0.20')
    const read1 = await read('own.fund', id)
    expect(read1.values).toMatchObject({ spent: '0.30', payments: '2', balance: '999.70' })
    expect(read1.history.map((event) => [event.act, event.before])).toEqual([
      ['gather', { spent: '0.10', payments: '1', balance: '999.90' }],
      ['gather', { spent: '0.00', payments: '0', balance: '1000.00' }],
    ])
  })

  it('never goes below nothing: from a payment, a change of it, its return, or from the fund itself; nothing half is written', async () => {
    const id = await fund('100')
    const first = await pay(id, '60')
    const refused = await refusal(pay(id, '40.01'))
    expect(refused).toEqual({
      code: 'ledgers.refused',
      problems: [expect.stringMatching(/^“资金池”Q2023-\d+ 衔接资金 会不符合：余额不能小于0$/)],
    })
    expect((await read('own.fund', id)).values).toMatchObject({ spent: '60.00', payments: '1' })
    const of = { templateKey: 'own.payment', recordId: first }
    expect((await refusal(changeRecord(officer(), deps(), { ...of, revision: 1, values: { amount: '100.01' } }))).code).toBe(
      'ledgers.refused',
    )
    await removeRecord(officer(), deps(), { ...of, revision: 1, reason: '录错了' })
    expect((await read('own.fund', id)).values).toMatchObject({ spent: '0.00', balance: '100.00' })
    await pay(id, '50')
    expect((await refusal(restoreRecord(officer(), deps(), { ...of, revision: 2, reason: '恢复' }))).problems[0]).toContain('余额不能小于0')
    const { revision } = await read('own.fund', id)
    const less = { templateKey: 'own.fund', recordId: id, revision, values: { amount: '49.99' } }
    expect((await refusal(changeRecord(officer(), deps(), less))).problems).toEqual(['余额不能小于0'])
  })

  it('follows a payment that goes from one fund to another, and a form that was open meanwhile is told', async () => {
    const [one, other] = [await fund('100'), await fund('100')]
    const payment = await pay(one, '70')
    await changeRecord(officer(), deps(), { templateKey: 'own.payment', recordId: payment, revision: 1, values: { fund: { id: other } } })
    expect((await read('own.fund', one)).values['balance']).toBe('100.00')
    expect((await read('own.fund', other)).values['balance']).toBe('30.00')
    const stale = { templateKey: 'own.fund', recordId: other, revision: 1, values: { name: '改名' } }
    expect((await refusal(changeRecord(officer(), deps(), stale))).code).toBe('ledgers.changed-meanwhile')
  })

  it('that is settled keeps what it said', async () => {
    const id = await fund('100')
    await pay(id, '10')
    const { revision } = await read('own.fund', id)
    await moveRecord(officer(), deps(), { templateKey: 'own.fund', recordId: id, revision, move: 'pay', values: {} })
    await pay(id, '10')
    expect((await read('own.fund', id)).values['spent']).toBe('10.00')
  })

  it('takes no gathered, computed or decided value from anybody', async () => {
    const wrong = make('own.fund', { name: '假账', amount: '1', spent: '0', balance: '5' })
    expect((await refusal(wrong)).problems).toEqual(['“已付”由系统计算，不能填', '“余额”由系统计算，不能填'])
  })
})

describe('R05 sales rewards under one cap', () => {
  it.each([
    ['99999.99', '0.00'],
    ['100000', '5000.00'],
    ['499999.99', '25000.00'],
    ['500000', '35000.00'],
    ['1500000', '105000.00'],
    ['4285714.28', '300000.00'],
    ['4300000', '300000.00'],
    ['5000000', '300000.00'],
  ])('R05 pays for %s yuan of the year %s yuan', async (sales, wanted) => {
    const policy = '2023年政策'
    expect(await paid(await reward({ payee: await firm(), policy, year: '2023', sales }))).toBe(wanted)
  })

  it('R05 shares the cap of one policy over two years, also where another township pays; one policy a year starts anew', async () => {
    const [payee, two] = [await firm(), '两年政策']
    expect(await paid(await reward({ payee, policy: two, year: '2023', sales: '3000000' }, inTownship(0)))).toBe('210000.00')
    const second = await reward({ payee, policy: two, year: '2024', sales: '2000000' }, inTownship(1))
    expect((await read('own.reward', second)).values).toMatchObject({
      before: '210000.00',
      reward: '90000.00',
      capped: '已封顶',
      total: '300000.00',
    })
    const other = await firm()
    expect(await paid(await reward({ payee: other, policy: '2023年政策', year: '2023', sales: '3000000' }))).toBe('210000.00')
    expect(await paid(await reward({ payee: other, policy: '2024年政策', year: '2024', sales: '2000000' }))).toBe('140000.00')
  })

  it('R05 gives what a removed reward leaves free to the one that was capped', async () => {
    const [payee, policy] = [await firm(), '两年政策']
    const first = await reward({ payee, policy, year: '2023', sales: '3000000' })
    const second = await reward({ payee, policy, year: '2024', sales: '2000000' })
    await removeRecord(officer(), deps(), { templateKey: 'own.reward', recordId: first, revision: 2, reason: '重复' })
    expect(await paid(second)).toBe('140000.00')
    expect((await read('own.reward', second)).history.map((event) => event.act)).toEqual(['gather'])
  })
})

describe('imports of payments', () => {
  const paste = (templateKey: string, rows: string[][]) => stagePaste(officer(), deps(), { templateKey, rows })
  const bad = async (templateKey: string, importId: string) =>
    (await listImportRows(officer(), { templateKey, importId, outcome: 'bad', limit: 50 })).items.map((row) => [
      row.row,
      row.problems.map((one) => one.said.zh),
    ])

  it('are tried in the order of their rows: what is left for the next one counts; taken over, they are gathered; taken back, they are not', async () => {
    const id = await make('own.fund', { name: '导入资金', amount: '100' })
    const rows = [
      ['用途', '资金来源', '金额'],
      ['甲', '导入资金', '60'],
      ['乙', '导入资金', '50'],
      ['丙', '导入资金', '40'],
      ['丁', '导入资金', '0.01'],
    ]
    const dry = await paste('own.payment', rows)
    expect(dry.counts).toEqual({ read: 4, bad: 2, new: 2, changed: 0, same: 0 })
    const said = [expect.stringContaining('导入资金 会不符合：余额不能小于0')]
    expect(await bad('own.payment', dry.importId)).toEqual([
      [3, said],
      [5, said],
    ])
    expect((await read('own.fund', id)).values['spent']).toBe('0.00')
    await applyImport(officer(), deps(), { templateKey: 'own.payment', importId: dry.importId })
    expect((await read('own.fund', id)).values).toMatchObject({ spent: '100.00', payments: '2', balance: '0.00' })
    await undoImport(officer(), deps(), { templateKey: 'own.payment', importId: dry.importId })
    expect((await read('own.fund', id)).values).toMatchObject({ spent: '0.00', payments: '0' })
  })

  it('that fitted when they were tried are refused by row where the fund was spent meanwhile, whole', async () => {
    const id = await make('own.fund', { name: '抢先资金', amount: '100' })
    const dry = await paste('own.payment', [
      ['用途', '资金来源', '金额'],
      ['甲', '抢先资金', '30'],
      ['乙', '抢先资金', '60'],
    ])
    await pay(id, '20')
    const refused = await refusal(applyImport(officer(), deps(), { templateKey: 'own.payment', importId: dry.importId }))
    expect(refused).toEqual({ code: 'ledgers.refused', problems: [expect.stringMatching(/^第 3 行：“资金池”.*余额不能小于0$/)] })
    expect((await read('own.fund', id)).values['spent']).toBe('20.00')
  })

  it('are not taken back where what was made since needs them', async () => {
    const id = await make('own.fund', { name: '追加资金', amount: '100' })
    const { recordNo = '' } = await read('own.fund', id)
    const dry = await paste('own.fund', [
      ['编号', '资金名称', '总额'],
      [recordNo, '追加资金', '200'],
    ])
    await applyImport(officer(), deps(), { templateKey: 'own.fund', importId: dry.importId })
    const payment = await pay(id, '150')
    const undo = () => undoImport(officer(), deps(), { templateKey: 'own.fund', importId: dry.importId })
    expect((await refusal(undo())).problems).toEqual([expect.stringContaining('追加资金 会不符合：余额不能小于0')])
    expect((await read('own.fund', id)).values).toMatchObject({ amount: '200.00', spent: '150.00' })
    await removeRecord(officer(), deps(), { templateKey: 'own.payment', recordId: payment, revision: 1, reason: '退回' })
    await undo()
    expect((await read('own.fund', id)).values).toMatchObject({ amount: '100.00', spent: '0.00', balance: '100.00' })
  })

  it('give each reward of a list what the ones before it leave of the cap', async () => {
    const name = '导入商贸'
    const given = { kind: 'firm' as const, name, areaPath: county.countyPath }
    await inTransaction(officer(), (db) => insertOrganisation(db, officer(), given))
    const row = (year: string, sales: string) => [name, '三年政策', `${year}-12-31`, sales, '1']
    const dry = await paste('own.reward', [
      ['经营主体', '政策期', '销售年度末', '合格销售额', '应发奖补'],
      row('2023', '3000000'),
      row('2024', '2000000'),
      row('2025', '2000000'),
    ])
    expect(dry.counts).toMatchObject({ bad: 0, new: 3 })
    await applyImport(officer(), deps(), { templateKey: 'own.reward', importId: dry.importId })
    const { items } = await listRecords('own.reward', dry.importId)
    expect(items.map((item) => item.values['reward'])).toEqual(['210000.00', '90000.00', '0.00'])
    const { done } = await moveMany(officer(), deps(), {
      templateKey: 'own.reward',
      recordIds: items.map((item) => item.recordId),
      move: 'pay',
      values: {},
    })
    expect(done).toBe(3)
  })
})

describe('a form and a page of a record of money', () => {
  it('show what would be gathered and decided before anything is written, and what stands against it', async () => {
    const payee = await firm()
    const values = (sales: string) => ({ payee: { id: payee }, policy: '预演政策', year: '2023-12-31', sales })
    await make('own.reward', values('3000000'))
    const shown = await previewRecord(officer(), deps(), { templateKey: 'own.reward', values: values('2000000') })
    expect(shown).toEqual({ values: { before: '210000.00', reward: '90000.00', capped: '已封顶' }, problems: [] })
    const id = await fund('100')
    await pay(id, '60')
    const less = await previewRecord(officer(), deps(), { templateKey: 'own.fund', recordId: id, values: { amount: '50' } })
    expect([less.values['spent'], less.problems.map((one) => one.said.zh)]).toEqual(['60.00', ['余额不能小于0']])
    expect((await read('own.fund', id)).values['amount']).toBe('100.00')
  })

  it('tell why: the rule, its clause and what it was asked with, the records that were gathered, to who may see them', async () => {
    const payee = await firm()
    const first = await reward({ payee, policy: '说明政策', year: '2023', sales: '3000000' }, inTownship(0))
    const second = await reward({ payee, policy: '说明政策', year: '2024', sales: '2000000' })
    const ask = (fieldKey: string, ctx = officer()) => readWhy(ctx, { templateKey: 'own.reward', recordId: second, fieldKey })
    const decided = await ask('reward')
    expect(decided).toMatchObject({ kind: 'decided', policyKey: 'markets.sales-reward', asOf: '2024-12-31', isThen: true })
    const why = decided.kind === 'decided' ? decided.why : undefined
    expect(why?.fired.map((row) => [row.decision, row.clause])).toContainEqual(['测算奖补', '销售额10万元和50万元以上的，分别按5%、7%奖补'])
    expect(why?.facts.filter((one) => one.source === '判定时交来').map((one) => [one.name, one.value])).toEqual([
      ['本政策期已奖补', '210000.00'],
      ['年度合格销售额', '2000000.00'],
    ])
    const gathered = await ask('before')
    expect(gathered).toMatchObject({ kind: 'gathered', count: 1, items: [{ recordId: first }] })
    expect(gathered.kind === 'gathered' ? gathered.conditions.map((one) => one.zh) : []).toEqual([
      '经营主体 与本记录的 经营主体 相同',
      '政策期 与本记录的 政策期 相同',
    ])
    const other = await reward({ payee, policy: '说明政策', year: '2025', sales: '100000' }, inTownship(1))
    const theirs = await readWhy(inTownship(1), { templateKey: 'own.reward', recordId: other, fieldKey: 'before' })
    expect(theirs).toMatchObject({ kind: 'gathered', count: 2, items: [] })
    expect((await refusal(ask('reward', inTownship(1)))).code).toBe('http.not-found')
  })
})
