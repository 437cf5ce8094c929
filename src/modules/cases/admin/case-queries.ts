import { useQuery } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { CaseCard, CaseRecord, MissingItem } from '../rules/case-records.ts'
import type { CaseStep } from '../rules/case-steps.ts'
import type { ActOnCase, ActOnCases } from '../rules/case-requests.ts'

/** A page of cases with how many there are at each step under the same filters. */
export type CasePage = Page<CaseCard> & { readonly total: number; readonly steps: Readonly<Record<string, number>> }
/** What was done of many, and what was refused. */
export interface ActedOnCases {
  readonly done: readonly { caseId: string }[]
  readonly refused: readonly { caseId: string; code: string; details: Readonly<Record<string, unknown>> }[]
}

/** One of the chosen lists; each is a filter that the address carries. */
export const caseViews = ['mine', 'papers', 'overdue', 'open', 'ended'] as const
export type CaseView = (typeof caseViews)[number]
export interface CaseFilter {
  readonly view: CaseView
  readonly step: string
  readonly area: string
}

/** The filter as the server knows it; empty texts are no filter. */
export function queryOf({ view, step, area }: CaseFilter): Readonly<Record<string, string>> {
  return {
    ...(view === 'ended' ? { open: 'false' } : { open: 'true' }),
    ...(view === 'mine' || view === 'papers' ? { mine: 'true' } : {}),
    ...(view === 'papers' ? { unfiled: 'true' } : {}),
    ...(view === 'overdue' ? { overdue: 'true' } : {}),
    ...(step === '' ? {} : { step }),
    ...(area === '' ? {} : { area }),
  }
}

/** One page of cases. */
export function loadCases(filter: CaseFilter, after: string, limit = 50): Promise<CasePage> {
  return read<CasePage>('/cases/files', { ...queryOf(filter), limit, ...(after === '' ? {} : { after }) })
}

export function readCaseFile(caseId: string): Promise<CaseRecord> {
  return read<CaseRecord>(`/cases/files/${caseId}`)
}

/** A whole case, read again after every write. */
export function useCaseRecord(caseId: string) {
  return useQuery({ queryKey: ['cases', 'file', caseId], queryFn: () => readCaseFile(caseId) })
}

/** Moves a case; everything on the screen is read again afterwards. */
export function actOnCase(caseId: string, act: ActOnCase): Promise<{ step: CaseStep }> {
  return write('POST', `/cases/files/${caseId}/acts`, act)
}

/** Moves many cases the same way; what is refused is told one by one. */
export function actOnCases(acts: ActOnCases): Promise<ActedOnCases> {
  return write<ActedOnCases>('POST', '/cases/acts', acts)
}

/** The missing items that a refusal `cases.missing` carries. */
export function missingOf(details: Readonly<Record<string, unknown>>): readonly MissingItem[] {
  const { missing } = details
  // Safe: the server declares the details of this code as MissingItem[]; the screen shows what it knows of them.
  return Array.isArray(missing) ? (missing as MissingItem[]) : []
}
