import { useState } from 'react'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import { sourceWords } from '../rules/problem-words.ts'
import { AddCampaignButton, AddProblemButton } from './add-forms.tsx'
import { BatchBar } from './batch-bar.tsx'
import { Board } from './board.tsx'
import { LedgerFilters } from './ledger-filters.tsx'
import { aboutOf, ProblemDue, ProblemTags } from './problem-parts.tsx'
import { loadProblems, queryOf, useTotals, views, type LedgerFilter } from './queries.ts'
import { SampleDraw } from './sample-draw.tsx'
import { screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'
import { CountsLine, CountTables } from './totals.tsx'

const layouts = ['list', 'board', 'counts'] as const
const ledgerSearch = {
  view: searchOneOf(views),
  layout: searchOneOf(layouts),
  campaignId: searchText,
  sourceKind: searchText,
  class: searchText,
  unitId: searchText,
  state: searchText,
  standing: searchText,
  inspectionId: searchText,
}

/** 问题整改台账: one filter, seen as list, board or counts (ux.md D10); what is chosen is acted on together. */
export function LedgerPage() {
  const t = useT(screenWords)
  const [search, setSearch] = usePageSearch(ledgerSearch)
  const { layout = 'list', view = 'open', ...rest } = search
  const filter: LedgerFilter = { view, ...rest }
  const mayEnter = useMay('rectification.problem:enter')
  const mayExport = useMay('rectification.problem:export')
  const mayAccept = useMay('rectification.problem:accept')
  const totals = useTotals(filter)
  const path = '/rectification/problems/export'
  const ways = [downloadWay({ key: 'problems', label: t('title'), note: t('note'), path, query: queryOf(filter) })]
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <>
          <span className="bf-spring" />
          {mayEnter ? <AddCampaignButton /> : null}
          {mayEnter ? <AddProblemButton campaignId={filter.campaignId} /> : null}
          {mayEnter ? <PageLink to="/rectification/import">{t('import')}</PageLink> : null}
          {mayExport ? <ExportButton ways={ways} /> : null}
        </>
      }
    >
      <RectificationStyles />
      <ChoiceChips
        label={t('views')}
        chosen={view}
        choose={(next) => setSearch({ view: next, state: '', standing: '' })}
        choices={views.map((key) => ({ key, label: t(`view.${key}`) }))}
      />
      <LedgerFilters filter={filter} change={setSearch} />
      <CountsLine totals={totals} filter={filter} />
      <ChoiceChips
        label={t('layouts')}
        chosen={layout}
        choose={(next) => setSearch({ layout: next })}
        choices={layouts.map((key) => ({ key, label: t(`layout.${key}`) }))}
      />
      {layout === 'board' ? (
        <Board filter={filter} />
      ) : layout === 'counts' ? (
        <CountTables totals={totals} filter={filter} />
      ) : (
        <Ledger filter={filter} />
      )}
      {view === 'closed' && mayAccept ? <SampleDraw campaignId={filter.campaignId} /> : null}
    </PageFrame>
  )
}

function Ledger({ filter }: { filter: LedgerFilter }) {
  const t = useT(screenWords)
  const say = useSay()
  const [chosen, setChosen] = useState<readonly ProblemCard[]>([])
  const columns: DataColumn<ProblemCard>[] = [
    { key: 'problem', title: t('problem'), value: (card) => card.description, widthRem: 18 },
    { key: 'state', title: t('state'), value: (card) => <ProblemTags card={card} /> },
    { key: 'due', title: t('due'), value: (card) => <ProblemDue card={card} /> },
    {
      key: 'unit',
      title: t('unit'),
      value: (card) => [card.unitName ?? '', card.headName ?? ''].filter((part) => part !== '').join(' · '),
    },
    { key: 'about', title: t('about'), value: aboutOf },
    { key: 'class', title: t('class'), value: (card) => `${say(sourceWords[card.sourceKind])} · ${card.class}` },
    { key: 'no', title: t('no'), kind: 'code', value: (card) => card.problemNo },
  ]
  return (
    <>
      <BatchBar chosen={chosen} clear={() => setChosen([])} />
      <DataList<ProblemCard>
        label={t('list')}
        queryKey={['rectification', 'list', filter]}
        load={(cursor) => loadProblems(filter, cursor)}
        columns={columns}
        rowKey={(card) => card.problemId}
        openRow={(card) => ({ to: `/rectification/problems/${card.problemId}` })}
        empty={{ todo: filter.view === 'mine' ? t('emptyMine') : t('empty') }}
        selection={{
          selected: chosen.map(({ problemId }) => problemId),
          onChange: (_keys: string[], rows: ProblemCard[]) => setChosen(rows),
          nameOf: (card) => t('choose', { name: card.problemNo }),
          isFixed: (card) => Object.keys(card.can).length === 0,
        }}
      />
    </>
  )
}
