import { grantArea, type Context } from '#kernel/server/caller/index.ts'
import { listUsersWithRole } from '#modules/identity/server/module.ts'
import {
  DraftCampaign,
  draftCampaign,
  finishCall,
  freezePopulation,
  moveCampaign,
  readTargets,
  shareCampaign,
} from '#modules/surveys/server/module.ts'
import type { Installation } from './installation.ts'

/** How many households of the demo have answered, and how many were called without success. */
const answered = 18
const missed = 4

const content = {
  housing: 'done',
  medical: 'done',
  has_pupil: false,
  safety_net: 'not-due',
  water: 'done',
  work: 'done',
  production: 'done',
  money: 'done',
  knows_helper: 'yes',
  accepts_measures: 'yes',
  accepts_results: 'mostly',
  trouble: ['none'],
}

/** A phone survey of the first township's households out of poverty: given to its office, some answered, some problems found, the rest to be called. */
export async function carryDemoSurvey(ctx: Context, installation: Installation, townshipPath: string): Promise<void> {
  const [officer] = await listUsersWithRole(ctx, { role: 'township-officer', under: townshipPath })
  if (officer === undefined) return
  const drafted = await draftCampaign(
    ctx,
    DraftCampaign.parse({
      kind: 'phone',
      name: '脱贫户电话调查',
      formKey: 'phone-survey',
      startsOn: ctx.today,
      endsOn: ctx.today,
      filter: { areas: [townshipPath], registered: true },
      sampleSize: 60,
      seed: 'demo-2026',
    }),
  )
  const { campaignId } = drafted
  const { campaign } = await freezePopulation(ctx, campaignId, { revision: drafted.revision, householdNos: [] })
  await moveCampaign(ctx, campaignId, { revision: campaign.revision, to: 'open' })
  await shareCampaign(ctx, campaignId, { callers: [officer.userId], anew: false })
  const township: Context = {
    ...ctx,
    scope: grantArea(ctx.scope.countyCode, townshipPath),
    caller: { id: officer.userId, name: officer.name, roles: officer.roles },
  }
  const { items } = await readTargets(township, campaignId, { limit: answered + missed })
  for (const [at, { targetId, revision }] of items.entries()) {
    const outcome = at < answered ? 'answered' : 'no-answer'
    const said = { ...content, ...(at % 5 === 1 ? { medical: 'not-done' } : {}), ...(at % 7 === 2 ? { knows_helper: 'no' } : {}) }
    const input = { revision, outcome, note: '', ...(outcome === 'answered' ? { answers: said } : {}) } as const
    await finishCall(township, { vault: installation.vault }, { targetId, input })
  }
}
