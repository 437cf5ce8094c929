import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ChoiceChips, FilterChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchFlag, searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { clockKinds, clockParties, limitKinds } from '../../rules/clocks/clock-kinds.ts'
import type { ClockCard, ClockForecast } from '../../rules/clocks/clock-records.ts'
import { clockKindWords, clockStateWords, limitWords } from '../../rules/clocks/clock-words.ts'
import { useClockName } from './clock-breaches.tsx'
import { clockScreenWords } from './clock-screen-words.ts'
import { ClockStyles } from './clock-styles.tsx'

const pageSearch = {
  area: searchText,
  kind: searchOneOf(clockKinds),
  limit: searchOneOf(limitKinds),
  party: searchOneOf(clockParties),
  dueWithin: searchText,
  breach: searchOneOf(['week', 'later'] as const),
  reminded: searchOneOf(['own', 'below'] as const),
  overdue: searchFlag,
  paused: searchFlag,
  mine: searchFlag,
}

/** The limits behind a number, the nearest due day first. */
export function ClockNamesPage() {
  const t = useT(clockScreenWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(pageSearch)
  const { area, kind, limit, party, dueWithin, breach, reminded, overdue, paused, mine } = search
  const filter = Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      value === '' || value === undefined || value === false ? [] : [[name, String(value)]],
    ),
  )
  const place = useQuery({
    queryKey: ['cases', 'clock-forecast', area],
    queryFn: () => read<ClockForecast>('/cases/clocks/forecast', { under: area }),
    enabled: area !== '',
  })
  const chips = [
    ...(area === '' ? [] : [{ key: 'area', label: place.data?.under?.name ?? t('place'), remove: () => setSearch({ area: '' }) }]),
    ...(overdue ? [{ key: 'overdue', label: t('overdue'), remove: () => setSearch({ overdue: false }) }] : []),
    ...(dueWithin === '' ? [] : [{ key: 'due', label: t('dueWeek'), remove: () => setSearch({ dueWithin: '' }) }]),
    ...(breach === undefined
      ? []
      : [{ key: 'breach', label: t(breach === 'week' ? 'breachWeek' : 'breachLater'), remove: () => setSearch({ breach: undefined }) }]),
    ...(reminded === undefined
      ? []
      : [
          {
            key: 'reminded',
            label: t(reminded === 'own' ? 'remindedOwn' : 'remindedBelow'),
            remove: () => setSearch({ reminded: undefined }),
          },
        ]),
    ...(paused ? [{ key: 'paused', label: t('paused'), remove: () => setSearch({ paused: false }) }] : []),
    ...(limit === undefined ? [] : [{ key: 'limit', label: say(limitWords[limit]), remove: () => setSearch({ limit: undefined }) }]),
    ...(party === undefined
      ? []
      : [{ key: 'party', label: t(party === 'own' ? 'partyOwn' : 'partyOthers'), remove: () => setSearch({ party: undefined }) }]),
  ]
  const none = {
    area: '',
    overdue: false,
    dueWithin: '',
    breach: undefined,
    reminded: undefined,
    paused: false,
    limit: undefined,
    party: undefined,
  }
  return (
    <PageFrame
      title={t('namesTitle')}
      note={
        <>
          <PageLink to="/cases/clocks" search={{}}>
            {t('back')}
          </PageLink>{' '}
          {t('namesNote')}
        </>
      }
      extra={<ListExport needs="cases.case:export" lists={[{ label: t('namesTitle'), path: '/cases/clocks/export', query: filter }]} />}
    >
      <ClockStyles />
      <ChoiceChips
        label={t('whose')}
        chosen={mine ? 'mine' : 'all'}
        choose={(next) => setSearch({ mine: next === 'mine' })}
        choices={[
          { key: 'all', label: t('all') },
          { key: 'mine', label: t('mine') },
        ]}
      />
      <ChoiceChips
        label={t('kindFilter')}
        chosen={kind ?? 'all'}
        choose={(next) => setSearch({ kind: next === 'all' ? undefined : next })}
        choices={[{ key: 'all', label: t('all') }, ...clockKinds.map((key) => ({ key, label: say(clockKindWords[key]) }))]}
      />
      <FilterChips chips={chips} clear={() => setSearch(none)} />
      <DataList<ClockCard>
        label={t('namesLabel')}
        queryKey={['cases', 'clock-names', filter]}
        load={(after) => read<Page<ClockCard> & { total: number }>('/cases/clocks', { ...filter, after, pageSize: 50 })}
        columns={useColumns()}
        rowKey={(row) => row.clockId}
        openRow={(row) => ({ to: `/cases/files/${row.caseId}` })}
        empty={{ todo: t('namesEmpty') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<ClockCard>[] {
  const t = useT(clockScreenWords)
  const say = useSay()
  const nameOf = useClockName()
  return [
    {
      key: 'caseNo',
      title: t('caseNo'),
      value: (row) => (
        <>
          {row.headName ?? '—'}
          <span className="bf-source bf-figures">{row.caseNo}</span>
        </>
      ),
    },
    { key: 'place', title: t('place'), value: (row) => `${row.township} ${row.village}` },
    {
      key: 'clock',
      title: t('clock'),
      value: (row) => (
        <>
          {nameOf(row)}
          <span className="bf-source">{say(limitWords[row.limit])}</span>
        </>
      ),
    },
    { key: 'left', title: t('left'), value: (row) => <Left row={row} /> },
    { key: 'dueOn', title: t('dueOn'), kind: 'code', value: (row) => row.dueOn },
    { key: 'used', title: t('used'), kind: 'code', value: (row) => t('usedOf', { n: row.elapsed, days: row.days }) },
    {
      key: 'holder',
      title: t('holder'),
      value: (row) => (row.handlerName === null ? row.holderName : `${row.holderName} ${row.handlerName}`),
    },
  ]
}

/** What is left of a limit, in the days that it counts. */
function Left({ row }: { row: ClockCard }) {
  const t = useT(clockScreenWords)
  const say = useSay()
  const { daysLeft, calendar, state, share, kind } = row
  if (state === 'paused') return <StatusTag level="grey" text={say(clockStateWords.paused)} />
  if (daysLeft < 0 && kind === 'notice') return <StatusTag level="green" text={t('noticeOver')} />
  if (daysLeft < 0) return <StatusTag level="red" text={t(calendar === 'working' ? 'workingLate' : 'calendarLate', { n: -daysLeft })} />
  const text = daysLeft === 0 ? t('today') : t(calendar === 'working' ? 'workingLeft' : 'calendarLeft', { n: daysLeft })
  return <StatusTag level={share >= 0.75 ? 'amber' : 'green'} text={text} />
}
