import { makeId } from '#kernel/pure/ids/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { defineListener } from '#kernel/server/events/index.ts'
import { problemFound, problemWithdrawn, type ProblemFound } from '#modules/surveys/contract.ts'
import { targetOf } from '../rules/problem-moves.ts'
import { actOnProblem } from './act-on-problems.ts'
import { findCampaign, insertCampaign, type Campaign } from './campaign-store.ts'
import { recordProblems } from './record-problems.ts'
import { holdByOrigin } from './record-store.ts'
import { countyPathOf } from './terms.ts'

type Within = Context & { readonly db: Db }

/** A problem of a survey is listed under the campaign of that survey, once; what was struck off before and is found again is opened again. */
export const whenSurveyFound = defineListener({
  name: 'rectification.when-survey-found',
  event: problemFound,
  hear: ({ ctx, payload }) =>
    inTransaction(ctx, async (db) => {
      await listFound({ ...ctx, db }, payload)
    }),
})

/** Lists one problem of a survey. */
export async function listFound(ctx: Within, found: ProblemFound): Promise<void> {
  const campaign = await campaignOf(ctx, found)
  const { problemId, householdId, areaPath, sourceKind, class: of, description, foundOn } = found
  const problem = { originId: problemId, sourceKind, class: of, description: description.padEnd(2, '。'), areaPath, foundOn }
  await recordProblems(ctx, {
    origin: 'surveys',
    campaignId: campaign.campaignId,
    dueOn: campaign.dueOn,
    problems: [householdId === undefined ? problem : { ...problem, householdId }],
  })
}

/** The campaign that lists what a survey finds; made with its first problem. A name that is taken gets the survey's number. */
async function campaignOf(ctx: Within, found: ProblemFound): Promise<Campaign> {
  const { campaignId: sourceCampaignId, campaignName, campaignNo, foundOn } = found
  const held = await findCampaign(ctx.db, ctx, { sourceCampaignId })
  if (held !== undefined) return held
  for (const name of [campaignName.padEnd(2, '。'), `${campaignName.slice(0, 60)} ${campaignNo}`]) {
    const campaign: Campaign = {
      campaignId: makeId(),
      name,
      byPath: countyPathOf(ctx),
      documentNo: '',
      startedOn: foundOn as Day, // Safe: a day of the event's schema
      dueOn: null,
    }
    await insertCampaign(ctx.db, ctx, { ...campaign, sourceCampaignId })
    const made = await findCampaign(ctx.db, ctx, { sourceCampaignId })
    if (made !== undefined) return made
  }
  throw new Error('the campaign of a survey could not be made')
}

/** The answer on which a problem stood was corrected: it is withdrawn, unless the unit has reported it as done. */
export const whenSurveyWithdrew = defineListener({
  name: 'rectification.when-survey-withdrew',
  event: problemWithdrawn,
  hear: ({ ctx, payload }) =>
    inTransaction(ctx, async (db) => {
      const within = { ...ctx, db }
      const problem = await holdByOrigin(db, ctx, { origin: 'surveys', originId: payload.problemId })
      if (problem === undefined || targetOf(problem.state, 'withdraw') === undefined) return
      const reason = payload.reason === 'answer-corrected' ? '调查答案已更正，不再是问题' : '调查方撤回'
      await actOnProblem(within, { problemId: problem.problemId, revision: problem.revision, act: { action: 'withdraw', reason } })
    }),
})
