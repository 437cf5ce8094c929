import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import { ruleWords } from '../rules/lead-words.ts'
import { useMonthName, useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'

/** The townships and villages the caller may choose from, villages below their township. */
export function useAreaChoices() {
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
      level: area.level,
      label: area.level === 'village' ? `${names.get(area.parentPath) ?? ''} ${area.name}` : area.name,
    }))
}

interface InboxFiltersProps {
  under: string
  rule: string
  month: string
  months: readonly string[]
  change: (change: { under?: string; rule?: string; month?: string }) => void
  find: (text: string) => void
}

/** Place, rule, month, and the search box. */
export function InboxFilters({ under, rule, month, months, change, find }: InboxFiltersProps) {
  const t = useT(leadScreenWords)
  const names = useRuleNames()
  const monthName = useMonthName()
  const areas = useAreaChoices()
  return (
    // On a phone the filters are folded, so that the list comes first.
    <details className="screening-filters" open={window.matchMedia('(min-width: 40rem)').matches}>
      <summary>{t('filters')}</summary>
      <div className="bf-filters">
        <Field label={t('search')}>
          {(control) => (
            <Input.Search {...control} allowClear maxLength={40} placeholder={t('searchHint')} onSearch={(text) => find(text.trim())} />
          )}
        </Field>
        {areas.length < 2 ? null : (
          <Field label={t('area')}>
            {(control) => (
              <Select
                {...control}
                showSearch={{ optionFilterProp: 'label' }}
                value={under}
                onChange={(value) => change({ under: value })}
                options={[{ value: '', label: t('allAreas') }, ...areas]}
              />
            )}
          </Field>
        )}
        <Field label={t('rule')}>
          {(control) => (
            <Select
              {...control}
              value={rule}
              onChange={(value) => change({ rule: value })}
              options={[
                { value: '', label: t('allRules') },
                ...Object.keys(ruleWords).map((key) => ({ value: key, label: names.rule(key) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('month')}>
          {(control) => (
            <Select
              {...control}
              value={month}
              onChange={(value) => change({ month: value })}
              options={[{ value: '', label: t('allMonths') }, ...months.map((one) => ({ value: one, label: monthName(one) }))]}
            />
          )}
        </Field>
      </div>
    </details>
  )
}
