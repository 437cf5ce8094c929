import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { searchOneOf, searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { CorrectionState } from '../contract.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { CorrectionActions, correctionLevels } from './correction-actions.tsx'
import { correctionWords } from './correction-words.ts'
import { nameField, writeValue } from './fact-text.ts'

const states = CorrectionState.options
const pageSearch = { state: searchOneOf(states), from: searchText, to: searchText }
type Counts = { counts: { state: CorrectionState; field: string; count: number }[] }
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** Every difference found is one row: confirmed, applied or rejected; counted per period (M-008). */
export function CorrectionsPage() {
  const t = useT(correctionWords)
  const [search, setSearch] = usePageSearch(pageSearch)
  const period = { ...(isDay(search.from) ? { from: search.from } : {}), ...(isDay(search.to) ? { to: search.to } : {}) }
  const counts = useQuery({
    queryKey: ['registry', 'correction-counts', period],
    queryFn: () => read<Counts>('/registry/corrections/counts', period),
  })
  const rows = counts.data?.counts ?? []
  const sum = (state?: CorrectionState) =>
    rows.filter((row) => state === undefined || row.state === state).reduce((total, row) => total + row.count, 0)
  const chips = [
    { key: 'all', label: t('state.all'), count: sum() },
    ...states.map((state) => ({ key: state, label: t(`state.${state}`), count: sum(state) })),
  ] as const
  const filter = { ...period, ...(search.state === undefined ? {} : { state: search.state }) }
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <div className="bf-filters">
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(end)}>
            {(control) => (
              <Input {...control} type="date" value={search[end]} onChange={(event) => setSearch({ [end]: event.target.value })} />
            )}
          </Field>
        ))}
      </div>
      <ChoiceChips
        label={t('state')}
        choices={chips}
        chosen={search.state ?? 'all'}
        choose={(state) => setSearch({ state: states.find((one) => one === state) })}
      />
      <CountLine rows={rows} total={sum()} />
      <DataList<CorrectionRecord>
        label={t('label')}
        queryKey={['registry', 'corrections', filter]}
        load={(after) => read<Page<CorrectionRecord>>('/registry/corrections', { ...filter, after, limit: 50 })}
        columns={useColumns()}
        rowKey={(row) => row.correctionId}
        openRow={(row) => ({ to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t('empty') }}
      />
    </PageFrame>
  )
}

function CountLine({ rows, total }: { rows: Counts['counts']; total: number }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  if (total === 0) return null
  const byField = new Map<string, number>()
  for (const { field, count } of rows) byField.set(field, (byField.get(field) ?? 0) + count)
  const named = [...byField].sort((a, b) => b[1] - a[1]).map(([field, n]) => t('ofField', { field: nameField(field, language), n }))
  return <p className="bf-quiet">{t('counted', { n: total, fields: named.join('、') })}</p>
}

function useColumns(): DataColumn<CorrectionRecord>[] {
  const t = useT(correctionWords)
  const language = useLanguage()
  return [
    { key: 'who', title: t('who'), value: (row) => row.name },
    { key: 'place', title: t('place'), value: (row) => row.place },
    { key: 'field', title: t('field'), value: (row) => nameField(row.field, language) },
    { key: 'old', title: t('oldValue'), value: (row) => writeValue(row.field, row.oldValue, language) },
    { key: 'new', title: t('newValue'), value: (row) => writeValue(row.field, row.newValue, language) },
    { key: 'source', title: t('source'), value: (row) => row.source },
    { key: 'foundOn', title: t('foundOn'), kind: 'code', value: (row) => row.foundOn },
    { key: 'state', title: t('state'), value: (row) => <StatusTag level={correctionLevels[row.state]} text={t(`state.${row.state}`)} /> },
    {
      key: 'decide',
      title: t('decide'),
      value: (row) => (Object.values(row.can).includes(true) ? <CorrectionActions correction={row} /> : row.reason),
    },
  ]
}
