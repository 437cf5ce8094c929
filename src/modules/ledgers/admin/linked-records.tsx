import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { AskLinked } from '../contract.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { LinkedBook } from '../rules/records.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import { DueText } from './list-columns.tsx'

interface LinkedProps {
  kind: AskLinked['kind']
  target: string
  /** On a card of its own with this title; without it only the lines. */
  title?: string
  limit?: number
}

/** What the ledgers say about somebody or something, ledger by ledger; nothing at all where none does. */
export function LinkedRecords({ kind, target, title, limit = 5 }: LinkedProps) {
  const t = useT(ledgerWords)
  const found = useQuery({
    queryKey: ['ledgers', 'linked', kind, target, limit],
    queryFn: () => read<{ items: LinkedBook[] }>(ledgerPaths.linked, { kind, target, limit }),
  })
  const books = found.data?.items ?? []
  if (books.length === 0) return title === undefined && found.isSuccess ? <p className="bf-quiet">{t('linkedEmpty')}</p> : null
  const lines = books.map((book) => <LinkedLines key={book.templateKey} book={book} kind={kind} target={target} />)
  return title === undefined ? <div className="bf-stack">{lines}</div> : <Section title={title}>{lines}</Section>
}

function LinkedLines({ book, kind, target }: { book: LinkedBook; kind: AskLinked['kind']; target: string }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const { templateKey, name, isClosed, count, items } = book
  return (
    <div className="ledger-linked">
      <h3>
        {name[language]} {isClosed ? <StatusTag level="grey" text={t('closed')} /> : null}
      </h3>
      {items.length === 0 ? <p className="bf-quiet">{t('closedCount', { n: count })}</p> : null}
      <ul className="ledger-lines">
        {items.map((record) => (
          <li key={record.recordId}>
            <PageLink to={pages.record(templateKey, record.recordId)}>
              {record.title === '' ? (record.recordNo ?? '—') : record.title}
            </PageLink>{' '}
            <span className="bf-quiet">
              {record.stateName[language]} · {record.madeAt.slice(0, 10)}
              {record.shown.map((one) => ` · ${one.name[language]} ${one.text}`).join('')}
            </span>{' '}
            <DueText record={record} />
          </li>
        ))}
      </ul>
      {count > items.length && items.length > 0 ? (
        <PageLink to={pages.book(templateKey)} search={kind === 'area' ? { under: target } : {}}>
          {t('seeAll', { n: count })}
        </PageLink>
      ) : null}
    </div>
  )
}
