import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { AskLinked } from '../contract.ts'
import type { LinkedBook, LinkedRecord, PlaceBook } from '../rules/linked-books.ts'
import { ledgerPaths } from '../rules/paths.ts'
import { pages } from './ledger-calls.ts'
import { linkedWords } from './linked-words.ts'
import { DueText, levelOf } from './list-columns.tsx'
import { usePackName } from './pack-name.ts'

interface LinkedProps {
  kind: AskLinked['kind']
  target: string
  /** On a card of its own with this title; without it only the lines. */
  title?: string
  limit?: number
}
interface Answer {
  items: LinkedBook[]
  inPlace?: PlaceBook[]
}

/** More lines than this are folded. */
const mostOpen = 24

/** What the ledgers say about somebody or something, pack by pack, what presses first; nothing at all where none says anything. */
export function LinkedRecords({ kind, target, title, limit = 5 }: LinkedProps) {
  const t = useT(linkedWords)
  const packName = usePackName()
  const found = useQuery({
    queryKey: ['ledgers', 'linked', kind, target, limit],
    queryFn: () => read<Answer>(ledgerPaths.linked, { kind, target, limit }),
  })
  const { items: books = [], inPlace = [] } = found.data ?? {}
  const packs = [...new Set(books.map((book) => book.pack))]
  // Long answers are folded but for what presses most.
  const isLong = books.reduce((sum, book) => sum + book.items.length + 1, 0) > mostOpen
  const lines = packs.map((pack, at) => {
    const ofPack = books.filter((book) => book.pack === pack)
    return <Pack key={pack} name={packName(pack)} books={ofPack} about={`${kind}:${target}`} isFolded={isLong && at > 0} />
  })
  const places = inPlace.length === 0 ? null : <PlaceBooks books={inPlace} path={target} />
  if (books.length === 0)
    return title === undefined && found.isSuccess && places === null ? <p className="bf-quiet">{t('empty')}</p> : places
  return (
    <>
      {title === undefined ? <div className="bf-stack">{lines}</div> : <Section title={title}>{lines}</Section>}
      {places}
    </>
  )
}

/** The ledgers of a pack under its name; folded, the name says how many and what is late. */
function Pack({ name, books, about, isFolded }: { name: string; books: readonly LinkedBook[]; about: string; isFolded: boolean }) {
  const t = useT(linkedWords)
  const overdue = books.reduce((sum, book) => sum + book.overdue, 0)
  const lines = books.map((book) => <LinkedLines key={book.templateKey} book={book} about={about} />)
  if (!isFolded)
    return (
      <div className="ledger-pack">
        <h3>{name}</h3>
        {lines}
      </div>
    )
  return (
    <details className="ledger-pack">
      <summary>
        <h3>{t('packOf', { name, n: books.length })}</h3>{' '}
        {overdue > 0 ? <StatusTag level="red" text={t('overdue', { n: overdue })} /> : null}
      </summary>
      {lines}
    </details>
  )
}

function LinkedLines({ book, about }: { book: LinkedBook; about: string }) {
  const t = useT(linkedWords)
  const language = useLanguage()
  const { templateKey, name, isClosed, isHidden, count, open, overdue, sums, items } = book
  return (
    <div className="ledger-linked">
      <div className="ledger-linked-head">
        <h4>{name[language]}</h4>
        {isClosed ? <StatusTag level="grey" text={t('closed')} /> : null}
        {overdue > 0 ? <StatusTag level="red" text={t('overdue', { n: overdue })} /> : null}
        <span className="bf-quiet">
          {isHidden
            ? t('closedCount', { n: count })
            : [
                t('records', { n: count }),
                ...(open > 0 && open < count ? [t('open', { n: open })] : []),
                ...(count > 1 ? sums.map((one) => t('sum', { name: one.name[language], text: withCommas(one.text) })) : []),
              ].join(' · ')}
        </span>
      </div>
      {items.length === 0 ? null : (
        <ul className="ledger-lines">
          {items.map((record) => (
            <LinkedLine key={record.recordId} templateKey={templateKey} record={record} />
          ))}
        </ul>
      )}
      {count > items.length && !isHidden ? (
        <PageLink to={pages.book(templateKey)} search={{ linked: about }} title={t('seeAllOf', { name: name[language], n: count })}>
          {t('seeAll', { n: count })}
        </PageLink>
      ) : null}
    </div>
  )
}

/** Title, state, day, amount, a few more fields, and until when. */
function LinkedLine({ templateKey, record }: { templateKey: string; record: LinkedRecord }) {
  const t = useT(linkedWords)
  const language = useLanguage()
  const { title, recordNo, stateName, tone, day, money, shown, areaName } = record
  const more = [
    ...(money === undefined ? [] : [t('money', { name: money.name[language], text: withCommas(money.text) })]),
    ...shown.map((one) => `${one.name[language]} ${one.text}`),
    ...(areaName === '' ? [] : [areaName]),
  ]
  return (
    <li>
      <PageLink to={pages.record(templateKey, record.recordId)}>{title === '' ? (recordNo ?? '—') : title}</PageLink>{' '}
      <StatusTag level={levelOf(tone)} text={stateName[language]} /> <span className="bf-figures">{day}</span>{' '}
      <span className="bf-quiet">{more.join(' · ')}</span> <Due record={record} />
    </li>
  )
}

/** Until when it must be done, or that it is late; nothing where it is settled or nothing runs. */
function Due({ record }: { record: LinkedRecord }) {
  const t = useT(linkedWords)
  if (record.isSettled || record.dueOn === undefined) return null
  return record.isOverdue ? <DueText record={record} /> : <span className="bf-figures">{t('dueOn', { day: record.dueOn })}</span>
}

/** `12345.60` → `12,345.60`. */
function withCommas(amount: string): string {
  const [whole = '', part] = amount.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** The ledgers with records in a place: how many, how many open, how many late; each leads to its list there. */
function PlaceBooks({ books, path }: { books: readonly PlaceBook[]; path: string }) {
  const t = useT(linkedWords)
  const language = useLanguage()
  return (
    <Section title={t('inPlace')} extra={<span className="bf-quiet">{t('inPlaceNote')}</span>}>
      <FoldedPlaces count={books.length}>
        <ScrollBox>
          <table className="bf-table">
            <thead>
              <tr>
                <th scope="col">{t('ledger')}</th>
                <th scope="col" className="bf-number">
                  {t('count')}
                </th>
                <th scope="col" className="bf-number">
                  {t('openCount')}
                </th>
                <th scope="col" className="bf-number">
                  {t('overdueCount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {books.map((book) => (
                <tr key={book.templateKey}>
                  <th scope="row">
                    {book.isHidden ? (
                      <>
                        {book.name[language]} <StatusTag level="grey" text={t('closed')} />
                      </>
                    ) : (
                      <PageLink to={pages.book(book.templateKey)} search={{ under: path }}>
                        {book.name[language]}
                      </PageLink>
                    )}
                  </th>
                  <td className="bf-number">{book.count.toLocaleString('en')}</td>
                  <td className="bf-number">{book.isHidden ? '—' : book.open.toLocaleString('en')}</td>
                  <td className="bf-number">{book.isHidden ? '—' : book.overdue.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </FoldedPlaces>
    </Section>
  )
}

const mostPlaces = 8

/** A long table is folded behind its length. */
function FoldedPlaces({ count, children }: { count: number; children: ReactNode }) {
  const t = useT(linkedWords)
  if (count <= mostPlaces) return children
  return (
    <details>
      <summary>{t('places', { n: count })}</summary>
      {children}
    </details>
  )
}
