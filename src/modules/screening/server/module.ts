import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Database } from '#kernel/server/database/index.ts'
import { makeLog, type Log } from '#kernel/server/log/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { beforeHouseholdEvent, beforeMerge } from '#modules/registry/server/index.ts'
import { screeningIndicators } from '../policy/indicators.ts'
import { compareErrorWords } from '../rules/compare-words.ts'
import { compareRoutes } from './compare-routes.ts'
import { listExplainedRoutes, screeningMerge } from './explained-matches.ts'
import { listExportRoutes } from './export-routes.ts'
import { leadRoutes } from './lead-routes.ts'
import { authorisationRoutes } from './authorisation-routes.ts'
import { limitRoutes } from './limit-routes.ts'
import { repairRoutes } from './repair-routes.ts'
import { keepClean, recoverRuns } from './jobs/recover-runs.ts'
import { screeningHouseholdEvents } from './when-household-changed.ts'

// What the command line does with lists.
export { compareFiles, readThresholds, type CompareInput } from './compare-files.ts'
export type { RunResult } from './do-run.ts'
// What the demo county does with leads.
export { answerLead } from './lead-answer.ts'
export { readInbox } from './lead-read.ts'
export { noteAuthorisation } from './note-authorisation.ts'
export { sendLeads } from './lead-send.ts'

const keepCleanMs = 15 * 60_000

/** Comparison and leads for the server. `filesDirectory` is where uploads wait and the encrypted index lies. */
export function makeScreeningPlug(parts: {
  database: Database
  vault: Vault
  filesDirectory: string
  log?: Log
  clock?: () => number
}): ServerPlug {
  const { database, vault, filesDirectory, log = makeLog('warn'), clock = Date.now } = parts
  if (!beforeHouseholdEvent.includes(screeningHouseholdEvents)) beforeHouseholdEvent.push(screeningHouseholdEvents)
  if (!beforeMerge.includes(screeningMerge)) beforeMerge.push(screeningMerge)
  return {
    name: 'screening',
    indicators: () => Promise.resolve(screeningIndicators),
    errorWords: compareErrorWords,
    start: async () => {
      const parts = () => ({ database, filesDirectory, nowMs: clock() })
      // A start must not fail for it; the next turn tries again.
      let last: Promise<unknown> = recoverRuns(parts()).catch(() => 0)
      const timer = setInterval(() => {
        last = keepClean(parts()).catch((fault: unknown) => log.error({ event: 'screening.destroy-failed', module: 'screening' }, fault))
      }, keepCleanMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await last
      }
    },
    routes: [
      ...compareRoutes({ vault, filesDirectory, log, clock }),
      ...repairRoutes({ vault }),
      ...authorisationRoutes({ vault }),
      ...limitRoutes(),
      ...listExplainedRoutes({ vault }),
      ...leadRoutes({ vault, filesDirectory }),
      ...listExportRoutes({ vault, filesDirectory }),
    ],
  }
}
