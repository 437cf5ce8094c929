import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ExportButton } from '#ui/data/export-button.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { CorrectionState } from '../contract.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { CorrectionActions, CorrectionSource, CorrectionStanding } from './correction-actions.tsx'
import { CorrectedValue, CorrectionBulk } from './correction-bulk.tsx'
import { correctionWords } from './correction-words.ts'
import { useListWay } from './export-ways.ts'
import { nameField } from './fact-text.ts'

const states = CorrectionState.options
const pageSearch = { state: searchOneOf(states), from: searchText, to: searchText, field: searchText }
type Counts = { counts: { state: CorrectionState; field: string; count: number }[] }
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)
const isDecidable = (row: CorrectionRecord) => Object.values(row.can).includes(true)

/** Every difference found is one row: confirmed, applied or rejected, one by one or many at once; counted per period (M-008). */
export function CorrectionsPage() {
  const t = useT(correctionWords)
  const language = useLanguage()
  const mayDecide = useMay('registry.correction:decide')
  const [search, setSearch] = usePageSearch(pageSearch)
  const [chosen, setChosen] = useState<readonly CorrectionRecord[]>([])
  const period = { ...(isDay(search.from) ? { from: search.from } : {}), ...(isDay(search.to) ? { to: search.to } : {}) }
  const counts = useQuery({
    queryKey: ['registry', 'correction-counts', period],
    queryFn: () => read<Counts>('/registry/corrections/counts', period),
  })
  const rows = counts.data?.counts ?? []
  const sum = (wanted: { state?: CorrectionState; field?: string }) =>
    rows
      .filter((row) => (wanted.state ?? row.state) === row.state && (wanted.field ?? row.field) === row.field)
      .reduce((total, row) => total + row.count, 0)
  const ofField = search.field === '' ? {} : { field: search.field }
  const ofState = search.state === undefined ? {} : { state: search.state }
  const filter = { ...period, ...ofState, ...ofField }
  const mayExport = useMay('registry.household:export')
  const ways = useListWay('corrections', filter)
  const fields = [...new Set([...rows.map((row) => row.field), ...(search.field === '' ? [] : [search.field])])]
  const narrow = (change: Parameters<typeof setSearch>[0]) => {
    setChosen([]) // what is no longer on screen must not be decided on with the rest
    setSearch(change)
  }
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
      <div className="bf-filters">
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(end)}>
            {(control) => (
              <Input {...control} type="date" value={search[end]} onChange={(event) => narrow({ [end]: event.target.value })} />
            )}
          </Field>
        ))}
      </div>
      <ChoiceChips
        label={t('state')}
        choices={[
          { key: 'all', label: t('state.all'), count: sum(ofField) },
          ...states.map((state) => ({ key: state, label: t(`state.${state}`), count: sum({ state, ...ofField }) })),
        ]}
        chosen={search.state ?? 'all'}
        choose={(state) => narrow({ state: states.find((one) => one === state) })}
      />
      {fields.length < 2 && search.field === '' ? null : (
        <ChoiceChips
          label={t('field')}
          choices={[
            { key: '', label: t('allFields') },
            ...fields.map((field) => ({ key: field, label: nameField(field, language), count: sum({ field, ...ofState }) })),
          ]}
          chosen={search.field}
          choose={(field) => narrow({ field })}
        />
      )}
      <CorrectionBulk chosen={chosen} clear={() => setChosen([])} />
      <DataList<CorrectionRecord>
        label={t('label')}
        queryKey={['registry', 'corrections', filter]}
        load={(after) => read<Page<CorrectionRecord>>('/registry/corrections', { ...filter, after, limit: 50 })}
        columns={useColumns()}
        rowKey={(row) => row.correctionId}
        openRow={(row) => ({ to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t('empty') }}
        {...(mayDecide
          ? {
              selection: {
                selected: chosen.map((row) => row.correctionId),
                onChange: (_keys: string[], picked: CorrectionRecord[]) => setChosen(picked),
                nameOf: (row: CorrectionRecord) => t('choose.row', { name: row.name, field: nameField(row.field, language) }),
                isFixed: (row: CorrectionRecord) => !isDecidable(row),
              },
            }
          : {})}
      />
    </PageFrame>
  )
}

function useColumns(): DataColumn<CorrectionRecord>[] {
  const t = useT(correctionWords)
  const language = useLanguage()
  return [
    { key: 'who', title: t('who'), value: (row) => row.name },
    { key: 'place', title: t('place'), value: (row) => row.place },
    { key: 'field', title: t('field'), value: (row) => nameField(row.field, language) },
    { key: 'change', title: t('change'), value: (row) => <CorrectedValue correction={row} /> },
    { key: 'source', title: t('source'), value: (row) => <CorrectionSource correction={row} /> },
    { key: 'state', title: t('state'), value: (row) => <CorrectionStanding correction={row} /> },
    { key: 'decide', title: t('decide'), value: (row) => (isDecidable(row) ? <CorrectionActions correction={row} /> : undefined) },
  ]
}
