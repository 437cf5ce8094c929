import { Button, Modal } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { askFile } from '#kernel/browser/api/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { ExportButton, type ExportWay } from '#ui/data/export-button.tsx'
import { Problem, Skeleton } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, RecordItem } from '../rules/records.ts'
import { pages, searchRecords, useBook, useCounts } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { ledgerWords } from './ledger-words.ts'
import { BulkBar } from './list-bulk.tsx'
import { defaultColumns, narrowColumns, useColumns } from './list-columns.tsx'
import { ListFilters } from './list-filters.tsx'
import { SampleButton } from './list-sample.tsx'
import { ColumnChoice, SavedViews } from './list-saved.tsx'
import type { ViewProps } from './list-view.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { filterOf, listSearch, listViews, sortOf, type ListSearch, type ListView } from './list-search.ts'

const BoardView = lazy(() => import('./view-board.tsx').then((part) => ({ default: part.BoardView })))
const CalendarView = lazy(() => import('./view-calendar.tsx').then((part) => ({ default: part.CalendarView })))
const StatisticsView = lazy(() => import('./view-statistics.tsx').then((part) => ({ default: part.StatisticsView })))
const MapView = lazy(() => import('./view-map.tsx').then((part) => ({ default: part.MapView })))
const pageSize = 50

// Kept while the app is open, so that coming back from a record finds the search that was left; never stored, never in an address.
const lastWords = new Map<string, string>()

/** The records of a ledger: as a list, a board, a calendar, figures or on a map, all under the same filters. */
export function ListPage() {
  const templateKey = usePageParam('templateKey')
  const book = useBook(templateKey)
  return <Loaded query={book}>{(found) => <Records key={templateKey} book={found} />}</Loaded>
}

function Records({ book }: { book: Book }) {
  const language = useLanguage()
  const t = useT(ledgerWords)
  const isNarrow = useIsNarrow()
  const [isFolded, setFolded] = useState(true)
  const [search, setSearch] = usePageSearch(listSearch)
  const [words, setAllWords] = useState(lastWords.get(book.templateKey) ?? '')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const filter = filterOf(search, words)
  const counts = useCounts(book.templateKey, { ...filter, ...(search.states.length > 0 ? { states: undefined } : {}) })
  const change = (next: Partial<ListSearch>) => {
    setChosen([]) // what is no longer on screen must not be changed with the rest
    setSearch(next)
  }
  const setWords = (next: string) => {
    lastWords.set(book.templateKey, next)
    setChosen([])
    setAllWords(next)
  }
  const view = search.view ?? 'list'
  const part = { book, search, filter, change }
  return (
    <PageFrame title={book.name[language]} note={book.help?.[language]} extra={<HeadActions book={book} />}>
      <LedgerStyles />
      <div className="bf-row">
        <Views book={book} view={view} choose={(next) => change({ view: next === 'list' ? undefined : next })} />
        <span className="bf-spring" />
        {isNarrow ? (
          <button type="button" className="bf-chip" aria-expanded={isFolded === false} onClick={() => setFolded(!isFolded)}>
            {t('filters')} {isFolded ? '▾' : '▴'}
          </button>
        ) : null}
        {isNarrow && isFolded ? null : <OutActions {...part} />}
      </div>
      <ListFilters
        book={book}
        search={search}
        change={change}
        counts={counts.data}
        words={words}
        setWords={setWords}
        isFolded={isNarrow && isFolded}
      />
      <SavedViews book={book} search={search} />
      {view === 'list' ? <ListView {...part} chosen={chosen} choose={setChosen} /> : null}
      <Suspense fallback={<Skeleton />}>
        {view === 'board' ? <BoardView {...part} /> : null}
        {view === 'calendar' ? <CalendarView {...part} /> : null}
        {view === 'statistics' ? <StatisticsView {...part} /> : null}
        {view === 'map' ? <MapView {...part} /> : null}
      </Suspense>
    </PageFrame>
  )
}

