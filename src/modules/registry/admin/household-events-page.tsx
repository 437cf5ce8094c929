import { useQuery } from '@tanstack/react-query'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { HouseholdEventRecord } from '../rules/household-event-records.ts'
import { householdEventViews } from '../rules/household-event-requests.ts'
import { householdEventsKey, loadEvents, readEventCounts } from './household-event-calls.ts'
import { householdEventInboxWords } from './household-event-inbox-words.ts'
import { eventLevels } from './household-event-list.tsx'
import { HouseholdEventPane } from './household-event-pane.tsx'
import { householdEventWords } from './household-event-screen-words.ts'
import { showMoment } from './import-show.ts'
import { RegisterStyles } from './register-styles.tsx'

const pageSearch = { view: searchOneOf(householdEventViews), event: searchText }
const emptyKeys = { waiting: 'emptyWaiting', mine: 'emptyMine', done: 'emptyDone' } as const

/** 家庭变更: what waits to be decided, what became of one's own reports, what is closed; one is open beside the list. */
export function HouseholdEventsPage() {
  const t = useT(householdEventInboxWords)
  const mayDecide = useMay('registry.household-event:decide')
  const [search, setSearch] = usePageSearch(pageSearch)
  const view = search.view ?? (mayDecide ? 'waiting' : 'mine')
  const counts = useQuery({ queryKey: [...householdEventsKey, 'counts'], queryFn: readEventCounts })
  const { event } = search
  const show = (eventId: string) => setSearch({ event: eventId })
  const columns = useColumns(event !== '')
  const numbers = counts.data
  return (
    <PageFrame
      title={t('title')}
      note={t(mayDecide ? 'noteDecide' : 'noteReport')}
      extra={
        <ListExport
          needs="registry.household:export"
          lists={[{ label: t('title'), path: '/registry/household-events/export', query: { view } }]}
        />
      }
    >
      <RegisterStyles />
      <ChoiceChips
        label={t('views')}
        choices={householdEventViews.map((key) => ({
          key,
          label: t(`view.${key}`),
          ...(numbers === undefined ? {} : { count: numbers[key] }),
        }))}
        chosen={view}
        choose={(chosen) => setSearch({ view: householdEventViews.find((one) => one === chosen), event: '' })}
      />
      <DataList<HouseholdEventRecord>
        label={t('label')}
        queryKey={[...householdEventsKey, 'list', view]}
        load={(after) => loadEvents(view, after)}
        columns={columns}
        rowKey={(row) => row.eventId}
        openRow={(row) => ({ to: '/registry/household-events', search: { view, event: row.eventId } })}
        empty={{ todo: t(emptyKeys[view]), action: <PageLink to="/registry/households">{t('toHouseholds')}</PageLink> }}
        {...(event === ''
          ? {}
          : {
              beside: {
                opened: event,
                pane: (next: string) => <HouseholdEventPane key={event} eventId={event} done={() => show(next)} back={() => show('')} />,
              },
            })}
      />
    </PageFrame>
  )
}

function useColumns(isBeside: boolean): DataColumn<HouseholdEventRecord>[] {
  const t = useT(householdEventInboxWords)
  const words = useT(householdEventWords)
  const whatOf = (row: HouseholdEventRecord) => t('whatOf', { kind: words(`kind.${row.kind}`), names: row.names.join('、') })
  const state: DataColumn<HouseholdEventRecord> = {
    key: 'state',
    title: t('state'),
    value: (row) => (
      <>
        <StatusTag level={eventLevels[row.state]} text={words(`state.${row.state}`)} />
        {row.endReason === undefined ? null : <span className="bf-source">{row.endReason}</span>}
      </>
    ),
  }
  // Beside what is open there is room for one line about the household only.
  if (isBeside) {
    const what = (row: HouseholdEventRecord) => (
      <>
        {whatOf(row)}
        <span className="bf-source">{[row.headName, row.place].filter((part) => part !== undefined).join(' · ')}</span>
      </>
    )
    return [{ key: 'what', title: t('what'), value: what }, state]
  }
  return [
    { key: 'what', title: t('what'), value: whatOf },
    { key: 'household', title: t('household'), value: (row) => row.headName },
    { key: 'place', title: t('place'), value: (row) => row.place },
    { key: 'on', title: t('on'), kind: 'code', value: (row) => row.on },
    {
      key: 'reported',
      title: t('reported'),
      value: (row) => (
        <>
          {row.reportedName}
          <span className="bf-source bf-figures">{showMoment(row.reportedAt)}</span>
        </>
      ),
    },
    state,
  ]
}
