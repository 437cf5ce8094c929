import { useQuery } from '@tanstack/react-query'
import { ask, read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { FilterRecords, SearchRecords } from '../contract.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { BatchAnswer, Book, BookCard, Counts, RecordItem, RecordRecord } from '../rules/records.ts'

/** Filters as the screens give them: what has a default may be left out. */
export type Filter = Partial<FilterRecords>

/** All ledgers that the caller may see. */
export function useBooks() {
  return useQuery({ queryKey: ['ledgers', 'books'], queryFn: () => read<{ items: BookCard[] }>(ledgerPaths.books) })
}

/** One ledger with its template as the caller may see it. */
export function useBook(templateKey: string) {
  return useQuery({ queryKey: ['ledgers', 'book', templateKey], queryFn: () => read<Book>(ledgerPaths.book(templateKey)) })
}

/** A whole record. */
export function useRecord(templateKey: string, recordId: string) {
  return useQuery({
    queryKey: ['ledgers', 'record', templateKey, recordId],
    queryFn: () => read<RecordRecord>(ledgerPaths.record(templateKey, recordId)),
  })
}

/** How many records there are behind the filters, by state. */
export function useCounts(templateKey: string, filter: Filter) {
  return useQuery({
    queryKey: ['ledgers', 'counts', templateKey, filter],
    queryFn: () => ask<Counts>(`${ledgerPaths.book(templateKey)}/counts`, filter),
  })
}

/** One page of records. */
export function searchRecords(templateKey: string, search: Partial<SearchRecords>): Promise<Page<RecordItem>> {
  return ask(`${ledgerPaths.book(templateKey)}/search`, search)
}

/** Changes or moves many records, each by itself; at most 500 are sent at once. */
export async function actOnMany(path: string, recordIds: readonly string[], body: Readonly<Record<string, unknown>>): Promise<BatchAnswer> {
  const answers: BatchAnswer[] = []
  for (let at = 0; at < recordIds.length; at += 500)
    answers.push(await write<BatchAnswer>('POST', path, { ...body, recordIds: recordIds.slice(at, at + 500) }))
  return { done: answers.reduce((sum, one) => sum + one.done, 0), refused: answers.flatMap((one) => one.refused) }
}

/** The pages of a ledger. */
export const pages = {
  home: '/ledgers',
  fresh: '/ledgers/new',
  due: '/ledgers/due',
  book: (templateKey: string) => `/ledgers/books/${templateKey}`,
  make: (templateKey: string) => `/ledgers/books/${templateKey}/new`,
  record: (templateKey: string, recordId: string) => `/ledgers/books/${templateKey}/records/${recordId}`,
  sheet: (templateKey: string) => `/ledgers/books/${templateKey}/sheet`,
  imports: (templateKey: string) => `/ledgers/books/${templateKey}/imports`,
  imported: (templateKey: string, importId: string) => `/ledgers/books/${templateKey}/imports/${importId}`,
  about: pageAbout,
  design: (templateKey: string) => `/ledgers/design/${templateKey}`,
} as const

/** Segments of the path of a village; groups have one more and belong to its page. */
const villageDepth = 5

/** The page of a household, person, organisation or village; of other areas, what the ledgers say of them. */
function pageAbout(kind: string, target: string): string {
  if (kind === 'household') return `/registry/households/${target}`
  if (kind === 'person') return `/registry/persons/${target}`
  if (kind === 'organisation') return `/identity/organisations/${target}`
  const parts = target.split('.').slice(0, -1)
  return parts.length >= villageDepth ? `/registry/villages/${parts.slice(0, villageDepth).join('.')}.` : `/ledgers/about/area/${target}`
}
