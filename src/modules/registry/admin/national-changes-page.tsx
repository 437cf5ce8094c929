import { Button } from 'antd'
import { useState } from 'react'
import { download, read } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips, FilterChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { nationalActions, nationalStates, type NationalChange } from '../rules/national-records.ts'
import { nationalWords } from '../rules/national-words.ts'
import { NationalBulk } from './national-bulk.tsx'
import { changesPath, nameChange, nameNationalField, nationalKey, nationalSearch, useNationalOverview } from './national-calls.ts'
import { useNationalColumns } from './national-columns.tsx'
import { nationalScreenWords } from './national-words.ts'

/** What is to be entered in the national system: filtered, taken as a workbook, marked as entered. */
export function NationalChangesPage() {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  const [search, setSearch] = usePageSearch(nationalSearch)
  const [chosen, setChosen] = useState<readonly NationalChange[]>([])
  const [isExporting, setExporting] = useState(false)
  const overview = useNationalOverview()
  const mayEnter = useMay('registry.national:enter')
  const mayExport = useMay('registry.national:export')
  const { state = 'open', action, under, field } = search
  const filter = {
    state,
    ...(action === undefined ? {} : { action }),
    ...(under === '' ? {} : { under }),
    ...(field === '' ? {} : { field }),
  }
  const narrow = (change: Parameters<typeof setSearch>[0]) => {
    setChosen([]) // what is no longer on screen must not be marked with the rest
    setSearch(change)
  }
  return (
    <PageFrame
      title={t('listTitle')}
      extra={
        <>
          <span className="bf-spring" />
          <PageLink to="/registry/national">{t('toOverview')}</PageLink>
          {mayExport ? <Button onClick={() => setExporting(true)}>{t('download')}</Button> : null}
        </>
      }
    >
      <div className="bf-filters">
        <Field label={t('area')}>
          {(control) => <AreaSelect {...control} value={under} onChange={(path) => narrow({ under: path })} placeholder={t('anyArea')} />}
        </Field>
      </div>
      <ChoiceChips
        label={t('state')}
        choices={nationalStates.map((key) => {
          const count = overview.data?.states[key]
          return { key, label: t(`state.${key}`), ...(count === undefined || Object.keys(filter).length > 1 ? {} : { count }) }
        })}
        chosen={state}
        choose={(key) => narrow({ state: key })}
      />
      <ChoiceChips
        label={t('action')}
        choices={[
          { key: 'all', label: t('action.all') },
          ...nationalActions.map((key) => ({ key, label: nationalWords[`action.${key}`][language] })),
        ]}
        chosen={action ?? 'all'}
        choose={(key) => narrow({ action: nationalActions.find((one) => one === key), field: '' })}
      />
      <FilterChips
        chips={
          field === ''
            ? []
            : [{ key: 'field', label: t('whichField', { field: nameNationalField(field, language) }), remove: () => narrow({ field: '' }) }]
        }
        clear={() => narrow({ field: '' })}
      />
      <NationalBulk chosen={chosen} clear={() => setChosen([])} />
      <DataList<NationalChange>
        label={t('listLabel')}
        queryKey={[...nationalKey, 'changes', filter]}
        load={(after) => read<Page<NationalChange>>('/registry/national/changes', { ...filter, after, limit: 50 })}
        columns={useNationalColumns()}
        rowKey={(row) => row.changeId}
        openRow={(row) => (row.householdId === undefined ? undefined : { to: `/registry/households/${row.householdId}` })}
        empty={{ todo: t(state === 'open' ? 'emptyOpen' : 'emptyState') }}
        {...(mayEnter && state !== 'settled'
          ? {
              selection: {
                selected: chosen.map((row) => row.changeId),
                onChange: (_keys: string[], picked: NationalChange[]) => setChosen(picked),
                nameOf: (row: NationalChange) => t('chooseRow', { name: row.name, what: nameChange(row, language) }),
              },
            }
          : {})}
      />
      <ConfirmDialog
        isOpen={isExporting}
        close={() => setExporting(false)}
        title={t('download')}
        confirmText={t('download')}
        reason={{ label: t('purpose'), minLength: 4 }}
        confirm={(purpose) => download(`${changesPath}.xlsx`, { ...filter, purpose })}
      >
        {t('downloadAsk')}
      </ConfirmDialog>
    </PageFrame>
  )
}
