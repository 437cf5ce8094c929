import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/time/index.ts'
import { answered, openSurveyWorld } from '../../../../test/survey-world.ts'
import { finishCall } from './finish-call.ts'
import { givenCampaign } from './given.ts'
import { moveCampaign } from './move-campaign.ts'
import { readCampaign, readTargets } from './read-lists.ts'
import { readRoundDifference } from './read-progress.ts'

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
