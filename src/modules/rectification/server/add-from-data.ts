import { instantOf } from '#kernel/pure/time/index.ts'
import { httpErrors } from '#kernel/server/http/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { sayFindings } from '#modules/quality/server/index.ts'
import { sayLeads } from '#modules/screening/server/index.ts'
import type { AddFromFindings, AddFromLeads } from '../rules/problem-requests.ts'
import { inProblems } from './closed-kinds-store.ts'
import { findCampaign, type Campaign } from './campaign-store.ts'
import { rectificationErrors } from './errors.ts'
import { recordProblems, type ProblemToRecord, type RecordedProblems } from './record-problems.ts'
import { reopenFailed } from './reopen-failed.ts'
import { originOfReason } from './when-data-fail.ts'

type Within = Context & { readonly db: Db }

/**
 * Makes problems of findings of the data rules, one of each; a finding that is a problem already stays one, and is opened again where it had been
 * struck off. Throws `rectification.no-such-campaign`, `http.not-found` where the caller may read none of them.
 */
export async function addFromFindings(ctx: Context, given: AddFromFindings): Promise<RecordedProblems> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const said = (await sayFindings(within, db, given.findingIds)).filter(({ isOpen }) => isOpen)
    const problems = said.map(({ findingId, householdId, areaPath, class: of, description }): ProblemToRecord => {
      const words = { originId: findingId, sourceKind: 'data', class: of, description, areaPath, foundOn: ctx.today } as const
      return householdId === undefined ? words : { ...words, householdId }
    })
    return record(within, { origin: 'quality', campaignId: given.campaignId, problems, againSays: '数据检查发现的疑点仍在' })
  })
}

/** Makes problems of leads, one for each household and reason; as `addFromFindings`. */
export async function addFromLeads(ctx: Context, given: AddFromLeads): Promise<RecordedProblems> {
  return inProblems(ctx, async (db) => {
    const within = { ...ctx, db }
    const said = await sayLeads(within, db, given.leadIds)
    const problems = said.map(({ householdId, areaPath, rule, class: of, description }): ProblemToRecord => {
      const originId = originOfReason({ rule, householdId })
      return { originId, sourceKind: 'data', class: of, description, householdId, areaPath, foundOn: ctx.today }
    })
    const once = [...new Map(problems.map((one) => [one.originId, one])).values()]
    return record(within, { origin: 'screening', campaignId: given.campaignId, problems: once, againSays: '部门数据比对的线索仍在' })
  })
}

async function record(
  ctx: Within,
  given: { origin: 'quality' | 'screening'; campaignId: string; problems: readonly ProblemToRecord[]; againSays: string },
): Promise<RecordedProblems> {
  const { origin, problems, againSays } = given
  if (problems.length === 0) throw httpErrors.notFound()
  const campaign: Campaign | undefined = await findCampaign(ctx.db, ctx, { campaignId: given.campaignId })
  if (campaign === undefined) throw rectificationErrors.noSuchCampaign()
  // What was struck off up to now is not mended: the officer sees it open.
  const at = instantOf(Date.parse(ctx.now) + 1)
  const failed = problems.map(({ originId }) => ({ originId, reason: againSays, at }))
  const opened = await reopenFailed(ctx, { origin, failed })
  const { campaignId, dueOn } = campaign
  const done = await recordProblems(ctx, { origin, campaignId, dueOn, problems })
  return { ...done, reopened: done.reopened + opened.length, known: done.known - opened.length }
}
