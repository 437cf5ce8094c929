import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '../../src/kernel/pure/time/index.ts'
import { grantCounty, grantSystem, type Context } from '../../src/kernel/server/caller/index.ts'
import { inTransaction } from '../../src/kernel/server/database/index.ts'
import { actingAs, givenCounty, givenUser } from '../../src/modules/identity/server/given.ts'
import { beginCheck, followCheck } from '../../src/modules/quality/server/worklist-run.ts'
import { addFromFindings } from '../../src/modules/rectification/server/add-from-data.ts'
import { actOnProblems } from '../../src/modules/rectification/server/act-on-problems.ts'
import { listCampaignRows } from '../../src/modules/rectification/server/campaign-store.ts'
import { addCampaign } from '../../src/modules/rectification/server/campaigns.ts'
import { at, doneWords } from '../../src/modules/rectification/server/given.ts'
import { readLetters } from '../../src/modules/rectification/server/read-letters.ts'
import { readProblems, readTotals } from '../../src/modules/rectification/server/read-problems.ts'
import { givenCampaign } from '../../src/modules/surveys/server/given.ts'
import { moveCampaign } from '../../src/modules/surveys/server/move-campaign.ts'
import { readCallers, readCampaign } from '../../src/modules/surveys/server/read-lists.ts'
import { readProgress } from '../../src/modules/surveys/server/read-progress.ts'
import { isFull } from '../chance.ts'
import { openTestWorld } from '../database.ts'
import { callEverybody, planAnswers } from './call-everybody.ts'
import { choosePopulation, givenRegister, importNational } from './county.ts'
import { actOnAll, givenDepartments, givenPlaces, mend, type Asked } from './mend.ts'
import { tellAll } from './tell-all.ts'

// The campaign that was printed (M-013, M-112, M-113; F-129 to F-140, F-366 to F-372), from the first call to the last second of its term, through the
// doors of surveys, the events and rectification: whole in `npm run test:full`, with small numbers of the same kind in `npm test`.
const printed = isFull
  ? { households: 4197, persons: 12179, callers: 42, corrections: 621, policy: 402, satisfaction: 158, closed: 732 }
  : { households: 30, persons: 80, callers: 3, corrections: 9, policy: 12, satisfaction: 5, closed: 16 }
const total = printed.corrections + printed.policy + printed.satisfaction
const startMs = Date.parse('2020-04-10T09:00:00+08:00')
const world = openTestWorld(startMs)
const clock = () => startMs

let officer: Context
let inspector: Context
let surveyId = ''
let campaignId = ''
let townships: Asked[] = []
let departments: Asked[] = []

async function givenCallers(countyPath: string): Promise<Context[]> {
  const callers: Context[] = []
  for (let count = 0; count < printed.callers; count += 1) {
    const user = await givenUser(world.database, { role: 'department-clerk', areaPath: countyPath, clock })
    callers.push(actingAs(user, world.as(grantCounty('990301'))))
  }
  return callers
}

/** What is found is listed in rectification under the campaign of the survey. */
async function listedUnder(name: string): Promise<string> {
  const found = await inTransaction(officer, (db) => listCampaignRows(db, officer))
  return found.find((one) => one.name === name)?.campaignId ?? ''
}

beforeAll(async () => {
  const county = await givenCounty(world.database, { clock })
  const user = await givenUser(world.database, { role: 'county-data-officer', areaPath: county.countyPath, clock })
  officer = actingAs(user, world.as(grantCounty('990301')))
  inspector = world.as(grantCounty('990301'), { id: 'inspector', name: '督查室', roles: ['supervisor'] })
  const nos = choosePopulation(await givenRegister(world, officer, printed.households), printed)
  const callers = await givenCallers(county.countyPath)
  // Numbers twice in the list are one household.
  const householdNos = [...nos, ...nos.slice(0, 3)]
  const survey = await givenCampaign(officer, { name: '脱贫攻坚电话调查', householdNos, callers: callers.map((one) => one.caller.id) })
  surveyId = survey.campaignId
  const before = await readProgress(officer, surveyId, undefined)
  expect(before.sum).toMatchObject({ targets: printed.households, persons: printed.persons, waiting: printed.households, recorded: 0 })
  const loads = (await readCallers(officer, surveyId)).callers.map((row) => row.open)
  expect([loads.length, Math.max(...loads) - Math.min(...loads) <= 1]).toEqual([printed.callers, true])
  const { said, classes } = planAnswers('phone-survey', printed)
  expect(classes).toBe(8)
  expect(await callEverybody(world, { officer, callers, campaignId: surveyId, said })).toBe(printed.households)
  await tellAll(world, startMs)
  campaignId = await listedUnder('脱贫攻坚电话调查')
  townships = await givenPlaces(world, officer, 'township')
  departments = await givenDepartments(world, officer, ['住建局', '医保局', '教育局'])
}, 2_400_000)

