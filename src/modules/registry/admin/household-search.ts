import { useState } from 'react'
import type { Language } from '#kernel/pure/words/index.ts'
import { searchFlag, searchText, type SearchOf } from '#ui/plug/page-search.ts'
import type { FilterHouseholds } from '../contract.ts'
import { codeLists } from '../policy/policy.ts'

/** The filters that stand in the address; names and numbers do not (trust.md §5.9). */
export const householdSearch = { under: searchText, type: searchText, monitored: searchText, tag: searchText, missing: searchFlag }

// Kept while the app is open, so that coming back from a household finds the search that was left; never stored, never in an address.
let lastWords = ''

/** What is searched, and how to change it. */
export function useSearchWords(): [string, (words: string) => void] {
  const [words, setWords] = useState(lastWords)
  return [
    words,
    (next) => {
      lastWords = next
      setWords(next)
    },
  ]
}

/** The filters as the server takes them. */
export function asFilters(search: SearchOf<typeof householdSearch>): FilterHouseholds {
  const { under, type, monitored, tag, missing } = search
  return {
    ...(under === '' ? {} : { under }),
    ...(type === '' ? {} : { type }),
    ...(monitored === '' ? {} : { monitored }),
    ...(tag === '' ? {} : { tag }),
    ...(missing ? { missing: 'true' as const } : {}),
  }
}

/** The categories of monitored households; the register holds their Chinese labels. */
export function monitorCategories(language: Language): { value: string; label: string }[] {
  return (codeLists['monitorCategory']?.codes ?? []).map((code) => ({ value: code.zh, label: code[language] }))
}

/** A label of a code list in the reader's language; what is not in the list stands as written. */
export function nameCode(list: string, label: string, language: Language): string {
  return codeLists[list]?.codes.find((code) => code.zh === label)?.[language] ?? label
}
