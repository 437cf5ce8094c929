import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, ImportRecord, ImportRowRecord } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import { importWords } from './import-words.ts'
import { pages, useBook } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { Refusal } from './record-move.tsx'

const outcomes = ['bad', 'new', 'changed', 'same'] as const
type Outcome = (typeof outcomes)[number]

/** An import that waits to be confirmed, or what became of it: columns, bad rows with their reasons, what would change. */
export function ImportPage() {
  const templateKey = usePageParam('templateKey')
  const importId = usePageParam('importId')
  const book = useBook(templateKey)
  const found = useQuery({
    queryKey: ['ledgers', 'import', templateKey, importId],
    queryFn: () => read<ImportRecord>(ledgerPaths.imported(templateKey, importId)),
  })
  return <Loaded query={book}>{(ofBook) => <Loaded query={found}>{(one) => <Whole book={ofBook} one={one} />}</Loaded>}</Loaded>
}

interface Parts {
  book: Book
  one: ImportRecord
}

function Whole({ book, one }: Parts) {
  const t = useT(importWords)
  const language = useLanguage()
  const missing = one.missingFields.map((key) => book.template.fields.find((field) => field.key === key)?.name[language] ?? key)
  const level = one.state === 'applied' ? 'green' : one.state === 'staged' ? 'amber' : 'grey'
  return (
    <PageFrame
      title={t('title', { name: book.name[language] })}
      note={
        <>
          <PageLink to={pages.book(book.templateKey)}>{book.name[language]}</PageLink> ·{' '}
          {one.source === 'pasted' ? t('pasted') : one.fileName}
        </>
      }
      extra={<StatusTag level={level} text={t(`state.${one.state}`)} />}
      actions={<Actions book={book} one={one} />}
    >
      <LedgerStyles />
      <p className="ledger-counts" role="status">
        {t('counts', one.counts)}
      </p>
      {one.state === 'applied' ? (
        <Notice kind="success">
          {t('applied', { n: one.counts.new + one.counts.changed })}{' '}
          <PageLink to={pages.book(book.templateKey)} search={{ importId: one.importId }}>
            {t('seeRows')}
          </PageLink>
        </Notice>
      ) : null}
      {one.state === 'undone' ? <Notice kind="info">{t('undone')}</Notice> : null}
      {missing.length === 0 ? null : <Notice kind="error">{t('missing', { names: missing.join('、') })}</Notice>}
      {one.counts.bad > 0 && one.can.apply ? <Notice kind="warning">{t('applyBad', { n: one.counts.bad })}</Notice> : null}
      <Rows book={book} one={one} />
      <Columns book={book} one={one} />
    </PageFrame>
  )
}

function Actions({ book, one }: Parts) {
  const t = useT(importWords)
  const go = useGo()
  const [isAsked, setAsked] = useState(false)
  const path = ledgerPaths.imported(book.templateKey, one.importId)
  const act = useMutation({ mutationFn: (what: 'apply' | 'undo' | 'discard') => write<ImportRecord>('POST', `${path}/${what}`) })
  const count = one.counts.new + one.counts.changed
  return (
    <>
      <Refusal error={act.error} />
      {one.can.discard ? (
        <Button onClick={() => act.mutate('discard', { onSuccess: () => go(pages.imports(book.templateKey)) })}>{t('discard')}</Button>
      ) : null}
      {one.can.undo ? <Button onClick={() => setAsked(true)}>{t('undo')}</Button> : null}
      {one.can.apply ? (
        <Button type="primary" disabled={count === 0} loading={act.isPending} onClick={() => act.mutate('apply')}>
          {t('apply', { n: count })}
        </Button>
      ) : null}
      <ConfirmDialog
        isOpen={isAsked}
        title={t('undo')}
        confirmText={t('undo')}
        isDangerous
        confirm={async () => void (await act.mutateAsync('undo'))}
        close={() => setAsked(false)}
      >
        {t('undoAsk')}
      </ConfirmDialog>
    </>
  )
}

