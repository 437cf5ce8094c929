import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { beforeHouseholdEvent } from '#modules/registry/server/index.ts'
import { surveysIndicators } from '../policy/indicators.ts'
import { surveysErrorWords } from '../rules/survey-words.ts'
import { callRoutes } from './call-routes.ts'
import { campaignRoutes } from './campaign-routes.ts'
import { quizRoutes } from './quiz-routes.ts'
import { surveysHouseholdEvents } from './when-household-changed.ts'

// What the demo county does with campaigns.
export { DraftCampaign } from '../rules/survey-requests.ts'
export { shareCampaign } from './assign-targets.ts'
export { draftCampaign } from './draft-campaign.ts'
export { finishCall } from './finish-call.ts'
export { freezePopulation } from './freeze-population.ts'
export { moveCampaign } from './move-campaign.ts'
export { readTargets } from './read-lists.ts'

/** Campaigns and calls for the server. In `filesDirectory` lies a list for as long as it takes to send it. */
export function makeSurveysPlug(parts: { vault: Vault; filesDirectory: string }): ServerPlug {
  if (!beforeHouseholdEvent.includes(surveysHouseholdEvents)) beforeHouseholdEvent.push(surveysHouseholdEvents)
  return {
    name: 'surveys',
    errorWords: surveysErrorWords,
    indicators: () => Promise.resolve(surveysIndicators),
    routes: [...campaignRoutes(parts), ...callRoutes(parts), ...quizRoutes(parts)],
  }
}
