import { Select } from 'antd'
import { FilterChips } from '#ui/forms/filter-chips.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { sourceKinds } from '../rules/problem-sources.ts'
import { sourceWords } from '../rules/problem-words.ts'
import { useCampaigns, useTotals, type LedgerFilter } from './queries.ts'
import { screenWords } from './screen-words.ts'

/** Campaign, source, class and unit; classes and units are those of the campaign. */
export function LedgerFilters({ filter, change }: { filter: LedgerFilter; change: (next: Partial<LedgerFilter>) => void }) {
  const t = useT(screenWords)
  const say = useSay()
  const campaigns = useCampaigns()
  const wide = useTotals({ ...filter, class: '', unitId: '', state: '', standing: '' })
  const list = campaigns.data?.items ?? []
  const sources = sourceKinds.map((kind) => ({ value: kind, label: say(sourceWords[kind]) }))
  const classes = (wide.data?.by.class ?? []).map(({ key }) => ({ value: key, label: key }))
  const units = (wide.data?.by.unit ?? []).flatMap(({ key, name }) => (key === '' ? [] : [{ value: key, label: name }]))
  const boxes = [
    {
      key: 'campaignId',
      label: t('campaign'),
      all: t('allCampaigns'),
      options: list.map((one) => ({ value: one.campaignId, label: one.name })),
    },
    { key: 'sourceKind', label: t('source'), all: t('allSources'), options: sources },
    { key: 'class', label: t('class'), all: t('allClasses'), options: classes },
    { key: 'unitId', label: t('unit'), all: t('allUnits'), options: units },
  ] as const
  return (
    <div className="bf-filters">
      {filter.inspectionId === '' ? null : (
        <FilterChips
          chips={[{ key: 'inspection', label: t('ofInspection'), remove: () => change({ inspectionId: '' }) }]}
          clear={() => change({ inspectionId: '' })}
        />
      )}
      {boxes.map(({ key, label, all, options }) => (
        <Field key={key} label={label}>
          {(control) => (
            <Select
              {...control}
              showSearch={{ optionFilterProp: 'label' }}
              value={filter[key]}
              onChange={(value: string) => change({ [key]: value })}
              options={[{ value: '', label: all }, ...options]}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