describe('the phone survey that was printed, in one run', () => {
  it('asks every household, corrects the register at once and finds each problem with one source', async () => {
    const after = await readProgress(officer, surveyId, undefined)
    const { corrections: correction, policy, satisfaction } = printed
    expect(after.problems).toMatchObject({ total, bySource: { correction, policy, satisfaction, other: 0 } })
    expect(after.problems.classes.filter((one) => one.source === 'policy')).toHaveLength(8)
    expect(after.problems.corrections).toEqual({ applied: correction, proposed: 0 })
    expect([after.coverage, after.imbalance]).toEqual([{ recorded: '100.00', reached: '100.00' }, []])
    const corrected = await inTransaction(officer, (db) =>
      sql<{ n: number }>`SELECT count(*)::int AS n FROM registry.correction WHERE state = 'applied' AND source LIKE '电话调查 %'`.execute(
        db,
      ),
    )
    expect(corrected.rows).toEqual([{ n: correction }])
    const { revision } = await readCampaign(officer, surveyId)
    const closed = await moveCampaign({ ...officer, now: instantOf(startMs + 1000) }, surveyId, { revision, to: 'closed' })
    expect(closed.state).toBe('closed')
  })

  it('R14, R24: each is listed once in rectification, under the same household, source and class, and told again changes nothing', async () => {
    const pairs = await inTransaction(officer, (db) =>
      sql<{ same: number; all: number }>`
        SELECT (SELECT count(*) FROM rectification.problem)::int AS all, count(*)::int AS same
        FROM surveys.problem s JOIN rectification.problem p ON p.origin = 'surveys' AND p.origin_id = s.problem_id::text AND p.class = s.class
          AND p.source_kind = s.source AND p.household_id = s.household_id AND p.campaign_id = ${campaignId}::uuid`.execute(db),
    )
    expect(pairs.rows).toEqual([{ same: total, all: total }])
    await inTransaction(world.as(grantSystem('990301', 'test')), (db) =>
      sql`INSERT INTO kernel.outbox (county_code, outbox_id, event, payload, at)
        SELECT county_code, gen_random_uuid(), event, payload, at FROM kernel.outbox WHERE event = 'surveys.problem-found' LIMIT 20`.execute(
        db,
      ),
    )
    await tellAll(world, startMs)
    const totals = await readTotals(officer, { campaignId })
    expect(totals).toMatchObject({ total, closed: 0, open: total, withdrawn: 0, disagree: [] })
    const bySource = Object.fromEntries(totals.by.source.map(({ key, n }) => [key, n]))
    expect(bySource).toEqual({ correction: printed.corrections, policy: printed.policy, satisfaction: printed.satisfaction })
    expect((await readTotals(officer, { campaignId, sourceKind: 'policy' })).by.class).toHaveLength(8)
  })

  it('R16: what is assigned stands on one letter for each unit, to its head, until the end of May', async () => {
    const due = { words: '5月底前' }
    for (const { unit } of townships)
      for (const sourceKind of ['correction', 'satisfaction'] as const)
        await actOnAll(
          officer,
          { action: 'assign', unit, headName: '党委书记', due },
          { campaignId, sourceKind, area: unit.id, state: 'found' },
        )
    const { by } = await readTotals(officer, { campaignId, sourceKind: 'policy' })
    for (const [index, { key }] of by.class.entries()) {
      const { unit } = departments[index % departments.length] ?? { unit: { kind: 'area', id: '' } }
      await actOnAll(
        officer,
        { action: 'assign', unit, headName: '局长', due },
        { campaignId, sourceKind: 'policy', class: key, state: 'found' },
      )
    }
    const { items } = await readLetters(officer, { campaignId, limit: 100 })
    expect(new Set(items.map(({ unitId }) => unitId)).size).toBe(items.length)
    expect(new Set(items.map(({ dueOn }) => dueOn))).toEqual(new Set(['2020-05-31']))
    expect(items.reduce((sum, { problems }) => sum + problems, 0)).toBe(total)
    expect((await readTotals(officer, { campaignId })).letters).toBe(items.length)
  })

  it('units reply, somebody else accepts and nobody his own work; what is struck off is 62 % (R12)', async () => {
    const own = departments[0]
    const [first] = (await readProblems(own?.ctx ?? officer, { campaignId, limit: 1 })).items
    const problems = [{ problemId: first?.problemId ?? '', revision: first?.revision ?? 0 }]
    const refused = await actOnProblems(own?.ctx ?? officer, { problems, act: { action: 'complete', ...doneWords } })
    expect(refused.refused.map(({ code }) => code)).toEqual(['rectification.act-refused'])
    const days = { on: '2020-05-10T09:00:00+08:00', acceptedOn: '2020-05-20T15:00:00+08:00' }
    await mend([...departments, ...townships], { campaignId, wanted: printed.closed, inspector, ...days })
    const totals = await readTotals(at(officer, '2020-05-20T18:00:00+08:00'), { campaignId })
    expect(totals).toMatchObject({ total, closed: printed.closed, open: total - printed.closed, rate: '62', disagree: [] })
    const { items } = await readLetters(officer, { campaignId, limit: 100 })
    expect(items.reduce((sum, { closed }) => sum + closed, 0)).toBe(printed.closed)
  })

  it('a department reads its own problems and no other; the published figures say what the newspaper says (F-133 to F-139)', async () => {
    const own = departments[0]
    const mine = await readTotals(own?.ctx ?? officer, { campaignId })
    expect(new Set(mine.by.unit.map(({ key }) => key))).toEqual(new Set([own?.unit.id]))
    expect([mine.total < printed.policy, mine.disagree]).toEqual([true, []])
    const ctx = at(officer, '2020-05-20T18:00:00+08:00')
    const told = await inTransaction(ctx, (db) =>
      sql<{ source: string; n: number; closed: number; classes: number }>`
        SELECT source_kind AS source, count(*)::int AS n, (count(*) FILTER (WHERE is_closed))::int AS closed, count(DISTINCT class)::int AS classes
        FROM rectification.v_problem WHERE campaign_id = ${campaignId}::uuid AND state <> 'withdrawn' AND letter_id IS NOT NULL GROUP BY 1 ORDER BY 1`.execute(
        db,
      ),
    )
    expect(told.rows.map(({ source, n }) => [source, n])).toEqual([
      ['correction', printed.corrections],
      ['policy', printed.policy],
      ['satisfaction', printed.satisfaction],
    ])
    expect(told.rows.reduce((sum, { closed }) => sum + closed, 0)).toBe(printed.closed)
    expect(told.rows.find(({ source }) => source === 'policy')?.classes).toBe(8)
  })

  it('R13: the last second of 31 May is in time, the first of 1 June is overdue, and the list counts the seconds', async () => {
    const rest = total - printed.closed
    const overdueAt = async (moment: string) => {
      const { by } = await readTotals(at(officer, moment), { campaignId })
      return by.standing.find(({ key }) => key === 'overdue')?.n ?? 0
    }
    const moments = ['2020-05-31T23:59:59+08:00', '2020-06-01T00:00:00+08:00', '2020-06-01T00:00:01+08:00']
    const counted: number[] = []
    for (const moment of moments) counted.push(await overdueAt(moment))
    expect(counted).toEqual([0, rest, rest])
    const list = async (moment: string) => (await readProblems(at(officer, moment), { campaignId, view: 'overdue', limit: 200 })).items
    expect(await list('2020-05-31T23:59:59+08:00')).toEqual([])
    const items = await list('2020-06-01T00:00:01+08:00')
    expect(items).toHaveLength(Math.min(rest, 200))
    expect(new Set(items.map(({ overdueSeconds, standing }) => `${standing} ${String(overdueSeconds)}`))).toEqual(new Set(['overdue 1']))
  })
})

