import type { Catalogue } from '#kernel/pure/words/index.ts'
import { caseMissingWords } from '../rules/case-missing-words.ts'
import { meetingMissingWords } from '../rules/meeting-missing-words.ts'

/** The sentences of all parts that may ask for something before a case moves. */
export const missingCatalogues: readonly Catalogue[] = [caseMissingWords, meetingMissingWords]

/** Where on the page of a case a missing item is done, by how its code begins. */
export const placesOfMissing: readonly { prefix: string; anchor: string }[] = [
  { prefix: 'paper', anchor: 'case-papers' },
  { prefix: 'attachment', anchor: 'case-papers' },
  { prefix: 'visit', anchor: 'case-visits' },
  { prefix: 'measure', anchor: 'case-measures' },
  { prefix: 'meeting', anchor: 'case-meeting' },
  { prefix: 'notice', anchor: 'case-notice' },
  { prefix: 'objection', anchor: 'case-notice' },
  { prefix: 'check', anchor: 'case-check' },
  { prefix: 'exit', anchor: 'case-exit' },
  { prefix: 'income', anchor: 'case-income' },
]
