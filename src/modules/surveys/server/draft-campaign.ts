import { makeId, makeSecret } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import type { CampaignRecord } from '../rules/survey-records.ts'
import type { DraftCampaign } from '../rules/survey-requests.ts'
import { findCampaign, insertCampaign, listRounds, takeCampaignNo, type Campaign } from './campaign-store.ts'
import { showCampaign } from './campaign-show.ts'
import { surveysErrors } from './errors.ts'
import { refuseUnknownFilters } from './population-filters.ts'
import { ownPath } from './reach.ts'
import type { FormRow } from './form-store.ts'
import { takeForm } from './save-form.ts'

/**
 * Drafts a campaign; nobody is asked yet. A further round takes the series of the campaign that is named, a look-back its households.
 * Throws `surveys.wrong-area`, `unknown-form`, `form-refused`, `not-found`, `no-again`.
 */
export async function draftCampaign(ctx: Context, input: DraftCampaign): Promise<CampaignRecord> {
  return inTransaction(ctx, async (db) => {
    const areaPath = input.areaPath ?? ownPath(ctx)
    const area = await findAreaInScope(ctx.db === undefined ? { ...ctx, db } : ctx, areaPath)
    if (area === undefined || (area.level !== 'county' && area.level !== 'township')) throw surveysErrors.wrongArea()
    if (input.filter.areas.some((path) => !path.startsWith(areaPath))) throw surveysErrors.wrongArea()
    refuseUnknownFilters(input.filter)
    const form = await takeForm({ ...ctx, db }, db, input.formKey)
    const again = await againOf(ctx, db, input)
    const series = await seriesOf(ctx, db, input)
    const campaignNo = await takeCampaignNo(db, ctx, areaPath)
    const campaign = toDraft(ctx, input, { areaPath, form, again, series, campaignNo })
    const { campaignId } = campaign
    await insertCampaign(db, ctx, campaign)
    await audit(db, ctx, {
      did: 'surveys.draft',
      objectKind: 'surveys.campaign',
      objectId: campaignId,
      details: { campaignNo: campaign.campaignNo, kind: campaign.kind, draw: campaign.draw },
    })
    return showCampaign(ctx, campaign)
  })
}

/** The campaign whose households are asked again: one of the caller's own reach that has been frozen. */
async function againOf(ctx: Context, db: Db, input: DraftCampaign): Promise<Campaign | undefined> {
  if (input.againOf === undefined) return undefined
  const found = await findCampaign(db, ctx, input.againOf)
  if (found === undefined) throw surveysErrors.notFound()
  if (found.frozenOn === undefined || found.state === 'cancelled') throw surveysErrors.noAgain()
  return found
}

async function seriesOf(ctx: Context, db: Db, input: DraftCampaign): Promise<{ seriesId: string; roundNo: number } | undefined> {
  const from = input.seriesOf ?? input.againOf
  if (from === undefined) return undefined
  const found = await findCampaign(db, ctx, from)
  if (found === undefined) throw surveysErrors.notFound()
  const rounds = await listRounds(db, ctx, found.seriesId)
  return { seriesId: found.seriesId, roundNo: Math.max(...rounds.map((round) => round.roundNo)) + 1 }
}

/** The row of a draft. */
function toDraft(
  ctx: Context,
  input: DraftCampaign,
  given: {
    areaPath: string
    form: FormRow
    again: Campaign | undefined
    series: { seriesId: string; roundNo: number } | undefined
    campaignNo: string
  },
): Campaign {
  const { areaPath, form, again, series, campaignNo } = given
  const isSample = input.sampleSize !== undefined && again === undefined
  const campaignId = makeId()
  return {
    campaignId,
    campaignNo,
    seriesId: series?.seriesId ?? campaignId,
    roundNo: series?.roundNo ?? 1,
    kind: input.kind,
    name: input.name,
    areaPath,
    state: 'draft',
    subject: again?.subject ?? input.subject,
    way: input.way,
    formId: form.formId,
    formTitle: form.form.zh,
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    filter: input.filter,
    draw: again !== undefined ? 'again' : isSample ? 'sample' : 'all',
    sampleSize: isSample ? input.sampleSize : undefined,
    seed: isSample ? (input.seed ?? makeSecret()) : undefined,
    againOf: again?.campaignId,
    createdBy: ctx.caller.id,
    createdName: ctx.caller.name,
    createdAt: ctx.now,
    frozenOn: undefined,
    openedAt: undefined,
    closedAt: undefined,
    reason: undefined,
    revision: 1,
    terms: {},
  }
}
