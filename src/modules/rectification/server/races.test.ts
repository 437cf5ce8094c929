import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#kernel/pure/time/index.ts'
import { grantArea, grantCounty, grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { rounds } from '../../../../test/chance.ts'
import { openTestWorld } from '../../../../test/database.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actOnProblems } from './act-on-problems.ts'
import { actOnce, at, doneWords, givenCampaign, givenProblem, problemNow } from './given.ts'
import { recordProblems } from './record-problems.ts'
import { reopenFailed } from './reopen-failed.ts'

// Several people, or the same event twice, at the very same moment: a thousand times each in `npm run test:full`.
const world = openTestWorld()
let county: GivenCounty
let campaignId = ''
const office = (id: string) => world.as(grantCounty('990301'), { id, name: id, roles: ['county-data-officer'] })
const path = () => county.villages[0]?.path ?? ''
const village = () => world.as(grantArea('990301', path()), { id: 'village', name: '村干部', roles: ['village-cadre'] })
const system = () => world.as(grantSystem('990301', 'test'), { id: 'system' })
const assign = () => ({ action: 'assign', unit: { kind: 'area', id: path() }, headName: '村支书', due: { on: '2023-12-31' } }) as const
const { cause, measures, effect, evidence } = doneWords
const complete = { action: 'complete', effect, evidence } as const

beforeAll(async () => {
  county = await givenCounty(world.database)
  campaignId = await givenCampaign(office('office'))
})

/** A problem that the village has planned. */
async function rectifying(): Promise<string> {
  const { problemId } = await givenProblem(office('office'), { campaignId, areaPath: path() })
  await actOnce(office('office'), problemId, assign())
  await actOnce(village(), problemId, { action: 'plan', cause, measures })
  return problemId
}

/** Everybody acts on the revision that all of them read; returns the states of who got through and the codes of who did not. */
async function allAtOnce(
  problemId: string,
  acts: readonly (readonly [Context, ActWords])[],
): Promise<{ done: string[]; codes: Set<string> }> {
  const { revision } = await problemNow(office('office'), problemId)
  const answers = await Promise.all(acts.map(([ctx, act]) => actOnProblems(ctx, { problems: [{ problemId, revision }], act })))
  return {
    done: answers.flatMap(({ done }) => done.map(({ state }) => state)),
    codes: new Set(answers.flatMap(({ refused }) => refused.map(({ code }) => code))),
  }
}

describe('at the same moment', () => {
  it('of three who accept, send back and recall, exactly one does, and the history has one step more', async () => {
    const problemId = await rectifying()
    const back = { action: 'return', reason: '佐证不清楚' } as const
    for (let round = 0; round < rounds(3, 1000); round += 1) {
      expect(await actOnce(village(), problemId, complete)).toBe('completed')
      const before = (await problemNow(office('office'), problemId)).revision
      const recall = { action: 'recall', reason: '再补一张照片' } as const
      const { done, codes } = await allAtOnce(problemId, [
        [office('second'), { action: 'verify' }],
        [office('third'), back],
        [village(), recall],
      ])
      expect([done.length, [...codes]]).toEqual([1, ['rectification.problem-changed']])
      const { revision, state } = await problemNow(office('office'), problemId)
      expect([revision, state]).toEqual([before + 1, done[0]])
      if (state === 'verified') await actOnce(office('second'), problemId, back)
    }
  })

  it('of problems that two offices hand to the same unit, all stand on one letter', async () => {
    for (let round = 0; round < rounds(2, 1000); round += 1) {
      const own = await givenCampaign(office('office'), { name: `并发专项${String(round)}` })
      const made = await Promise.all([1, 2].map(() => givenProblem(office('office'), { campaignId: own, areaPath: path() })))
      await Promise.all(
        made.map(({ problemId }, index) =>
          actOnProblems(office(`office${String(index)}`), { problems: [{ problemId, revision: 1 }], act: assign() }),
        ),
      )
      const letters = await Promise.all(made.map(async ({ problemId }) => (await problemNow(office('office'), problemId)).letterId))
      expect([new Set(letters).size, letters[0] === null]).toEqual([1, false])
    }
  })

  it('a letter whose last problem is struck off while another is handed to its unit, and one is opened again: the open ones stand on one open letter', async () => {
    for (let round = 0; round < rounds(2, 1000); round += 1) {
      const own = await givenCampaign(office('office'), { name: `函件专项${String(round)}` })
      const make = async () => (await givenProblem(office('office'), { campaignId: own, areaPath: path() })).problemId
      const [old, last, fresh] = [await make(), await make(), await make()]
      for (const problemId of [old, last]) {
        await actOnce(office('office'), problemId, assign())
        await actOnce(village(), problemId, { action: 'plan', cause, measures })
        await actOnce(village(), problemId, complete)
        await actOnce(office('second'), problemId, { action: 'verify' })
      }
      expect(await actOnce(office('second'), old, { action: 'strike' })).toBe('closed')
      const states = await Promise.all([
        actOnce(office('second'), last, { action: 'strike' }),
        actOnce(office('third'), fresh, assign()),
        actOnce(office('fourth'), old, { action: 'reopen', reason: '抽查不实' }),
      ])
      expect(states).toEqual(['closed', 'assigned', 'rectifying'])
      const found = await inTransaction(system(), (db) =>
        sql<{ letters: number; open: number }>`
          SELECT count(DISTINCT l.letter_id)::int AS letters, count(DISTINCT l.letter_id) FILTER (WHERE l.state <> 'closed')::int AS open
          FROM rectification.problem p JOIN rectification.letter l ON l.county_code = p.county_code AND l.letter_id = p.letter_id
          WHERE p.campaign_id = ${own}::uuid AND p.state <> 'closed'`.execute(db),
      )
      expect(found.rows).toEqual([{ letters: 1, open: 1 }])
    }
  })

  it('of the same finding told twice, one problem is written; of the same failure told twice, it is opened again once', async () => {
    const origin = 'quality'
    for (let round = 0; round < rounds(2, 1000); round += 1) {
      const originId = `finding-${String(round)}`
      const words = {
        originId,
        sourceKind: 'data',
        class: '身份信息',
        description: '性别不符',
        areaPath: path(),
        foundOn: '2023-12-18',
      } as const
      const tell = () => recordProblems(system(), { origin, campaignId, dueOn: '2023-12-31', problems: [words] }).then(() => true)
      // The second may lose at the unique index: its listener is told again, and then finds it there.
      const told = await Promise.all([tell().catch(() => false), tell().catch(() => false)])
      expect(told).toContain(true)
      expect(await recordProblems(system(), { origin, campaignId, dueOn: '2023-12-31', problems: [words] })).toMatchObject({ known: 1 })
      const problemId = await idOf(originId)
      await actOnce(office('office'), problemId, assign())
      await actOnce(village(), problemId, { ...complete, cause, measures })
      await actOnce(village(), problemId, { action: 'plan', cause, measures })
      await actOnce(village(), problemId, complete)
      await actOnce(office('second'), problemId, { action: 'verify' })
      expect(await actOnce(office('second'), problemId, { action: 'strike' })).toBe('closed')
      const later = at(system(), '2024-01-02T02:00:00Z')
      const failed = [{ originId, reason: '又报', at: instantOf(Date.parse('2024-01-02T01:00:00Z')) }]
      await Promise.all([1, 2, 3].map(() => reopenFailed(later, { origin, failed })))
      expect(await problemNow(office('office'), problemId)).toMatchObject({ state: 'rectifying', reopened: 1 })
    }
  })
})

async function idOf(originId: string): Promise<string> {
  const found = await inTransaction(system(), (db) =>
    sql<{ id: string }>`SELECT problem_id AS id FROM rectification.problem WHERE origin_id = ${originId}`.execute(db),
  )
  expect(found.rows).toHaveLength(1)
  return found.rows[0]?.id ?? ''
}
