import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListExport } from '#ui/data/export-button.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { RuleOwner, Severity } from '../contract.ts'
import { FindingFilters } from './finding-filters.tsx'
import { FindingList } from './finding-list.tsx'
import { QualityTabs } from './finding-parts.tsx'
import { countOf, filterOf, findingViews, loadCounts, type FindingView } from './finding-queries.ts'
import { QualityStyles } from './quality-styles.tsx'
import { qualityWords } from './quality-words.ts'
import { SendBar } from './send-bar.tsx'

const pageSearch = {
  view: searchOneOf(findingViews),
  under: searchText,
  rule: searchText,
  severity: searchOneOf(Severity.options),
  owner: searchOneOf(RuleOwner.options),
  finding: searchText,
}

/** 疑点清单: the list at the left, the finding beside it; finishing one opens the next. */
export function FindingsPage() {
  const t = useT(qualityWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const { under, rule, severity, owner, finding } = search
  const view: FindingView = search.view ?? 'mine'
  const screen = { under, rule, severity, owner }
  const counts = useQuery({ queryKey: ['quality', 'counts', screen], queryFn: () => loadCounts(screen) })
  const filter = filterOf(view, screen)
  const numbers = counts.data
  const narrow = (change: Parameters<typeof setSearch>[0]) => {
    setChosen([]) // what is no longer on screen must not be sent with the rest
    setSearch({ ...change, finding: '' })
  }
  return (
    <PageFrame
      title={t('listTitle')}
      note={t('listNote')}
      extra={
        text === '' ? (
          <ListExport
            needs="quality.worklist:export"
            lists={[{ label: t('listTitle'), path: '/quality/findings/export', query: filter }]}
          />
        ) : undefined
      }
    >
      <QualityStyles />
      <QualityTabs current="/quality/findings" />
      <div className={finding === '' ? 'bf-stack' : 'bf-stack quality-top-open'}>
        <ChoiceChips
          label={t('views')}
          chosen={view}
          choose={(next) => narrow({ view: next })}
          choices={findingViews.map((key) => {
            const count = numbers === undefined ? undefined : countOf(numbers, key)
            return { key, label: t(`view.${key}`), ...(count === undefined ? {} : { count }) }
          })}
        />
        <FindingFilters
          filter={screen}
          change={narrow}
          find={(next) => {
            setText(next)
            narrow(next === '' ? {} : { view: 'todo' })
          }}
        />
        <SendBar filter={filter} text={text} view={view} chosen={chosen} clear={() => setChosen([])} />
      </div>
      <FindingList
        key={JSON.stringify([filter, text])}
        filter={filter}
        text={text}
        view={view}
        search={{ view, under, rule, ...(severity === undefined ? {} : { severity }), ...(owner === undefined ? {} : { owner }) }}
        chosen={chosen}
        choose={setChosen}
        finding={finding}
        show={(findingId) => setSearch({ finding: findingId })}
      />
    </PageFrame>
  )
}
