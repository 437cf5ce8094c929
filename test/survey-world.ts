import { beforeAll } from 'vitest'
import { grantCounty, type Context } from '../src/kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser, type GivenCounty, type GivenUser } from '../src/modules/identity/server/given.ts'
import { givenHousehold, type GivenHousehold } from '../src/modules/registry/server/given.ts'
import type { CampaignRecord, TargetRecord } from '../src/modules/surveys/rules/survey-records.ts'
import { DraftCampaign } from '../src/modules/surveys/rules/survey-requests.ts'
import { contentAnswers, givenCampaign } from '../src/modules/surveys/server/given.ts'
import { readTargets } from '../src/modules/surveys/server/read-lists.ts'
import { openTestWorld, testNowMs, type TestWorld } from './database.ts'

/** Eight households in four villages, six of them registered, and who asks them. Read the fields inside tests only. */
export interface SurveyWorld {
  readonly world: TestWorld
  readonly county: GivenCounty
  /** The office that holds campaigns. */
  readonly officer: Context
  readonly caller: GivenUser
  readonly other: GivenUser
  readonly cadre: GivenUser
  readonly households: readonly GivenHousehold[]
  as(user: GivenUser): Context
  /** A campaign of the registered households, given to the caller, open unless told otherwise. */
  given(more?: Parameters<typeof givenCampaign>[1]): Promise<{ campaign: CampaignRecord; targets: TargetRecord[] }>
}

export const registeredOnly = DraftCampaign.shape.filter.parse({ registered: true })

/** Opens the county before the tests of a file. */
export function openSurveyWorld(): () => SurveyWorld {
  const world = openTestWorld()
  let opened: SurveyWorld | undefined
  const clock = () => testNowMs
  beforeAll(async () => {
    const county = await givenCounty(world.database, { clock })
    const user = (role: Parameters<typeof givenUser>[1]['role'], areaPath: string) => givenUser(world.database, { role, areaPath, clock })
    const as = (one: GivenUser) => actingAs(one, world.as(grantCounty(county.countyCode)))
    const officer = as(await user('county-data-officer', county.countyPath))
    const caller = await user('department-clerk', county.countyPath)
    const other = await user('department-clerk', county.countyPath)
    const cadre = await user('village-cadre', county.villages[0]?.path ?? '')
    const households: GivenHousehold[] = []
    for (let at = 0; at < 8; at += 1)
      households.push(await householdOf(officer, world, { at, areaPath: county.villages[at % 4]?.path ?? '' }))
    const given: SurveyWorld['given'] = async (more = {}) => {
      const campaign = await givenCampaign(officer, { filter: registeredOnly, callers: [caller.userId], ...more })
      return { campaign, targets: (await readTargets(officer, campaign.campaignId, {})).items }
    }
    opened = { world, county, officer, caller, other, cadre, households, as, given }
  })
  return () => {
    if (opened === undefined) throw new Error('the county is open only inside tests')
    return opened
  }
}

function householdOf(officer: Context, world: TestWorld, given: { at: number; areaPath: string }): Promise<GivenHousehold> {
  const { at, areaPath } = given
  return givenHousehold(officer, world.vault, {
    areaPath,
    type: at < 6 ? '脱贫户' : '一般农户',
    phone: `1540001000${at}`,
    facts: { mainPovertyCause: '缺技术' },
    members: [
      { name: `户主${at}`, phone: `1640001000${at}`, monthlyIncomeFen: 300_000, facts: { workPlace: '本县' } },
      { name: `家人${at}` },
    ],
  })
}

/** Answers of a household with nothing to say, and what differs. */
export const answersWith = (more: object = {}) => ({ ...contentAnswers, ...more }) as never // Safe: as a form sends it.

/** An answered call on a target. */
export const answered = (target: TargetRecord | undefined, more: object = {}) => ({
  targetId: target?.targetId ?? '',
  input: { revision: target?.revision ?? 0, outcome: 'answered' as const, answers: answersWith(more), note: '' },
})
