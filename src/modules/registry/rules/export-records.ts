import type { Can } from './register-records.ts'

/** Lists that can be taken out; a word of the module that shows them. */
export const exportLists = [
  'registry.households',
  'registry.persons',
  'registry.villages',
  'registry.corrections',
  'registry.duplicates',
  'registry.merges',
  'registry.household-events',
  'registry.imports',
  'registry.import-differences',
  'registry.totals',
  'registry.exports',
  'screening.leads',
  'screening.visit-list',
  'screening.runs',
  'screening.receipts',
  'screening.repairs',
  'screening.rested',
  'screening.authorisations',
  'screening.rule-precision',
  'screening.sender-precision',
  'quality.worklist',
  'quality.findings',
  'quality.exceptions',
  'quality.places',
  'quality.rules',
  'cases.classification',
  'cases.clock',
  'cases.checks',
  'cases.meetings',
  'cases.income-sheet',
  'cases.unstable-eliminations',
  'cases.notices',
  'cases.objections',
  'cases.case',
  'cases.intake',
  'rectification.problems',
  'rectification.letters',
  'rectification.same-checks',
  'rectification.inspections',
  'ledgers.records',
  'ledgers.due',
  'identity.users',
  'identity.organisations',
  'indicators.figures',
  'indicators.rows',
  'surveys.campaigns',
  'surveys.targets',
  'surveys.mine',
  'surveys.problems',
  'surveys.progress',
  'surveys.quizzes',
  'surveys.quiz-results',
] as const
export type ExportListKey = (typeof exportLists)[number]
export const exportFormats = ['xlsx', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]
/** `made`: went out at once; the others are requests for whole numbers, which another person decides. */
export const exportStates = ['made', 'asked', 'approved', 'refused', 'expired'] as const
export type ExportState = (typeof exportStates)[number]

/** One export, or a request for one. `rows`: people or rows of the list; a moment is an ISO instant. */
export interface ExportRecord {
  exportId: string
  list: string
  filter: Readonly<Record<string, unknown>>
  /** Name of the area that the filter chose. */
  areaName: string | undefined
  format: ExportFormat
  purpose: string
  rows: number
  isMasked: boolean
  state: ExportState
  askedName: string
  askedAt: string
  decidedName: string | undefined
  decidedAt: string | undefined
  note: string | undefined
  expiresAt: string | undefined
  fileHash: string | undefined
  downloads: number
  can: Can
}

/** The most rows with whole numbers that one person may take out alone. Source: trust.md §5.3. */
export const mostUnapproved = 200
/** How long an approved export may be fetched. Source: trust.md §5.3. */
export const approvedHours = 24

/** A request that was approved and not fetched in time is over. */
export function exportStateAt(state: Exclude<ExportState, 'expired'>, expiresAt: string | undefined, now: string): ExportState {
  return state === 'approved' && (expiresAt === undefined || expiresAt <= now) ? 'expired' : state
}
