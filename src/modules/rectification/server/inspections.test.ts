import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { pairUnits } from '../rules/inspection-kinds.ts'
import { ListInspections, PlanInspections, RecordInspection } from '../rules/inspection-requests.ts'
import { at, givenCampaign } from './given.ts'
import { addTeam, planInspections, readInspections, readMonths, recordInspection } from './inspections.ts'
import { readProblems, readTotals } from './read-problems.ts'

const world = openTestWorld()
let county: GivenCounty
const office = () => world.as(grantCounty('990301'), { id: 'office', name: '督查室', roles: ['supervisor'] })
const township = (index = 0) =>
  world.as(grantArea('990301', county.townships[index]?.path ?? ''), {
    id: `t${String(index)}`,
    name: '镇督查组',
    roles: ['township-officer'],
  })
const village = () => world.as(grantArea('990301', county.villages[0]?.path ?? ''), { id: 'v', name: '村干部', roles: ['village-cadre'] })
const units = () => county.villages.map(({ path }) => ({ kind: 'area', id: path }) as const)
const plan = (ctx: Context, given: object) =>
  planInspections(ctx, PlanInspections.parse({ campaignId: '', plannedOn: '2023-12-18', units: units(), ...given }))
const record = (ctx: Context, inspectionId: string, given: object = {}) =>
  recordInspection(ctx, { inspectionId, ...RecordInspection.parse({ inspectedOn: '2023-12-18', ...given }) })
const list = async (ctx: Context, query: object = {}) => (await readInspections(ctx, ListInspections.parse(query))).items
const count = (where: string) =>
  inTransaction(office(), async (db) => {
    const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sql.raw(where)}`.execute(db)
    return found.rows[0]?.n
  })

beforeAll(async () => {
  county = await givenCounty(world.database)
})

describe('a team that looks at units (M-115)', () => {
  it('has its members counted (F-364), looks at the three topics, and what is not fine is a problem on the letter of the unit at once', async () => {
    const members = Array.from({ length: 14 }, (_, index) => ({ name: `督查员${String(index)}`, unit: '县纪委监委' }))
    const { teamId } = await addTeam(office(), { name: '两办督查组', members, fromOn: '2023-12-01' })
    expect(await count('rectification.v_team_member')).toBe(14)
    const campaignId = await givenCampaign(office(), { dueOn: '2023-12-31' })
    expect(await plan(office(), { campaignId, kind: 'supervision', teamId, units: units().slice(0, 1) })).toEqual({
      planned: 1,
      known: 0,
      round: 1,
    })
    const [one] = await list(office(), { campaignId })
    expect(one).toMatchObject({ state: 'planned', checkerName: '两办督查组', topics: ['干部作风', '工作进展', '帮扶成效'] })
    const items = [
      { item: '干部作风', isFine: true },
      { item: '工作进展', isFine: false, note: '三户房屋还没开工' },
    ]
    const done = await record(office(), one?.inspectionId ?? '', { items, handOn: { headName: '村支书', due: { words: '12月底' } } })
    expect(done).toMatchObject({ problems: 1 })
    expect((await list(office(), { campaignId }))[0]).toMatchObject({ state: 'mending', problems: 1, can: { record: false } })
    const [problem] = (await readProblems(office(), { inspectionId: one?.inspectionId, limit: 10 })).items
    expect(problem).toMatchObject({
      sourceKind: 'inspection',
      class: '工作进展',
      state: 'assigned',
      dueOn: '2023-12-31',
      description: '三户房屋还没开工',
    })
    await expect(record(office(), one?.inspectionId ?? '')).rejects.toMatchObject({ code: 'rectification.inspected-before' })
    expect(await readTotals(office(), { campaignId })).toMatchObject({ total: 1, letters: 1, disagree: [] })
  })
})

describe('an unannounced check (M-116)', () => {
  it('is not seen by whom it is about before it was made, and by nobody else of the area: the database says so itself', async () => {
    const campaignId = await givenCampaign(office())
    await plan(office(), { campaignId, kind: 'unannounced', units: units().slice(0, 2) })
    const raw = (ctx: Context) =>
      inTransaction(ctx, async (db) => {
        const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM rectification.inspection WHERE kind = 'unannounced'`.execute(
          db,
        )
        return found.rows[0]?.n
      })
    expect([await raw(village()), await raw(township()), await raw(office())]).toEqual([0, 0, 2])
    const planned = await list(office(), { campaignId })
    for (const { inspectionId } of planned)
      await record(office(), inspectionId, { findings: [{ class: '责任落实', description: '台账和现场不一致' }] })
    expect([await raw(village()), await raw(township())]).toEqual([1, 2])
    expect((await readTotals(office(), { campaignId })).by.source).toMatchObject([{ key: 'unannounced', n: 2 }])
  })
})

