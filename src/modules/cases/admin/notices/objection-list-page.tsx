import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ObjectionCard } from '../../rules/notices/notice-records.ts'
import type { ObjectionState } from '../../rules/notices/notice-states.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { AreaFilter } from '../case-filters.tsx'
import { loadObjections } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

const listSearch = { open: searchOneOf(['true', 'false', 'recheck'] as const), area: searchText }
export const objectionLevels = { open: 'red', checking: 'amber', upheld: 'grey', rejected: 'green' } as const satisfies Record<
  ObjectionState,
  Level
>

/** 公示异议: what was objected, what is due first on top. */
export function ObjectionListPage() {
  const t = useT(noticeScreenWords)
  const [search, setSearch] = usePageSearch(listSearch)
  const filter: Record<string, string> = {
    ...(search.open === undefined ? {} : search.open === 'recheck' ? { recheck: 'open' } : { open: search.open }),
    ...(search.area === '' ? {} : { area: search.area }),
  }
  return (
    <PageFrame
      title={t('objectionsTitle')}
      note={t('objectionsNote')}
      extra={
        <ListExport
          needs="cases.objection:export"
          lists={[{ label: t('objectionsTitle'), path: '/cases/objections/export', query: filter }]}
        />
      }
    >
      <ChoiceChips
        label={t('states')}
        chosen={search.open ?? 'all'}
        choose={(next) => setSearch({ open: next === 'all' ? undefined : next })}
        choices={[
          { key: 'all' as const, label: t('all') },
          { key: 'true' as const, label: t('openOnly') },
          { key: 'false' as const, label: t('answeredOnly') },
          { key: 'recheck' as const, label: t('recheckOnly') },
        ]}
      />
      <div className="bf-filters">
        <AreaFilter area={search.area} change={(area) => setSearch({ area })} />
      </div>
      <DataList<ObjectionCard>
        label={t('objectionsTitle')}
        queryKey={['cases', 'objections', filter]}
        load={(after) => loadObjections(filter, after)}
        columns={useColumns()}
        rowKey={(row) => row.objectionId}
        openRow={(row) => ({ to: `/cases/objections/${row.objectionId}` })}
        empty={{ todo: t('objectionsEmpty') }}
      />
    </PageFrame>
  )
}

/** How an objection stands, and what it led to where the county must look again. */
function ObjectionState({ row }: { row: ObjectionCard }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const waits = row.recheck !== null && row.recheck.outcome === null
  return (
    <>
      <StatusTag level={objectionLevels[row.state]} text={say(noticeStateWords[row.state])} />{' '}
      {waits ? <StatusTag level={row.recheck.isOverdue ? 'red' : 'amber'} text={t('recheckOnly')} /> : null}
    </>
  )
}

function useColumns(): DataColumn<ObjectionCard>[] {
  const t = useT(noticeScreenWords)
  const say = useSay()
  return [
    { key: 'number', title: t('number'), kind: 'code', value: (row) => row.objectionNo },
    { key: 'village', title: t('village'), value: (row) => `${row.township}${row.village}` },
    { key: 'about', title: t('about'), value: (row) => row.headName ?? t('wholeNotice') },
    { key: 'source', title: t('source'), value: (row) => say(noticeStateWords[row.source]) },
    { key: 'received', title: t('received'), kind: 'code', value: (row) => row.receivedOn },
    { key: 'due', title: t('due'), kind: 'code', value: (row) => `${row.dueOn} ${row.isOverdue ? t('overdue') : ''}`.trim() },
    {
      key: 'state',
      title: t('state'),
      value: (row) => <ObjectionState row={row} />,
    },
    { key: 'checker', title: t('checker'), value: (row) => row.checkerName },
  ]
}
