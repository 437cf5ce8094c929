import type { Vault } from '#kernel/server/vault/index.ts'
import type { ServerPlug } from '#kernel/server/http/index.ts'
import { fill, type Language } from '#kernel/pure/words/index.ts'
import type { ImportProblem } from '../contract.ts'
import { importWords, registryErrorWords } from '../rules/import-words.ts'
import { listCorrectionRoutes } from './correction-routes.ts'
import { listReadingRoutes } from './reading-routes.ts'

// What the command line does with the register.
export { importFiles, type ImportedFile, type ImportFilesResult } from './import/import-files.ts'
export { inspectFile } from './import/inspect-file.ts'

/** One problem of a row in a sentence. */
export function sayImportProblem(problem: ImportProblem, language: Language): string {
  const words: Readonly<Record<string, { zh: string; en: string }>> = importWords
  const found = words[problem.reason]
  const values = Object.fromEntries(Object.entries(problem.details).map(([name, value]) => [name, String(value)]))
  return found === undefined ? problem.reason : fill(found, language, { label: problem.label ?? '', ...values })
}

/** The register for the server. */
export function makeRegistryPlug(parts: { vault: Vault }): ServerPlug {
  return { name: 'registry', errorWords: registryErrorWords, routes: [...listReadingRoutes(parts), ...listCorrectionRoutes(parts)] }
}
