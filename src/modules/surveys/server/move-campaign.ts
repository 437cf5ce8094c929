import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { announce } from '#kernel/server/events/index.ts'
import { campaignClosed } from '../contract.ts'
import { mayMoveCampaign } from '../rules/campaign-states.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import type { MoveCampaign } from '../rules/survey-requests.ts'
import { holdForChange, showCampaign } from './campaign-show.ts'
import { findCampaign, moveCampaignRow } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { countTargets } from './progress-store.ts'
import { surveyTerms } from './survey-terms.ts'

/**
 * Opens (answers are taken from now on, by the policy of today), closes (none any more; with a reason where households are still to be called) or
 * cancels a campaign. Throws `surveys.not-found`, `changed`, `wrong-state`, `reason-needed`, `still-open`.
 */
export async function moveCampaign(ctx: Context, campaignId: string, input: MoveCampaign): Promise<CampaignRecord> {
  const { revision, to, reason } = input
  return inTransaction(ctx, async (db) => {
    const campaign = await holdForChange(ctx, db, campaignId)
    if (campaign.revision !== revision) throw surveysErrors.changed()
    if (!mayMoveCampaign(campaign.state, to)) throw surveysErrors.wrongState({ state: campaign.state })
    if (to === 'cancelled' && reason === undefined) throw surveysErrors.reasonNeeded()
    const terms = to === 'open' ? await surveyTerms({ ...ctx, db }, { areaPath: campaign.areaPath, asOf: ctx.today }) : undefined
    if (!(await moveCampaignRow(db, ctx, { campaignId, revision, to, reason, terms }))) throw surveysErrors.changed()
    // Counted behind the close: nothing slips in any more.
    const counts = await countTargets(db, ctx, campaignId)
    const open = counts.waiting + counts.retry
    if (to === 'closed' && open > 0 && reason === undefined) throw surveysErrors.stillOpen({ open })
    if (to === 'closed') {
      const { targets, answered, problems } = counts
      await announce(db, ctx, campaignClosed, {
        campaignId,
        campaignNo: campaign.campaignNo,
        kind: campaign.kind,
        targets,
        answered,
        problems,
        on: ctx.today,
      })
    }
    await audit(db, ctx, {
      did: `surveys.${to}`,
      objectKind: 'surveys.campaign',
      objectId: campaignId,
      ...(reason === undefined ? {} : { reason }),
      details: { targets: counts.targets, answered: counts.answered },
    })
    const after = await findCampaign(db, ctx, campaignId)
    if (after === undefined) throw surveysErrors.notFound()
    return showCampaign(ctx, after)
  })
}
