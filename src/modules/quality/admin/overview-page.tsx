import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { lookAgain, read, write } from '#kernel/browser/api/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { LastRun } from '#ui/feedback/last-run.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useSayError, useT } from '#ui/words/use-t.ts'
import { ApiError } from '#kernel/browser/api/index.ts'
import type { CheckRun, Overview } from '../rules/worklist-records.ts'
import { needWords } from '../rules/worklist-words.ts'
import { localTime, QualityTabs } from './finding-parts.tsx'
import { PlaceTable, RuleTable } from './overview-tables.tsx'
import { QualityStyles } from './quality-styles.tsx'
import { qualityWords } from './quality-words.ts'

const overviewSearch = { under: searchText }

/** 数据质量: what is open by place and severity, and by rule; every number leads to its findings. The county checks from here. */
export function OverviewPage() {
  const t = useT(qualityWords)
  const [{ under }] = usePageSearch(overviewSearch)
  const ofPlace = under === '' ? {} : { under }
  const overview = useQuery({
    queryKey: ['quality', 'overview', under],
    queryFn: () => read<Overview>('/quality/overview', { under }),
    refetchInterval: (query) => lookAgain(query, query.state.data?.running != null),
  })
  return (
    <PageFrame
      title={t('overviewTitle')}
      note={t('overviewNote')}
      extra={
        <ListExport
          needs="quality.worklist:export"
          lists={[
            { label: t('byPlace'), path: '/quality/overview/export', query: { ...ofPlace, by: 'places' } },
            { label: t('byRule'), path: '/quality/overview/export', query: { ...ofPlace, by: 'rules' } },
          ]}
        />
      }
    >
      <QualityStyles />
      <QualityTabs current="/quality" />
      <Loaded query={overview}>
        {(found) => (
          <div className="bf-stack">
            <LastCheck found={found} />
            {found.sum.total === 0 ? <NothingOpen found={found} /> : <OpenWork found={found} />}
          </div>
        )}
      </Loaded>
    </PageFrame>
  )
}

function NothingOpen({ found }: { found: Overview }) {
  const t = useT(qualityWords)
  const todo =
    found.running !== null ? 'emptyRunning' : found.lastRun !== null ? 'emptyChecked' : found.can.run ? 'emptyNever' : 'emptyWait'
  const back =
    found.under === null || !found.can.run ? undefined : (
      <PageLink to="/quality" search={{}}>
        {t('wholeCounty')}
      </PageLink>
    )
  return <EmptyFace title={t('emptyTitle')} todo={t(todo)} {...(back === undefined ? {} : { action: back })} />
}

function OpenWork({ found }: { found: Overview }) {
  const t = useT(qualityWords)
  const { sum, under } = found
  const to = '/quality/findings'
  const place = under === null ? {} : { under: under.path }
  return (
    <>
      <div className="bf-stats" role="group" aria-label={t('toOverview')}>
        <StatCard label={t('count.total')} value={sum.total} to={to} search={{ view: 'todo', ...place }} />
        <StatCard label={t('count.sent')} value={sum.sent} to={to} search={{ view: 'sent', ...place }} />
        <StatCard
          label={t('count.overdue')}
          value={sum.overdue}
          to={to}
          search={{ view: 'overdue', ...place }}
          level={sum.overdue > 0 ? 'red' : 'green'}
        />
        <StatCard label={t('count.answered')} value={sum.answered} to={to} search={{ view: 'answered', ...place }} />
        {found.asked === 0 ? null : (
          <StatCard label={t('count.asked')} value={found.asked} to="/quality/exceptions" search={{ state: 'asked' }} level="amber" />
        )}
      </div>
      <Section title={t('byPlace')}>
        <PlaceTable found={found} />
      </Section>
      <Section title={t('byRule')}>
        <RuleTable found={found} />
      </Section>
    </>
  )
}

/** When was checked last and what came of it; the county begins another check here and sees how far it is. */
function LastCheck({ found }: { found: Overview }) {
  const t = useT(qualityWords)
  const queries = useQueryClient()
  const { running, lastRun, lastPartAt } = found
  const notes = useWaiting(lastRun)
  const whenEnded = useCallback(() => void queries.invalidateQueries({ queryKey: ['quality'] }), [queries])
  const start = async () => {
    try {
      await write('POST', '/quality/runs', {})
    } finally {
      await queries.invalidateQueries({ queryKey: ['quality', 'overview'] })
    }
  }
  return (
    <LastRun
      label={t('lastRun')}
      begin={found.can.run ? { label: t('runNow'), start } : undefined}
      running={
        running === null
          ? undefined
          : { label: t(`step.${running.step}`), note: running.persons === 0 ? '' : t('persons', { n: figure(running.persons) }) }
      }
      whenEnded={whenEnded}
      notes={notes}
    >
      {lastRun === null ? t('neverRun') : <RunText run={lastRun} />}{' '}
      {lastPartAt === null ? null : t('lastPart', { time: localTime(lastPartAt) })}
    </LastRun>
  )
}

function RunText({ run }: { run: CheckRun }) {
  const t = useT(qualityWords)
  const say = useSayError()
  const time = localTime(run.finishedAt ?? run.startedAt)
  if (run.state === 'failed') {
    return (
      <>
        {t('runFailed', { time })}
        {say(new ApiError(run.fault ?? 'quality.fault', 500))}
      </>
    )
  }
  const { startedName: name, households, persons, rulesRun, found, back, gone, still } = run
  const numbers = { households, persons, rules: rulesRun, found, new: run.new, still, back, gone }
  const figures = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, figure(value)]))
  return <>{t('lastRunText', { time, name, ...figures })}</>
}

/** Rules that did not run are never counted as clean: what they wait for is said. */
function useWaiting(run: CheckRun | null): readonly string[] {
  const t = useT(qualityWords)
  const say = useSay()
  const rules = run?.rulesWaiting ?? []
  const waiting = rules.filter((one) => one.needs.length > 0)
  const lacking = rules.filter((one) => one.needs.length === 0)
  const needs = [...new Set(waiting.flatMap((one) => one.needs))]
  const known = (need: string): need is keyof typeof needWords => need in needWords
  const names = needs.map((need) => (known(need) ? say(needWords[need]) : need)).join('、')
  return [
    ...(waiting.length === 0 ? [] : [t('rulesWaiting', { n: waiting.length, needs: names })]),
    ...(lacking.length === 0 ? [] : [t('rulesColumns', { n: lacking.length, rules: lacking.map((one) => one.rule).join('、') })]),
  ]
}

const figure = (count: number) => count.toLocaleString('en')
