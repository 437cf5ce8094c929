import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { meetingWords } from './meeting-screen-words.ts'

/** A household that was found, with the person by whom it was. */
export interface FoundHousehold {
  readonly householdId: string
  readonly householdNo: string
  readonly headName?: string
  readonly village: string
  readonly group?: string
  readonly match?: { readonly personId?: string; readonly personName?: string }
}

/** Finds a household of the caller's area by anybody's name, pinyin or a number; choosing hands it over. */
export function HouseholdPicker(props: { label: string; start?: string; choose: (found: FoundHousehold) => void; without?: string }) {
  const { label, start = '', choose, without } = props
  const t = useT(meetingWords)
  const [words, setWords] = useState(start)
  const text = words.trim()
  const found = useQuery({
    queryKey: ['registry', 'households', 'picker', text],
    queryFn: () => ask<Page<FoundHousehold>>('/registry/households/search', { q: text, limit: 12 }),
    enabled: text.length > 1,
    gcTime: 0,
  })
  const rows = (found.data?.items ?? []).filter((one) => one.householdId !== without)
  return (
    <div className="bf-stack">
      <Field label={label} hint={t('search')}>
        {(control) => (
          <input {...control} className="bf-input" maxLength={40} value={words} onChange={(event) => setWords(event.target.value)} />
        )}
      </Field>
      {found.isSuccess && rows.length === 0 ? <p className="bf-quiet">{t('searchNone')}</p> : null}
      {rows.length === 0 ? null : (
        <ul className="meeting-found">
          {rows.map((one) => (
            <li key={`${one.householdId} ${one.match?.personId ?? ''}`}>
              <button type="button" className="bf-chip" onClick={() => choose(one)}>
                {[one.match?.personName, one.headName]
                  .filter((name, at, all) => name !== undefined && all.indexOf(name) === at)
                  .join(' · ')}{' '}
                <span className="bf-figures">{one.householdNo}</span>{' '}
                {[one.village, one.group].filter((part) => part !== undefined).join(' ')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
