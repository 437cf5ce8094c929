import { rmSync } from 'node:fs'
import type { Database } from '#kernel/server/database/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { registryIndicators } from '../policy/indicators.ts'
import { registryErrorWords } from '../rules/import-words.ts'
import { duplicateErrorWords } from '../rules/duplicate-error-words.ts'
import { exportErrorWords } from '../rules/export-words.ts'
import { householdEventErrorWords } from '../rules/household-event-words.ts'
import { nationalErrorWords } from '../rules/national-words.ts'
import { readingErrorWords } from '../rules/reading-words.ts'
import { listCorrectionRoutes } from './correction-routes.ts'
import { listDuplicateRoutes } from './duplicates-routes.ts'
import { exportFolder } from './export-list.ts'
import { listExportRoutes } from './export-routes.ts'
import { listHouseholdEventRoutes } from './household-event-routes.ts'
import { listImportRoutes } from './import-routes.ts'
import { nationalJobs } from './jobs/compare-national.ts'
import { makeImportJobs } from './jobs/import-jobs.ts'
import { recoverImports } from './jobs/recover-imports.ts'
import { duplicateJobs } from './jobs/search-duplicates.ts'
import { listNationalRoutes } from './national-routes.ts'
import { personPageRoutes } from './persons/person-routes.ts'
import { listReadingRoutes } from './reading-routes.ts'
import { villagePageRoutes } from './villages/village-routes.ts'

// What the start and the command line do with files before anybody is logged in.
export { importFiles, type ImportedFile } from './import/import-files.ts'
export { inspectFile } from './import/inspect-file.ts'
export { sayImportProblem } from '../rules/say-problem.ts'
export { undoImport } from './import/undo-import.ts'
export { listHouseholdMembers } from './household-members.ts'
export { listPopulation } from './population-store.ts'

/** The register for the server: reading, corrections, imports; after a start, imports of the command line that a kill cut short are marked. */
export function makeRegistryPlug(parts: {
  database: Database
  vault: Vault
  filesDirectory: string
  /** The clock of jobs; tests set it. */
  clock?: () => number
}): ServerPlug {
  return {
    name: 'registry',
    indicators: () => Promise.resolve(registryIndicators),
    errorWords: {
      ...registryErrorWords,
      ...readingErrorWords,
      ...duplicateErrorWords,
      ...householdEventErrorWords,
      ...exportErrorWords,
      ...nationalErrorWords,
    },
    routes: [
      ...listReadingRoutes(parts),
      ...personPageRoutes(parts),
      ...villagePageRoutes(),
      ...listCorrectionRoutes(parts),
      ...listImportRoutes(parts),
      ...listDuplicateRoutes(parts),
      ...listHouseholdEventRoutes(parts),
      ...listExportRoutes(parts),
      ...listNationalRoutes(parts),
    ],
    jobs: [...makeImportJobs(parts), ...duplicateJobs(parts), ...nationalJobs(parts)],
    start: async () => {
      rmSync(exportFolder(parts.filesDirectory), { recursive: true, force: true }) // what a stop left half made
      const recovering = recoverImports(parts.database).catch(() => 0) // a start must not fail for it; the next one tries again
      return async () => void (await recovering)
    },
  }
}
