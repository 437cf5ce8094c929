import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { givenHousehold } from '#modules/registry/server/given.ts'
import { openTestWorld } from '../../../../test/database.ts'
import { addProblem } from './add-problem.ts'
import { actOnce, doneWords, givenCampaign, givenProblem, problemNow } from './given.ts'
import { readProblems, readTotals } from './read-problems.ts'
import { rectificationHouseholdEvents } from './when-household-changed.ts'

// The second lock of petitions and discipline: what the database itself shows, whatever is asked.
const world = openTestWorld()
let county: GivenCounty
const leader = () => world.as(grantCounty('990301'), { id: 'leader', name: '督查室', roles: ['supervisor'] })
const officer = () => world.as(grantCounty('990301'), { id: 'office', name: '县整改办', roles: ['county-data-officer'] })
const named = () => world.as(grantArea('990301', township()), { id: 'named', name: '纪委书记', roles: ['township-officer'] })
const other = () => world.as(grantArea('990301', township()), { id: 'other', name: '乡镇干部', roles: ['township-officer'] })
const township = () => county.townships[0]?.path ?? ''
const tables = ['problem', 'problem_event', 'evidence', 'extension', 'letter'] as const

/** All that a statement without any condition finds. */
const seen = (ctx: Context): Promise<Record<string, number>> =>
  inTransaction(ctx, async (db) => {
    const counts: Record<string, number> = {}
    for (const table of tables) {
      const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM rectification.${sql.ref(table)}`.execute(db)
      counts[table] = found.rows[0]?.n ?? 0
    }
    return counts
  })
const nothing = { problem: 0, problem_event: 0, evidence: 0, extension: 0, letter: 0 }
let campaignId = ''
let problemId = ''
let householdId = ''

beforeAll(async () => {
  county = await givenCounty(world.database)
  const areaPath = `${county.villages[0]?.path ?? ''}01.`
  householdId = (await givenHousehold(officer(), world.vault, { areaPath, members: [{ name: '雷正兴' }] })).householdId
  campaignId = await givenCampaign(leader())
  problemId = (
    await givenProblem(leader(), { campaignId, areaPath, householdId, sourceKind: 'petition', class: '信访', description: '反映优亲厚友' })
  ).problemId
  const unit = { kind: 'area', id: township() } as const
  await actOnce(leader(), problemId, { action: 'assign', unit, headName: '纪委书记', headId: 'named', due: { on: '2023-12-31' } })
  await actOnce(named(), problemId, { action: 'plan', cause: doneWords.cause, measures: doneWords.measures })
})

it('a statement of somebody without the right finds no row of it in any table; of who has the right, it finds nothing either before it was opened for him', async () => {
  expect(await seen(officer())).toEqual(nothing)
  expect(await seen(other())).toEqual(nothing)
  expect(await seen(leader())).toEqual(nothing)
  expect(await seen(world.as(grantSystem('990301', 'test')))).toMatchObject({ problem: 1, problem_event: 3, letter: 1 })
  expect((await readProblems(leader(), { limit: 10 })).items).toHaveLength(1)
  expect((await readProblems(officer(), { limit: 10 })).items).toEqual([])
})

it('the person whose name is on it sees it, acts on it, and may give it back although he then sees it no more', async () => {
  expect(await seen(named())).toMatchObject({ problem: 1, problem_event: 3, letter: 1 })
  expect((await readProblems(named(), { limit: 10 })).items).toMatchObject([{ problemId, state: 'rectifying' }])
  expect(await actOnce(named(), problemId, { action: 'complete', effect: doneWords.effect, evidence: doneWords.evidence })).toBe(
    'completed',
  )
  const { problemId: second } = await givenProblem(leader(), { campaignId, areaPath: township(), sourceKind: 'discipline' })
  const unit = { kind: 'area', id: township() } as const
  await actOnce(leader(), second, { action: 'assign', unit, headName: '纪委书记', headId: 'named', due: { on: '2023-12-31' } })
  expect(await actOnce(named(), second, { action: 'decline', reason: '不归本乡镇' })).toBe('found')
  expect(await seen(named())).toMatchObject({ problem: 1 })
  expect((await problemNow(leader(), second)).headId).toBeNull()
})

it('the published count stays what it is, and says nothing but that there is one', async () => {
  const counted = (ctx: Context) =>
    inTransaction(ctx, async (db) => {
      await sql`SELECT set_config('app.open_problems', 'closed', true)`.execute(db)
      const found = await sql<{ n: number; words: string }>`
        SELECT count(*)::int AS n, coalesce(string_agg(class || coalesce(household_id::text, '') || coalesce(unit_name, ''), ''), '') AS words
        FROM rectification.v_problem`.execute(db)
      return found.rows[0]
    })
  expect(await counted(officer())).toEqual({ n: 2, words: '' })
  expect((await readTotals(officer(), {})).total).toBe(0)
  expect((await readTotals(leader(), {})).total).toBe(2)
})

it('who may write it down need not be able to read it again; its household takes it along', async () => {
  const made = await addProblem(
    officer(),
    { vault: world.vault },
    {
      campaignId,
      sourceKind: 'petition',
      class: '信访',
      description: '来信反映问题',
      requirement: '',
      subject: '',
      areaPath: township(),
    },
  )
  expect(made.problemNo).toMatch(/^2023-/)
  expect(await seen(officer())).toEqual(nothing)
  const after = county.groups[4]?.path ?? ''
  const event = { eventId: householdId, kind: 'move', on: '2023-12-18', householdId, otherId: undefined, personIds: [] } as const
  const areas = new Map([[householdId, after]])
  await inTransaction(officer(), async (db) => {
    await rectificationHouseholdEvents.follow(officer(), db, { ...event, areas, homes: new Map(), ended: undefined, revived: undefined })
    const found = await sql<{ n: number }>`SELECT count(*)::int AS n FROM rectification.problem`.execute(db)
    expect(found.rows).toEqual([{ n: 0 }])
  })
  expect((await problemNow(leader(), problemId)).areaPath).toBe(after)
})