function ListView(props: ViewProps & { chosen: readonly string[]; choose: (ids: readonly string[]) => void }) {
  const { book, search, filter, chosen, choose } = props
  const t = useT(ledgerWords)
  const sort = sortOf(search.sort)
  const isNarrow = useIsNarrow()
  const wide = search.columns.length === 0 ? defaultColumns(book) : search.columns
  const shown = isNarrow ? narrowColumns(wide) : wide
  const columns = useColumns(book, shown)
  const isFiltered = JSON.stringify(filter) !== JSON.stringify({ fields: [] })
  const load = (after: string) =>
    searchRecords(book.templateKey, {
      ...filter,
      limit: pageSize,
      ...(sort === undefined ? {} : { sort }),
      ...(after === '' ? {} : { after }),
    })
  return (
    <>
      {book.can.make ? <BulkBar book={book} chosen={chosen} clear={() => choose([])} /> : null}
      <DataList<RecordItem>
        label={t('view.list')}
        queryKey={['ledgers', 'list', book.templateKey, filter, search.sort]}
        load={load}
        columns={columns}
        rowKey={(record) => record.recordId}
        openRow={(record) => ({ to: pages.record(book.templateKey, record.recordId) })}
        pageSize={pageSize}
        empty={isFiltered ? { todo: t('listNone') } : { todo: t('listEmpty'), action: <EmptyActions book={book} /> }}
        {...(book.can.make
          ? {
              selection: {
                selected: [...chosen],
                onChange: (keys: string[]) => choose(keys),
                nameOf: (record: RecordItem) => t('choose', { name: record.title }),
              },
            }
          : {})}
      />
    </>
  )
}

function EmptyActions({ book }: { book: Book }) {
  const t = useT(ledgerWords)
  if (!book.can.make) return null
  return (
    <span className="bf-row">
      <PageLink to={pages.make(book.templateKey)}>{t('make')}</PageLink>
      {book.can.import ? <PageLink to={pages.imports(book.templateKey)}>{t('import')}</PageLink> : null}
    </span>
  )
}

function Views({ book, view, choose }: { book: Book; view: ListView; choose: (view: ListView) => void }) {
  const t = useT(ledgerWords)
  const hasPlace = book.template.fields.some(({ kind }) => kind === 'place')
  const choices = listViews.filter((key) => key !== 'map' || hasPlace).map((key) => ({ key, label: t(`view.${key}`) }))
  return <ChoiceChips label={t('view')} choices={choices} chosen={view} choose={choose} />
}

function HeadActions({ book }: { book: Book }) {
  const t = useT(ledgerWords)
  const go = useGo()
  const isNarrow = useIsNarrow()
  const { templateKey, can } = book
  return (
    <>
      {can.design ? <PageLink to={pages.design(templateKey)}>{t('design')}</PageLink> : null}
      <span className="bf-spring" />
      <span className="bf-row">
        {can.import ? <Button onClick={() => go(pages.imports(templateKey))}>{t('import')}</Button> : null}
        {can.make && !isNarrow ? <Button onClick={() => go(pages.sheet(templateKey))}>{t('sheet')}</Button> : null}
        {can.make ? (
          <Button type="primary" onClick={() => go(pages.make(templateKey))}>
            {t('make')}
          </Button>
        ) : null}
      </span>
    </>
  )
}

/** Sample, print and export of what the filters leave. */
function OutActions({ book, search, filter, change }: ViewProps) {
  const t = useT(ledgerWords)
  const [isAsked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  const sort = sortOf(search.sort)
  const terms = { ...filter, ...(sort === undefined ? {} : { sort }) }
  const fields = (search.columns.length === 0 ? defaultColumns(book) : search.columns).filter((key) =>
    book.template.fields.some((field) => field.key === key),
  )
  const columns = [book.template.title, ...fields.filter((key) => key !== book.template.title)]
  const way: ExportWay = {
    key: book.templateKey,
    label: t('view.list'),
    note: t('exportNote'),
    run: ({ purpose, format }) => askFile(`${ledgerPaths.book(book.templateKey)}/export`, { ...terms, columns, purpose, format }),
  }
  const print = (format: 'docx' | 'pdf') => {
    setError(undefined)
    askFile(`${ledgerPaths.book(book.templateKey)}/print`, { ...terms, format }).then(() => setAsked(false), setError)
  }
  return (
    <>
      {(search.view ?? 'list') === 'list' ? (
        <ColumnChoice
          book={book}
          chosen={search.columns.length === 0 ? defaultColumns(book) : search.columns}
          change={(next) => change({ columns: next })}
        />
      ) : null}
      {book.can.sample ? <SampleButton book={book} /> : null}
      <Button onClick={() => setAsked(true)}>{t('printList')}</Button>
      {book.can.export ? <ExportButton ways={[way]} /> : null}
      <Modal open={isAsked} onCancel={() => setAsked(false)} title={t('printList')} footer={null} width="26rem">
        <p>{t('printNote')}</p>
        <Problem error={error} />
        <div className="bf-dialog-actions">
          <Button onClick={() => print('docx')}>{t('word')}</Button>
          <Button type="primary" onClick={() => print('pdf')}>
            {t('pdf')}
          </Button>
        </div>
      </Modal>
    </>
  )
}
