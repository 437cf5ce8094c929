import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import type { Area } from '#modules/identity/contract.ts'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { stepNames } from '../rules/case-steps.ts'
import { stepWords } from '../rules/case-words.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** The steps at which cases stand, each with how many; pressing the chosen one again takes it away. */
export function StepFilter(props: { counts: Readonly<Record<string, number>>; step: string; change: (step: string) => void }) {
  const { counts, step, change } = props
  const t = useT(caseScreenWords)
  const say = useSay()
  const shown = stepNames.filter((one) => (counts[one] ?? 0) > 0 || one === step)
  if (shown.length === 0) return null
  return (
    <div className="bf-chips" role="group" aria-label={t('stepsChips')}>
      <button
        type="button"
        className={step === '' ? 'bf-chip bf-chip-on' : 'bf-chip'}
        aria-pressed={step === ''}
        onClick={() => change('')}
      >
        {t('allSteps')} <span className="bf-figures">{Object.values(counts).reduce((sum, n) => sum + n, 0)}</span>
      </button>
      {shown.map((one) => (
        <button
          key={one}
          type="button"
          className={step === one ? 'bf-chip bf-chip-on' : 'bf-chip'}
          aria-pressed={step === one}
          onClick={() => change(step === one ? '' : one)}
        >
          {say(stepWords[one])} <span className="bf-figures">{counts[one] ?? 0}</span>
        </button>
      ))}
    </div>
  )
}

/** Township or village; nothing for callers who have only one. */
export function AreaFilter({ area, change }: { area: string; change: (area: string) => void }) {
  const t = useT(caseScreenWords)
  const areas = useQuery({
    queryKey: ['identity', 'areas', 'village'],
    queryFn: () => read<{ items: Area[] }>('/identity/areas', { level: 'village' }),
    staleTime: 300_000,
  })
  const list = (areas.data?.items ?? []).filter((one) => one.level === 'township' || one.level === 'village')
  const names = new Map(list.map((one) => [one.path, one.name]))
  if (list.length < 2) return null
  const options = list.map((one) => ({
    value: one.path,
    label: one.level === 'village' ? `${names.get(one.parentPath) ?? ''} ${one.name}`.trim() : one.name,
  }))
  return (
    <Field label={t('area')}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ optionFilterProp: 'label' }}
          value={area}
          onChange={change}
          options={[{ value: '', label: t('allAreas') }, ...options]}
        />
      )}
    </Field>
  )
}
