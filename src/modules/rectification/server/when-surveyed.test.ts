import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '#kernel/pure/ids/index.ts'
import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import type { ProblemFound } from '#modules/surveys/contract.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { actOnce, doneWords, givenCampaign, givenProblem, problemNow } from './given.ts'
import { readProblems } from './read-problems.ts'
import { reopenFailed } from './reopen-failed.ts'
import { answerCheck, askChecks, readAlike, readChecks } from './same-elsewhere.ts'
import { listFound } from './when-surveyed.ts'
import { rectificationHouseholdEvents } from './when-household-changed.ts'

const world = openTestWorld()
const office = () => world.as(grantCounty('990301'), { id: 'office', name: '县整改办', roles: ['county-data-officer'] })
const village = () =>
  world.as(grantArea('990301', county.villages[0]?.path ?? ''), { id: 'village', name: '村干部', roles: ['village-cadre'] })
const system = () => world.as(grantSystem('990301', 'test'), { id: 'system' })
let county: GivenCounty

beforeAll(async () => {
  county = await givenCounty(world.database)
})

const household = () =>
  givenHousehold(office(), world.vault, { areaPath: county.groups[0]?.path ?? '', type: '脱贫户', members: [{ name: '钱多福' }] })

const found = (given: Partial<ProblemFound>): ProblemFound => ({
  problemId: makeId(),
  problemNo: '2023-001-0001',
  campaignId: '01890000-0000-7000-8000-000000000001',
  campaignNo: '2023-001',
  campaignName: '电话调查',
  campaignKind: 'phone',
  targetId: makeId(),
  areaPath: county.groups[0]?.path ?? '',
  sourceKind: 'policy',
  class: '住房安全',
  description: '住房：没有保障',
  foundOn: '2023-12-18',
  ...given,
})
const hear = (event: ProblemFound) => inTransaction(system(), (db) => listFound({ ...system(), db }, event))

/** Through the whole way to its end. */
async function strikeOff(problemId: string): Promise<void> {
  const unit = { kind: 'area', id: county.villages[0]?.path ?? '' } as const
  await actOnce(office(), problemId, { action: 'assign', unit, headName: '村支书', due: { on: '2023-12-31' } })
  await actOnce(village(), problemId, { action: 'plan', ...doneWords, effect: undefined, evidence: undefined })
  await actOnce(village(), problemId, { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence })
  await actOnce(office(), problemId, { action: 'verify' })
  expect(await actOnce(office(), problemId, { action: 'strike' })).toBe('closed')
}

describe('what a survey finds', () => {
  it('is listed once under the campaign of the survey, however often it is told', async () => {
    const { householdId } = await household()
    const event = found({ householdId })
    await hear(event)
    await hear(event)
    const { items } = await readProblems(office(), { householdId, limit: 10 })
    expect(items).toMatchObject([{ campaignName: '电话调查', sourceKind: 'policy', state: 'found', headOfHousehold: '钱多福' }])
  })

  it('opens again what had been struck off for the same household, source and class; told twice, once', async () => {
    const { householdId } = await household()
    await hear(found({ householdId }))
    const [first] = (await readProblems(office(), { householdId, limit: 10 })).items
    await strikeOff(first?.problemId ?? '')
    const again = found({ householdId })
    await hear(again)
    await hear(again)
    await hear(found({ householdId, class: '饮水安全' }))
    const { items } = await readProblems(office(), { householdId, limit: 10 })
    expect(items.map(({ class: of, state, reopened }) => `${of} ${state} ${String(reopened)}`).toSorted()).toEqual([
      '住房安全 rectifying 1',
      '饮水安全 found 0',
    ])
  })

  it('data that fail again open it by the door', async () => {
    const { householdId } = await household()
    await hear(found({ householdId }))
    const [first] = (await readProblems(office(), { householdId, limit: 10 })).items
    await strikeOff(first?.problemId ?? '')
    const { originId } = await problemNow(office(), first?.problemId ?? '')
    const failed = (at: string) => [{ originId: originId ?? '', reason: '数据又报住房无保障', at: instantOf(Date.parse(at)) }]
    expect(await reopenFailed(system(), { origin: 'surveys', failed: failed('2023-12-17T00:00:00Z') })).toEqual([])
    const later = { ...system(), today: dayOf(Date.parse('2024-01-02T00:00:00Z')) }
    expect(await reopenFailed(later, { origin: 'surveys', failed: failed('2024-01-01T00:00:00Z') })).toHaveLength(1)
    expect(await reopenFailed(later, { origin: 'surveys', failed: failed('2024-01-01T00:00:00Z') })).toEqual([])
    // Its day, 31 December, has passed: ten working days more.
    expect(await problemNow(office(), first?.problemId ?? '')).toMatchObject({ state: 'rectifying', reopened: 1, dueOn: '2024-01-16' })
  })
})