describe.runIf(isFull)('the look-back that was printed, in the same county', () => {
  it('R16: ninety problems go to five townships, five villages and six departments on sixteen letters, until the end of May', async () => {
    const nos = (
      await inTransaction(officer, (db) =>
        sql<{ no: string }>`SELECT h.household_no AS no FROM registry.household h
          WHERE NOT EXISTS (SELECT 1 FROM surveys.target t WHERE t.household_id = h.household_id) ORDER BY h.household_no LIMIT 90`.execute(
          db,
        ),
      )
    ).rows.map(({ no }) => no)
    const [caller] = await givenCallers((await givenCounty(world.database)).countyPath)
    const draft = { kind: 'look-back', formKey: 'household-check', name: '脱贫质量“回头看”' } as const
    const survey = await givenCampaign(officer, { ...draft, householdNos: nos, callers: [caller?.caller.id ?? ''] })
    const { said } = planAnswers('household-check', { households: 90, corrections: 0, policy: 90, satisfaction: 0 })
    await callEverybody(world, { officer, callers: caller === undefined ? [] : [caller], campaignId: survey.campaignId, said })
    await tellAll(world, startMs)
    const lookBack = await listedUnder(draft.name)
    const villages = await givenPlaces(world, officer, 'village')
    const more = await givenDepartments(world, officer, ['水利局', '卫健局', '民政局', '人社局', '农业农村局', '交通局'])
    const units = [...townships.slice(0, 5), ...villages.slice(0, 5), ...more]
    expect(units).toHaveLength(16)
    for (const [index, { unit }] of units.entries())
      await actOnAll(
        officer,
        { action: 'assign', unit, headName: '主要负责人', due: { words: '5月底' } },
        { campaignId: lookBack, state: 'found' },
        index < 10 ? 6 : 5,
      )
    const totals = await readTotals(officer, { campaignId: lookBack })
    expect(totals).toMatchObject({ total: 90, letters: 16, disagree: [] })
    const { items } = await readLetters(officer, { campaignId: lookBack, limit: 50 })
    const levels = Object.groupBy(items, ({ unitLevel }) => unitLevel)
    expect([levels.township?.length, levels.village?.length, levels.department?.length]).toEqual([5, 5, 6])
    expect(new Set(items.map(({ dueOn }) => dueOn))).toEqual(new Set(['2020-05-31']))
  })
})

