import { useQuery } from '@tanstack/react-query'
import { useId, useState, type KeyboardEvent } from 'react'
import { ask, read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Linked } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { idOf, linkName, type InputProps } from './form-parts.ts'
import { formWords } from './form-words.ts'

interface FoundHousehold {
  readonly householdId: string
  readonly householdNo: string
  readonly headName?: string
  readonly village: string
  readonly group?: string
  readonly match?: { readonly personId?: string; readonly personName?: string }
}
interface FoundOrganisation {
  readonly organisationId: string
  readonly name: string
  readonly areaName: string
  readonly formerly?: string
}
interface Found extends Linked {
  readonly note: string
}

/** Finds whom or what a field names: typed words, arrows and Enter; what is chosen stands with a button to change it. */
export function LinkInput({ field, control, value, change }: InputProps) {
  const t = useT(formWords)
  const [words, setWords] = useState('')
  const [current, setCurrent] = useState(0)
  const listId = useId()
  const text = words.trim()
  const found = useQuery({
    queryKey: ['ledgers', 'link', field.kind, field.of ?? '', field.organisationKinds ?? [], text],
    queryFn: () => find(field, text),
    enabled: text.length > (field.kind === 'organisation' || field.kind === 'record' ? 0 : 1),
    gcTime: 0,
  })
  if (idOf(value) !== '')
    return (
      <span className="ledger-picked">
        <strong>{linkName(value)}</strong>
        <button
          type="button"
          className="bf-link"
          id={control.id}
          onClick={() => change(null)}
          aria-label={`${t('change')} ${t('clear', { name: linkName(value) })}`}
        >
          {t('change')}
        </button>
      </span>
    )
  const rows = found.data ?? []
  const take = (one: Found | undefined) => {
    if (one === undefined) return
    change({ id: one.id, name: one.name })
    setWords('')
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey) return
    if (event.key === 'ArrowDown') setCurrent(Math.min(rows.length - 1, current + 1))
    else if (event.key === 'ArrowUp') setCurrent(Math.max(0, current - 1))
    else if (event.key === 'Enter' && rows.length > 0) take(rows[current])
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        {...control}
        className="bf-input"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${listId}-${current}` : undefined}
        autoComplete="off"
        maxLength={40}
        placeholder={t(hints[field.kind] ?? 'searchRecord')}
        value={words}
        onKeyDown={onKey}
        onChange={(event) => {
          setWords(event.target.value)
          setCurrent(0)
        }}
      />
      {rows.length === 0 ? null : (
        <div className="ledger-found" role="listbox" id={listId} aria-label={t('found', { n: rows.length })}>
          {rows.map((one, at) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are those of the box above it, as a combobox has them
            <div
              key={`${one.id} ${one.name}`}
              id={`${listId}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === current}
              className={at === current ? 'ledger-found-now' : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              {one.name} <span className="bf-quiet">{one.note}</span>
            </div>
          ))}
        </div>
      )}
      {text !== '' && found.isFetched && rows.length === 0 ? <span className="bf-hint">{t('notFound')}</span> : null}
    </>
  )
}

const hints: Readonly<Record<string, 'searchHousehold' | 'searchPerson' | 'searchOrganisation' | undefined>> = {
  household: 'searchHousehold',
  person: 'searchPerson',
  organisation: 'searchOrganisation',
}

async function find({ kind, of = '', organisationKinds }: Field, words: string): Promise<Found[]> {
  if (kind === 'organisation') return findOrganisations(words, organisationKinds)
  if (kind === 'record') return findRecords(of, words)
  const { items } = await ask<Page<FoundHousehold>>('/registry/households/search', { q: words, limit: 12 })
  const seen = new Set<string>()
  return items
    .flatMap((one): Found[] => {
      const { personId, personName } = one.match ?? {}
      const place = [one.village, one.group].filter((part) => part !== undefined).join(' ')
      if (kind === 'person')
        return personId === undefined || personName === undefined
          ? []
          : [{ id: personId, name: personName, note: `${one.headName ?? ''} ${place}`.trim() }]
      const by = personName === undefined || personName === one.headName ? '' : `${personName} · `
      return [{ id: one.householdId, name: one.headName ?? one.householdNo, note: `${by}${one.householdNo} ${place}` }]
    })
    .filter(({ id }) => !seen.has(id) && seen.add(id).size > 0)
}

async function findOrganisations(words: string, kinds: readonly string[] | undefined): Promise<Found[]> {
  const { items } = await ask<Page<FoundOrganisation>>('/identity/organisations/search', {
    q: words,
    limit: 20,
    ...(kinds === undefined ? {} : { kinds }),
  })
  return items.map(({ organisationId, name, areaName, formerly }) => {
    const note = [areaName, formerly].filter((part) => part !== undefined && part !== '').join(' · ')
    return { id: organisationId, name, note }
  })
}

async function findRecords(of: string, words: string): Promise<Found[]> {
  const { items } = await read<{ items: Linked[] }>(`${ledgerPaths.book(of)}/choose`, { q: words })
  return items.map(({ id, name }) => ({ id, name, note: '' }))
}
