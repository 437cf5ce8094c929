import type { Catalogue } from '#kernel/pure/words/index.ts'
import { caseMissingWords } from '../rules/case-missing-words.ts'
import { checkMissingWords } from '../rules/exits/check-missing-words.ts'
import { exitMissingWords } from '../rules/exits/exit-words.ts'
import { meetingMissingWords } from '../rules/meetings/meeting-missing-words.ts'
import { noticeMissingWords } from '../rules/notices/notice-missing-words.ts'
import { paperMissingWords } from '../rules/papers/paper-missing-words.ts'

/** The sentences of all parts that may ask for something before a case moves. */
export const missingCatalogues: readonly Catalogue[] = [
  caseMissingWords,
  checkMissingWords,
  exitMissingWords,
  meetingMissingWords,
  noticeMissingWords,
  paperMissingWords,
]

/** Where a missing item is done: a part of the page of the case, or a page of its own. */
interface MissingPlace {
  readonly prefix: string
  readonly anchor?: string
  readonly page?: (householdId: string) => { readonly to: string; readonly search?: Readonly<Record<string, string>> }
}

/** By how the code begins; the first that fits holds. */
export const placesOfMissing: readonly MissingPlace[] = [
  { prefix: 'paper', anchor: 'case-papers' },
  { prefix: 'visit', anchor: 'case-visits' },
  { prefix: 'measure', anchor: 'case-measures' },
  { prefix: 'meeting', anchor: 'case-meeting' },
  { prefix: 'notice', anchor: 'case-notice' },
  { prefix: 'objection', anchor: 'case-notice' },
  { prefix: 'check', anchor: 'case-check' },
  { prefix: 'income', anchor: 'case-income' },
  { prefix: 'authorisation', page: (householdId) => ({ to: `/registry/households/${householdId}` }) },
  { prefix: 'exit.measures', anchor: 'case-measures' },
  { prefix: 'exit.income', anchor: 'case-income' },
  { prefix: 'exit.stable', anchor: 'case-income' },
  { prefix: 'exit.new-risk.visit', anchor: 'case-visits' },
  { prefix: 'exit.safeguards', page: (householdId) => ({ to: `/registry/households/${householdId}` }) },
  { prefix: 'exit.labour', page: (householdId) => ({ to: `/registry/households/${householdId}` }) },
  { prefix: 'exit', anchor: 'case-exit' },
]
