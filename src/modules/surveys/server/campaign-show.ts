import type { Context } from '#kernel/server/caller/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { mayMoveCampaign } from '../rules/campaign-states.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import type { Campaign } from './campaign-store.ts'

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
