import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/time/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { answered, openSurveyWorld, registeredOnly } from '../../../../test/survey-world.ts'
import { finishCall } from './finish-call.ts'
import { givenCampaign } from './given.ts'
import { moveCampaign } from './move-campaign.ts'
import { readCampaign, readTargets } from './read-lists.ts'
import { readProgress, readRoundDifference } from './read-progress.ts'

const opened = openSurveyWorld()

describe('rounds of a screening', () => {
  it('M-017: five rounds follow each other as one action of a hundred days, and each is compared with the one before', async () => {
    const here = opened()
    const { world, officer, caller } = here
    const deps = { vault: world.vault }
    const ctx = here.as(caller)
    const endsOn = addDays(officer.today, 99)
    const ask = async (more: object, answers: object) => {
      const { campaignId } = await givenCampaign(officer, {
        kind: 'screening-round',
        name: '百日冲刺过筛排查',
        endsOn,
        callers: [caller.userId],
        ...more,
      })
      const { items } = await readTargets(officer, campaignId, {})
      await finishCall(ctx, deps, answered(items[0], answers))
      return campaignId
    }
    const first = await ask({ householdNos: [here.households[0]?.householdNo ?? ''] }, { water: 'not-done' })
    const rounds = [first]
    for (let round = 2; round <= 5; round += 1)
      rounds.push(await ask({ againOf: rounds[rounds.length - 1] ?? '' }, { water: round === 2 ? 'not-done' : 'done' }))
    const last = await readCampaign(officer, rounds[4] ?? '')
    expect(last.rounds.map((one) => one.roundNo)).toEqual([1, 2, 3, 4, 5])
    expect([last.roundNo, last.kind, last.endsOn]).toEqual([5, 'screening-round', endsOn])
    const water = async (campaignId: string | undefined) => {
      const found = await readRoundDifference(officer, campaignId ?? '')
      return found?.questions.find((one) => one.question === 'water')
    }
    expect(await water(rounds[1])).toMatchObject({ same: 1, solved: 0 })
    expect(await water(rounds[2])).toMatchObject({ same: 0, solved: 1 })
    const closed = await moveCampaign(officer, last.campaignId, { revision: last.revision, to: 'closed', reason: '百日行动已经结束' })
    expect(closed.state).toBe('closed')
  })
})

describe('satisfaction', () => {
  it('M-014: is positive answers of those that count, by township as well; without a base there is no rate (R12)', async () => {
    const here = opened()
    const { world, officer, caller } = here
    const { campaignId } = await givenCampaign(officer, {
      kind: 'satisfaction',
      name: '群众认可度调查',
      formKey: 'satisfaction',
      filter: registeredOnly,
      callers: [caller.userId],
    })
    const rateOf = async (area?: string) =>
      (await readProgress(officer, campaignId, area)).rates.find((one) => one.question === 'accepts_results')
    expect(await rateOf()).toMatchObject({ positive: 0, base: 0, outside: 0, percent: undefined })
    const { items } = await readTargets(officer, campaignId, {})
    const said = ['yes', 'mostly', 'no', 'no-view', 'yes']
    for (const [at, word] of said.entries()) {
      const { targetId = '', revision = 0 } = items[at] ?? {}
      const answers = { knows_helper: 'yes', accepts_measures: 'yes', accepts_results: word }
      await finishCall(here.as(caller), { vault: world.vault }, { targetId, input: { revision, outcome: 'answered', answers, note: '' } })
    }
    expect(await rateOf()).toMatchObject({ positive: 3, base: 4, outside: 1, percent: '75.00' })
    const { problems } = await readProgress(officer, campaignId, undefined)
    expect(problems.bySource).toMatchObject({ satisfaction: 1, policy: 0 })
    const told = await inTransaction(officer, (db) =>
      sql<{ word: string; n: number }>`SELECT word, count(*)::int AS n FROM surveys.v_answer
        WHERE campaign_id = ${campaignId}::uuid AND question = 'accepts_results' GROUP BY 1 ORDER BY 1`.execute(db),
    )
    expect(told.rows).toEqual([
      { word: 'mostly', n: 1 },
      { word: 'no', n: 1 },
      { word: 'no-view', n: 1 },
      { word: 'yes', n: 2 },
    ])
    const there = await Promise.all(here.county.townships.map(({ path }) => rateOf(path)))
    expect(there.map((one) => one?.base)).not.toContain(4)
    expect(there.reduce((sum, one) => sum + (one?.base ?? 0), 0)).toBe(4)
  })
})
