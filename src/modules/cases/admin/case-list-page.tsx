import { useQuery } from '@tanstack/react-query'
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
import type { CaseCard } from '../rules/case-records.ts'
import { sourceWords } from '../rules/case-words.ts'
import { BatchBar } from './case-batch.tsx'
import { AreaFilter, StepFilter } from './case-filters.tsx'
import { CaseDue, CaseTags, useOffice } from './case-parts.tsx'
import { caseViews, loadCases, queryOf, type CaseFilter, type CaseView } from './case-queries.ts'
import { CaseStyles } from './case-styles.tsx'
import { caseScreenWords } from './case-screen-words.ts'
import { checkMenuWords } from './exits/check-menu-words.ts'
import { incomeMenuWords } from './income/income-menu-words.ts'

const listSearch = { view: searchOneOf(caseViews), step: searchText, area: searchText }
const pageSize = 50

/** All cases of the caller's area: what his office must do first; opening one begins a queue (ux.md D1, D6). */
export function CaseListPage() {
  const t = useT(caseScreenWords)
  const say = useSay()
  const [search, setSearch] = usePageSearch(listSearch)
  const [chosen, setChosen] = useState<readonly CaseCard[]>([])
  const { step, area } = search
  const view = search.view ?? 'mine'
  const filter: CaseFilter = { view, step, area }
  const first = useQuery({ queryKey: ['cases', 'list', filter, 'first'], queryFn: () => loadCases(filter, '', 1) })
  const mayAct = useMay('cases.case:act')
  const mayExport = useMay('cases.case:export')
  const mayNote = useMay('cases.check:note')
  const columns = useColumns(view)
  const kept = { view, ...(step === '' ? {} : { step }), ...(area === '' ? {} : { area }) }
  const ways = [
    downloadWay({ key: 'cases', label: t('listTitle'), note: t('exportNote'), path: '/cases/files/export', query: queryOf(filter) }),
  ]
  return (
    <PageFrame
      title={t('listTitle')}
      note={t('listNote')}
      extra={
        <>
          {mayNote ? <PageLink to="/cases/checks">{say(checkMenuWords.link)}</PageLink> : null}
          <PageLink to="/cases/unstable-eliminations">{say(incomeMenuWords.unstable)}</PageLink>
          <span className="bf-spring" />
          {mayExport ? <ExportButton ways={ways} /> : null}
        </>
      }
    >
      <CaseStyles />
      <ChoiceChips
        label={t('views')}
        chosen={view}
        choose={(next) => setSearch({ view: next, step: '' })}
        choices={caseViews.map((key) => ({ key, label: t(`view.${key}`) }))}
      />
      <div className="bf-filters">
        <StepFilter counts={first.data?.steps ?? {}} step={step} change={(next) => setSearch({ step: next })} />
        <AreaFilter area={area} change={(next) => setSearch({ area: next })} />
      </div>
      {mayAct ? <BatchBar chosen={chosen} clear={() => setChosen([])} /> : null}
      <DataList<CaseCard>
        label={t('listLabel')}
        queryKey={['cases', 'list', filter]}
        load={(cursor) => loadCases(filter, cursor, pageSize)}
        columns={columns}
        rowKey={(file) => file.caseId}
        openRow={(file) => ({ to: `/cases/files/${file.caseId}`, search: kept })}
        pageSize={pageSize}
        empty={
          view === 'mine' && step === '' && area === ''
            ? { title: t('emptyMineTitle'), todo: t('emptyMine'), action: <EmptyLinks /> }
            : { title: t('emptyOtherTitle'), todo: t('emptyOther') }
        }
        {...(mayAct && view !== 'ended'
          ? {
              selection: {
                selected: chosen.map((file) => file.caseId),
                onChange: (_keys: string[], rows: CaseCard[]) => setChosen(rows),
                nameOf: (file: CaseCard) => t('choose', { name: file.headName ?? t('nameless') }),
              },
            }
          : {})}
      />
    </PageFrame>
  )
}

function EmptyLinks() {
  const t = useT(caseScreenWords)
  return (
    <span className="bf-row">
      <PageLink to="/cases/files" search={{ view: 'open' }}>
        {t('seeOpen')}
      </PageLink>
      <PageLink to="/">{t('toToday')}</PageLink>
    </span>
  )
}

function useColumns(view: CaseView): DataColumn<CaseCard>[] {
  const t = useT(caseScreenWords)
  const say = useSay()
  const office = useOffice()
  const columns: DataColumn<CaseCard>[] = [
    { key: 'head', title: t('head'), value: (file) => file.headName ?? t('nameless') },
    { key: 'village', title: t('village'), value: (file) => `${file.township} ${file.village}` },
    { key: 'step', title: t('step'), value: (file) => <CaseTags file={file} /> },
    { key: 'held', title: t('heldBy'), value: (file) => office(file) },
    { key: 'due', title: t('due'), value: (file) => <CaseDue file={file} /> },
    { key: 'kind', title: t('kind'), value: (file) => [file.kind ?? '', file.risks.join('、')].filter((part) => part !== '').join(' · ') },
    { key: 'source', title: t('source'), value: (file) => say(sourceWords[file.source]) },
    { key: 'since', title: t('since'), kind: 'code', value: (file) => file.stepSince },
    { key: 'no', title: t('caseNo'), kind: 'code', value: (file) => file.caseNo },
  ]
  // What waits for one's own office is all with that office; what has ended is with nobody.
  return columns.filter(
    ({ key }) => !(((view === 'mine' || view === 'papers' || view === 'ended') && key === 'held') || (view === 'ended' && key === 'due')),
  )
}
