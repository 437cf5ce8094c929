import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '../../src/kernel/pure/ids/index.ts'
import { grantArea, grantSystem } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '../../src/modules/identity/server/given.ts'
import type { Finding } from '../../src/modules/quality/contract.ts'
import { stageFindings, saveStaged } from '../../src/modules/quality/server/finding-save-store.ts'
import { insertRun } from '../../src/modules/quality/server/worklist-run-store.ts'
import { addFromFindings, addFromLeads } from '../../src/modules/rectification/server/add-from-data.ts'
import { actOnce, at, doneWords, givenCampaign } from '../../src/modules/rectification/server/given.ts'
import { readProblem, readProblems, readTotals } from '../../src/modules/rectification/server/read-problems.ts'
import { givenHousehold, type GivenHousehold } from '../../src/modules/registry/server/given.ts'
import { givenLead, givenRun } from '../../src/modules/screening/server/given.ts'
import { raiseReasons } from '../../src/modules/screening/server/raise-leads.ts'
import { openTestWorld, testNowMs } from '../database.ts'
import { tellAll } from './tell-all.ts'

// A problem made of a finding or of a lead by one button; struck off, and opened again by what the next check or the next month's list says.
const world = openTestWorld()
let county: GivenCounty
let officer: GivenUser
let home: GivenHousehold
let campaignId = ''
const office = () => actingAs(officer, world.as(officer.scope))
const system = () => world.as(grantSystem('990301', 'test'), { id: 'system:check', name: '数据检查' })
const unit = () => ({ kind: 'area', id: county.villages[0]?.path ?? '' }) as const

beforeAll(async () => {
  county = await givenCounty(world.database)
  officer = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock: () => testNowMs })
  home = await givenHousehold(office(), world.vault, { areaPath: `${county.villages[0]?.path ?? ''}01.`, members: [{ name: '龚满堂' }] })
  campaignId = await givenCampaign(office(), { name: '数据质量整改' })
})

const finding = (): Finding => ({
  rule: 'Q006',
  severity: 'warning',
  subject: 'household',
  subjectId: home.householdId,
  householdId: home.householdId,
  areaPath: `${county.villages[0]?.path ?? ''}01.`,
  seen: { sex: '女' },
})

/** What a check of everything writes, at a moment. */
async function check(moment: string, findings: readonly Finding[]): Promise<void> {
  const ctx = at(system(), moment)
  const runId = makeId()
  await inTransaction(ctx, async (db) => {
    await insertRun(db, ctx, { runId, kind: 'part', asOf: ctx.today, rulesVersion: 'test' })
    await stageFindings(db, ctx, { runId, findings })
    await saveStaged(db, ctx, { runId, rules: ['Q006'] })
  })
}

/** Through the whole way to its end: the village mends, somebody else accepts. */
async function strikeOff(problemId: string, moment: string): Promise<void> {
  const { id } = unit()
  const cadre = at(world.as(grantArea('990301', id), { id: 'village', name: '村干部', roles: ['village-cadre'] }), moment)
  await actOnce(at(office(), moment), problemId, { action: 'assign', unit: unit(), headName: '村支书', due: { words: '12月底' } })
  await actOnce(cadre, problemId, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures })
  await actOnce(cadre, problemId, { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence })
  await actOnce(at(office(), moment), problemId, { action: 'verify' })
  expect(await actOnce(at(office(), moment), problemId, { action: 'strike' })).toBe('closed')
}

const held = async (householdId: string) => (await readProblems(office(), { householdId, limit: 10 })).items

