import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import type { Level } from '#ui/data/status-tag.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ClockForecast } from '../../rules/clocks/clock-records.ts'
import { ClockBreaches } from './clock-breaches.tsx'
import { ClockPlaces, clockNames, searchOfCount, type ClockCount } from './clock-places.tsx'
import { clockScreenWords } from './clock-screen-words.ts'
import { ClockStyles } from './clock-styles.tsx'

const pageSearch = { under: searchText }
const cards: readonly { readonly count: ClockCount; readonly level: Level }[] = [
  { count: 'overdue', level: 'red' },
  { count: 'breachWeek', level: 'amber' },
  { count: 'breachLater', level: 'amber' },
  { count: 'dueWeek', level: 'grey' },
  { count: 'paused', level: 'grey' },
]

/** 时限: what is late, what will be, by place and by name, and whose time the steps took. */
export function ClockPage() {
  const t = useT(clockScreenWords)
  const [{ under }] = usePageSearch(pageSearch)
  const forecast = useQuery({
    queryKey: ['cases', 'clock-forecast', under],
    queryFn: () => read<ClockForecast>('/cases/clocks/forecast', under === '' ? {} : { under }),
  })
  const area = under === '' ? {} : { area: under }
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={<ListExport needs="cases.case:export" lists={[{ label: t('namesTitle'), path: '/cases/clocks/export', query: area }]} />}
    >
      <ClockStyles />
      <Loaded query={forecast}>{(found) => <Forecast found={found} />}</Loaded>
    </PageFrame>
  )
}

function Forecast({ found }: { found: ClockForecast }) {
  const t = useT(clockScreenWords)
  const { sum, under } = found
  const place = under === null ? {} : { area: under.path }
  return (
    <div className="bf-stack">
      <UnknownYears found={found} />
      {sum.running + sum.ownDays + sum.othersDays === 0 ? (
        <EmptyFace title={t('emptyTitle')} todo={t('emptyTodo')} />
      ) : (
        <>
          <div className="bf-stats" role="group" aria-label={t('title')}>
            {cards.map(({ count, level }) => (
              <StatCard
                key={count}
                label={t(count)}
                value={sum[count]}
                to={clockNames}
                search={{ ...place, ...searchOfCount[count] }}
                level={sum[count] === 0 && level !== 'grey' ? 'green' : level}
              />
            ))}
          </div>
          <Section title={t('byPlace')}>
            <ClockPlaces found={found} />
            <p className="bf-quiet clock-note">{t('paceNote')}</p>
          </Section>
          <Section title={t('breaches')}>
            <ClockBreaches found={found} />
          </Section>
        </>
      )}
    </div>
  )
}

/** Years whose holidays nobody entered although limits run into them. */
function UnknownYears({ found: { unknownYears } }: { found: ClockForecast }) {
  const t = useT(clockScreenWords)
  const mayLook = useMay('policies.calendar:read')
  return (
    <>
      {unknownYears.map(({ year, count }) => (
        <Notice key={year} kind="warning">
          {t('unknownYear', { year: String(year), n: count })}{' '}
          {mayLook ? (
            <PageLink to="/policies/calendar" search={{ year: String(year) }}>
              {t('openCalendar')}
            </PageLink>
          ) : null}
        </Notice>
      ))}
    </>
  )
}
