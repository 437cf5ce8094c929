import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { meetingStates, type MeetingCard, type MeetingState, type WaitingVillage } from '../../rules/meetings/meeting-records.ts'
import { meetingTasks } from '../../rules/meetings/meeting-requests.ts'
import { meetingKindWords, meetingStateWords } from '../../rules/meetings/meeting-words.ts'
import { AreaFilter } from '../case-filters.tsx'
import { loadMeetings, meetingQuery } from './meeting-queries.ts'
import { MeetingStyles } from './meeting-styles.tsx'
import { meetingWords } from './meeting-screen-words.ts'

const listSearch = { state: searchOneOf(meetingStates), task: searchOneOf(meetingTasks), area: searchText }
const pageSize = 50
export const meetingStateLevels = { called: 'amber', held: 'amber', closed: 'green', dropped: 'grey' } as const satisfies Record<
  MeetingState,
  Level
>

/** 民主评议会: the villages whose cases wait, and all meetings. */
export function MeetingListPage() {
  const t = useT(meetingWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(listSearch)
  const filter = { state: search.state ?? '', task: search.task ?? '', area: search.area }
  const first = useQuery({
    queryKey: ['cases', 'meetings', 'waiting'],
    queryFn: () => loadMeetings({ state: '', task: '', area: '' }, '', 1),
  })
  const mayHold = useMay('cases.meeting:hold')
  const columns = useColumns()
  const isWhole = filter.state === '' && filter.task === '' && filter.area === ''
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <ListExport
          needs="cases.meeting:export"
          lists={[{ label: t('title'), path: '/cases/meetings/export', query: meetingQuery(filter) }]}
        />
      }
    >
      <MeetingStyles />
      <Waiting villages={first.data?.waiting ?? []} mayHold={mayHold} />
      <ChoiceChips
        label={t('states')}
        chosen={search.task ?? search.state ?? 'all'}
        choose={(next) => setSearch({ state: meetingStates.find((key) => key === next), task: meetingTasks.find((key) => key === next) })}
        choices={[
          { key: 'all' as const, label: t('all') },
          ...meetingTasks.map((key) => ({ key, label: t(`task.${key}`) })),
          ...meetingStates.map((key) => ({ key, label: say(meetingStateWords[key]) })),
        ]}
      />
      <div className="bf-filters">
        <AreaFilter area={search.area} change={(area) => setSearch({ area })} />
      </div>
      <DataList<MeetingCard>
        label={t('title')}
        queryKey={['cases', 'meetings', filter]}
        load={(cursor) => loadMeetings(filter, cursor, pageSize)}
        columns={columns}
        rowKey={(meeting) => meeting.meetingId}
        openRow={(meeting) => ({ to: `/cases/meetings/${meeting.meetingId}` })}
        pageSize={pageSize}
        empty={isWhole ? { title: t('emptyTitle'), todo: t('empty') } : { todo: t('emptyOther') }}
      />
    </PageFrame>
  )
}

/** Villages whose cases stand at an appraisal, each with the button that calls its meeting. */
function Waiting({ villages, mayHold }: { villages: readonly WaitingVillage[]; mayHold: boolean }) {
  const t = useT(meetingWords)
  const say = useSay()
  const go = useGo()
  return (
    <Section title={t('waiting')}>
      {villages.length === 0 ? <p className="bf-quiet">{t('waitingNone')}</p> : null}
      <ul className="meeting-waiting">
        {villages.map(({ areaPath, village, kind, cases }) => (
          <li key={`${areaPath} ${kind}`}>
            <span>{t('waitingText', { village, kind: say(meetingKindWords[kind]), cases })}</span>
            {mayHold ? <Button onClick={() => go('/cases/meetings/new', { area: areaPath, kind })}>{t('call')}</Button> : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function useColumns(): DataColumn<MeetingCard>[] {
  const t = useT(meetingWords)
  const say = useSay()
  return [
    { key: 'village', title: t('village'), value: (row) => row.village },
    { key: 'heldOn', title: t('heldOn'), kind: 'code', value: (row) => row.heldOn },
    { key: 'kind', title: t('kind'), value: (row) => say(meetingKindWords[row.kind]) },
    {
      key: 'state',
      title: t('state'),
      value: (row) => <StatusTag level={meetingStateLevels[row.state]} text={say(meetingStateWords[row.state])} />,
    },
    { key: 'attended', title: t('attended'), kind: 'number', value: (row) => `${row.attended} / ${row.members}` },
    { key: 'items', title: t('households'), kind: 'number', value: (row) => row.items },
    {
      key: 'results',
      title: t('results'),
      value: (row) =>
        row.agreed + row.refused + row.withoutQuorum === 0
          ? undefined
          : t('resultText', { agreed: row.agreed, refused: row.refused }) +
            (row.withoutQuorum === 0 ? '' : t('resultNoQuorum', { n: row.withoutQuorum })),
    },
    {
      key: 'sheet',
      title: t('sheet'),
      value: (row) => (row.state === 'dropped' ? undefined : row.hasSheet ? t('sheetThere') : t('sheetMissing')),
    },
  ]
}
