import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { ExceptionState } from '../contract.ts'
import type { ExceptionPage, ExceptionRecord } from '../rules/worklist-records.ts'
import { ExceptionActions, ExceptionStanding } from './exception-parts.tsx'
import { localTime, nameOf, placeOf, QualityTabs, useRuleTexts } from './finding-parts.tsx'
import { QualityStyles } from './quality-styles.tsx'
import { exceptionWords } from './quality-words.ts'

const states = ExceptionState.options
const pageSearch = { state: searchOneOf(states) }

/** What is right although a rule doubts it: asked for, granted until a day by another, over. */
export function ExceptionsPage() {
  const t = useT(exceptionWords)
  const [{ state }, setSearch] = usePageSearch(pageSearch)
  const [counts, setCounts] = useState<ExceptionPage['counts']>()
  const filter = state === undefined ? {} : { state }
  const load = async (after: string) => {
    const page = await read<ExceptionPage>('/quality/exceptions', { ...filter, after, limit: 50 })
    setCounts(page.counts)
    return page
  }
  const total = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)
  const withCount = (count: number | undefined) => (counts === undefined ? {} : { count: count ?? 0 })
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <ListExport needs="quality.worklist:export" lists={[{ label: t('title'), path: '/quality/exceptions/export', query: filter }]} />
      }
    >
      <QualityStyles />
      <QualityTabs current="/quality/exceptions" />
      <ChoiceChips
        label={t('states')}
        chosen={state ?? 'all'}
        choose={(next) => setSearch({ state: states.find((one) => one === next) })}
        choices={[
          { key: 'all', label: t('state.all'), ...withCount(total) },
          ...states.map((one) => ({ key: one, label: t(`state.${one}`), ...withCount(counts?.[one]) })),
        ]}
      />
      <DataList<ExceptionRecord>
        label={t('label')}
        queryKey={['quality', 'exceptions', filter]}
        load={load}
        columns={useColumns()}
        rowKey={(row) => row.exceptionId}
        openRow={(row) => ({ to: `/quality/findings/${row.findingId}` })}
        empty={{ todo: t(state === undefined ? 'empty' : 'emptyState') }}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<ExceptionRecord>[] {
  const t = useT(exceptionWords)
  const rules = useRuleTexts()
  return [
    {
      key: 'about',
      title: t('about'),
      value: (row) => (
        <>
          {nameOf(row, '—')}
          {row.personName === null ? '' : ` · ${row.personName}`}
          <span className="bf-source">{placeOf(row, false)}</span>
        </>
      ),
    },
    { key: 'rule', title: t('rule'), value: (row) => <span className="quality-wrap">{`${row.rule} ${rules.text(row.rule)}`}</span> },
    {
      key: 'reason',
      title: t('reason'),
      value: (row) => <span className="quality-wrap">{`${row.reason}（${t(`covers.${row.covers}`)}）`}</span>,
    },
    {
      key: 'asked',
      title: t('asked'),
      value: (row) => (
        <>
          {row.askedName}
          <span className="bf-source bf-figures">{localTime(row.askedAt)}</span>
        </>
      ),
    },
    { key: 'standing', title: t('standing'), value: (row) => <ExceptionStanding exception={row} /> },
    {
      key: 'decide',
      title: t('decide'),
      value: (row) => (row.can.grant || row.can.refuse || row.can.end ? <ExceptionActions exception={row} /> : undefined),
    },
  ]
}
