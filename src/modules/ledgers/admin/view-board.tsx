import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '#kernel/browser/api/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Board, Book, RecordItem } from '../rules/records.ts'
import type { Move } from '../rules/template.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import { DueText, StateTag } from './list-columns.tsx'
import { withField } from './list-search.ts'
import type { ViewProps } from './list-view.ts'
import { MoveDialog } from './record-move.tsx'
import { textOf } from './value-text.ts'

/** The same rows in columns by state or by a choice; a card is moved with its menu, by mouse, finger or keyboard. */
export function BoardView({ book, search, filter, change }: ViewProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const by = search.by === '' ? (book.template.list.board ?? 'state') : search.by
  const choices = book.template.fields.filter(({ key, kind }) => book.keys[key] !== undefined && (kind === 'choice' || kind === 'yes-no'))
  const board = useQuery({
    queryKey: ['ledgers', 'board', book.templateKey, filter, by],
    queryFn: () => ask<Board>(`${ledgerPaths.book(book.templateKey)}/board`, { ...filter, by }),
  })
  const [asked, setAsked] = useState<{ record: RecordItem; move: Move }>()
  const more = (value: string | null) =>
    by === 'state'
      ? { ...search, view: undefined, states: value === null ? [] : [value] }
      : {
          ...search,
          view: undefined,
          fields: withField(search.fields, value === null ? { field: by, empty: true } : { field: by, is: [value] }),
        }
  return (
    <>
      {choices.length === 0 ? null : (
        <label className="bf-row">
          {t('boardBy')}
          <select className="bf-input ledger-short" value={by} onChange={(event) => change({ by: event.target.value })}>
            <option value="state">{t('state')}</option>
            {choices.map((field) => (
              <option key={field.key} value={field.key}>
                {field.name[language]}
              </option>
            ))}
          </select>
        </label>
      )}
      <Loaded query={board}>
        {({ columns }) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the columns slide sideways, also with the arrows
          <div className="ledger-board" tabIndex={0} role="group" aria-label={t('view.board')}>
            {columns.map(({ value, name, count, items }) => (
              <section key={value ?? '—'} aria-label={name[language]}>
                <h3>
                  {value === null ? t('unsaid') : name[language]} <span className="bf-figures bf-quiet">{count.toLocaleString('en')}</span>
                </h3>
                {items.length === 0 ? <p className="bf-quiet">{t('boardNone')}</p> : null}
                <ul>
                  {items.map((record) => (
                    <Card key={record.recordId} book={book} record={record} by={by} move={(move) => setAsked({ record, move })} />
                  ))}
                </ul>
                {count > items.length ? (
                  <PageLink to={pages.book(book.templateKey)} search={more(value)}>
                    {t('boardMore', { n: count - items.length })}
                  </PageLink>
                ) : null}
              </section>
            ))}
          </div>
        )}
      </Loaded>
      {asked === undefined ? null : (
        <MoveDialog template={book.template} {...asked} templateKey={book.templateKey} close={() => setAsked(undefined)} />
      )}
    </>
  )
}

function Card({ book, record, by, move }: { book: Book; record: RecordItem; by: string; move: (move: Move) => void }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const { template } = book
  const shown = template.list.columns
    .filter((key) => key !== template.title && key !== by)
    .flatMap((key) => template.fields.filter((field) => field.key === key))
    .map((field) => textOf(field, record.values[field.key], language))
    .filter((text) => text !== '')
    .slice(0, 3)
  const moves = (template.moves ?? []).filter(({ from }) => from.includes(record.state))
  return (
    <li>
      <PageLink to={pages.record(book.templateKey, record.recordId)}>
        {record.title === '' ? (record.recordNo ?? '—') : record.title}
      </PageLink>
      <span className="bf-quiet">{[record.areaName, ...shown].filter((part) => part !== '').join(' · ')}</span>
      {by === 'state' ? null : <StateTag template={template} state={record.state} />}
      <DueText record={record} />
      {moves.length === 0 ? null : (
        <select
          className="bf-input"
          aria-label={t('boardMove', { title: record.title })}
          value=""
          onChange={(event) => {
            const found = moves.find((one) => one.key === event.target.value)
            if (found !== undefined) move(found)
          }}
        >
          <option value="">{t('boardNext')}</option>
          {moves.map((one) => (
            <option key={one.key} value={one.key}>
              {one.name[language]}
            </option>
          ))}
        </select>
      )}
    </li>
  )
}
