import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { checkCharacterOf } from '#kernel/pure/text/index.ts'
import { givenCounty, givenUser, type GivenCounty, type GivenUser } from '#modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { answerLead } from './lead-answer.ts'
import { compareFiles } from './compare-files.ts'
import { setLimit, thresholdsOfMonth } from './county-thresholds.ts'
import { decideMatch } from './decide-match.ts'
import { readInbox, readLead } from './lead-read.ts'
import { sendLeads } from './lead-send.ts'
import { noteAuthorisation, revokeAuthorisation } from './note-authorisation.ts'
import { readOpenMatches, readRepairs, readRested, readRun } from './read-runs.ts'
import { decideRepair } from './repair-register.ts'
import { runProbe } from './run-probe.ts'
import { keepClean } from './jobs/recover-runs.ts'
import { setDemand } from './authorise.ts'

const world = openTestWorld()
let county: GivenCounty
let officer: GivenUser
let village: GivenUser
const homes: GivenHousehold[] = []
const terms = {
  sender: '医保局',
  sharingItem: '参保人员费用',
  purpose: '防止返贫监测',
  legalBasis: '数据共享协议',
  expiresOn: '2099-12-31',
  retentionDays: 0,
}
/** A number of the register whose check character is wrong. */
const spoiltNumber = '990301197001010008'

beforeAll(async () => {
  county = await givenCounty(world.database)
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, name: '林县办' })
  village = await givenUser(world.database, { role: 'village-cadre', areaPath: county.villages[0]?.path ?? '', name: '林村办' })
  const ctx = at(testNowMs)
  const place = { areaPath: `${county.villages[0]?.path ?? ''}01.`, village: county.villages[0]?.name ?? '', group: '1组', type: '脱贫户' }
  const members = (...names: string[]) => names.map((name) => ({ name }))
  // Two people of one name in one village; a household of two; one whose number is spoilt.
  homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('龚满堂', '龚小禾') }))
  homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('傅桂香') }))
  homes.push(await givenHousehold(ctx, world.vault, { ...place, members: members('傅桂香') }))
  homes.push(await givenHousehold(ctx, world.vault, { ...place, members: [{ name: '雷正兴', idNumber: spoiltNumber }] }))
})

/** The officer's context at a moment. */
function at(nowMs: number, user: GivenUser = officer): Context {
  return { ...world.as(user.scope, user.caller), now: instantOf(nowMs), today: dayOf(nowMs) }
}

function list(name: string, lines: readonly string[]): string {
  const folder = join(world.directory, makeId())
  mkdirSync(folder)
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return join(folder, name)
}

const medical = (...rows: string[]) => list('医保自付.csv', ['姓名,证件号码,村,本年累计总费用,本年累计个人自付', ...rows])
const jobs = (...rows: string[]) => list('失业登记.csv', ['人员姓名,公民身份号码,失业日期,当前状态', ...rows])
const deps = () => ({
  vault: world.vault,
  filesDirectory: world.directory,
  // The real comparison, in this process: a child for each of these small lists would only take time.
  probe: (job: Parameters<typeof runProbe>[0], take: (message: Parameters<Parameters<typeof runProbe>[1]>[0]) => void) =>
    runProbe(job, (message) => Promise.resolve(take(message))),
})
const compare = (month: string, path: string, ctx = at(testNowMs)) => compareFiles(deps(), ctx, { ...terms, paths: [path], month })
const idOf = (home: number, person = 0) => homes[home]?.persons[person]?.idNumber ?? ''
const villageName = () => county.villages[0]?.name ?? ''
const leadsOf = async (home: number) =>
  (await readInbox(at(testNowMs), { householdId: homes[home]?.householdId ?? '' }, { vault: world.vault })).items

async function answer(leadId: string, what: 'confirmed' | 'dismissed'): Promise<void> {
  await sendLeads(at(testNowMs), { leadIds: [leadId], isDryRun: false }, { vault: world.vault })
  const { revision } = await readLead(at(testNowMs, village), leadId, { vault: world.vault })
  const input = { revision, answer: what, note: '见到本人，医药费已报销', reasons: [] }
  await answerLead(at(testNowMs, village), { leadId, input }, { vault: world.vault })
}

