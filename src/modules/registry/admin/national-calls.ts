import { useQuery } from '@tanstack/react-query'
import { lookAgain, read, write } from '#kernel/browser/api/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import { searchOneOf, searchText } from '#ui/plug/page-search.ts'
import { nationalActions, nationalStates, type NationalChange, type NationalOverview } from '../rules/national-records.ts'
import { nationalWords } from '../rules/national-words.ts'
import { nameField } from './fact-text.ts'

export const nationalKey = ['registry', 'national'] as const
export const changesPath = '/registry/national/changes'

/** The filters of the list, in the address. */
export const nationalSearch = {
  state: searchOneOf(nationalStates),
  action: searchOneOf(nationalActions),
  under: searchText,
  field: searchText,
}

/** The latest comparison and the counts; asked again while one runs. */
export function useNationalOverview() {
  return useQuery({
    queryKey: [...nationalKey, 'overview'],
    queryFn: () => read<NationalOverview>('/registry/national'),
    refetchInterval: (query) => lookAgain(query, query.state.data?.run?.state === 'running'),
  })
}

/** Marks one change as entered in the system, or open again. Throws what the server refuses. */
export function markChange(change: NationalChange, to: 'entered' | 'open'): Promise<NationalChange> {
  return write<NationalChange>('POST', `/registry/national/changes/${change.changeId}/mark`, { revision: change.revision, to })
}

/** What a change is about: the field, or that a person is added or removed. */
export function nameChange(change: Pick<NationalChange, 'action' | 'field'>, language: Language): string {
  return change.action === 'change-value' ? nameField(change.field, language) : nationalWords[`action.${change.action}`][language]
}

/** The name of a field by which the list is narrowed. */
export function nameNationalField(field: string, language: Language): string {
  return field === 'place' || field === 'householdNo' ? nationalWords[field][language] : nameField(field, language)
}
