import { useQuery, type QueryKey } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Page } from '#kernel/pure/paging/index.ts'
import { EmptyFace, FailedFace } from '../feedback/faces.tsx'
import { useGo } from '../plug/page-search.ts'
import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'
import { makeColumns, type DataColumn } from './data-columns.tsx'
import { useListKeys } from './use-list-keys.ts'
import { usePageStack } from './use-page-stack.ts'

/** Where a row leads. */
export interface RowTarget {
  to: string
  search?: Readonly<Record<string, unknown>>
}

export interface DataListProps<Row> {
  /** Read out by screen readers; says what the list holds. */
  label: string
  /** The query's key, filters included; a change starts again from the first page. */
  queryKey: QueryKey
  /** Reads one page from the server; `cursor` is `''` for the first. */
  load: (cursor: string) => Promise<Page<Row> & { total?: number }>
  /** Nine at most (ux.md §8.7); the first is frozen and leads to the row's page. */
  columns: readonly DataColumn<Row>[]
  rowKey: (row: Row) => string
  openRow?: (row: Row) => RowTarget | undefined
  /** What is open beside the list, by its row's key; `pane` is told the key of the row to open when this one is finished. */
  beside?: { opened: string; pane: (next: string) => ReactNode }
  /** What to do next when there is nothing; `todo` depends on the filters. */
  empty: { title?: string; todo: string; action?: ReactNode }
  /** Rows of a page as the server sends them; only for the numbers below the list. */
  pageSize?: number
  selection?: {
    selected: readonly string[]
    onChange: (keys: string[], rows: Row[]) => void
    /** What a row's checkbox is called; without it the row's key. */
    nameOf?: (row: Row) => string
    /** Rows of which nothing can be done with the others. */
    isFixed?: (row: Row) => boolean
  }
}

const skeletonRows = Array.from({ length: 8 }, (_, index) => index)

/** A list that the server pages by key: rows open with click, J/K/Enter; it has its loading, empty and failed faces. */
export function DataList<Row extends object>(props: DataListProps<Row>) {
  const { label, queryKey, load, columns, rowKey, openRow, empty, pageSize = 50, selection, beside } = props
  const t = useT(uiWords)
  const go = useGo()
  const frame = useRef<HTMLDivElement>(null)
  const pages = usePageStack(queryKey)
  const query = useQuery({ queryKey: [...queryKey, 'page', pages.cursor], queryFn: () => load(pages.cursor) })
  const rows = query.data?.items ?? []
  const open = (row: Row) => {
    const target = openRow?.(row)
    if (target !== undefined) go(target.to, target.search)
  }
  useEffect(() => openToKeyboard(frame.current), [query.data])
  const { current, setCurrent } = useListKeys({
    frame,
    count: rows.length,
    open: (index) => rows[index] !== undefined && open(rows[index]),
    follows: beside !== undefined,
  })
  const shown = rows.findIndex((row) => rowKey(row) === beside?.opened)
  const neighbour = shown < 0 ? undefined : (rows[shown + 1] ?? rows[shown - 1])
  const pane = beside?.pane(neighbour === undefined ? '' : rowKey(neighbour))
  if (query.isError) return <FailedFace error={query.error} retry={() => void query.refetch()} /> // the query keeps its own error
  if (query.data === undefined) return <SkeletonTable label={label} columns={columns} />
  if (rows.length === 0 && pages.depth === 0)
    return pane === undefined ? <EmptyFace {...empty} /> : <div className="bf-beside-pane">{pane}</div>
  const from = pages.depth * pageSize + 1
  const numbers = { from, to: from + rows.length - 1 }
  const { total, next } = query.data
  const list = (
    <div ref={frame} className="bf-list">
      <Table<Row>
        aria-label={label}
        columns={makeColumns(columns, openRow)}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowClassName={(_row, index) => (index === (current < 0 ? shown : current) ? 'bf-row-current' : '')}
        onRow={(row, index) => ({ onClick: () => setCurrent(index ?? 0), onDoubleClick: () => open(row) })}
        {...(selection === undefined
          ? {}
          : {
              rowSelection: {
                selectedRowKeys: [...selection.selected],
                preserveSelectedRowKeys: true,
                onChange: (keys, chosen) => selection.onChange(keys.map(String), chosen),
                columnTitle: (checkbox) => <HeadOnly>{checkbox}</HeadOnly>,
                getTitleCheckboxProps: () => ({ 'aria-label': label }),
                getCheckboxProps: (row) => ({
                  'aria-label': selection.nameOf?.(row) ?? rowKey(row),
                  disabled: selection.isFixed?.(row) ?? false,
                }),
              },
            })}
      />
      <div className="bf-list-foot">
        <span>{total === undefined ? t('pageOf', numbers) : t('pageOfTotal', { ...numbers, total: total.toLocaleString('en') })}</span>
        {openRow === undefined ? null : <span className="bf-quiet">{t('listKeys')}</span>}
        <span className="bf-spring" />
        <Button disabled={pages.depth === 0} onClick={pages.back}>
          {t('previousPage')}
        </Button>
        <Button disabled={next === undefined} onClick={() => next !== undefined && pages.forward(next)}>
          {t('nextPage')}
        </Button>
      </div>
    </div>
  )
  if (pane === undefined) return list
  return (
    <div className="bf-beside">
      {list}
      <div className="bf-beside-pane">{pane}</div>
    </div>
  )
}

/** A list that is wider than the page and holds nothing to tab to is itself a stop, so that the arrows can move it. */
function openToKeyboard(frame: HTMLElement | null): void {
  const scroller = frame?.querySelector('.ant-table-content')
  if (scroller === null || scroller === undefined) return
  if (scroller.querySelector('tbody a, tbody button, tbody input') === null) scroller.setAttribute('tabindex', '0')
  else scroller.removeAttribute('tabindex')
}

/** antd measures the columns in a hidden copy of the head; the checkbox must not be in it, or Tab would land on nothing. */
function HeadOnly({ children }: { children: ReactNode }) {
  const [isCopy, setCopy] = useState(false)
  const look = (element: HTMLElement | null) => {
    if (element?.closest('[aria-hidden="true"]')) setCopy(true)
  }
  return isCopy ? null : <span ref={look}>{children}</span>
}

function SkeletonTable<Row extends object>({ label, columns }: { label: string; columns: readonly DataColumn<Row>[] }) {
  return (
    <div className="bf-list" aria-busy="true">
      <Table<{ index: number }>
        aria-label={label}
        columns={columns.map(({ key, title }) => ({ key, title, render: () => <span className="bf-skeleton" /> }))}
        dataSource={skeletonRows.map((index) => ({ index }))}
        rowKey={(row) => String(row.index)}
        pagination={false}
      />
    </div>
  )
}
