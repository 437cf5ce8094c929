import { useQuery } from '@tanstack/react-query'
import { download, lookAgain, read, upload, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { BatchState, Entity, ImportBatch, ImportDifference, ImportProblem, Totals } from '../contract.ts'

/** Rows of a page of problems and differences. */
export const importPageRows = 100
/** Every query about imports begins with this key. */
export const importsKey = ['registry', 'imports'] as const

export const importsRoot = '/registry/imports'
const root = importsRoot
const busyStates: readonly BatchState[] = ['staging', 'applying', 'undoing']

/** Whether the server is working on the batch, so that the page looks again by itself. */
export function isBusy(batch: Pick<ImportBatch, 'state'>): boolean {
  return busyStates.includes(batch.state)
}

/** What the sender said of a file; what is empty the server takes as it always does. */
export interface SendTerms {
  sender: string
  /** The day of which the data speak; '' is today. */
  asOf: string
}

/** Sends a file, or pasted cells as text, into quarantine; the answer is its batch, which the server goes on reading in the background. */
export function sendFile(
  file: File,
  how: { terms: SendTerms; isPasted: boolean; onProgress: (share: number) => void; signal: AbortSignal },
): Promise<ImportBatch> {
  const { terms, isPasted, onProgress, signal } = how
  return upload<ImportBatch>(isPasted ? `${root}/paste` : root, file, { query: { ...terms }, onProgress, signal })
}

/** One batch, looked at again every second while the server works on it: this is what survives a reload of the page. */
export function useBatch(batchId: string) {
  return useQuery({
    queryKey: [...importsKey, batchId],
    queryFn: () => read<ImportBatch>(`${root}/${batchId}`),
    refetchInterval: (query) => lookAgain(query, query.state.data !== undefined && isBusy(query.state.data)),
  })
}

/** A page of batches, the newest first. */
export function readBatches(after: string, limit: number): Promise<Page<ImportBatch>> {
  return read<Page<ImportBatch>>(root, { after, limit })
}

/** The newest batches, looked at again while one of them is worked on. */
export function useNewestBatches() {
  return useQuery({
    queryKey: [...importsKey, 'newest'],
    queryFn: () => readBatches('', 50),
    refetchInterval: (query) => lookAgain(query, query.state.data?.items.some(isBusy) === true),
  })
}

/** A page of what is wrong in the file, in its order. */
export function readProblems(batchId: string, given: { severity?: string | undefined; after: string }): Promise<Page<ImportProblem>> {
  return read<Page<ImportProblem>>(`${root}/${batchId}/problems`, { ...given, limit: importPageRows })
}

/** The sender's own file with remarks in its cells. */
export function downloadErrorWorkbook(batchId: string): Promise<void> {
  return download(`${root}/${batchId}/problems/workbook`)
}

/** A page of what the batch changes, contradicts or does not hold. */
export function readDifferences(
  batchId: string,
  given: { entity?: Entity | undefined; status?: ImportDifference['status'] | undefined; after: string },
): Promise<Page<ImportDifference>> {
  return read<Page<ImportDifference>>(`${root}/${batchId}/differences`, { ...given, limit: importPageRows })
}

/** Decides on rows that the file does not hold. */
export function decide(
  batchId: string,
  given: { differenceNos: readonly number[]; decision: 'keep' | 'left' },
): Promise<{ decided: number; left: number }> {
  return write('POST', `${root}/${batchId}/decisions`, given)
}

/** Does something with the whole batch; `undo` gives its reason. */
export function act(batchId: string, did: 'apply' | 'retry' | 'recheck' | 'discard'): Promise<ImportBatch>
export function act(batchId: string, did: 'undo', reason: string): Promise<ImportBatch>
export function act(batchId: string, did: string, reason?: string): Promise<ImportBatch> {
  return write<ImportBatch>('POST', `${root}/${batchId}/${did}`, reason === undefined ? {} : { reason })
}

/** The totals of the register as it stands. */
export function useTotals() {
  return useQuery({ queryKey: ['registry', 'totals'], queryFn: () => read<Totals>('/registry/totals') })
}
