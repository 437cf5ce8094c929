import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { ChoiceChips, FilterChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { withoutResult, type ClassCounts, type ClassificationCard } from '../../contract.ts'
import { ClassStyles } from './class-styles.tsx'
import { classWords } from './class-words.ts'

const columnNames = ['layer', 'labourClass', 'kind', 'card', 'alert', 'advice'] as const
const pageSearch = {
  area: searchText,
  asOf: searchText,
  runId: searchText,
  layer: searchText,
  labourClass: searchText,
  kind: searchText,
  card: searchText,
  alert: searchText,
  advice: searchText,
  inExport: searchOneOf(['true', 'false'] as const),
}

/** The households behind a number, with what is missing where a result is. */
export function NamesPage() {
  const t = useT(classWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const filter = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== '' && value !== undefined))
  const { area } = search
  const place = useQuery({
    queryKey: ['cases', 'counts', area],
    queryFn: () => read<ClassCounts>('/cases/classification-counts', { under: area }),
    enabled: area !== '',
  })
  const sayWord = (word: string) => (word === withoutResult ? t('undecided') : word)
  const chips = [
    ...columnNames.flatMap((name) =>
      search[name] === '' ? [] : [{ key: name, label: `${t(name)}：${sayWord(search[name])}`, remove: () => setSearch({ [name]: '' }) }],
    ),
    ...(search.asOf === '' ? [] : [{ key: 'asOf', label: t('ofDay', { asOf: search.asOf }), remove: () => setSearch({ asOf: '' }) }]),
    ...(search.runId === '' ? [] : [{ key: 'runId', label: t('ofRun'), remove: () => setSearch({ runId: '' }) }]),
    ...(search.area === '' ? [] : [{ key: 'area', label: place.data?.under?.name ?? t('place'), remove: () => setSearch({ area: '' }) }]),
  ]
  const clear = () =>
    setSearch({ area: '', asOf: '', runId: '', layer: '', labourClass: '', kind: '', card: '', alert: '', advice: '', inExport: undefined })
  return (
    <PageFrame
      title={t('namesTitle')}
      note={
        <>
          <PageLink to="/cases/classification" search={{}}>
            {t('back')}
          </PageLink>{' '}
          {t('namesNote')}
        </>
      }
      extra={
        <ListExport
          needs="cases.classification:export"
          lists={[{ label: t('namesTitle'), path: '/cases/classifications/export', query: filter }]}
        />
      }
    >
      <ClassStyles />
      <ChoiceChips
        label={t('inExport')}
        chosen={search.inExport ?? 'all'}
        choose={(next) => setSearch({ inExport: next === 'all' ? undefined : next })}
        choices={[
          { key: 'all', label: t('all') },
          { key: 'true', label: t('exported') },
          { key: 'false', label: t('notExported') },
        ]}
      />
      <FilterChips chips={chips} clear={clear} />
      <DataList<ClassificationCard>
        label={t('namesLabel')}
        queryKey={['cases', 'names', filter]}
        load={(after) => read<Page<ClassificationCard> & { total: number }>('/cases/classifications', { ...filter, after, limit: 50 })}
        columns={useColumns()}
        rowKey={(row) => row.householdId}
        openRow={(row) => ({ to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t('namesEmpty') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<ClassificationCard>[] {
  const t = useT(classWords)
  return [
    {
      key: 'head',
      title: t('head'),
      value: (row) => (
        <>
          {row.headName ?? '—'}
          <span className="bf-source bf-figures">{row.householdNo}</span>
        </>
      ),
    },
    { key: 'place', title: t('place'), value: (row) => `${row.township}${row.village}` },
    { key: 'layer', title: t('layer'), value: (row) => row.layer },
    { key: 'labourClass', title: t('labourClass'), value: (row) => row.labourClass },
    { key: 'kind', title: t('kind'), value: (row) => row.kind },
    { key: 'card', title: t('card'), value: (row) => row.card },
    { key: 'alert', title: t('alert'), value: (row) => row.alert },
    { key: 'since', title: t('since'), kind: 'code', value: (row) => row.validFrom },
    { key: 'missing', title: t('missing'), value: (row) => row.missing.map((one) => one.split(':')[1] ?? one).join('、') },
  ]
}
