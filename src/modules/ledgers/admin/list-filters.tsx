import { Button } from 'antd'
import { useState } from 'react'
import { AreaSelect, useAreas } from '#modules/identity/admin/index.ts'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { ChoiceChips, FilterChips } from '#ui/forms/filter-chips.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FieldFilter } from '../contract.ts'
import type { Book, Counts } from '../rules/records.ts'
import type { Field } from '../rules/template.ts'
import { ledgerWords } from './ledger-words.ts'
import { filterFields, filterText, ownSorts, sortFields } from './list-fields.ts'
import { dueKinds, linkedOf, withField, type ListSearch } from './list-search.ts'

export interface FilterProps {
  book: Book
  search: ListSearch
  change: (change: Partial<ListSearch>) => void
  counts: Counts | undefined
  words: string
  setWords: (words: string) => void
  /** On a phone only the states stand there until more is asked for. */
  isFolded: boolean
}

/** States with their counts, place, deadline, words, and any offered field as a chip. */
export function ListFilters(props: FilterProps) {
  const { book, search, change, words, setWords, isFolded } = props
  const areas = useAreas('village')
  const hasAreas = (areas.data ?? []).filter(({ level }) => level === 'village').length > 1
  const t = useT(ledgerWords)
  const language = useLanguage()
  const hasDue = (book.template.deadlines ?? []).length > 0
  const chips = [
    ...search.fields.map((filter) => ({
      key: filter.field,
      label: filterText(book, filter, language),
      remove: () => change({ fields: withField(search.fields, { field: filter.field }) }),
    })),
    ...(search.own ? [{ key: 'own', label: t('own'), remove: () => change({ own: false }) }] : []),
    ...(search.removed ? [{ key: 'removed', label: t('removed'), remove: () => change({ removed: false }) }] : []),
    ...(linkedOf(search.linked).linked === undefined
      ? []
      : [{ key: 'linked', label: t('ofLinked'), remove: () => change({ linked: '' }) }]),
    ...(search.importId === '' ? [] : [{ key: 'import', label: t('ofImport'), remove: () => change({ importId: '' }) }]),
  ]
  return (
    <>
      <StateChips {...props} />
      {isFolded ? null : (
        <div className="bf-filters">
          <Labelled label={t('find')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                type="search"
                maxLength={60}
                value={words}
                onChange={(event) => setWords(event.target.value)}
              />
            )}
          </Labelled>
          {hasAreas ? (
            <Labelled label={t('area')}>
              {(control) => <AreaSelect {...control} value={search.under} onChange={(under) => change({ under })} />}
            </Labelled>
          ) : null}
          {hasDue ? (
            <Labelled label={t('due')}>
              {(control) => (
                <select
                  {...control}
                  className="bf-input"
                  value={search.due ?? ''}
                  onChange={(event) => change({ due: dueKinds.find((one) => one === event.target.value) })}
                >
                  <option value="">{t('due.all')}</option>
                  {dueKinds.map((key) => (
                    <option key={key} value={key}>
                      {t(`due.${key}`)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
          ) : null}
          {(search.view ?? 'list') === 'list' ? <SortSelect {...props} /> : null}
          <FieldFilterPicker book={book} take={(filter) => change({ fields: withField(search.fields, filter) })} />
        </div>
      )}
      <FilterChips chips={chips} clear={() => change({ fields: [], own: false, removed: false, importId: '', linked: '' })} />
    </>
  )
}

function StateChips({ book, search, change, counts }: FilterProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  if (book.template.states.length < 2) return null
  const chosen = search.states.length === 1 ? (search.states[0] ?? '') : ''
  const states = book.template.states.map(({ key, name }) => ({
    key,
    label: name[language],
    ...(counts === undefined ? {} : { count: counts.byState[key] ?? 0 }),
  }))
  const all = counts === undefined ? {} : { count: Object.values(counts.byState).reduce((sum, one) => sum + one, 0) }
  return (
    <ChoiceChips
      label={t('states')}
      chosen={chosen}
      choose={(key) => change({ states: key === '' || key === chosen ? [] : [key] })}
      choices={[{ key: '', label: t('all'), ...all }, ...states]}
    />
  )
}

function SortSelect({ book, search, change }: FilterProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const names = [
    ...ownSorts
      .filter((key) => key !== 'due' || (book.template.deadlines ?? []).length > 0)
      .map((key) => ({ key: String(key), name: t(key) })),
    ...sortFields(book).map((field) => ({ key: field.key, name: field.name[language] })),
  ]
  return (
    <Labelled label={t('sort')}>
      {(control) => (
        <select {...control} className="bf-input" value={search.sort} onChange={(event) => change({ sort: event.target.value })}>
          <option value="">{t('sortNew')}</option>
          {names.flatMap(({ key, name }) => [
            <option key={key} value={key}>
              {t('sortUp', { name })}
            </option>,
            <option key={`-${key}`} value={`-${key}`}>
              {t('sortDown', { name })}
            </option>,
          ])}
        </select>
      )}
    </Labelled>
  )
}

/** Chooses a field, then what of it is wanted. */
function FieldFilterPicker({ book, take }: { book: Book; take: (filter: FieldFilter) => void }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const fields = filterFields(book)
  const [key, setKey] = useState('')
  const field = fields.find((one) => one.key === key)
  if (fields.length === 0) return null
  return (
    <>
      <Labelled label={t('addFilter')}>
        {(control) => (
          <select {...control} className="bf-input" value={key} onChange={(event) => setKey(event.target.value)}>
            <option value="">{t('filterChoose')}</option>
            {fields.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name[language]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {field === undefined ? null : (
        <Bounds
          key={key}
          field={field}
          take={(filter) => {
            take(filter)
            setKey('')
          }}
        />
      )}
    </>
  )
}

function Bounds({ field, take }: { field: Field; take: (filter: FieldFilter) => void }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const choices =
    field.kind === 'yes-no'
      ? [
          { key: 'true', label: language === 'zh' ? '是' : 'yes' },
          { key: 'false', label: language === 'zh' ? '否' : 'no' },
        ]
      : (field.choices ?? []).map((choice) => ({ key: choice.key, label: choice.name[language] }))
  const empties = (
    <>
      <button type="button" className="bf-chip" onClick={() => take({ field: field.key, empty: true })}>
        {t('onlyEmpty')}
      </button>
      <button type="button" className="bf-chip" onClick={() => take({ field: field.key, empty: false })}>
        {t('onlyFilled')}
      </button>
    </>
  )
  if (field.kind === 'area')
    return (
      <Labelled label={field.name[language]}>
        {(control) => <AreaSelect {...control} value="" onChange={(path) => take({ field: field.key, is: [path] })} />}
      </Labelled>
    )
  if (choices.length > 0)
    return (
      <div className="bf-chips" role="group" aria-label={field.name[language]}>
        {choices.map(({ key, label }) => (
          <button key={key} type="button" className="bf-chip" onClick={() => take({ field: field.key, is: [key] })}>
            {label}
          </button>
        ))}
        {empties}
      </div>
    )
  const type = field.kind === 'date' ? 'date' : field.kind === 'month' ? 'month' : 'text'
  return (
    <form
      className="bf-chips"
      onSubmit={(event) => {
        event.preventDefault()
        if (from !== '' || to !== '') take({ field: field.key, ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) })
      }}
    >
      {(
        [
          ['from', from, setFrom],
          ['to', to, setTo],
        ] as const
      ).map(([name, value, set]) => (
        <input
          key={name}
          className="bf-input ledger-bound"
          type={type}
          inputMode={type === 'text' ? 'decimal' : undefined}
          aria-label={`${field.name[language]} ${t(name)}`}
          placeholder={t(name)}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      ))}
      <Button htmlType="submit">{t('apply')}</Button>
      {empties}
    </form>
  )
}
