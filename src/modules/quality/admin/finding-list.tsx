import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef } from 'react'
import { useListKeys } from '#ui/data/use-list-keys.ts'
import { usePageStack } from '#ui/data/use-page-stack.ts'
import { EmptyFace, FailedFace, Notice, Skeleton } from '#ui/feedback/faces.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { FilterFindings } from '../contract.ts'
import { FindingPane } from './finding-pane.tsx'
import { loadFindings, type FindingView } from './finding-queries.ts'
import { FindingRows } from './finding-rows.tsx'
import { qualityWords } from './quality-words.ts'

interface FindingListProps {
  filter: FilterFindings
  text: string
  view: FindingView
  /** The filters of the address. */
  search: Readonly<Record<string, unknown>>
  chosen: readonly string[]
  choose: (findingIds: string[]) => void
  /** The finding that is open; '' is none. */
  finding: string
  show: (findingId: string) => void
}

/** The list and the finding beside it; J and K turn to the neighbour, finishing one opens the next. */
export function FindingList({ filter, text, view, search, chosen, choose, finding, show }: FindingListProps) {
  const t = useT(qualityWords)
  const ui = useT(uiWords)
  const frame = useRef<HTMLDivElement>(null)
  const key = ['quality', 'findings', filter, text]
  const pages = usePageStack(key)
  const query = useQuery({ queryKey: [...key, pages.cursor], queryFn: () => loadFindings(filter, text, pages.cursor) })
  const findings = query.data?.items ?? []
  const openAt = (index: number) => {
    const found = findings[index]
    if (found !== undefined) show(found.findingId)
  }
  const { current, setCurrent } = useListKeys({ frame, count: findings.length, open: openAt, follows: finding !== '' })
  const shown = findings.findIndex((one) => one.findingId === finding)
  const next = () => {
    const after = findings[shown + 1] ?? findings[shown - 1]
    show(shown < 0 ? '' : (after?.findingId ?? ''))
  }
  if (query.isError) return <FailedFace error={query.error} retry={() => void query.refetch()} /> // the query keeps its own error
  if (query.data === undefined) return <Skeleton lines={8} />
  if (findings.length === 0 && pages.depth === 0 && finding === '') {
    const all = (
      <PageLink to="/quality/findings" search={{ view: 'todo' }}>
        {t('seeTodo')}
      </PageLink>
    )
    return <EmptyFace title={t('listEmptyTitle')} todo={t(view === 'mine' ? 'listEmptyMine' : 'listEmptyOther')} action={all} />
  }
  const from = pages.depth * 50 + 1
  const { next: nextPage, total } = query.data
  return (
    <div className={`quality-split ${finding === '' ? 'quality-closed' : 'quality-open'}`}>
      <div className="bf-list quality-list-side" ref={frame}>
        <FindingRows
          findings={findings}
          current={finding === '' || current >= 0 ? current : shown}
          open={(index) => {
            setCurrent(index)
            openAt(index)
          }}
          chosen={chosen}
          choose={choose}
          search={search}
        />
        <div className="bf-list-foot">
          <span>{ui('pageOfTotal', { from, to: from + findings.length - 1, total: total.toLocaleString('en') })}</span>
          <span className="bf-quiet quality-keys">{ui('listKeys')}</span>
          <span className="bf-spring" />
          <span className="bf-row">
            <Button disabled={pages.depth === 0} onClick={pages.back}>
              {ui('previousPage')}
            </Button>
            <Button disabled={nextPage === undefined} onClick={() => nextPage !== undefined && pages.forward(nextPage)}>
              {ui('nextPage')}
            </Button>
          </span>
        </div>
      </div>
      <div className="quality-pane">
        {finding === '' ? (
          <Notice kind="info">{t('pick')}</Notice>
        ) : (
          <FindingPane key={finding} findingId={finding} done={next} back={() => show('')} />
        )}
      </div>
    </div>
  )
}
