import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { DuplicateSearch } from '../rules/duplicate-records.ts'
import { duplicatesKey, type DuplicateOverview } from './duplicate-calls.ts'
import { duplicateWords } from './duplicate-words.ts'

const steps = ['number', 'near-number', 'sound-and-year', 'name-and-village', 'birth-and-village', 'birth-and-surname', 'phone'] as const

/** The latest search: how far it is, when it was, what it could not compare; and the button for another. */
export function SearchLine({ overview }: { overview: DuplicateOverview }) {
  const t = useT(duplicateWords)
  const { search, can } = overview
  const isRunning = search?.state === 'running'
  useFreshList(isRunning)
  return (
    <div className="bf-row">
      {search === undefined ? null : isRunning ? <Running search={search} /> : <Ended search={search} />}
      {can.search && !isRunning ? <SearchButton text={t(search === undefined ? 'search' : 'searchAgain')} /> : null}
    </div>
  )
}

/** When a search ends, the lists are read again. */
function useFreshList(isRunning: boolean): void {
  const queries = useQueryClient()
  const was = useRef(isRunning)
  useEffect(() => {
    if (was.current && !isRunning) void queries.invalidateQueries({ queryKey: duplicatesKey }) // the queries keep their own errors
    was.current = isRunning
  }, [isRunning, queries])
}

export function SearchButton({ text }: { text: string }) {
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const start = async () => {
    setError(undefined)
    try {
      await write('POST', '/registry/duplicate-search', {})
    } catch (fault) {
      setError(fault)
    }
    await queries.invalidateQueries({ queryKey: [...duplicatesKey, 'overview'] })
  }
  return (
    <>
      <Button onClick={() => void start() /* shows its own refusal */}>{text}</Button>
      <Problem error={error} />
    </>
  )
}

function Running({ search }: { search: DuplicateSearch }) {
  const t = useT(duplicateWords)
  const { step = 'read' } = search
  const done = step === 'read' ? 0 : steps.indexOf(step) + 1
  const label = step === 'read' ? t('step.read') : t('step.work', { kind: t(`block.${steps[Math.min(done, steps.length - 1)] ?? step}`) })
  return (
    <div className="bf-spring">
      <ProgressLine label={label} {...(step === 'read' ? {} : { share: done / (steps.length + 1) })} />
    </div>
  )
}

function Ended({ search }: { search: DuplicateSearch }) {
  const t = useT(duplicateWords)
  if (search.state === 'failed') return <Notice kind="warning">{t('searchFailed')}</Notice>
  const count = (value: number) => value.toLocaleString('en')
  const said = {
    at: search.startedAt.slice(0, 10),
    who: search.startedName,
    persons: count(search.persons),
    compared: count(search.compared),
    kept: count(search.kept),
  }
  const groups = search.cut.slice(0, 5).map(({ kind, persons }) => t('cutGroup', { kind: t(`block.${kind}`), persons: count(persons) }))
  return (
    <div className="bf-spring">
      <p>
        {t('searched', said)}
        {search.isOutdated ? t('outdated') : ''}
      </p>
      {search.found > 20_000 ? <p className="bf-quiet">{t('left', { kept: said.kept, found: count(search.found) })}</p> : null}
      {search.cut.length === 0 ? null : (
        <p className="bf-quiet">
          {t('cut', { n: search.cut.length })} {groups.join('、')}
        </p>
      )}
    </div>
  )
}
