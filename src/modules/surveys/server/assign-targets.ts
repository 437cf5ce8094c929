import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findUserNames, mayDo, nameOfRole } from '#modules/identity/server/index.ts'
import { shareWork } from '../rules/share-work.ts'
import type { AssignTargets, ShareWork } from '../rules/survey-requests.ts'
import { addCallers, countHeld, giveTargets, listByHand, listCallers, listToShare, type CallerRow } from './caller-store.ts'
import { holdsCampaign } from './campaign-show.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'

/**
 * Makes users callers and gives them what nobody has, in even parts of neighbouring households, each only where he may work. Throws
 * `surveys.no-caller` (who has no right to call, or works elsewhere), `not-found`, `wrong-state`.
 */
export async function shareCampaign(
  ctx: Context,
  campaignId: string,
  input: ShareWork,
): Promise<{ given: number; without: number; callers: CallerRow[] }> {
  return inTransaction(ctx, async (db) => {
    const campaign = await getShared(ctx, db, campaignId)
    const callers = await callersOf({ ...ctx, db }, campaign, input.callers)
    await addCallers(db, ctx, campaignId, callers)
    const targets = await listToShare(db, ctx, campaignId, input.anew)
    const given = shareWork(callers, targets, await countHeld(db, ctx, campaignId, input.anew))
    const names = new Map(callers.map((caller) => [caller.userId, caller.name]))
    const rows = [...given].map(([targetId, userId]) => ({ targetId, userId, name: names.get(userId) ?? '' }))
    const count = await giveTargets(db, ctx, rows)
    await audit(db, ctx, {
      did: 'surveys.share',
      objectKind: 'surveys.campaign',
      objectId: campaignId,
      details: { callers: callers.length, given: count, without: targets.length - given.size },
    })
    return { given: count, without: targets.length - given.size, callers: await listCallers(db, ctx, campaignId) }
  })
}

/** Gives single households, or all open ones of a caller, to somebody else or back to nobody. Throws `surveys.no-caller`, `not-found`, `wrong-state`. */
export async function assignTargets(ctx: Context, campaignId: string, input: AssignTargets): Promise<{ given: number }> {
  return inTransaction(ctx, async (db) => {
    const campaign = await getShared(ctx, db, campaignId)
    const [to] = input.to === undefined ? [] : await callersOf({ ...ctx, db }, campaign, [input.to])
    const targets = await listByHand(db, ctx, { campaignId, targetIds: input.targetIds, from: input.from })
    if (targets.length === 0 || (input.from === undefined && targets.length < new Set(input.targetIds).size)) throw surveysErrors.notFound()
    if (to !== undefined && targets.some((target) => !target.areaPath.startsWith(to.areaPath)))
      throw surveysErrors.noCaller({ names: [to.name] })
    if (to !== undefined) await addCallers(db, ctx, campaignId, [to])
    const rows = targets.map(({ targetId }) => ({ targetId, userId: to?.userId ?? null, name: to?.name ?? null }))
    const given = await giveTargets(db, ctx, rows)
    await audit(db, ctx, {
      did: 'surveys.assign',
      objectKind: 'surveys.campaign',
      objectId: campaignId,
      details: { given, from: input.from, to: input.to },
    })
    return { given }
  })
}

async function getShared(ctx: Context, db: Db, campaignId: string): Promise<Campaign> {
  const campaign = await findCampaign(db, ctx, campaignId)
  if (campaign === undefined) throw surveysErrors.notFound()
  if (!holdsCampaign(ctx, campaign)) throw surveysErrors.notHeld()
  if (campaign.state !== 'frozen' && campaign.state !== 'open') throw surveysErrors.wrongState({ state: campaign.state })
  return campaign
}

/** Users who may call, with the part of the campaign's area in which they work. */
async function callersOf(
  ctx: Context,
  campaign: Campaign,
  userIds: readonly string[],
): Promise<{ userId: string; name: string; areaPath: string }[]> {
  const users = await findUserNames(ctx, userIds)
  const able = users.flatMap((user) => {
    const { areaPath } = user
    if (areaPath === undefined || !mayCall(ctx, user.roles)) return []
    if (areaPath.startsWith(campaign.areaPath)) return [{ userId: String(user.userId), name: user.name, areaPath }]
    return campaign.areaPath.startsWith(areaPath) ? [{ userId: String(user.userId), name: user.name, areaPath: campaign.areaPath }] : []
  })
  const missing = users
    .filter((user) => !able.some((one) => one.userId === user.userId))
    .map((user) => `${user.name}（${user.roles.map((role) => nameOfRole(role)).join('、')}）`)
  if (able.length < new Set(userIds).size) throw surveysErrors.noCaller({ names: missing })
  return able
}

/** Whether somebody with these roles may be given households to call. */
export function mayCall(ctx: Context, roles: readonly string[]): boolean {
  return mayDo({ ...ctx, caller: { ...ctx.caller, roles } }, 'surveys.call', 'make')
}
