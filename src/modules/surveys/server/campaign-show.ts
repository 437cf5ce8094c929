import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { mayMoveCampaign } from '../rules/campaign-states.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import { findCampaign, findCampaignForUpdate, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'

/** Whether the caller's office holds a campaign: its area lies in his. */
export function holdsCampaign(ctx: Context, campaign: Pick<Campaign, 'areaPath'>): boolean {
  const { scope } = ctx
  return scope.kind === 'area' ? campaign.areaPath >= scope.lo && campaign.areaPath < scope.hi : scope.kind !== 'households'
}

/** A campaign with what the caller may do with it. */
export function showCampaign(ctx: Context, campaign: Campaign): CampaignRecord {
  const { terms: _terms, createdBy: _by, ...record } = campaign
  const manages = holdsCampaign(ctx, campaign) && (ctx.scope.kind === 'system' || mayDo(ctx, 'surveys.campaign', 'manage'))
  const may = (to: Parameters<typeof mayMoveCampaign>[1]) => manages && mayMoveCampaign(campaign.state, to)
  return {
    ...record,
    can: {
      freeze: may('frozen'),
      open: may('open'),
      close: may('closed'),
      cancel: may('cancelled'),
      share: manages && (campaign.state === 'frozen' || campaign.state === 'open'),
      export: mayDo(ctx, 'surveys.campaign', 'export'),
    },
  }
}

/** A campaign of the caller's own office, held until the transaction ends. Throws `surveys.not-found`, `not-held` where it is that of an office above. */
export async function holdForChange(ctx: Context, db: Db, campaignId: string): Promise<Campaign> {
  const seen = await findCampaign(db, ctx, campaignId)
  if (seen === undefined) throw surveysErrors.notFound()
  if (!holdsCampaign(ctx, seen)) throw surveysErrors.notHeld()
  const held = await findCampaignForUpdate(db, ctx, campaignId)
  if (held === undefined) throw surveysErrors.notFound()
  return held
}