// Later than the rest, because the data rules hold from 2023 on.
describe.runIf(isFull)('data that fail again, in the same county', () => {
  it('a finding whose problem was struck off and that the next check of the register still sees opens it again', async () => {
    const checkOn = async (moment: string) => {
      const ctx = at(world.as(grantSystem('990301', 'test'), { id: 'system:check', name: '数据检查' }), moment)
      const { runId } = await beginCheck(ctx, ctx.today)
      await followCheck(ctx, { vault: world.vault, clock: () => Date.parse(moment) }, { runId, asOf: ctx.today })
    }
    await importNational(world)
    await checkOn('2024-06-02T02:00:00Z')
    // The findings of one township, which mends them.
    const { rows } = await inTransaction(officer, (db) =>
      sql<{ id: string; path: string }>`
        SELECT finding_id AS id, area_path AS path FROM quality.finding WHERE household_id IS NOT NULL ORDER BY area_path, finding_id LIMIT 40`.execute(
        db,
      ),
    )
    expect(rows).toHaveLength(40)
    const { campaignId: ofData } = await addCampaign(officer, { name: '数据质量整改', documentNo: '', startedOn: '2024-06-02' })
    const findingIds = rows.map(({ id }) => id)
    const clock = (moment: string) => at(officer, moment)
    expect(await addFromFindings(clock('2024-06-02T03:00:00Z'), { campaignId: ofData, findingIds })).toMatchObject({ added: 40 })
    const first = townships.find(({ unit }) => rows.every(({ path }) => path.startsWith(unit.id)))
    const act = { action: 'assign', unit: first?.unit ?? { kind: 'area', id: '' }, headName: '镇长', due: { words: '6月底' } } as const
    await actOnAll(clock('2024-06-02T03:00:00Z'), act, { campaignId: ofData, state: 'found' })
    await mend(first === undefined ? [] : [first], {
      campaignId: ofData,
      wanted: 30,
      inspector,
      on: '2024-06-03T02:00:00Z',
      acceptedOn: '2024-06-04T02:00:00Z',
    })
    expect(await readTotals(officer, { campaignId: ofData })).toMatchObject({ total: 40, closed: 30 })
    await checkOn('2024-06-05T02:00:00Z')
    await tellAll(world, Date.parse('2024-06-05T03:00:00Z'))
    // Nobody has changed the register: whatever was struck off is as wrong as before.
    expect(await readTotals(officer, { campaignId: ofData })).toMatchObject({ total: 40, closed: 0, open: 40, disagree: [] })
  })
})