describe('举一反三', () => {
  it('proposes other villages and like households, opens checks once, and makes a problem of what is found', async () => {
    const { householdId } = await household()
    const like = await household()
    const campaignId = await givenCampaign(office())
    const { problemId } = await givenProblem(office(), {
      campaignId,
      areaPath: county.groups[0]?.path ?? '',
      householdId,
      class: '门窗破损',
    })
    await givenProblem(office(), { campaignId, areaPath: county.villages[2]?.path ?? '', class: '门窗破损' })
    const alike = await readAlike(office(), problemId)
    expect(alike.villages.map(({ problems }) => problems)).toEqual([1, 0, 0])
    expect(alike.households.map((one) => one.householdId)).toContain(like.householdId)
    expect(alike.households.map((one) => one.householdId)).not.toContain(householdId)
    const ask = { problemId, villages: [county.villages[1]?.path ?? ''], households: [like.householdId], due: { workingDays: 5 } }
    expect(await askChecks(office(), ask)).toEqual({ opened: 2, asked: 2 })
    expect(await askChecks(office(), ask)).toEqual({ opened: 0, asked: 2 })
    const { items } = await readChecks(village(), { limit: 10 })
    expect(items).toMatchObject([{ headOfHousehold: '钱多福', dueOn: '2023-12-25', can: { answer: true } }])
    const answer = { sameCheckId: items[0]?.sameCheckId ?? '', found: true, note: '', description: '窗户也坏了' }
    const made = await answerCheck(village(), answer)
    expect(await problemNow(office(), made.problemId ?? '')).toMatchObject({ sourceKind: 'self-check', class: '门窗破损', campaignId })
    await expect(answerCheck(village(), answer)).rejects.toMatchObject({ code: 'rectification.check-answered' })
  })
})

it('a problem goes where its household goes, with its history, evidence and checks', async () => {
  const { householdId } = await household()
  const campaignId = await givenCampaign(office())
  const { problemId } = await givenProblem(office(), { campaignId, areaPath: county.groups[0]?.path ?? '', householdId })
  const after = county.groups[4]?.path ?? ''
  const event = { eventId: householdId, kind: 'move', on: '2023-12-18', householdId, otherId: undefined, personIds: [] } as const
  const follow = (ctx: Context) =>
    inTransaction(ctx, (db) =>
      rectificationHouseholdEvents.follow(ctx, db, {
        ...event,
        areas: new Map([[householdId, after]]),
        homes: new Map(),
        ended: undefined,
        revived: undefined,
      }),
    )
  await follow(office())
  const rows = await inTransaction(office(), (db) =>
    sql<{ path: string }>`SELECT area_path AS path FROM rectification.problem WHERE problem_id = ${problemId}::uuid
      UNION SELECT area_path FROM rectification.problem_event WHERE problem_id = ${problemId}::uuid`.execute(db),
  )
  expect(rows.rows).toEqual([{ path: after }])
})
