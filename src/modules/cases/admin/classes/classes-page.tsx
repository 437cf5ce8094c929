import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useCallback } from 'react'
import { ApiError, lookAgain, read, write } from '#kernel/browser/api/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { LastRun } from '#ui/feedback/last-run.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSayError, useT } from '#ui/words/use-t.ts'
import type { ClassCounts, ClassificationRun } from '../../contract.ts'
import { ClassMatrix, OtherViews } from './class-matrix.tsx'
import { ClassStyles } from './class-styles.tsx'
import { classWords } from './class-words.ts'

const pageSearch = { under: searchText, asOf: searchText }
/** The day that is looked at, as the address carries it. */
type Day = { readonly asOf?: string }

/** 分层分类: how many households stand in which layer and class, by place, with the line that adds up; every number leads to its names. */
export function ClassesPage() {
  const t = useT(classWords)
  const [{ under, asOf }, setSearch] = usePageSearch(pageSearch)
  const day = asOf === '' ? {} : { asOf }
  const counts = useQuery({
    queryKey: ['cases', 'counts', under, asOf],
    queryFn: () => read<ClassCounts>('/cases/classification-counts', { under, ...day }),
    refetchInterval: (query) => lookAgain(query, query.state.data?.running != null),
  })
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <ListExport
          needs="cases.classification:export"
          lists={[
            { label: t('namesTitle'), path: '/cases/classifications/export', query: { ...(under === '' ? {} : { area: under }), ...day } },
          ]}
        />
      }
    >
      <ClassStyles />
      <Loaded query={counts}>
        {(found) => (
          <div className="bf-stack">
            <LastClassification found={found} />
            <HeldOn asOf={asOf} choose={(next) => setSearch({ asOf: next })} />
            {found.sum.households === 0 ? (
              <EmptyFace title={t('emptyTitle')} todo={t(asOf !== '' ? 'emptyDay' : found.can.run ? 'emptyRun' : 'emptyWait')} />
            ) : (
              <Counted found={found} day={day} />
            )}
          </div>
        )}
      </Loaded>
    </PageFrame>
  )
}

/** Which day's results are shown: those held today, or on a day before. */
function HeldOn({ asOf, choose }: { asOf: string; choose: (asOf: string) => void }) {
  const t = useT(classWords)
  return (
    <div className="class-day">
      <label>
        {t('heldOn')} <Input type="date" value={asOf} onChange={(event) => choose(event.target.value)} />
      </label>
      {asOf === '' ? null : (
        <>
          <strong>{t('ofDay', { asOf })}</strong>
          <Button onClick={() => choose('')}>{t('today')}</Button>
        </>
      )}
    </div>
  )
}

function Counted({ found, day }: { found: ClassCounts; day: Day }) {
  const t = useT(classWords)
  const { sum, imbalance, under } = found
  const to = '/cases/classification/names'
  const place = { ...(under === null ? {} : { area: under.path }), ...day }
  const undecided = sum.layer[''] ?? 0
  const wanting = Object.entries(sum.alert).filter(([word]) => word.startsWith('缺'))
  const numbers = { households: sum.households, inExport: sum.inExport, others: sum.households - sum.inExport }
  const figures = Object.fromEntries(Object.entries(numbers).map(([name, count]) => [name, count.toLocaleString('en')]))
  return (
    <>
      <div className="bf-stats" role="group" aria-label={t('matrix')}>
        {Object.entries(sum.layer)
          .filter(([layer]) => layer.startsWith('第'))
          .map(([layer, count]) => (
            <StatCard key={layer} label={layer} value={count} to={to} search={{ layer, ...place }} />
          ))}
        {wanting.map(([alert, count]) => (
          <StatCard key={alert} label={alert} value={count} to={to} search={{ alert, ...place }} level="amber" />
        ))}
        {undecided === 0 ? null : (
          <StatCard label={t('undecided')} value={undecided} to={to} search={{ layer: '-', ...place }} level="amber" />
        )}
      </div>
      <Section title={t('matrix')}>
        <ClassMatrix found={found} day={day} />
        {imbalance.length === 0 ? (
          <p>{t('balances', figures)}</p>
        ) : (
          <Notice kind="warning">{t('imbalance', { what: imbalance.join('；') })}</Notice>
        )}
      </Section>
      <Section title={t('others')}>
        <OtherViews found={found} day={day} />
      </Section>
    </>
  )
}

/** When was classified last and what changed; the county begins another run here. */
function LastClassification({ found }: { found: ClassCounts }) {
  const t = useT(classWords)
  const queries = useQueryClient()
  const { running, last } = found
  const whenEnded = useCallback(() => void queries.invalidateQueries({ queryKey: ['cases'] }), [queries])
  const start = async () => {
    try {
      await write('POST', '/cases/classification-runs', {})
    } finally {
      await queries.invalidateQueries({ queryKey: ['cases', 'counts'] })
    }
  }
  const missing = last?.tables.filter((table) => table.notInForce !== undefined).map((table) => table.key) ?? []
  return (
    <LastRun
      label={t('lastRun')}
      begin={found.can.run ? { label: t('runNow'), start } : undefined}
      running={running === null ? undefined : { label: t('running'), note: '' }}
      whenEnded={whenEnded}
      notes={missing.length === 0 ? [] : [t('notInForce', { keys: missing.join('、') })]}
    >
      {last === null ? t('neverRun') : <RunText run={last} />}{' '}
      {last === null || last.state !== 'done' || last.added + last.changed === 0 ? null : (
        <PageLink to="/cases/classification/names" search={{ runId: last.runId }}>
          {t('changedByRun')}
        </PageLink>
      )}
    </LastRun>
  )
}

function RunText({ run }: { run: ClassificationRun }) {
  const t = useT(classWords)
  const say = useSayError()
  const time = localTime(run.finishedAt ?? run.startedAt)
  if (run.state === 'failed') {
    return (
      <>
        {t('runFailed', { time })}
        {say(new ApiError(run.fault ?? 'cases.interrupted', 500))}
      </>
    )
  }
  const { households, added, changed, renewed, still, ended } = run
  const figures = Object.entries({ households, added, changed, renewed, still, ended }).map(([name, count]) => [
    name,
    count.toLocaleString('en'),
  ])
  return <>{t('runText', { time, name: run.startedName, asOf: run.asOf, ...(Object.fromEntries(figures) as Record<string, string>) })}</>
}

function localTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
