import { Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { getPreferences } from '#kernel/browser/session/index.ts'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { listTags } from '#modules/registry/admin/index.ts'
import { loadPopulationFilters } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Who is asked, as the form holds it. */
export interface Population {
  readonly area: string
  readonly types: readonly string[]
  readonly registered: boolean
  readonly monitored: boolean
  readonly tags: readonly string[]
  /** What other modules keep of households: key to the values chosen. */
  readonly by: Readonly<Record<string, readonly string[]>>
  readonly sampleSize: string
  readonly seed: string
}

/** Types, tags and the sample of a population; of villages only the sample. */
export function PopulationFields(props: { population: Population; change: (next: Population) => void; isVillages: boolean }) {
  const { population, change, isVillages } = props
  const t = useT(surveyWords)
  const say = useSay()
  const types = useQuery({
    queryKey: ['surveys', 'types'],
    queryFn: () => read<{ byType: { type?: string }[] }>('/registry/households/counts'),
  })
  const filters = useQuery({ queryKey: ['surveys', 'population-filters'], queryFn: loadPopulationFilters, enabled: !isVillages })
  const isDrawn = population.sampleSize !== ''
  return (
    <>
      {isVillages ? null : (
        <div className="bf-form-grid">
          <Field label={t('types')}>
            {(control) => (
              <Select
                {...control}
                mode="multiple"
                value={[...population.types]}
                onChange={(next: string[]) => change({ ...population, types: next })}
                options={(types.data?.byType ?? []).flatMap(({ type }) => (type === undefined ? [] : [{ value: type, label: type }]))}
              />
            )}
          </Field>
          <Field label={t('tags')}>
            {(control) => (
              <Select
                {...control}
                mode="multiple"
                value={[...population.tags]}
                onChange={(next: string[]) => change({ ...population, tags: next })}
                options={listTags(getPreferences().language)}
              />
            )}
          </Field>
          {(filters.data?.items ?? [])
            .filter((one) => one.values.length > 0)
            .map((one) => (
              <Field key={one.key} label={say(one.words)}>
                {(control) => (
                  <Select
                    {...control}
                    mode="multiple"
                    value={[...(population.by[one.key] ?? [])]}
                    onChange={(next: string[]) => change({ ...population, by: { ...population.by, [one.key]: next } })}
                    options={one.values.map((value) => ({ value, label: value }))}
                  />
                )}
              </Field>
            ))}
          <label className="bf-check">
            <input
              type="checkbox"
              checked={population.registered}
              onChange={(event) => change({ ...population, registered: event.target.checked })}
            />{' '}
            {t('registered')}
          </label>
          <label className="bf-check">
            <input
              type="checkbox"
              checked={population.monitored}
              onChange={(event) => change({ ...population, monitored: event.target.checked })}
            />{' '}
            {t('monitored')}
          </label>
        </div>
      )}
      <ChoiceChips
        label={t('sample')}
        chosen={isDrawn ? 'sample' : 'full'}
        choose={(key) => change({ ...population, sampleSize: key === 'sample' ? '100' : '' })}
        choices={(['full', 'sample'] as const).map((key) => ({ key, label: t(key) }))}
      />
      {isDrawn ? (
        <div className="bf-form-grid">
          <Field label={t('sampleSize')} isRequired>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                inputMode="numeric"
                value={population.sampleSize}
                onChange={(event) => change({ ...population, sampleSize: event.target.value.replace(/\D/g, '') })}
              />
            )}
          </Field>
          <Field label={t('seed')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={80}
                value={population.seed}
                onChange={(event) => change({ ...population, seed: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </>
  )
}
