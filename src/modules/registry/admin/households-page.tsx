import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ask, read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ExportButton } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { unknownValue } from '#ui/data/value.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { HouseholdCounts, HouseholdListItem } from '../rules/register-records.ts'
import { useLedgerWays } from './export-ways.ts'
import { ChosenFilters } from './chosen-filters.tsx'
import { HouseholdFilters } from './household-filters.tsx'
import { asFilters, householdSearch, nameCode, useSearchWords } from './household-search.ts'
import { householdListWords } from './household-words.ts'
import { nameTag } from './tag-words.ts'

const noType = 'unknown'

/** The ledger of households: found by name, sound or number, narrowed by filters in the address, exported as it stands (D4). */
export function HouseholdsPage() {
  const t = useT(householdListWords)
  const go = useGo()
  const mayExport = useMay('registry.household:export')
  const mayImport = useMay('registry.import:run')
  const [search] = usePageSearch(householdSearch)
  const [q, find] = useSearchWords()
  const columns = useColumns(q !== '')
  const filters = asFilters(search)
  const queries = useQueryClient()
  const counting = {
    queryKey: ['registry', 'counts', filters],
    queryFn: () => read<HouseholdCounts>('/registry/households/counts', filters),
  }
  const counts = useQuery(counting)
  const load = async (after: string): Promise<Page<HouseholdListItem> & { total?: number }> => {
    const paging = { limit: 50, ...(after === '' ? {} : { after }) }
    if (q !== '') return ask<Page<HouseholdListItem>>('/registry/households/search', { ...filters, ...paging, q })
    const [page, counted] = await Promise.all([
      read<Page<HouseholdListItem>>('/registry/households', { ...filters, ...paging }),
      queries.ensureQueryData(counting),
    ])
    return { ...page, total: counted.households }
  }
  const isFiltered = Object.keys(filters).length > 0
  const total = counts.data?.households
  const ways = useLedgerWays(filters, total ?? 0)
  return (
    <PageFrame
      title={t('title')}
      extra={
        <>
          <span className="bf-spring" />
          {mayExport && q === '' ? <ExportButton ways={ways} isDisabled={total === undefined || total === 0} /> : null}
        </>
      }
    >
      <HouseholdFilters q={q} find={find} />
      {q === '' ? <TypeChips /> : null}
      <ChosenFilters q={q} find={find} />
      <DataList<HouseholdListItem>
        label={t('label')}
        queryKey={['registry', 'households', filters, q]}
        load={load}
        columns={columns}
        rowKey={(row) => `${row.householdId} ${row.match?.personId ?? ''}`}
        openRow={(row) => ({ to: `/registry/households/${row.householdId}` })}
        empty={
          q !== ''
            ? { todo: t('emptySearch'), action: <Button onClick={() => find('')}>{t('notAsked')}</Button> }
            : isFiltered
              ? { todo: t('emptyFiltered') }
              : {
                  todo: t('empty'),
                  ...(mayImport ? { action: <Button onClick={() => go('/registry/import')}>{t('toImport')}</Button> } : {}),
                }
        }
      />
    </PageFrame>
  )
}

/** Types with their numbers; each is a filter. */
function TypeChips() {
  const t = useT(householdListWords)
  const language = useLanguage()
  const [search, setSearch] = usePageSearch(householdSearch)
  const filters = asFilters({ ...search, type: '' })
  const counts = useQuery({
    queryKey: ['registry', 'counts', filters],
    queryFn: () => read<HouseholdCounts>('/registry/households/counts', filters),
  })
  const types = counts.data?.byType ?? []
  const choices = [
    { key: '', label: t('anyType'), ...(counts.data === undefined ? {} : { count: counts.data.households }) },
    ...types.map(({ type, households }) => ({
      key: type ?? noType,
      label: type === undefined ? t('unknownType') : nameCode('householdType', type, language),
      count: households,
    })),
  ]
  return <ChoiceChips label={t('type')} choices={choices} chosen={search.type} choose={(type) => setSearch({ type })} />
}

function useColumns(isSearch: boolean): DataColumn<HouseholdListItem>[] {
  const t = useT(householdListWords)
  const language = useLanguage()
  const found: DataColumn<HouseholdListItem> = {
    key: 'match',
    title: t('matched'),
    value: ({ match }) => (match === undefined ? undefined : `${match.personName ?? ''}（${t(`way.${match.way}`)}）`),
  }
  return [
    { key: 'head', title: t('head'), value: (row) => row.headName ?? unknownValue },
    ...(isSearch ? [found] : []),
    { key: 'householdNo', title: t('householdNo'), kind: 'code', value: (row) => row.householdNo },
    {
      key: 'place',
      title: t('place'),
      value: (row) => [row.township, row.village, row.group].filter((part) => part !== undefined).join(' '),
    },
    {
      key: 'type',
      title: t('type'),
      value: (row) => (row.type === undefined ? unknownValue : nameCode('householdType', row.type, language)),
    },
    {
      key: 'monitored',
      title: t('monitorCategory'),
      value: ({ monitorCategory }) =>
        monitorCategory === undefined ? undefined : (
          <StatusTag level="amber" text={nameCode('monitorCategory', monitorCategory, language)} />
        ),
    },
    { key: 'exit', title: t('exitStatus'), value: (row) => (row.exitStatus === undefined ? undefined : t(`exit.${row.exitStatus}`)) },
    { key: 'members', title: t('members'), kind: 'number', value: (row) => row.memberCount },
    { key: 'tags', title: t('tags'), value: (row) => row.tags.map((tag) => nameTag(tag, language)).join('、') },
  ]
}
