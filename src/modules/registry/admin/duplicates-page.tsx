import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactNode } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { DataList } from '#ui/data/data-list.tsx'
import { ExportButton } from '#ui/data/export-button.tsx'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import { duplicateStates, type DuplicatePerson, type DuplicateRecord } from '../rules/duplicate-records.ts'
import { useListWay } from './export-ways.ts'
import { decidePair, duplicatesKey, useDuplicateOverview, type DuplicateOverview } from './duplicate-calls.ts'
import { MergeList } from './duplicate-merges.tsx'
import { MaskedNumber } from './duplicate-number.tsx'
import { SearchButton, SearchLine } from './duplicate-search-line.tsx'
import { useStepWords } from './duplicate-waterfall.tsx'
import { duplicateWords } from './duplicate-words.ts'

const pageSearch = { state: searchOneOf(duplicateStates) }

/** Persons who may stand in the register twice: search, look, decide. */
export function DuplicatesPage() {
  const t = useT(duplicateWords)
  const overview = useDuplicateOverview()
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <Loaded query={overview}>{(data) => <Duplicates overview={data} />}</Loaded>
    </PageFrame>
  )
}

function Duplicates({ overview }: { overview: DuplicateOverview }) {
  const t = useT(duplicateWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const columns = useColumns()
  const state = search.state ?? 'open'
  const mayExport = useMay('registry.duplicate:export')
  const ways = useListWay('duplicates', { state })
  const isNew = overview.search === undefined
  const empty = isNew
    ? overview.can.search
      ? { todo: t('emptyNever'), action: <SearchButton text={t('search')} /> }
      : { todo: t('emptyWait') }
    : { todo: t(state === 'open' ? 'emptyOpen' : 'emptyState') }
  return (
    <>
      {isNew ? null : <SearchLine overview={overview} />}
      <ChoiceChips
        label={t('state')}
        choices={duplicateStates.map((key) => ({ key, label: t(`state.${key}`), count: overview.counts[key] }))}
        chosen={state}
        choose={(chosen) => setSearch({ state: chosen })}
      />
      {mayExport && state !== 'merged' && overview.counts[state] > 0 ? (
        <div className="bf-row">
          <span className="bf-spring" />
          <ExportButton ways={ways} />
        </div>
      ) : null}
      {state === 'merged' ? (
        <MergeList />
      ) : (
        <DataList<DuplicateRecord>
          label={t('label')}
          queryKey={[...duplicatesKey, 'list', state]}
          load={(after) => read<Page<DuplicateRecord>>('/registry/duplicates', { state, after, limit: 50 })}
          columns={columns}
          rowKey={(row) => row.pairId}
          openRow={(row) => ({ to: `/registry/duplicates/${row.pairId}` })}
          empty={empty}
        />
      )}
    </>
  )
}

/** How sure a score is, in a word and a light. */
export function sureness(score: number): { level: Level; key: 'sure.high' | 'sure.middle' | 'sure.low' } {
  if (score >= 6.5) return { level: 'red', key: 'sure.high' }
  return score >= 3 ? { level: 'amber', key: 'sure.middle' } : { level: 'grey', key: 'sure.low' }
}

/** The same of both, one below the other. */
const both = (row: DuplicateRecord, of: (person: DuplicatePerson) => ReactNode) => (
  <>
    {row.persons.map((person) => (
      <div key={person.personId}>{of(person) ?? '—'}</div>
    ))}
  </>
)

function useColumns(): DataColumn<DuplicateRecord>[] {
  const t = useT(duplicateWords)
  const say = useStepWords()
  const mainReasons = (row: DuplicateRecord) =>
    row.steps
      .filter((step) => step.of !== 'register' && step.bits > 0)
      .sort((one, other) => other.bits - one.bits)
      .slice(0, 2)
      .map((step) => t('reason', { of: say.of(step), level: say.level(step) }))
      .join('；')
  return [
    { key: 'who', title: t('who'), value: (row) => both(row, (person) => person.name) },
    { key: 'id', title: t('idNumber'), kind: 'code', value: (row) => both(row, (person) => <MaskedNumber person={person} />) },
    { key: 'born', title: t('born'), kind: 'code', value: (row) => both(row, (person) => person.bornOn) },
    { key: 'place', title: t('place'), value: (row) => both(row, (person) => person.place) },
    {
      key: 'sure',
      title: t('sure'),
      value: (row) => {
        const { level, key } = sureness(row.score)
        return <StatusTag level={level} text={`${t(key)} ${row.score.toFixed(1)}`} />
      },
    },
    { key: 'decide', title: t('state'), value: (row) => <QuickDecision pair={row} /> },
    { key: 'reasons', title: t('reasons'), widthRem: 11, value: mainReasons },
  ]
}

/** What can be said without opening the pair. */
function QuickDecision({ pair }: { pair: DuplicateRecord }) {
  const t = useT(duplicateWords)
  const queries = useQueryClient()
  const [error, setError] = useState<unknown>()
  const decide = async (decision: 'different' | 'open') => {
    setError(undefined)
    try {
      await decidePair(pair, decision)
      await queries.invalidateQueries({ queryKey: duplicatesKey })
    } catch (fault) {
      setError(fault)
    }
  }
  const action = pair.state === 'open' ? 'different' : 'open'
  if (pair.can[action] !== true) return null
  const [one, other] = pair.persons
  return (
    <>
      <Button
        size="small"
        aria-label={t('decideOf', { action: t(action), one: one.name, other: other.name })}
        onClick={() => void decide(action) /* shows its own refusal */}
      >
        {t(action)}
      </Button>
      <Problem error={error} />
    </>
  )
}
