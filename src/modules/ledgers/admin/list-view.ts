import type { Book } from '../rules/records.ts'
import type { Filter } from './ledger-calls.ts'
import type { ListSearch } from './list-search.ts'

/** What the views of a ledger have in common. */
export interface ViewProps {
  book: Book
  search: ListSearch
  filter: Filter
  change: (change: Partial<ListSearch>) => void
}
