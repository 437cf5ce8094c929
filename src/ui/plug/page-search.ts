import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Reads one search parameter; a value that does not fit is its default, so that an old link never breaks a page. */
export type SearchField<Value> = (raw: unknown) => Value
type SearchFields = Readonly<Record<string, SearchField<unknown>>>
export type SearchOf<Fields extends SearchFields> = { readonly [Name in keyof Fields]: ReturnType<Fields[Name]> }

/** A text; absent is ''. Numbers in the address are read as text (household numbers, months). */
export const searchText: SearchField<string> = (raw) => (typeof raw === 'string' ? raw : typeof raw === 'number' ? String(raw) : '')
export const searchFlag: SearchField<boolean> = (raw) => raw === true

/** One of some words; anything else is `undefined`, which means no filter. */
export function searchOneOf<const Choice extends string>(choices: readonly Choice[]): SearchField<Choice | undefined> {
  return (raw) => choices.find((choice) => choice === raw)
}

/**
 * The page's filters, kept in the address: `const [search, setSearch] = usePageSearch(householdSearch)` with
 * `const householdSearch = { q: searchText, township: searchText }` declared outside the component. `setSearch` changes only what is given.
 */
export function usePageSearch<Fields extends SearchFields>(
  fields: Fields,
): [SearchOf<Fields>, (change: Partial<SearchOf<Fields>>, how?: { replace?: boolean }) => void] {
  const raw: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const entries = Object.entries(fields).map(([name, field]) => [name, field(raw[name])])
  // Safe: one value for each declared field, made by that field.
  const search = Object.fromEntries(entries) as SearchOf<Fields>
  const setSearch = useCallback(
    (change: Partial<SearchOf<Fields>>, how?: { replace?: boolean }) => {
      const next = (previous: Readonly<Record<string, unknown>>) => withoutEmpty({ ...previous, ...change })
      void navigate({ to: '.', search: next, replace: how?.replace ?? true }) // moving within the page cannot fail
    },
    [navigate],
  )
  return [search, setSearch]
}

/** A parameter of the address, such as `householdId` of `/registry/households/$householdId`. */
export function usePageParam(name: string): string {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  return params[name] ?? ''
}

/** Goes to another page: `const go = useGo(); go('/registry/households', { q: '…' })`. */
export function useGo(): (to: string, search?: Readonly<Record<string, unknown>>) => void {
  const navigate = useNavigate()
  return useCallback(
    (to, search) => void navigate({ to, search: { ...search } }), // a page that fails to load shows its own failed face
    [navigate],
  )
}

function withoutEmpty(search: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(search).filter(([, value]) => !isEmpty(value)))
}
