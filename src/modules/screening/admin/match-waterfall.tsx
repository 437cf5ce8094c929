import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { WaterfallTable } from '#modules/registry/admin/index.ts'
import { FailedFace, Skeleton } from '#ui/feedback/faces.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { MatchWhy } from '../rules/match-why.ts'
import type { ShownExplained } from '../rules/lead-records.ts'
import { causeWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { matchWaterfallWords } from './match-waterfall-words.ts'

/** The reasons of a match, closed until somebody asks. */
export function MatchWaterfall({ why, isCandidate = false }: { why: MatchWhy; isCandidate?: boolean }) {
  const t = useT(matchWaterfallWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t(isCandidate ? 'whyLike' : 'why')}（{t('score', { score: why.score.toFixed(1) })}）
      </summary>
      {isOpen ? <WaterfallTable steps={why.steps} score={why.score} /> : null}
    </details>
  )
}

const classes = ['all', 'fuzzy', 'repaired'] as const

/** Rows that were not matched as written, the weakest first, each with its reasons. */
export function ExplainedMatches({ runId }: { runId: string }) {
  const may = useMay('screening.list:compare')
  return may ? <Explained runId={runId} /> : null
}

function Explained({ runId }: { runId: string }) {
  const t = useT(matchWaterfallWords)
  const [chosen, choose] = useState<(typeof classes)[number]>('all')
  const filter = chosen === 'all' ? {} : { class: chosen }
  const rows = useInfiniteQuery({
    queryKey: ['screening', 'runs', runId, 'explained', chosen],
    queryFn: ({ pageParam }) =>
      read<Page<ShownExplained>>(`/screening/runs/${runId}/explained-matches`, {
        ...filter,
        limit: 20,
        ...(pageParam === '' ? {} : { after: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
  const items = rows.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section title={t('title')}>
      <p className="bf-quiet">{t('note')}</p>
      <ChoiceChips
        label={t('class')}
        choices={classes.map((key) => ({ key, label: t(key === 'all' ? 'all' : `class.${key}`) }))}
        chosen={chosen}
        choose={choose}
      />
      {rows.isError ? <FailedFace error={rows.error} retry={() => void rows.refetch()} /> /* the query keeps its own error */ : null}
      {rows.isPending ? <Skeleton lines={3} /> : null}
      {rows.isSuccess && items.length === 0 ? <p>{t('none')}</p> : null}
      {items.map((item) => (
        <ExplainedRow key={item.matchedRowId} item={item} />
      ))}
      {rows.hasNextPage ? (
        <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage() /* the query keeps its own error */}>
          {t('more')}
        </Button>
      ) : null}
    </Section>
  )
}

function ExplainedRow({ item }: { item: ShownExplained }) {
  const t = useT(matchWaterfallWords)
  const say = useT(causeWords)
  const names = useRuleNames()
  const { file, sheet, row } = item.place
  return (
    <div className="screening-reason">
      <strong>{t('row', { list: names.list(item.list), file, sheet: sheet === '' ? '' : `（${sheet}）`, row })}</strong> →{' '}
      <PageLink to={`/registry/households/${item.householdId}`}>{item.name}</PageLink> <span className="bf-figures">{item.idMasked}</span>{' '}
      {item.home}
      <p className="bf-quiet">
        {t(`class.${item.class}`)}：{say(item.cause)}
      </p>
      <MatchWaterfall why={item.why} />
    </div>
  )
}
