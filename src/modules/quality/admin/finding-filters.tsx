import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { RuleOwner, Severity } from '../contract.ts'
import { ownerWords, severityWords } from '../rules/worklist-words.ts'
import { useRuleTexts } from './finding-parts.tsx'
import type { ScreenFilter } from './finding-queries.ts'
import { qualityWords } from './quality-words.ts'

/** The townships and villages the caller may choose from, villages below their township. */
function useAreaChoices() {
  const areas = useQuery({
    queryKey: ['identity', 'areas', 'village'],
    queryFn: () => read<{ items: Area[] }>('/identity/areas', { level: 'village' }),
    staleTime: 300_000,
  })
  const list = areas.data?.items ?? []
  const names = new Map(list.map((area) => [area.path, area.name]))
  return list
    .filter((area) => area.level === 'township' || area.level === 'village')
    .map((area) => ({
      value: area.path,
      label: area.level === 'village' ? `${names.get(area.parentPath) ?? ''} ${area.name}` : area.name,
    }))
}

interface FindingFiltersProps {
  filter: ScreenFilter
  change: (change: Partial<ScreenFilter>) => void
  find: (text: string) => void
}

/** Place, rule, severity, who mends, and the search box. */
export function FindingFilters({ filter, change, find }: FindingFiltersProps) {
  const t = useT(qualityWords)
  const say = useSay()
  const { rules, text } = useRuleTexts()
  const areas = useAreaChoices()
  const { under, rule, severity, owner } = filter
  const select = (label: string, value: string, options: { value: string; label: string }[], pick: (value: string) => void) => (
    <Field label={label}>
      {(control) => <Select {...control} showSearch={{ optionFilterProp: 'label' }} value={value} onChange={pick} options={options} />}
    </Field>
  )
  return (
    // On a phone the filters are folded, so that the list comes first.
    <details className="quality-filters" open={window.matchMedia('(min-width: 40rem)').matches}>
      <summary>{t('filters')}</summary>
      <div className="bf-filters">
        <Field label={t('search')}>
          {(control) => (
            <Input.Search
              {...control}
              allowClear
              maxLength={40}
              placeholder={t('searchHint')}
              onSearch={(written) => find(written.trim())}
            />
          )}
        </Field>
        {areas.length < 2
          ? null
          : select(t('area'), under, [{ value: '', label: t('allAreas') }, ...areas], (value) => change({ under: value }))}
        {select(
          t('severity'),
          severity ?? '',
          [{ value: '', label: t('allSeverities') }, ...Severity.options.map((one) => ({ value: one, label: say(severityWords[one]) }))],
          (value) => change({ severity: Severity.options.find((one) => one === value) }),
        )}
        {select(
          t('rule'),
          rule,
          [{ value: '', label: t('allRules') }, ...rules.map((one) => ({ value: one.rule, label: `${one.rule} ${text(one.rule)}` }))],
          (value) => change({ rule: value }),
        )}
        {select(
          t('owner'),
          owner ?? '',
          [{ value: '', label: t('allOwners') }, ...RuleOwner.options.map((one) => ({ value: one, label: say(ownerWords[one]) }))],
          (value) => change({ owner: RuleOwner.options.find((one) => one === value) }),
        )}
      </div>
    </details>
  )
}
