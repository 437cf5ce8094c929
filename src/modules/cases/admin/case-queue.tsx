import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useGo, searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { usePreferences, useT } from '#ui/words/use-t.ts'
import { caseViews, loadCases, type CaseView } from './case-queries.ts'
import { caseScreenWords } from './case-screen-words.ts'

const queueSearch = { view: searchOneOf(caseViews), step: searchText, area: searchText }

/** The list from which a case was opened; finishing the case opens the next one of it. */
export interface CaseQueue {
  readonly isOn: boolean
  readonly view: CaseView
  /** Place in the list, counted from 0; -1 where the case is no longer in it. */
  readonly at: number
  readonly total: number
  /** The list's filters for the address. */
  readonly search: Readonly<Record<string, string>>
  readonly turn: (by: 1 | -1) => void
  /** Other cases of the list. */
  readonly others: number
  /** To the next of the list, or to the list itself where there is none. */
  readonly finish: () => void
}

const queueLength = 200

/** Reads the list that the address names; without one there is no queue. */
export function useCaseQueue(caseId: string): CaseQueue {
  const go = useGo()
  const [{ view = 'open', step, area }] = usePageSearch(queueSearch)
  const [raw] = usePageSearch({ view: searchOneOf(caseViews) })
  const isOn = raw.view !== undefined
  const filter = { view, step, area }
  const list = useQuery({
    queryKey: ['cases', 'queue', filter],
    queryFn: () => loadCases(filter, '', queueLength),
    enabled: isOn,
  })
  const items = list.data?.items ?? []
  const at = items.findIndex((one) => one.caseId === caseId)
  const search = { ...(isOn ? { view } : {}), ...(step === '' ? {} : { step }), ...(area === '' ? {} : { area }) }
  const open = (index: number) => {
    const found = items[index]
    if (found !== undefined && found.caseId !== caseId) go(`/cases/files/${found.caseId}`, search)
    return found !== undefined
  }
  const others = items.filter((one) => one.caseId !== caseId)
  return {
    isOn,
    view,
    others: others.length,
    at,
    total: list.data?.total ?? 0,
    search,
    turn: (by) => open(at < 0 ? 0 : at + by),
    finish: () => {
      const next = others[at < 0 || at >= others.length ? 0 : at]
      go(next === undefined ? '/cases/files' : `/cases/files/${next.caseId}`, search)
    },
  }
}

/** Where the case stands in its list, with J and K to its neighbours. */
export function QueueLine({ queue }: { queue: CaseQueue }) {
  const t = useT(caseScreenWords)
  const { singleKeys } = usePreferences()
  useEffect(() => {
    if (!queue.isOn || !singleKeys) return undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      if (event.key === 'j') queue.turn(1)
      if (event.key === 'k') queue.turn(-1)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
  if (!queue.isOn || queue.total === 0) return null
  const list = t(`view.${queue.view}`)
  return (
    <span className="case-queue">
      <span className="bf-quiet">
        {queue.at < 0 ? t('queueOut', { list, total: queue.total }) : t('queue', { list, at: queue.at + 1, total: queue.total })}
      </span>
      <Button disabled={queue.at <= 0} onClick={() => queue.turn(-1)}>
        {t('previous')}
      </Button>
      <Button disabled={queue.at >= 0 && queue.at >= queue.total - 1} onClick={() => queue.turn(1)}>
        {t('nextOne')}
      </Button>
    </span>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
