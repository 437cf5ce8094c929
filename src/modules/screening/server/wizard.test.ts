import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { testNowMs } from '../../../../test/database.ts'
import { openWizardWorld, rightNeighbour, spoiltNumber, terms } from '../../../../test/wizard-world.ts'
import { setDemand } from './authorise.ts'
import { setLimit, thresholdsOfMonth } from './county-thresholds.ts'
import { keepClean, recoverRuns } from './jobs/recover-runs.ts'
import { readInbox, readLead } from './lead-read.ts'
import { noteAuthorisation, revokeAuthorisation } from './note-authorisation.ts'
import { readReceipts, readRepairs, readRun } from './read-runs.ts'
import { insertReceipt } from './receipt-store.ts'
import { decideRepair } from './repair-register.ts'
import { insertRun } from './run-store.ts'

const { at, compare, corrections, countyCode, homes, idOf, leadsOf, list, matchedPersons, medical, placeOfHomes, villageName, world } =
  openWizardWorld()

describe('a list that demands an authorisation', () => {
  it('leaves out and counts who has none, and nothing of them is kept', async () => {
    const bank = () =>
      list('小额信贷.csv', ['借款人姓名,证件号码,贷款合同号,逾期天数', `龚满堂,${idOf(0)},HT-1,95`, `龚小禾,${idOf(0, 1)},HT-2,96`])
    await setDemand(at(testNowMs), { list: 'bank', isDemanded: true, effectiveFrom: '2023-12-01', reason: '金融信息须本人授权' })
    const personId = homes[0]?.persons[1]?.personId ?? ''
    const noted = await noteAuthorisation(
      at(testNowMs),
      { householdId: homes[0]?.householdId ?? '', personId, givenOn: '2023-12-01', validUntil: null, lists: ['bank'], paper: '授2023-7' },
      { vault: world.vault },
    )
    expect(noted.items).toMatchObject([{ personName: '龚小禾', validUntil: '2024-11-30', state: 'current' }])
    const first = await compare('202310', bank())
    expect(first).toMatchObject({ leftOut: { rows: 1, persons: 1 }, leads: 1, receipts: [{ leftOut: 1 }] })
    expect((await readRun(at(testNowMs), first.runId)).run.leftOut).toEqual({ rows: 1, persons: 1 })
    expect(await matchedPersons(first.runId)).toEqual([personId])
    await revokeAuthorisation(at(testNowMs), noted.items[0]?.authorisationId ?? '', { revokedOn: '2023-12-18', reason: '本人撤回' })
    const second = await compare('202310', bank())
    expect(second).toMatchObject({ leftOut: { rows: 2, persons: 2 }, leads: 0 })
    expect(await matchedPersons(second.runId)).toEqual([])
    // Before the demand began nobody needed one.
    expect(await compare('202310', bank(), at(Date.UTC(2023, 10, 30, 1)))).toMatchObject({ leftOut: { rows: 0, persons: 0 } })
  })
})

describe('a mistake of the register', () => {
  it('is shown by a right number that differs in one digit, and proposed as a correction with the list as its source', async () => {
    const right = rightNeighbour(spoiltNumber)
    const { runId, classes } = await compare('202311', medical(`雷正兴,${right},${villageName()},900,100`, `外县人,${right},外村,9,1`))
    // Nothing is matched by it.
    expect(classes).toEqual({ none: 2 })
    const { items } = await readRepairs(at(testNowMs), runId, { vault: world.vault })
    expect(items).toMatchObject([{ personName: '雷正兴', cause: 'one-digit-differs', field: 'idNumber', state: 'open', place: { row: 2 } }])
    expect(items[0]?.slip).toEqual({ at: 18, was: '8', says: right.slice(-1) })
    const repairId = items[0]?.repairId ?? ''
    await decideRepair(at(testNowMs), { repairId, input: { decision: 'propose' }, vault: world.vault })
    expect(await corrections(homes[3]?.householdId ?? '')).toEqual([
      { field: 'idNumber', state: 'found', source: '医保清单“医保自付.csv”第 2 行' },
    ])
    const { items: after } = await readRepairs(at(testNowMs), runId, { vault: world.vault })
    expect(after).toMatchObject([{ state: 'proposed', slip: null }])
    await expect(decideRepair(at(testNowMs), { repairId, input: { decision: 'propose' }, vault: world.vault })).rejects.toMatchObject({
      code: 'screening.repair-gone',
    })
  })
})