describe('a row that could be one of several people', () => {
  it('raises its lead at once when a person has said whom it means, and is remembered for the next month', async () => {
    const rows = [`傅桂香,,${villageName()},9000,4000`, `傅桂香,,${villageName()},2000,1500`]
    const { runId, leads, classes } = await compare('202301', medical(...rows))
    expect([leads, classes]).toEqual([0, { ambiguous: 2 }])
    const { items } = await readOpenMatches(at(testNowMs), runId, { vault: world.vault })
    // Both rows are of one key: one question.
    expect(items).toMatchObject([{ name: '傅桂香', cause: 'several-fit', waitUntil: '2023-12-21 09:00' }])
    const fitting = new Set(items[0]?.candidates.map((one) => one.personId))
    expect(fitting).toEqual(new Set([homes[1]?.persons[0]?.personId, homes[2]?.persons[0]?.personId]))
    const personId = homes[2]?.persons[0]?.personId ?? ''
    const input = { openMatchId: items[0]?.openMatchId ?? '', input: { personId }, vault: world.vault }
    const decided = await decideMatch(at(testNowMs), input)
    expect(decided).toMatchObject({ outcome: 'matched', rows: 2, leadId: expect.any(String) })
    // The two rows make 5,500 yuan together, more than the 5,000 of registered households.
    expect(await leadsOf(2)).toMatchObject([{ leadId: decided.leadId, month: '202301', rules: ['L01'] }])
    const lead = await readLead(at(testNowMs), decided.leadId ?? '', { vault: world.vault })
    expect(lead.reasons).toMatchObject([
      {
        value: '5500.00',
        evidence: [
          { row: 2, class: 'fuzzy' },
          { row: 3, class: 'fuzzy' },
        ],
      },
    ])
    expect((await readRun(at(testNowMs), runId)).run).toMatchObject({
      leads: 1,
      classes: { fuzzy: 2, ambiguous: 0 },
      causes: { decided: 2 },
    })
    await expect(decideMatch(at(testNowMs), input)).rejects.toMatchObject({ code: 'screening.not-decidable' })
    expect(await storedWaiting(runId)).toEqual([])
    // Next month the same row needs no question.
    expect(await compare('202302', medical(...rows))).toMatchObject({ classes: { fuzzy: 2 }, causes: { decided: 2 }, leads: 1 })
  })

  it('is judged together with the rows that were matched already', async () => {
    const rows = [`龚满堂,${idOf(0)},${villageName()},5000,3000`, `傅桂香,${idOf(0)},${villageName()},4000,2500`]
    const { runId } = await compare('202303', medical(...rows))
    const { items } = await readOpenMatches(at(testNowMs), runId, { vault: world.vault })
    expect(items).toMatchObject([{ cause: 'name-differs', name: '傅桂香' }])
    const personId = homes[0]?.persons[0]?.personId ?? ''
    const decided = await decideMatch(at(testNowMs), {
      openMatchId: items[0]?.openMatchId ?? '',
      input: { personId, alsoRename: true },
      vault: world.vault,
    })
    expect(decided).toMatchObject({ outcome: 'matched', renamed: true })
    const lead = await readLead(at(testNowMs), decided.leadId ?? '', { vault: world.vault })
    expect(lead.reasons).toMatchObject([{ rule: 'L01', value: '5500.00' }])
    const proposed = await corrections(homes[0]?.householdId ?? '')
    expect(proposed).toEqual([{ field: 'name', state: 'found', source: '医保清单“医保自付.csv”第 3 行' }])
  })

  it('leaves only the choice once its 72 hours are over', async () => {
    const { runId } = await compare('202304', medical(`傅桂香,,${villageName()},19000,14000`))
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 })
    // The choice of the first month settled it: nothing waited. A row of another village's list does.
    expect(await storedWaiting(runId)).toEqual([])
    const other = await compare('202305', jobs('傅桂香,,2022-01-01,失业'))
    const before = await readOpenMatches(at(testNowMs), other.runId, { vault: world.vault })
    expect(before.items).toMatchObject([{ name: '傅桂香' }])
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 - 1 })
    expect(await storedWaiting(other.runId)).toHaveLength(1)
    await keepClean({ database: world.database, filesDirectory: world.directory, nowMs: testNowMs + 72 * 3_600_000 })
    expect(await storedWaiting(other.runId)).toEqual([])
    const after = await readOpenMatches(at(testNowMs), other.runId, { vault: world.vault })
    expect(after.items).toMatchObject([{ name: '', waitUntil: null }])
    const input = { personId: homes[1]?.persons[0]?.personId ?? '' }
    const decided = await decideMatch(at(testNowMs), { openMatchId: after.items[0]?.openMatchId ?? '', input, vault: world.vault })
    expect(decided).toMatchObject({ outcome: 'choice-only', leadId: null })
    expect(await compare('202306', jobs('傅桂香,,2022-01-01,失业'))).toMatchObject({ classes: { fuzzy: 1 }, leads: 1 })
  })
})

