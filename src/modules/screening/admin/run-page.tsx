import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ApiError, sayError } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace, Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Stepper } from '#ui/feedback/stepper.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { runsKey, startRun, useRun, type RunPageData } from './compare-calls.ts'
import { compareSteps, runLevels } from './compare-page.tsx'
import { compareWords } from './compare-words.ts'
import { useMonthName } from './lead-parts.tsx'
import { ListDrop } from './list-drop.tsx'
import { useListUploads } from './list-uploads.ts'
import { RunResults } from './run-results.tsx'
import { StagedFiles } from './staged-files.tsx'
import { ScreeningStyles } from './screening-styles.tsx'

const stepOf = { staged: 1, running: 2, done: 3, failed: 2 } as const

/** One comparison: what was recognised, how far it has come, what came of it (ux.md D8). */
export function RunPage() {
  const t = useT(compareWords)
  const monthName = useMonthName()
  const runId = usePageParam('runId')
  const found = useRun(runId)
  return (
    <Loaded query={found}>
      {(data) => (
        <PageFrame
          title={t('runTitle', { month: monthName(data.run.month) })}
          extra={<StatusTag level={runLevels[data.run.state]} text={t(`state.${data.run.state}`)} />}
        >
          <ScreeningStyles />
          <Stepper label={t('steps')} steps={compareSteps.map((step) => t(step))} current={stepOf[data.run.state]} />
          <RunBody data={data} />
        </PageFrame>
      )}
    </Loaded>
  )
}

function RunBody({ data }: { data: RunPageData }) {
  switch (data.run.state) {
    case 'staged':
      return <Staged data={data} />
    case 'running':
      return <Running data={data} />
    case 'failed':
      return <Failed data={data} />
    case 'done':
      return <RunResults run={data.run} again={data.again} />
  }
}

function Staged({ data: { run, files } }: { data: RunPageData }) {
  const t = useT(compareWords)
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const refresh = () => {
    setError(undefined) // what was refused may be mended now
    void queries.invalidateQueries({ queryKey: [...runsKey, run.runId] }) // the page shows its own failure
  }
  const uploads = useListUploads(() => Promise.resolve(run.runId), refresh)
  const start = async () => {
    setBusy(true)
    setError(undefined)
    try {
      await startRun(run.runId)
      refresh()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <>
      {files.length === 0 ? <EmptyFace todo={t('noFiles')} /> : null}
      {files.length === 0 ? null : <StagedFiles runId={run.runId} files={files} changed={refresh} />}
      <ListDrop uploads={uploads.uploads} add={uploads.add} drop={uploads.drop} />
      <Problem error={error} />
      {run.can.compare ? (
        <div className="bf-page-actions">
          <Button
            type="primary"
            disabled={files.length === 0 || uploads.uploads.length > 0}
            loading={isBusy}
            onClick={() => void start() /* shows its own refusal */}
          >
            {t('compare')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Running({ data: { run } }: { data: RunPageData }) {
  const t = useT(compareWords)
  const share = run.rowsExpected === 0 ? undefined : Math.min(0.99, run.rowsRead / run.rowsExpected)
  return (
    <Section>
      <ProgressLine label={t('running')} share={share} note={t('rowsDone', { n: run.rowsRead.toLocaleString('en') })} />
    </Section>
  )
}

function Failed({ data: { run } }: { data: RunPageData }) {
  const t = useT(compareWords)
  const language = useLanguage()
  const go = useGo()
  const fault = new ApiError(run.fault ?? 'screening.probe-failed', 422)
  return (
    <>
      <Notice kind="error">
        {t('failedNotice')} {sayError(fault, language)}
      </Notice>
      <div className="bf-page-actions">
        <Button type="primary" onClick={() => go('/screening/compare')}>
          {t('again')}
        </Button>
      </div>
    </>
  )
}