describe('the limits of the county', () => {
  it('hold from their day on; comparisons of earlier months keep theirs', async () => {
    await setLimit(at(testNowMs), { key: 'L01.concern', value: 8_000, effectiveFrom: '2024-01-01', reason: '按走访结果调整' })
    const limitOf = (month: string) =>
      inTransaction(at(testNowMs), async (db) => (await thresholdsOfMonth(db, countyCode(), month)).thresholds.leads.L01)
    expect(await limitOf('202312')).toMatchObject({ at_least_registered_or_monitored: 5_000, at_least_others: 20_000 })
    expect(await limitOf('202401')).toMatchObject({ at_least_registered_or_monitored: 8_000, at_least_others: 20_000 })
    // A change for an earlier day reaches the later version as well.
    await setLimit(at(testNowMs), { key: 'L01.others', value: 15_000, effectiveFrom: '2023-12-01', reason: '按走访结果调整' })
    expect(await limitOf('202401')).toMatchObject({ at_least_registered_or_monitored: 8_000, at_least_others: 15_000 })
  })
})

it('two comparisons of the same lists at once leave one result', async () => {
  const path = medical(`龚满堂,${idOf(0)},${villageName()},90000,60000`)
  const [one, other] = await Promise.all([compare('202312', path), compare('202312', path)])
  expect([one.leads, other.leads]).toEqual([1, 1])
  const open = (await leadsOf(0)).filter((lead) => lead.rules.includes('L01') && lead.state === 'new')
  expect(open).toHaveLength(1)
  const lead = await readLead(at(testNowMs), open[0]?.leadId ?? '', { vault: world.vault })
  expect(lead.reasons.filter((reason) => reason.rule === 'L01' && reason.value === '60000.00')).toHaveLength(1)
})

it('a comparison that a restart cuts short has stored nothing, and its lists are gone after the next start', async () => {
  const runId = makeId()
  const fileId = makeId()
  const folder = join(world.directory, 'screening-staged')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, fileId), '姓名\n')
  const ctx = at(testNowMs)
  await inTransaction(ctx, async (db) => {
    const { thresholds } = await thresholdsOfMonth(db, countyCode(), '202312')
    await insertRun(db, ctx, { runId, month: '202312', state: 'running', terms, thresholds, thresholdsFrom: undefined })
    const receipt = { receiptId: runId.replaceAll('-', ''), runId, fileId, fileName: '名单.csv', fileHash: '0'.repeat(64), bytes: 7 }
    await insertReceipt(db, ctx, { ...receipt, list: null, mapping: [] })
  })
  const parts = { database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 60_000 }
  expect(await recoverRuns(parts)).toBe(1)
  expect((await readRun(ctx, runId)).run).toMatchObject({ state: 'failed', fault: 'screening.interrupted', leads: 0 })
  expect(existsSync(join(folder, fileId))).toBe(false)
  expect((await readReceipts(ctx, runId)).items).toMatchObject([{ destroyedAt: '2023-12-18 09:01', destroyedBy: '系统' }])
  // Once more changes nothing.
  expect(await recoverRuns(parts)).toBe(0)
})

it('a comparison during a change of the register takes the register before or after it, never a half', async () => {
  const ctx = at(testNowMs)
  const path = medical(`柳青山,990301198501010010,${villageName()},90000,70000`)
  const place = placeOfHomes()
  const adding = inTransaction(ctx, async (db) => {
    await sql`INSERT INTO registry.register_revision AS r (county_code, revision, changed_at, changed_by)
      VALUES (${countyCode()}, 1, ${ctx.now}, ${makeId()}) ON CONFLICT (county_code) DO UPDATE SET revision = r.revision + 1`.execute(db)
    const members = [{ name: '柳青山', idNumber: '990301198501010010' }]
    return givenHousehold({ ...ctx, db }, world.vault, { ...place, members })
  })
  const [, during] = await Promise.all([adding, compare('202312', path)])
  const after = await compare('202312', path)
  expect([{ none: 1 }, { exact: 1 }]).toContainEqual(during.classes)
  expect(after.classes).toEqual({ exact: 1 })
  const inbox = await readInbox(ctx, { month: '202312', text: '柳青山' }, { vault: world.vault })
  expect(inbox.items).toHaveLength(1)
})

it('leaves no staged file on the disk that no receipt knows', async () => {
  const folder = join(world.directory, 'screening-staged')
  mkdirSync(folder, { recursive: true })
  for (const name of [makeId(), `${makeId()}.half`]) writeFileSync(join(folder, name), '姓名\n')
  const hour = 3_600_000
  await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: Date.now() + hour })
  expect(readdirSync(folder)).toHaveLength(2)
  await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: Date.now() + 7 * hour })
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})
