import { whenCalendarChanged, whoReachesYears } from '#kernel/server/calendar/index.ts'
import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { whenPolicyPublished } from '#modules/policies/server/index.ts'
import { beforeHouseholdEvent, whenRegisterChanged, whoRevealsToo } from '#modules/registry/server/index.ts'
import { whoNarrows } from '#modules/surveys/server/index.ts'
import { casesIndicators } from '../policy/indicators.ts'
import { casesErrorWords } from '../rules/error-words.ts'
import { incomeErrorWords } from '../rules/income/income-words.ts'
import { meetingErrorWords } from '../rules/meetings/meeting-words.ts'
import { noticeErrorWords } from '../rules/notices/notice-words.ts'
import { paperErrorWords } from '../rules/papers/paper-words.ts'
import { caseRoutes } from './case-routes.ts'
import { checkRoutes } from './exits/check-routes.ts'
import { clocksReachYears } from './clocks/clock-forecast.ts'
import { clockRoutes } from './clocks/clock-routes.ts'
import { classifyJobs, classifyNewDay, noteChange, notePublished } from './classes/jobs/classify-jobs.ts'
import { sweepAttachments } from './papers/jobs/attachment-jobs.ts'
import { clockJobs, recountWithCalendar, remindWhenDue } from './clocks/jobs/clock-jobs.ts'
import { declarationPages } from './intake/declaration-pages.ts'
import { makeKnownVillages } from './intake/declaration-known.ts'
import { exitRoutes } from './exits/exit-routes.ts'
import { incomeRoutes } from './income/income-routes.ts'
import { intakeRoutes } from './intake/intake-routes.ts'
import { whenSurveyRiskFound } from './intake/when-survey-risk-found.ts'
import { countIntakesShown } from './intake/intake-show.ts'
import { intakeJobs } from './intake/jobs/intake-jobs.ts'
import { endNoticesWhenDue, noticeJobs } from './notices/jobs/notice-jobs.ts'
import { kinRoutes } from './meetings/kin-routes.ts'
import { meetingRoutes } from './meetings/meeting-routes.ts'
import { paperRoutes } from './papers/paper-routes.ts'
import { noticePages } from './notices/notice-pages.ts'
import { noticeRoutes } from './notices/notice-routes.ts'
import { objectionRoutes } from './notices/objection-routes.ts'
import { classNarrowers } from './classes/narrow-population.ts'
import { classificationRoutes } from './classes/routes.ts'
import { casesHouseholdEvents } from './when-household-changed.ts'
import { whenRiskConfirmed } from './when-risk-confirmed.ts'

// What the command line does before anybody is logged in.
export { classifyToFile, type ClassifiedToFile } from './classes/classify-to-file.ts'
export { actOnCase } from './act-on-case.ts'
export { addMeasure, addVisit } from './case-parts.ts'
export { readCase, readCases } from './case-read.ts'
export { noteChecks, readChecks } from './exits/check-sheet.ts'
export { calculateIncome } from './income/income-calculate.ts'
export { addIncomeLines } from './income/income-sheet.ts'
export { callMeeting } from './meetings/meeting-call.ts'
export { closeMeeting, enterMeeting } from './meetings/meeting-enter.ts'
export { postNotice, releaseNotice, submitNotice } from './notices/notice-act.ts'
export { draftNotice } from './notices/notice-draft.ts'
export { addNoticeFile } from './notices/notice-files.ts'
export { recordObjection } from './notices/objection-act.ts'
export { attachToMeeting } from './papers/attachment-keep.ts'
export { filePaper, readCasePapers } from './papers/paper-of-case.ts'
export { openCase } from './open-case.ts'
export { takeOver } from './take-over.ts'

const hourMs = 3_600_000

/** Monitored objects for the server: classification, its jobs, and the note of every change of the register. */
export function makeCasesPlug(parts: { database: Database; vault: Vault; filesDirectory: string; clock?: () => number }): ServerPlug {
  const { database, vault, filesDirectory, clock = Date.now } = parts
  const known = makeKnownVillages(clock)
  if (!beforeHouseholdEvent.includes(casesHouseholdEvents)) beforeHouseholdEvent.push(casesHouseholdEvents)
  if (!whoRevealsToo.includes(countIntakesShown)) whoRevealsToo.push(countIntakesShown)
  if (!whenRegisterChanged.includes(noteChange)) whenRegisterChanged.push(noteChange)
  if (!whenPolicyPublished.includes(notePublished)) whenPolicyPublished.push(notePublished)
  if (!whenCalendarChanged.includes(recountWithCalendar)) whenCalendarChanged.push(recountWithCalendar)
  if (!whoReachesYears.includes(clocksReachYears)) whoReachesYears.push(clocksReachYears)
  for (const one of classNarrowers) if (!whoNarrows.includes(one)) whoNarrows.push(one)
  return {
    name: 'cases',
    indicators: () => Promise.resolve(casesIndicators),
    errorWords: { ...casesErrorWords, ...meetingErrorWords, ...paperErrorWords, ...incomeErrorWords, ...noticeErrorWords },
    routes: [
      ...classificationRoutes({ filesDirectory }),
      ...caseRoutes({ filesDirectory }),
      ...clockRoutes({ filesDirectory }),
      ...incomeRoutes({ filesDirectory }),
      ...checkRoutes({ vault, filesDirectory }),
      ...exitRoutes({ filesDirectory }),
      ...meetingRoutes({ filesDirectory }),
      ...kinRoutes(),
      ...paperRoutes({ vault, filesDirectory }),
      ...intakeRoutes({ vault, filesDirectory, known }),
      ...noticeRoutes({ vault, filesDirectory }),
      ...objectionRoutes({ vault, filesDirectory }),
    ],
    pages: [...declarationPages({ vault, clock, known }), ...noticePages({ vault, clock })],
    jobs: [...intakeJobs({ vault, clock }), ...classifyJobs({ clock }), ...clockJobs({ clock }), ...noticeJobs({ clock })],
    listeners: [whenRiskConfirmed, whenSurveyRiskFound({ vault })],
    start: () =>
      startHourly([
        () => classifyNewDay({ clock, database }),
        () => remindWhenDue({ clock, database }),
        () => endNoticesWhenDue({ clock, database }),
        () => sweepAttachments({ vault, filesDirectory, clock, database }),
      ]),
  }
}

/** Works one after the other, at once and every hour. A start must not fail for one of them; the next hour tries again. */
async function startHourly(works: readonly (() => Promise<unknown>)[]): Promise<() => Promise<void>> {
  const runAll = async () => {
    for (const work of works) await work().catch(() => undefined)
  }
  let working = runAll()
  const timer = setInterval(() => {
    working = runAll()
  }, hourMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await working
  }
}
