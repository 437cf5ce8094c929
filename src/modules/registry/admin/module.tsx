import type { AdminPlug } from '#ui/plug/plug.ts'
import { readingErrorWords } from '../rules/reading-words.ts'
import { importPlug } from './import-plug.ts'
import { readingPlug } from './reading-plug.ts'

/** The register in the office app: lists and pages of households, villages, corrections, totals, and the import. */
export const registryAdmin: AdminPlug = {
  name: 'registry',
  menu: [...readingPlug.menu, ...importPlug.menu],
  routes: [...readingPlug.routes, ...importPlug.routes],
  slots: [...readingPlug.slots, ...importPlug.slots],
  errorWords: { ...importPlug.errorWords, ...readingErrorWords },
}