describe('reasons over the months', () => {
  it('join the open lead of an earlier month instead of a second one', async () => {
    const row = `龚小禾,${idOf(0, 1)},2023-01-01,失业`
    const first = await leadsOf(0)
    expect(first).toMatchObject([{ month: '202303', state: 'new', rules: ['L01'] }])
    expect(await compare('202307', jobs(row))).toMatchObject({ leads: 1 })
    expect(await leadsOf(0)).toMatchObject([{ leadId: first[0]?.leadId, month: '202303', rules: ['L01', 'L05'], reasonCount: 2 }])
    const { events } = await readLead(at(testNowMs), first[0]?.leadId ?? '', { vault: world.vault })
    expect(events.map((event) => event.kind)).toEqual(['renewed', 'raised'])
    // The inbox of the later month shows it too.
    const inbox = await readInbox(at(testNowMs), { month: '202307' }, { vault: world.vault })
    expect(inbox.items.map((lead) => lead.leadId)).toContain(first[0]?.leadId)
  })

  it('rest after they were dismissed, until their facts grow; the result says who dismissed them and why', async () => {
    const row = (yuan: number) => medical(`龚满堂,${idOf(0)},${villageName()},20000,${yuan}`)
    const [lead] = await leadsOf(0)
    await answer(lead?.leadId ?? '', 'dismissed')
    const little = await compare('202308', row(7_000))
    expect(little).toMatchObject({ leads: 0, rested: 1, reasons: { L01: 1 } })
    expect(await leadsOf(0)).toHaveLength(1)
    const rested = await readRested(at(testNowMs), little.runId)
    expect(rested).toMatchObject({
      total: 1,
      items: [{ rule: 'L01', value: '7000.00', dismissedValue: '5500.00', dismissedBy: '林村办', dismissedNote: '见到本人，医药费已报销' }],
    })
    expect((await readRun(at(testNowMs), little.runId)).run.rested).toBe(1)
    const grown = await compare('202309', row(7_600))
    expect(grown).toMatchObject({ leads: 1, rested: 0 })
    expect(await leadsOf(0)).toHaveLength(2)
  })

  it('open an answered lead of the same month again when another list speaks', async () => {
    const { leadId = '' } = (await leadsOf(0)).find((lead) => lead.month === '202309') ?? {}
    await answer(leadId, 'confirmed')
    await compare('202309', list('小额信贷.csv', ['借款人姓名,证件号码,贷款合同号,逾期天数', `龚满堂,${idOf(0)},HT-1,95`]))
    expect(await readLead(at(testNowMs), leadId, { vault: world.vault })).toMatchObject({
      state: 'new',
      answer: null,
      rules: ['L01', 'L11'],
    })
  })
})

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
      inTransaction(at(testNowMs), async (db) => (await thresholdsOfMonth(db, county.countyCode, month)).thresholds.leads.L01)
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

/** The right number that differs from a spoilt one in its check character. */
function rightNeighbour(spoilt: string): string {
  return `${spoilt.slice(0, 17)}${checkCharacterOf(spoilt.slice(0, 17)) ?? ''}`
}

async function storedWaiting(runId: string): Promise<unknown[]> {
  return inTransaction(at(testNowMs), async (db) => {
    const found =
      await sql`SELECT 1 FROM screening.open_match WHERE run_id = ${runId} AND (waiting IS NOT NULL OR name IS NOT NULL)`.execute(db)
    return found.rows
  })
}

async function matchedPersons(runId: string): Promise<string[]> {
  return inTransaction(at(testNowMs), async (db) => {
    const found = await sql<{ id: string }>`SELECT person_id AS id FROM screening.matched_row WHERE run_id = ${runId}`.execute(db)
    return found.rows.map((row) => row.id)
  })
}

async function corrections(householdId: string): Promise<unknown[]> {
  return inTransaction(at(testNowMs), async (db) => {
    const found = await sql`SELECT field, state, source FROM registry.correction WHERE household_id = ${householdId}`.execute(db)
    return found.rows
  })
}
