import { useQuery } from '@tanstack/react-query'
import { read, upload, write } from '#kernel/browser/api/index.ts'
import type { AuthorisationRecord, ImportedAuthorisations, ListDemand } from '../rules/compare-records.ts'
import type { NoteAuthorisation, RevokeAuthorisation, SetDemand } from '../rules/compare-requests.ts'

export const authorisationsKey = ['screening', 'authorisations'] as const

/** A page of authorisations, the latest given first. */
export interface AuthorisationPage {
  readonly items: AuthorisationRecord[]
  readonly next?: string
  readonly can: { readonly note: boolean }
}

/** Authorisations within the caller's reach, or those of one household. */
export function useAuthorisations(filter: { householdId?: string; state?: string; after?: string }) {
  return useQuery({
    queryKey: [...authorisationsKey, filter],
    queryFn: () => read<AuthorisationPage>('/screening/authorisations', { ...filter, limit: 50 }),
  })
}

export function noteAuthorisation(input: NoteAuthorisation): Promise<unknown> {
  return write('POST', '/screening/authorisations', input)
}

export function revokeAuthorisation(authorisationId: string, input: RevokeAuthorisation): Promise<unknown> {
  return write('POST', `/screening/authorisations/${authorisationId}/revoke`, input)
}

export function importAuthorisations(file: File): Promise<ImportedAuthorisations> {
  return upload('/screening/authorisations/sheet', file)
}

export function setDemand(input: SetDemand): Promise<{ items: ListDemand[] }> {
  return write('POST', '/screening/list-demands', input)
}
