import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IndicatorRow, IndicatorRows } from '../contract.ts'
import { indicatorWords } from './indicator-words.ts'

/** Columns beside place and head: nine in all (ux.md §8.7); the file has every one. */
const columnsShown = 7

/** The names behind a number; a household's row opens the household. */
export function NamesList({ path, asked, title }: { path: string; asked: Record<string, string>; title: string }) {
  const t = useT(indicatorWords)
  const say = useSay()
  const first = useQuery({ queryKey: ['indicators', 'columns', path], queryFn: () => read<IndicatorRows>(path, { ...asked, limit: 1 }) })
  const columns = first.data?.columns ?? []
  const shown: DataColumn<IndicatorRow>[] = [
    {
      key: 'head',
      title: t('head'),
      value: (row) => (
        <>
          {row.head === '' ? row.place : row.head}
          <span className="bf-source bf-figures">{row.householdNo}</span>
        </>
      ),
    },
    { key: 'place', title: t('place'), value: (row) => row.place },
    ...columns.slice(0, columnsShown).map((column, at) => ({
      key: column.key,
      title: say(column.name),
      value: (row: IndicatorRow) => {
        const cell = row.cells[at] ?? ''
        const words = column.words?.[cell]
        return words === undefined ? cell : say(words)
      },
    })),
  ]
  return (
    <Section title={title}>
      <DataList<IndicatorRow>
        label={title}
        queryKey={['indicators', 'rows', path, asked]}
        load={async (after) => {
          const { items, next } = await read<IndicatorRows>(path, { ...asked, after, limit: 50 })
          return { items: [...items], ...(next === undefined ? {} : { next }) }
        }}
        columns={shown}
        rowKey={(row) => row.rowId}
        openRow={(row) => (row.householdId === null ? undefined : { to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t('namesEmpty') }}
      />
    </Section>
  )
}