function Columns({ book, one }: Parts) {
  const t = useT(importWords)
  const language = useLanguage()
  const path = ledgerPaths.imported(book.templateKey, one.importId)
  const map = useMutation({ mutationFn: (columns: Record<string, string | null>) => write('POST', `${path}/map`, { columns }) })
  const fields = book.template.fields.filter((field) => !isWorkedOut(field) && !isFiles(field.kind) && field.kind !== 'table')
  const put = (column: number, field: string) =>
    map.mutate(
      Object.fromEntries(
        one.columns.map((each) => [
          String(each.column),
          each.column === column ? (field === '' ? null : field) : each.field === field ? null : (each.field ?? null),
        ]),
      ),
    )
  return (
    <Section title={t('columns')}>
      <Refusal error={map.error} />
      <ScrollBox>
        <table className="bf-table" aria-label={t('columns')}>
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('samples')}</th>
            </tr>
          </thead>
          <tbody>
            {one.columns.map(({ column, label, field, samples }) => (
              <tr key={column}>
                <td>{label}</td>
                <td>
                  <select
                    className="bf-input"
                    aria-label={`${t('field')}：${label}`}
                    disabled={one.state !== 'staged' || map.isPending}
                    value={field ?? ''}
                    onChange={(event) => put(column, event.target.value)}
                  >
                    <option value="">{t('ignored')}</option>
                    {fields.map((each) => (
                      <option key={each.key} value={each.key}>
                        {each.name[language]}
                      </option>
                    ))}
                  </select>
                </td>
                <td className="bf-quiet">{samples.join('、')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Section>
  )
}

function Rows({ book, one }: Parts) {
  const t = useT(importWords)
  const filled = outcomes.filter((key) => one.counts[key] > 0)
  const [chosen, setChosen] = useState<Outcome>()
  const outcome = chosen ?? filled[0] ?? 'new'
  const path = `${ledgerPaths.imported(book.templateKey, one.importId)}/rows`
  const rows = useInfiniteQuery({
    queryKey: ['ledgers', 'import-rows', one.importId, outcome, JSON.stringify(one.columns.map((column) => column.field))],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      read<{ items: ImportRowRecord[]; next?: number }>(path, { outcome, limit: 50, ...(pageParam === 0 ? {} : { after: pageParam }) }),
    getNextPageParam: (page) => page.next,
  })
  const items = rows.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section>
      <ChoiceChips
        label={t('rows')}
        chosen={outcome}
        choose={setChosen}
        choices={outcomes.map((key) => ({ key, label: t(`outcome.${key}`), count: one.counts[key] }))}
      />
      {rows.isSuccess && items.length === 0 ? <p className="bf-quiet">{t('none')}</p> : null}
      <ul className="ledger-lines">
        {items.map((row) => (
          <Row key={row.row} book={book} row={row} />
        ))}
      </ul>
      {rows.hasNextPage ? (
        <div>
          <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage() /* the query keeps its own error */}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </Section>
  )
}

function Row({ book, row }: { book: Book; row: ImportRowRecord }) {
  const t = useT(importWords)
  const language = useLanguage()
  const name = (key: string) => book.template.fields.find((field) => field.key === key)?.name[language] ?? key
  return (
    <li className={row.outcome === 'bad' ? 'ledger-bad-row' : 'ledger-row'}>
      <strong>{t('rowNo', { n: row.row })}</strong> {row.title}
      {row.problems.map((problem) => (
        <span
          key={`${problem.label ?? ''} ${problem.said.zh}`}
          className={problem.level === 'refuse' ? 'bf-problem ledger-block' : 'bf-doubt ledger-block'}
        >
          {problem.level === 'refuse' ? '▲' : '◆'} {problem.said[language]}
          {problem.cell === undefined || problem.cell === '' || problem.said[language].includes(problem.cell) ? '' : `（${problem.cell}）`}
        </span>
      ))}
      {Object.entries(row.changes).map(([key, [before, after]]) => (
        <span key={key} className="ledger-block">
          {name(key)}：<span className="bf-before">{before === '' ? '—' : before}</span>{' '}
          <span className="bf-after">{after === '' ? '—' : after}</span>
        </span>
      ))}
    </li>
  )
}
