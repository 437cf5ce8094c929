import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { beforeHouseholdEvent, whenRegisterChanged } from '#modules/registry/server/index.ts'
import { qualityIndicators } from '../policy/indicators.ts'
import { worklistErrorWords } from '../rules/worklist-words.ts'
import { checkJobs, expireExceptions, noteChange } from './jobs/check-jobs.ts'
import { KeptRegister } from './run-kept-register.ts'
import { worklistRoutes } from './worklist-routes.ts'
import { qualityHouseholdEvents } from './when-household-changed.ts'

// What the demo county does with findings.
export { answerFinding } from './finding-answer.ts'
export { readFindings } from './finding-read.ts'
export { sendFindings } from './finding-send.ts'
export { beginCheck, followCheck } from './worklist-run.ts'
// What the command line does before anybody is logged in.
export { checkToFile, readCheckLimits } from './run-file.ts'
export { listRules } from './run-rules.ts'

/** How often the server looks for exceptions whose day has passed; a check looks too. */
const expireEveryMs = 3_600_000

/**
 * Data quality for the server: the worklist, its checks as jobs, and the note of every change of the register. In `filesDirectory` lies a
 * list for as long as it takes to send it.
 */
export function makeQualityPlug(parts: { database: Database; vault: Vault; filesDirectory: string; clock?: () => number }): ServerPlug {
  const { database, vault, filesDirectory, clock = Date.now } = parts
  if (!beforeHouseholdEvent.includes(qualityHouseholdEvents)) beforeHouseholdEvent.push(qualityHouseholdEvents)
  if (!whenRegisterChanged.includes(noteChange)) whenRegisterChanged.push(noteChange)
  const deps = { vault, clock }
  return {
    name: 'quality',
    indicators: () => Promise.resolve(qualityIndicators),
    errorWords: worklistErrorWords,
    routes: worklistRoutes({ ...deps, filesDirectory }),
    jobs: checkJobs({ ...deps, kept: new KeptRegister() }),
    start: async () => {
      const expire = () => expireExceptions({ ...deps, database }).catch(() => 0) // a start must not fail for it; the next hour tries again
      let working = expire()
      const timer = setInterval(() => {
        working = expire()
      }, expireEveryMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await working
      }
    },
  }
}
