import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { NoticeCard } from '../../rules/notices/notice-records.ts'
import { noticeTasks } from '../../rules/notices/notice-requests.ts'
import { noticeStates, type NoticeState } from '../../rules/notices/notice-states.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { AreaFilter } from '../case-filters.tsx'
import { loadNotices } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

const listSearch = { state: searchOneOf(noticeStates), task: searchOneOf(noticeTasks), area: searchText }
export const noticeLevels = {
  draft: 'grey',
  submitted: 'amber',
  released: 'amber',
  posted: 'green',
  paused: 'red',
  ended: 'grey',
  withdrawn: 'grey',
} as const satisfies Record<NoticeState, Level>

/** 公示: all notices of the caller's villages. */
export function NoticeListPage() {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const go = useGo()
  const [search, setSearch] = usePageSearch(listSearch)
  const mayDraft = useMay('cases.notice:draft')
  const filter: Record<string, string> = {
    ...(search.state === undefined ? {} : { state: search.state }),
    ...(search.task === undefined ? {} : { task: search.task }),
    ...(search.area === '' ? {} : { area: search.area }),
  }
  const first = useQuery({ queryKey: ['cases', 'notices', 'counts'], queryFn: () => loadNotices({}, undefined) })
  const counts = first.data?.counts ?? {}
  const tasks = noticeTasks.filter((task) => (first.data?.tasks[task] ?? 0) > 0 || task === search.task)
  const shown = noticeStates.filter((state) => (counts[state] ?? 0) > 0 || state === search.state)
  const add = () => go('/cases/notices/new', search.area === '' ? {} : { area: search.area })
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <ListExport needs="cases.notice:export" lists={[{ label: t('title'), path: '/cases/notices/export', query: filter }]} />
          {mayDraft ? (
            <Button type="primary" onClick={add}>
              {t('add')}
            </Button>
          ) : null}
        </>
      }
    >
      <ChoiceChips
        label={t('states')}
        chosen={search.task ?? search.state ?? 'all'}
        choose={(next) => setSearch({ state: noticeStates.find((key) => key === next), task: noticeTasks.find((key) => key === next) })}
        choices={[
          { key: 'all' as const, label: t('all') },
          ...tasks.map((key) => ({ key, label: t(`task.${key}`), count: first.data?.tasks[key] ?? 0 })),
          ...shown.map((key) => ({ key, label: say(noticeStateWords[key]), count: counts[key] ?? 0 })),
        ]}
      />
      <div className="bf-filters">
        <AreaFilter area={search.area} change={(area) => setSearch({ area })} />
      </div>
      <DataList<NoticeCard>
        label={t('title')}
        queryKey={['cases', 'notices', filter]}
        load={(after) => loadNotices(filter, after)}
        columns={useColumns()}
        rowKey={(row) => row.noticeId}
        openRow={(row) => ({ to: `/cases/notices/${row.noticeId}` })}
        empty={{ todo: Object.keys(filter).length === 0 ? t('empty') : t('emptyOther') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<NoticeCard>[] {
  const t = useT(noticeScreenWords)
  const say = useSay()
  return [
    {
      key: 'title',
      title: t('heading'),
      value: (row) => (
        <>
          {row.title}
          <span className="bf-source bf-figures">{row.noticeNo}</span>
        </>
      ),
    },
    { key: 'village', title: t('village'), value: (row) => `${row.township}${row.village}` },
    { key: 'kind', title: t('kind'), value: (row) => say(noticeStateWords[row.kind]) },
    { key: 'households', title: t('households'), kind: 'number', value: (row) => row.households },
    {
      key: 'state',
      title: t('state'),
      value: (row) => <StatusTag level={noticeLevels[row.state]} text={say(noticeStateWords[row.state])} />,
    },
    {
      key: 'until',
      title: t('until'),
      kind: 'code',
      value: (row) => (row.daysLeft === null ? row.endsOn : `${row.endsOn ?? ''} ${t('daysLeft', { n: row.daysLeft })}`.trim()),
    },
    {
      key: 'photo',
      title: t('photo'),
      value: (row) => (row.postedOn === null ? undefined : row.photos > 0 ? t('photoThere') : t('photoMissing')),
    },
    {
      key: 'objections',
      title: t('objections'),
      value: (row) => (row.openObjections === 0 ? undefined : t('openObjections', { n: row.openObjections })),
    },
  ]
}
