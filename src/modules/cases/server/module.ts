import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import { whenPolicyPublished } from '#modules/policies/server/index.ts'
import { beforeHouseholdEvent, whenRegisterChanged } from '#modules/registry/server/index.ts'
import { casesErrorWords } from '../rules/error-words.ts'
import { incomeErrorWords } from '../rules/income-words.ts'
import { meetingErrorWords } from '../rules/meeting-words.ts'
import { caseRoutes } from './case-routes.ts'
import { classifyJobs, classifyNewDay, noteChange, notePublished } from './jobs/classify-jobs.ts'
import { incomeRoutes } from './income-routes.ts'
import { kinRoutes } from './kin-routes.ts'
import { meetingRoutes } from './meeting-routes.ts'
import { classificationRoutes } from './routes.ts'
import { casesHouseholdEvents } from './when-household-changed.ts'
import { whenRiskConfirmed } from './when-risk-confirmed.ts'

// What the command line does before anybody is logged in.
export { classifyToFile, type ClassifiedToFile } from './classify-to-file.ts'
export { actOnCase } from './act-on-case.ts'
export { addVisit } from './case-parts.ts'
export { openCase } from './open-case.ts'
export { takeOver } from './take-over.ts'

/** How often the server looks whether a new day has begun. */
const newDayEveryMs = 3_600_000

/** Monitored objects for the server: classification, its jobs, and the note of every change of the register. */
export function makeCasesPlug(parts: { database: Database; filesDirectory: string; clock?: () => number }): ServerPlug {
  const { database, filesDirectory, clock = Date.now } = parts
  if (!beforeHouseholdEvent.includes(casesHouseholdEvents)) beforeHouseholdEvent.push(casesHouseholdEvents)
  if (!whenRegisterChanged.includes(noteChange)) whenRegisterChanged.push(noteChange)
  if (!whenPolicyPublished.includes(notePublished)) whenPolicyPublished.push(notePublished)
  return {
    name: 'cases',
    errorWords: { ...casesErrorWords, ...meetingErrorWords, ...incomeErrorWords },
    routes: [
      ...classificationRoutes({ filesDirectory }),
      ...caseRoutes({ filesDirectory }),
      ...incomeRoutes({ filesDirectory }),
      ...meetingRoutes({ filesDirectory }),
      ...kinRoutes(),
    ],
    jobs: classifyJobs({ clock }),
    listeners: [whenRiskConfirmed],
    start: async () => {
      const look = () => classifyNewDay({ clock, database }).catch(() => false) // a start must not fail for it; the next hour tries again
      let working = look()
      const timer = setInterval(() => {
        working = look()
      }, newDayEveryMs)
      timer.unref()
      return async () => {
        clearInterval(timer)
        await working
      }
    },
  }
}
