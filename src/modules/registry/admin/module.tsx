import type { AdminPlug } from '#ui/plug/plug.ts'
import { readingErrorWords } from '../rules/reading-words.ts'
import { duplicateErrorWords } from '../rules/duplicate-error-words.ts'
import { householdEventErrorWords } from '../rules/household-event-words.ts'
import { nationalErrorWords } from '../rules/national-words.ts'
import { duplicatesPlug } from './duplicates-plug.ts'
import { householdEventsPlug } from './household-events-plug.ts'
import { importPlug } from './import-plug.ts'
import { nationalPlug } from './national-plug.ts'
import { readingPlug } from './reading-plug.ts'

/** The register in the office app: lists and pages of households, villages, corrections, totals, and the import. */
export const registryAdmin: AdminPlug = {
  name: 'registry',
  menu: [...readingPlug.menu, ...householdEventsPlug.menu, ...importPlug.menu, ...duplicatesPlug.menu, ...nationalPlug.menu],
  routes: [...readingPlug.routes, ...householdEventsPlug.routes, ...importPlug.routes, ...duplicatesPlug.routes, ...nationalPlug.routes],
  slots: [...readingPlug.slots, ...householdEventsPlug.slots, ...importPlug.slots, ...duplicatesPlug.slots, ...nationalPlug.slots],
  errorWords: {
    ...importPlug.errorWords,
    ...readingErrorWords,
    ...duplicateErrorWords,
    ...nationalErrorWords,
    ...householdEventErrorWords,
  },
}
