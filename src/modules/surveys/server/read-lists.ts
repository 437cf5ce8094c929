import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { listUsersWithRole, mayDo } from '#modules/identity/server/index.ts'
import { RoleKey } from '#modules/identity/contract.ts'
import type { CampaignRecord, ProblemRecord, TargetRecord } from '../rules/survey-records.ts'
import type { ListCampaigns, ListProblems, ListTargets } from '../rules/survey-requests.ts'
import { mayCall } from './assign-targets.ts'
import { listCallers, type CallerRow } from './caller-store.ts'
import { holdsCampaign, showCampaign } from './campaign-show.ts'
import { findCampaign, listCampaigns, listRounds } from './campaign-store.ts'
import { surveysErrors } from './errors.ts'
import { listProblemRows } from './problem-store.ts'
import { listTargetRows } from './target-store.ts'

/** Campaigns that concern the caller's area, the newest first. */
export async function readCampaigns(ctx: Context, query: ListCampaigns): Promise<Page<CampaignRecord> & { can: { draft: boolean } }> {
  const { after, limit = 50, state, kind } = query
  return inTransaction(ctx, async (db) => {
    const rows = await listCampaigns(db, ctx, { state, kind, after: readCursor(after, ['instant', 'id']), limit })
    const page = toPage(rows, limit, (row) => [row.createdAt, row.campaignId])
    const draft = mayDo(ctx, 'surveys.campaign', 'manage')
    return { ...page, items: page.items.map((row) => showCampaign(ctx, row)), can: { draft } }
  })
}

/** One campaign with the rounds of its action. Throws `surveys.not-found`. */
export async function readCampaign(
  ctx: Context,
  campaignId: string,
): Promise<CampaignRecord & { rounds: { campaignId: string; campaignNo: string; roundNo: number; name: string; state: string }[] }> {
  return inTransaction(ctx, async (db) => {
    const found = await findCampaign(db, ctx, campaignId)
    if (found === undefined) throw surveysErrors.notFound()
    const rounds = (await listRounds(db, ctx, found.seriesId)).map(({ campaignId: id, campaignNo, roundNo, name, state }) => {
      return { campaignId: id, campaignNo, roundNo, name, state }
    })
    return { ...showCampaign(ctx, found), rounds }
  })
}

/** Households of a campaign within the scope, in the order of the list. */
export async function readTargets(ctx: Context, campaignId: string, query: ListTargets): Promise<Page<TargetRecord>> {
  const { after, limit = 50, ...filter } = query
  return inTransaction(ctx, async (db) => {
    if ((await findCampaign(db, ctx, campaignId)) === undefined) throw surveysErrors.notFound()
    const rows = await listTargetRows(db, ctx, { filter: { ...filter, campaignId }, after: readCursor(after, ['number']), limit })
    const page = toPage(rows, limit, (row) => [row.seq])
    return { ...page, items: page.items.map(({ areaPath: _path, ...row }) => row) }
  })
}

/** Problems that a campaign found within the scope, in the order of their numbers. */
export async function readProblems(ctx: Context, campaignId: string, query: ListProblems): Promise<Page<ProblemRecord>> {
  const { after, limit = 50, ...filter } = query
  return inTransaction(ctx, async (db) => {
    if ((await findCampaign(db, ctx, campaignId)) === undefined) throw surveysErrors.notFound()
    const rows = await listProblemRows(db, ctx, { filter: { ...filter, campaignId }, after: readCursor(after, ['text']), limit })
    return toPage(rows, limit, (row) => [row.problemNo])
  })
}

/** Callers of a campaign, and who could be one: users with the right to call whose area holds, or lies in, the campaign's. */
export async function readCallers(
  ctx: Context,
  campaignId: string,
): Promise<{ callers: CallerRow[]; able: { userId: string; name: string; areaPath: string; roles: RoleKey[] }[] }> {
  return inTransaction(ctx, async (db) => {
    const campaign = await findCampaign(db, ctx, campaignId)
    if (campaign === undefined) throw surveysErrors.notFound()
    if (!holdsCampaign(ctx, campaign)) throw surveysErrors.notHeld()
    const able = new Map<string, { userId: string; name: string; areaPath: string; roles: RoleKey[] }>()
    for (const role of RoleKey.options.filter((one) => mayCall(ctx, [one]))) {
      for (const user of await listUsersWithRole({ ...ctx, db }, { role })) {
        const { areaPath } = user
        if (areaPath === undefined || !(areaPath.startsWith(campaign.areaPath) || campaign.areaPath.startsWith(areaPath))) continue
        able.set(user.userId, { userId: user.userId, name: user.name, areaPath, roles: user.roles })
      }
    }
    const byPlace = [...able.values()].sort((a, b) =>
      a.areaPath === b.areaPath ? (a.name < b.name ? -1 : 1) : a.areaPath < b.areaPath ? -1 : 1,
    )
    return { callers: await listCallers(db, ctx, campaignId), able: byPlace }
  })
}
