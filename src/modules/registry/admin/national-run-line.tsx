import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { dayOf } from '#kernel/pure/time/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { NationalOverview, NationalRun } from '../rules/national-records.ts'
import { sayKind } from '../rules/national-text.ts'
import { nationalKey } from './national-calls.ts'
import { nationalScreenWords } from './national-words.ts'

/** The latest comparison: how far it is, or when it was and of which exports; and the button for another. */
export function NationalRunLine({ overview: { run, can } }: { overview: NationalOverview }) {
  const t = useT(nationalScreenWords)
  const isRunning = run?.state === 'running'
  useFreshLists(isRunning)
  if (run === undefined) return null
  return (
    <div className="bf-row">
      <div className="bf-spring">
        {isRunning ? (
          <ProgressLine label={t('running', { n: run.households.toLocaleString('en') })} />
        ) : run.state === 'failed' ? (
          <Notice kind="warning">{t('failed')}</Notice>
        ) : (
          <Ended run={run} />
        )}
      </div>
      {can.compare && !isRunning ? <CompareButton text={t('compareAgain')} /> : null}
    </div>
  )
}

function Ended({ run }: { run: NationalRun }) {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  const exports = Object.entries(run.exports)
    .map(([kind, on]) => t('exportOf', { kind: sayKind(kind, language), on }))
    .join('、')
  const said = { at: dayOf(Date.parse(run.startedAt)), who: run.startedName, n: run.households.toLocaleString('en') }
  return (
    <p>
      {t('compared', { ...said, exports: exports === '' ? t('noExports') : exports })}
      {run.isOutdated ? t('outdated') : ''}
    </p>
  )
}

/** When a comparison ends, the lists are read again. */
function useFreshLists(isRunning: boolean): void {
  const queries = useQueryClient()
  const was = useRef(isRunning)
  useEffect(() => {
    if (was.current && !isRunning) void queries.invalidateQueries({ queryKey: nationalKey }) // the queries keep their own errors
    was.current = isRunning
  }, [isRunning, queries])
}

/** Asks for a comparison. */
export function CompareButton({ text }: { text: string }) {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const start = async () => {
    setError(undefined)
    try {
      await write('POST', '/registry/national/compare', {})
    } catch (fault) {
      setError(fault)
    }
    await queries.invalidateQueries({ queryKey: [...nationalKey, 'overview'] })
  }
  return (
    <>
      <Button onClick={() => void start() /* shows its own refusal */}>{text}</Button>
      <Problem error={error} />
    </>
  )
}
