import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { AddCampaign } from '../rules/problem-requests.ts'
import { insertCampaign, type Campaign } from './campaign-store.ts'
import { rectificationErrors } from './errors.ts'
import { seatOf } from './seat-store.ts'

/** Opens a campaign under which problems are listed. Throws `rectification.campaign-there`. */
export async function addCampaign(ctx: Context, given: AddCampaign): Promise<Campaign> {
  return inTransaction(ctx, async (db) => {
    const { dueOn = null, ...said } = given
    const campaign: Campaign = { campaignId: makeId(Date.parse(ctx.now)), byPath: seatOf(ctx).path, dueOn, ...said }
    if (!(await insertCampaign(db, ctx, { ...campaign, sourceCampaignId: null }))) throw rectificationErrors.campaignThere()
    await audit(db, ctx, { did: 'rectification.add-campaign', objectKind: 'rectification.campaign', objectId: campaign.campaignId })
    return campaign
  })
}
