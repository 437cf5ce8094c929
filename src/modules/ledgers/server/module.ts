import { whenCalendarChanged } from '#kernel/server/calendar/index.ts'
import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { whenOrganisationsMerge } from '#modules/identity/server/index.ts'
import { beforeHouseholdEvent, whoRevealsToo, beforeMerge } from '#modules/registry/server/index.ts'
import { ledgersErrorWords } from '../rules/error-words.ts'
import { broughtRoutes } from './brought-routes.ts'
import { importRoutes } from './import-routes.ts'
import { ledgerIndicators } from './ledger-indicators.ts'
import { ledgerJobs, recountWithCalendar } from './jobs/ledger-jobs.ts'
import { ledgersOrganisationMerges, ledgersPersonMerges } from './linked-follow.ts'
import { knownRoutes } from './known-routes.ts'
import { paperRoutes } from './paper-routes.ts'
import { dueRoutes } from './read-due.ts'
import { recordRoutes } from './record-routes.ts'
import { countValuesShown } from './reveal-value.ts'
import { shippedTemplates } from './shipped-templates.ts'
import { templateRoutes } from './template-routes.ts'
import { ledgersHouseholdEvents } from './when-household-changed.ts'

export { makeDemoRecords } from './demo-records.ts'

export { bringForm, writeFormOf, type BroughtForm } from './xlsform-commands.ts'

/** Ledgers for the server: books, records, templates, their jobs. The shipped templates are read here, so that a wrong one stops the start. */
export function makeLedgersPlug(deps: { database: Database; vault: Vault; filesDirectory: string }): ServerPlug {
  shippedTemplates()
  if (!beforeHouseholdEvent.includes(ledgersHouseholdEvents)) beforeHouseholdEvent.push(ledgersHouseholdEvents)
  if (!beforeMerge.includes(ledgersPersonMerges)) beforeMerge.push(ledgersPersonMerges)
  if (!whenOrganisationsMerge.includes(ledgersOrganisationMerges)) whenOrganisationsMerge.push(ledgersOrganisationMerges)
  if (!whoRevealsToo.includes(countValuesShown)) whoRevealsToo.push(countValuesShown)
  if (!whenCalendarChanged.includes(recountWithCalendar)) whenCalendarChanged.push(recountWithCalendar)
  return {
    name: 'ledgers',
    errorWords: ledgersErrorWords,
    routes: [
      ...recordRoutes(deps),
      ...knownRoutes(),
      ...broughtRoutes(deps),
      ...importRoutes(deps),
      ...paperRoutes(deps),
      ...dueRoutes(deps),
      ...templateRoutes(),
    ],
    jobs: ledgerJobs(deps),
    indicators: ledgerIndicators,
  }
}