describe('a cross-check of village files (M-117)', () => {
  it('never lets a village look at itself, whatever the round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 200 }), (n, round) => {
        const pairs = pairUnits(
          Array.from({ length: n }, (_, index) => index),
          round,
        )
        return (
          pairs.length === n && new Set(pairs.map(({ checker }) => checker)).size === n && pairs.every((one) => one.unit !== one.checker)
        )
      }),
    )
  })

  it('is held in rounds, each with other pairs; one village alone is refused, and the database refuses a village that checks itself', async () => {
    const campaignId = await givenCampaign(office())
    const ofTownship = units().slice(0, 2)
    expect(await plan(office(), { campaignId, kind: 'cross-check' })).toEqual({ planned: 4, known: 0, round: 1 })
    expect(await plan(office(), { campaignId, kind: 'cross-check' })).toEqual({ planned: 4, known: 0, round: 2 })
    const pairs = (await list(office(), { campaignId })).map(
      ({ round, unitName, checkerName }) => `${String(round)} ${unitName} ${checkerName}`,
    )
    expect(new Set(pairs).size).toBe(8)
    await expect(plan(office(), { campaignId, kind: 'cross-check', units: ofTownship.slice(0, 1) })).rejects.toMatchObject({
      code: 'rectification.no-pair',
    })
    const forced = inTransaction(office(), (db) =>
      sql`UPDATE rectification.inspection SET checker_id = unit_id WHERE kind = 'cross-check'`.execute(db),
    )
    await expect(forced).rejects.toThrow('cross_check_by_another')
  })
})

describe('what is held every month (M-119, M-120, R22)', () => {
  it('is once per unit and month, and says which unit missed which month', async () => {
    const campaignId = await givenCampaign(office())
    const own = { campaignId, kind: 'monthly', units: units().slice(0, 2) }
    for (const [month, made] of [
      ['2023-10', 2],
      ['2023-11', 1],
      ['2023-12', 0],
    ] as const) {
      const ctx = at(township(), `${month}-20T09:00:00+08:00`)
      expect(await plan(ctx, { ...own, plannedOn: `${month}-20` })).toMatchObject({ planned: 2, known: 0 })
      expect(await plan(ctx, { ...own, plannedOn: `${month}-25` })).toMatchObject({ planned: 0, known: 2 })
      for (const { inspectionId } of (await list(ctx, { campaignId, month })).slice(0, made))
        await record(ctx, inspectionId, { inspectedOn: `${month}-20` })
    }
    const { months, units: held } = await readMonths(township(), { kind: 'monthly', from: '2023-10', to: '2024-03' })
    expect(months).toEqual(['2023-10', '2023-11', '2023-12'])
    expect(new Set(held.map(({ missed }) => missed.join(' ')))).toEqual(new Set(['2023-11 2023-12', '2023-12']))
    expect(
      (await list(township(), { campaignId, month: '2023-10' })).map(({ state, topics }) => `${state} ${String(topics.length)}`),
    ).toEqual(['closed 4', 'closed 4'])
  })
})

it('a patrol of a higher level (M-121) and the clean-up of signs (M-118) are counted by village (F-339, F-287)', async () => {
  const campaignId = await givenCampaign(office())
  await plan(office(), { campaignId, kind: 'patrol', isUpgraded: true, units: units().slice(0, 3) })
  await plan(office(), { campaignId, kind: 'signs' })
  for (const { inspectionId, kind } of await list(office(), { campaignId }))
    await record(office(), inspectionId, kind === 'patrol' ? { findings: [{ class: '作风和廉洁', description: '三资台账不清' }] } : {})
  expect(await count("rectification.v_inspection WHERE kind = 'patrol' AND is_upgraded AND inspected_on IS NOT NULL")).toBe(3)
  expect(await count("rectification.v_inspection WHERE kind = 'signs' AND inspected_on IS NOT NULL")).toBe(4)
  expect((await readTotals(office(), { campaignId })).by.source).toMatchObject([{ key: 'patrol', n: 3 }])
})
