import { useQuery } from '@tanstack/react-query'
import { lookAgain, read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { DuplicateRecord, DuplicateSearch, DuplicateState, MergePreview } from '../rules/duplicate-records.ts'

export const duplicatesKey = ['registry', 'duplicates'] as const

export interface DuplicateOverview {
  search?: DuplicateSearch
  counts: Record<DuplicateState, number>
  can: { search: boolean; undo: boolean }
}

/** The latest search and the counts; asked again while a search runs. */
export function useDuplicateOverview() {
  return useQuery({
    queryKey: [...duplicatesKey, 'overview'],
    queryFn: () => read<DuplicateOverview>('/registry/duplicate-search'),
    refetchInterval: (query) => lookAgain(query, query.state.data?.search?.state === 'running'),
  })
}

export function useDuplicate(pairId: string) {
  return useQuery({ queryKey: [...duplicatesKey, 'pair', pairId], queryFn: () => read<DuplicateRecord>(`/registry/duplicates/${pairId}`) })
}

/** What a merge would do; `stays` is '' until somebody chooses. */
export function useMergePreview(pairId: string, stays: string) {
  return useQuery({
    queryKey: [...duplicatesKey, 'merge', pairId, stays],
    queryFn: () => read<MergePreview>(`/registry/duplicates/${pairId}/merge`, stays === '' ? {} : { stays }),
  })
}

export function decidePair(pair: DuplicateRecord, decision: 'different' | 'later' | 'open'): Promise<DuplicateRecord> {
  return write<DuplicateRecord>('POST', `/registry/duplicates/${pair.pairId}/decide`, { revision: pair.revision, decision })
}

/** The pair that waits after this one, so that a list is worked off without going back; `undefined` at its end. */
export async function findNextPair(pairId: string): Promise<string | undefined> {
  const page = await read<Page<DuplicateRecord>>('/registry/duplicates', { state: 'open', limit: 2 })
  return page.items.find((item) => item.pairId !== pairId)?.pairId
}
