import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { EmptyFace, FailedFace, Notice, Skeleton } from '#ui/feedback/faces.tsx'
import { ChoiceChips, FilterChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useListKeys } from '#ui/data/use-list-keys.ts'
import { usePageStack } from '#ui/data/use-page-stack.ts'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import type { LeadFilter } from '../contract.ts'
import { BatchBar } from './batch-bar.tsx'
import { InboxFilters } from './inbox-filters.tsx'
import { LeadPane } from './lead-pane.tsx'
import { countOf, filterOf, inboxViews, loadCounts, loadLeads, type InboxView } from './lead-queries.ts'
import { leadAnswers } from '../rules/lead-states.ts'
import { LeadRows } from './lead-rows.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { ScreeningStyles } from './screening-styles.tsx'

const inboxSearch = {
  view: searchOneOf(inboxViews),
  under: searchText,
  rule: searchText,
  month: searchText,
  found: searchOneOf(leadAnswers),
  lead: searchText,
}

/** 线索收件箱: the list at the left, the household and its evidence beside it; finishing one opens the next (ux.md D3). */
export function InboxPage() {
  const t = useT(leadScreenWords)
  const [search, setSearch] = usePageSearch(inboxSearch)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const { under, rule, month, found, lead } = search
  const view: InboxView = search.view ?? 'mine'
  const counts = useQuery({
    queryKey: ['screening', 'lead-counts', under, rule, month, found],
    queryFn: () => loadCounts({ under, rule, month, found }),
  })
  const filter = filterOf({ view, under, rule, month, found })
  const numbers = counts.data
  const mayExport = useMay('screening.lead:export') && text === ''
  const query = { ...filter }
  const ways = [downloadWay({ key: 'leads', label: t('title'), note: t('exportNote'), path: '/screening/leads/export', query })]
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <span className="bf-spring" />
          {mayExport ? <ExportButton ways={ways} /> : null}
        </>
      }
    >
      <ScreeningStyles />
      <div className={lead === '' ? 'bf-stack' : 'bf-stack screening-top-open'}>
        <ChoiceChips
          label={t('views')}
          chosen={view}
          choose={(next) => setSearch({ view: next, lead: '' })}
          choices={inboxViews.map((key) => ({
            key,
            label: t(`view.${key}`),
            ...(numbers === undefined ? {} : { count: countOf(numbers, key) }),
          }))}
        />
        <InboxFilters
          under={under}
          rule={rule}
          month={month}
          months={numbers?.months ?? []}
          change={(change) => setSearch({ ...change, lead: '' })}
          find={(next) => {
            setText(next)
            if (next !== '') setSearch({ view: 'all', lead: '' })
          }}
        />
        <FilterChips
          chips={found === undefined ? [] : [{ key: 'found', label: t(`answer.${found}`), remove: () => setSearch({ found: undefined }) }]}
          clear={() => setSearch({ found: undefined, under: '', rule: '', month: '' })}
        />
        <BatchBar filter={filter} text={text} view={view} chosen={chosen} clear={() => setChosen([])} />
      </div>
      <InboxList
        key={JSON.stringify([filter, text])}
        filter={filter}
        text={text}
        chosen={chosen}
        choose={setChosen}
        search={{ view, under, rule, month, ...(found === undefined ? {} : { found }) }}
        lead={lead}
        show={(leadId) => setSearch({ lead: leadId })}
      />
    </PageFrame>
  )
}

interface InboxListProps {
  filter: LeadFilter
  text: string
  chosen: readonly string[]
  choose: (leadIds: string[]) => void
  search: Readonly<Record<string, string>>
  lead: string
  show: (leadId: string) => void
}

function InboxList({ filter, text, chosen, choose, search, lead, show }: InboxListProps) {
  const t = useT(leadScreenWords)
  const ui = useT(uiWords)
  const frame = useRef<HTMLDivElement>(null)
  const key = ['screening', 'leads', filter, text]
  const pages = usePageStack(key)
  const query = useQuery({ queryKey: [...key, pages.cursor], queryFn: () => loadLeads(filter, text, pages.cursor) })
  const leads = query.data?.items ?? []
  const openAt = (index: number) => {
    const found = leads[index]
    if (found !== undefined) show(found.leadId)
  }
  const { current, setCurrent } = useListKeys({ frame, count: leads.length, open: openAt, follows: lead !== '' })
  const shown = leads.findIndex((one) => one.leadId === lead)
  const next = () => {
    const after = leads[shown + 1] ?? leads[shown - 1]
    show(shown < 0 ? '' : (after?.leadId ?? ''))
  }
  if (query.isError) return <FailedFace error={query.error} retry={() => void query.refetch()} /> // the query keeps its own error
  if (query.data === undefined) return <Skeleton lines={8} />
  if (leads.length === 0 && pages.depth === 0 && lead === '') {
    const all = (
      <PageLink to="/screening/leads" search={{ view: 'all' }}>
        {t('seeAll')}
      </PageLink>
    )
    return <EmptyFace title={t('emptyTitle')} todo={t(search['view'] === 'mine' ? 'emptyMine' : 'emptyOther')} action={all} />
  }
  const from = pages.depth * 50 + 1
  return (
    <div className={`screening-split ${lead === '' ? 'screening-closed' : 'screening-open'}`}>
      <div className="bf-list screening-list-side" ref={frame}>
        <LeadRows
          leads={leads}
          current={lead === '' || current >= 0 ? current : shown}
          open={(index) => {
            setCurrent(index)
            openAt(index)
          }}
          chosen={chosen}
          choose={choose}
          search={search}
        />
        <div className="bf-list-foot">
          <span>{ui('pageOfTotal', { from, to: from + leads.length - 1, total: query.data.total.toLocaleString('en') })}</span>
          <span className="bf-quiet screening-keys">{ui('listKeys')}</span>
          <span className="bf-spring" />
          <span className="bf-row">
            <Button disabled={pages.depth === 0} onClick={pages.back}>
              {ui('previousPage')}
            </Button>
            <Button
              disabled={query.data.next === undefined}
              onClick={() => query.data.next !== undefined && pages.forward(query.data.next)}
            >
              {ui('nextPage')}
            </Button>
          </span>
        </div>
      </div>
      <div className="screening-pane">
        {lead === '' ? <Notice kind="info">{t('pick')}</Notice> : <LeadPane key={lead} leadId={lead} done={next} back={() => show('')} />}
      </div>
    </div>
  )
}
