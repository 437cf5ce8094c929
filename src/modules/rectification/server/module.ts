import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { beforeHouseholdEvent } from '#modules/registry/server/index.ts'
import { rectificationIndicators } from '../policy/indicators.ts'
import { rectificationErrorWords } from '../rules/error-words.ts'
import { inspectionRoutes } from './inspection-routes.ts'
import { letterRoutes } from './letter-routes.ts'
import { problemRoutes } from './routes.ts'
import { rectificationHouseholdEvents } from './when-household-changed.ts'
import { whenFindingRecurred, whenLeadRecurred, whenRegisterChecked } from './when-data-fail.ts'
import { whenSurveyFound, whenSurveyWithdrew } from './when-surveyed.ts'

// What the demo county does with problems.
export { actOnProblems } from './act-on-problems.ts'
export { addCampaign } from './campaigns.ts'
export { addProblem } from './add-problem.ts'
export { planInspections, readInspections, recordInspection } from './inspections.ts'

/** Problems and letters for the server; hears what surveys find, and follows households. */
export function makeRectificationPlug(parts: { vault: Vault; filesDirectory: string }): ServerPlug {
  if (!beforeHouseholdEvent.includes(rectificationHouseholdEvents)) beforeHouseholdEvent.push(rectificationHouseholdEvents)
  return {
    name: 'rectification',
    errorWords: rectificationErrorWords,
    routes: [...problemRoutes(parts), ...letterRoutes(parts), ...inspectionRoutes(parts)],
    indicators: () => Promise.resolve(rectificationIndicators),
    listeners: [whenSurveyFound, whenSurveyWithdrew, whenFindingRecurred, whenRegisterChecked, whenLeadRecurred],
  }
}
