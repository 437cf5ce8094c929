import type { Context } from '#kernel/server/caller/index.ts'
import type { DraftCampaign } from '../rules/survey-requests.ts'
import { DraftCampaign as Draft } from '../rules/survey-requests.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import { shareCampaign } from './assign-targets.ts'
import { draftCampaign } from './draft-campaign.ts'
import { freezePopulation } from './freeze-population.ts'
import { moveCampaign } from './move-campaign.ts'

/** An open phone survey of the households behind a filter, given to callers; through the commands themselves. */
export async function givenCampaign(
  ctx: Context,
  given: Partial<DraftCampaign> & { callers?: readonly string[]; householdNos?: readonly string[]; isOpen?: boolean } = {},
): Promise<CampaignRecord> {
  const { callers = [], householdNos = [], isOpen = true, ...draft } = given
  const { today } = ctx
  const drafted = await draftCampaign(
    ctx,
    Draft.parse({ kind: 'phone', name: '脱贫户电话调查', formKey: 'phone-survey', startsOn: today, endsOn: today, ...draft }),
  )
  const { campaign } = await freezePopulation(ctx, drafted.campaignId, { revision: drafted.revision, householdNos: [...householdNos] })
  const opened = isOpen ? await moveCampaign(ctx, campaign.campaignId, { revision: campaign.revision, to: 'open' }) : campaign
  if (callers.length > 0) await shareCampaign(ctx, campaign.campaignId, { callers: [...callers], anew: false })
  return opened
}

/** Answers of a household that has nothing to say against anything. */
export const contentAnswers = {
  housing: 'done',
  medical: 'done',
  has_pupil: true,
  education: 'done',
  safety_net: 'not-due',
  water: 'done',
  work: 'done',
  production: 'done',
  money: 'done',
  knows_helper: 'yes',
  accepts_measures: 'yes',
  accepts_results: 'yes',
  trouble: ['none'],
}
