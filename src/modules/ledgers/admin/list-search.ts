import { searchFlag, searchOneOf, searchText, type SearchField, type SearchOf } from '#ui/plug/page-search.ts'
import type { FieldFilter } from '../contract.ts'
import type { Filter } from './ledger-calls.ts'

/** The ways in which the rows of a ledger are looked at; all under the same filters. */
export const listViews = ['list', 'board', 'calendar', 'statistics', 'map'] as const
export type ListView = (typeof listViews)[number]
export const dueKinds = ['overdue', 'within-week', 'later', 'none'] as const

const texts: SearchField<readonly string[]> = (raw) =>
  Array.isArray(raw) ? raw.filter((one) => typeof one === 'string') : typeof raw === 'string' && raw !== '' ? raw.split(',') : []

const fields: SearchField<readonly FieldFilter[]> = (raw) => (Array.isArray(raw) ? raw.flatMap(readFilter) : [])

/** What of an address is a filter; anything else is left out, so that an old link never breaks the page. */
function readFilter(raw: unknown): FieldFilter[] {
  if (typeof raw !== 'object' || raw === null || !('field' in raw) || typeof raw.field !== 'string') return []
  const text = (name: 'from' | 'to') => {
    const value: unknown = name in raw ? Reflect.get(raw, name) : undefined
    return typeof value === 'string' && value !== '' ? { [name]: value } : typeof value === 'number' ? { [name]: String(value) } : {}
  }
  const is = 'is' in raw ? texts(raw.is) : []
  const found = {
    field: raw.field,
    ...(is.length === 0 ? {} : { is: [...is] }),
    ...text('from'),
    ...text('to'),
    ...('empty' in raw && typeof raw.empty === 'boolean' ? { empty: raw.empty } : {}),
  }
  return Object.keys(found).length > 1 ? [found] : []
}

/** What stands in the address of a ledger: a saved view is a link. Names and numbers that are searched do not (trust.md §5.9). */
export const listSearch = {
  view: searchOneOf(listViews),
  states: texts,
  fields,
  under: searchText,
  due: searchOneOf(dueKinds),
  own: searchFlag,
  removed: searchFlag,
  importId: searchText,
  /** `person:<id>`: those that name somebody or something. */
  linked: searchText,
  sort: searchText,
  columns: texts,
  by: searchText,
  by2: searchText,
  month: searchText,
}
export type ListSearch = SearchOf<typeof listSearch>

/** The filters as the server takes them. */
export function filterOf(search: ListSearch, q: string): Filter {
  const { states, under, due, own, removed, importId } = search
  return {
    fields: [...search.fields],
    ...(states.length === 0 ? {} : { states: [...states] }),
    ...(under === '' ? {} : { under }),
    ...(due === undefined ? {} : { due }),
    ...(own ? { own } : {}),
    ...(removed ? { removed } : {}),
    ...(importId === '' ? {} : { importId }),
    ...linkedOf(search.linked),
    ...(q.trim() === '' ? {} : { q: q.trim().slice(0, 60) }),
  }
}

const linkedKinds = ['household', 'person', 'organisation', 'area', 'record'] as const

/** `person:<id>` as the server takes it; anything else is no filter. */
export function linkedOf(linked: string): Pick<Filter, 'linked'> {
  const at = linked.indexOf(':')
  const kind = linkedKinds.find((one) => one === linked.slice(0, at))
  const target = linked.slice(at + 1)
  return kind === undefined || !/^([0-9a-f-]{36}|(\d+\.){1,7})$/.test(target) ? {} : { linked: { kind, target } }
}

/** `-due` is by due, latest first. */
export function sortOf(sort: string): { by: string; descending: boolean } | undefined {
  if (sort === '') return undefined
  return sort.startsWith('-') ? { by: sort.slice(1), descending: true } : { by: sort, descending: false }
}

/** The filters with one field's bounds put, changed or (without bounds) taken away. */
export function withField(filters: readonly FieldFilter[], one: FieldFilter): FieldFilter[] {
  const others = filters.filter(({ field }) => field !== one.field)
  return Object.keys(one).length > 1 ? [...others, one] : others
}

/** What a view is kept as: its address without what is empty. */
export function viewOf(search: ListSearch): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(search).filter(([, value]) => !isEmpty(value)))
}
