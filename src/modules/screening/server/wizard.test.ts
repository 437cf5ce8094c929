import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
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

/** A household that comes later: the register has a new revision. */
async function addHousehold(ctx: Context & { db: Db }, members: { name: string; relation?: string; idNumber?: string }[]) {
  await sql`INSERT INTO registry.register_revision AS r (county_code, revision, changed_at, changed_by)
    VALUES (${countyCode()}, 1, ${ctx.now}, ${makeId()}) ON CONFLICT (county_code) DO UPDATE SET revision = r.revision + 1`.execute(ctx.db)
  return givenHousehold(ctx, world.vault, { ...placeOfHomes(), members })
}

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

describe('somebody who has died or moved away by a list', () => {
  it('is reported as a household event with the list as its reason by one click, where nobody must choose a new head', async () => {
    const members = [{ name: '马德山' }, { name: '马秋月', relation: '配偶' }, { name: '马小川', relation: '之子' }]
    const home = await inTransaction(at(testNowMs), (db) => addHousehold({ ...at(testNowMs), db }, members))
    const row = (who: number, ...rest: string[]) => [members[who]?.name, home.persons[who]?.idNumber, ...rest].join(',')
    const lines = [
      row(0, '死亡注销', '2023-10-03'),
      row(1, '户口迁出', '2023-10-08'),
      row(2, '迁入', '2023-10-09'),
      `马秋月,,迁出,2023-10-09`,
    ]
    const police = () => list('公安户籍变动.csv', ['姓名,身份证号,变动类型,变动日期', ...lines])
    const { runId } = await compare('202310', police())
    const repairs = async (run: string) => (await readRepairs(at(testNowMs), run, { vault: world.vault })).items
    const items = await repairs(runId)
    expect(items.map(({ personName, leaving, byHand, state }) => [personName, leaving?.kind, leaving?.on, byHand, state])).toEqual([
      ['马德山', 'death', '2023-10-03', 'new-head', 'open'],
      ['马秋月', 'moved-away', '2023-10-08', null, 'open'],
    ])
    const decide = (repairId = '') => decideRepair(at(testNowMs), { repairId, input: { decision: 'propose' }, vault: world.vault })
    // Who is head now a person must say: registry refuses what the screen does not offer.
    await expect(decide(items[0]?.repairId)).rejects.toMatchObject({ code: 'registry.event-refused' })
    const { eventId } = await decide(items[1]?.repairId)
    const found = await inTransaction(at(testNowMs), (db) =>
      sql`SELECT kind, state, happened_on, reason, person_ids FROM registry.household_event WHERE event_id = ${eventId}`.execute(db),
    )
    const reason = '户口迁出（2023-10-08）：公安户籍清单“公安户籍变动.csv”第 3 行'
    const personIds = [home.persons[1]?.personId]
    expect(found.rows).toEqual([{ kind: 'moved-away', state: 'reported', happened_on: '2023-10-08', reason, person_ids: personIds }])
    expect(await repairs(runId)).toMatchObject([{ state: 'open' }, { state: 'proposed', leaving: null }])
    // Compared again before anybody has decided there: nothing is reported twice.
    const again = await compare('202310', police())
    const next = await repairs(again.runId)
    expect(next.map(({ byHand }) => byHand)).toEqual(['new-head', 'proposed-before'])
  })

  it('is reported as of today where the register knows the person only since later, with the true day in the reason', async () => {
    const members = [{ name: '高长河' }, { name: '高小满', relation: '之女' }]
    const home = await inTransaction(at(testNowMs), (db) => addHousehold({ ...at(testNowMs), db }, members))
    const path = list('公安.csv', ['姓名,身份证号,变动类型,变动日期', `高小满,${home.persons[1]?.idNumber},死亡注销,2023-02-03`])
    const { runId } = await compare('202310', path)
    const [repair] = (await readRepairs(at(testNowMs), runId, { vault: world.vault })).items
    const repairId = repair?.repairId ?? ''
    const { eventId } = await decideRepair(at(testNowMs), { repairId, input: { decision: 'propose' }, vault: world.vault })
    const found = await inTransaction(at(testNowMs), (db) =>
      sql`SELECT kind, happened_on, reason FROM registry.household_event WHERE event_id = ${eventId}`.execute(db),
    )
    const reason = '死亡注销（2023-02-03）：公安户籍清单“公安.csv”第 2 行'
    expect(found.rows).toEqual([{ kind: 'death', happened_on: '2023-12-18', reason }])
  })
})

describe('the limits of the county', () => {
  it('hold from their day on; comparisons of earlier months keep theirs', async () => {
    await setLimit(at(testNowMs), { key: 'L01.concern', value: 8_000, effectiveFrom: '2024-01-01', reason: '按走访结果调整' })
    const limitOf = (month: string) =>
      inTransaction(at(testNowMs), async (db) => (await thresholdsOfMonth(db, at(testNowMs), month)).thresholds.leads.L01)
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
    const { thresholds } = await thresholdsOfMonth(db, at(testNowMs), '202312')
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
  const adding = inTransaction(ctx, async (db) => {
    return addHousehold({ ...ctx, db }, [{ name: '柳青山', idNumber: '990301198501010010' }])
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