describe('a finding of the data rules', () => {
  it('becomes one problem of source data, however often the button is pressed', async () => {
    await check('2023-12-01T02:00:00Z', [finding()])
    const found = await inTransaction(office(), (db) => sql<{ id: string }>`SELECT finding_id AS id FROM quality.finding`.execute(db))
    const findingIds = found.rows.map(({ id }) => id)
    expect(await addFromFindings(office(), { campaignId, findingIds })).toEqual({ added: 1, reopened: 0, known: 0 })
    expect(await addFromFindings(office(), { campaignId, findingIds })).toEqual({ added: 0, reopened: 0, known: 1 })
    expect(await held(home.householdId)).toMatchObject([{ sourceKind: 'data', class: '身份信息', state: 'found' }])
    const totals = await readTotals(office(), { campaignId })
    expect([totals.total, totals.by.source.map(({ key, n }) => `${key} ${String(n)}`), totals.disagree]).toEqual([1, ['data 1'], []])
    await expect(addFromFindings(office(), { campaignId, findingIds: [makeId()] })).rejects.toMatchObject({ code: 'http.not-found' })
  })

  it('that comes back after its problem was struck off opens it again, with history and a new day; told twice, once', async () => {
    const [problem] = await held(home.householdId)
    await strikeOff(problem?.problemId ?? '', '2023-12-05T02:00:00Z')
    await check('2023-12-06T02:00:00Z', [])
    expect((await held(home.householdId))[0]?.state).toBe('closed')
    await check('2024-01-03T02:00:00Z', [finding()])
    await inTransaction(system(), (db) =>
      sql`INSERT INTO kernel.outbox (county_code, outbox_id, event, payload, at)
        SELECT county_code, gen_random_uuid(), event, payload, at FROM kernel.outbox WHERE event = 'quality.finding-recurred'`.execute(db),
    )
    await tellAll(world, Date.parse('2024-01-03T03:00:00Z'))
    const { file, events } = await readProblem(office(), problem?.problemId ?? '')
    expect(file).toMatchObject({
      state: 'rectifying',
      reopened: 1,
      dueOn: '2024-01-17',
      unitName: county.villages[0]?.name,
      headName: '村支书',
    })
    expect(events.find(({ action }) => action === 'reopen')?.reason).toContain('Q006')
    const told = await inTransaction(system(), (db) =>
      sql<{ n: number }>`SELECT count(*)::int AS n FROM kernel.outbox WHERE event = 'rectification.reopened'`.execute(db),
    )
    expect(told.rows).toEqual([{ n: 1 }])
    expect((await readTotals(office(), { campaignId })).disagree).toEqual([])
  })
})

describe('a lead of a household', () => {
  it('becomes a problem for each of its reasons, and the same reason in a later month opens it again', async () => {
    const { householdId } = await givenHousehold(office(), world.vault, {
      areaPath: `${county.villages[0]?.path ?? ''}02.`,
      members: [{ name: '傅桂香' }],
    })
    const areaPath = `${county.villages[0]?.path ?? ''}02.`
    const runId = await givenRun(office(), '202311')
    const reasons = [
      { rule: 'L04', list: 'education', value: '辍学' },
      { rule: 'L01', list: 'medical', value: '23693.70' },
      { rule: 'N08', list: 'cars', value: '小型轿车 正常' },
    ] as const
    const leadId = await givenLead(office(), { runId, month: '202311', householdId, areaPath, reasons })
    expect(await addFromLeads(office(), { campaignId, leadIds: [leadId] })).toEqual({ added: 2, reopened: 0, known: 0 })
    expect(await addFromLeads(office(), { campaignId, leadIds: [leadId] })).toEqual({ added: 0, reopened: 0, known: 2 })
    for (const one of await held(householdId)) await strikeOff(one.problemId, '2023-12-08T02:00:00Z')
    const raise = (month: string) =>
      inTransaction(system(), async (db) => {
        const again = {
          rule: 'L01',
          list: 'medical',
          householdId,
          areaPath,
          personId: null,
          value: '25000',
          measure: 25000,
          band: null,
        } as const
        const what = { runId: await givenRun({ ...system(), db }, month), month, lists: ['medical'] as const }
        await raiseReasons(db, system(), { vault: world.vault, what, reasons: [{ ...again, evidence: [] }] })
      })
    await raise('202312')
    await tellAll(world, Date.parse('2024-01-04T03:00:00Z'))
    const states = Object.fromEntries(
      (await held(householdId)).map(({ class: of, state, reopened }) => [of, `${state} ${String(reopened)}`]),
    )
    expect(states).toEqual({ 辍学: 'closed 0', 大额自付医疗费: 'rectifying 1' })
  })
})
