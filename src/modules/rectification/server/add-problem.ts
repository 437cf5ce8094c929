import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import { findHouseholds, searchHouseholds } from '#modules/registry/server/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { AddProblem } from '../rules/problem-requests.ts'
import { inProblems } from './closed-kinds-store.ts'
import { findCampaign } from './campaign-store.ts'
import { rectificationErrors } from './errors.ts'
import { addProblems } from './record-problems.ts'

/** Writes one problem down. Throws `rectification.no-such-campaign`, `no-place`. */
export async function addProblem(
  ctx: Context,
  deps: { vault: Vault },
  given: AddProblem,
): Promise<{ problemId: string; problemNo: string }> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const campaign = await findCampaign(db, ctx, { campaignId: given.campaignId })
    if (campaign === undefined) throw rectificationErrors.noSuchCampaign()
    const place = await placeOf(within, deps, given)
    const { sourceKind, description, requirement, subject, foundOn = ctx.today } = given
    const words = { sourceKind, class: given.class, description, requirement, subject, foundOn }
    const [file] = await addProblems(within, {
      origin: null,
      campaignId: campaign.campaignId,
      dueOn: campaign.dueOn,
      problems: [{ ...words, ...place, originId: null }],
    })
    if (file === undefined) throw new Error('one problem was written')
    return { problemId: file.problemId, problemNo: file.problemNo }
  })
}

async function placeOf(
  ctx: Context & { readonly db: Db },
  deps: { vault: Vault },
  given: AddProblem,
): Promise<{ householdId?: string; areaPath: string }> {
  const householdId = given.householdId ?? (await byNumber(ctx, deps, given.householdNo))
  if (householdId !== undefined) {
    const [household] = await findHouseholds(ctx, ctx.db, [householdId])
    if (household === undefined) throw rectificationErrors.noPlace()
    return { householdId, areaPath: household.areaPath }
  }
  const area = given.areaPath === undefined ? undefined : await findAreaInScope(ctx, given.areaPath)
  if (area === undefined) throw rectificationErrors.noPlace()
  return { areaPath: area.path }
}

async function byNumber(ctx: Context, { vault }: { vault: Vault }, householdNo: string | undefined): Promise<string | undefined> {
  if (householdNo === undefined || householdNo === '') return undefined
  const found = await searchHouseholds(ctx, { q: householdNo, limit: 2 }, vault)
  const [household] = found.items.filter((one) => one.householdNo === householdNo)
  if (household === undefined) throw rectificationErrors.noPlace()
  return household.householdId
}
