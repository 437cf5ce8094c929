import { Checkbox, Input, Select, type InputRef } from 'antd'
import { useEffect, useRef } from 'react'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useCaller } from '#ui/plug/caller.tsx'
import { usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, usePreferences, useT } from '#ui/words/use-t.ts'
import { householdListWords } from './household-words.ts'
import { householdSearch, monitorCategories } from './household-search.ts'
import { listTags } from './tag-words.ts'

/** Search box, area, monitored, tag; the box is reached with `/`. What is searched stays on this page, the rest in the address. */
export function HouseholdFilters({ q, find }: { q: string; find: (q: string) => void }) {
  const t = useT(householdListWords)
  const language = useLanguage()
  const { isCountyWide } = useCaller()
  const [search, setSearch] = usePageSearch(householdSearch)
  const box = useSlashKey()
  return (
    <div className="bf-filters">
      <Field label={t('search')}>
        {(control) => (
          <Input.Search
            {...control}
            key={q}
            ref={box}
            defaultValue={q}
            maxLength={40}
            placeholder={t('searchHint')}
            onSearch={(words) => find(words.trim())}
          />
        )}
      </Field>
      <Field label={t('area')}>
        {(control) => (
          <AreaSelect {...control} value={search.under} onChange={(under) => setSearch({ under })} placeholder={t('notAsked')} />
        )}
      </Field>
      <Field label={t('monitored')}>
        {(control) => (
          <Select
            {...control}
            value={search.monitored}
            onChange={(monitored) => setSearch({ monitored })}
            options={[{ value: '', label: t('notAsked') }, { value: 'any', label: t('anyMonitored') }, ...monitorCategories(language)]}
          />
        )}
      </Field>
      <Field label={t('tag')}>
        {(control) => (
          <Select
            {...control}
            value={search.tag}
            onChange={(tag) => setSearch({ tag })}
            options={[{ value: '', label: t('notAsked') }, ...listTags(language)]}
          />
        )}
      </Field>
      {isCountyWide ? (
        <Checkbox checked={search.missing} onChange={(event) => setSearch({ missing: event.target.checked })}>
          {t('missing')}
        </Checkbox>
      ) : null}
    </div>
  )
}

/** `/` goes to the search box, unless something is being typed or single keys are switched off. */
function useSlashKey() {
  const box = useRef<InputRef>(null)
  const { singleKeys } = usePreferences()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event
      const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
      if (!singleKeys || event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      box.current?.focus({ cursor: 'all' })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [singleKeys])
  return box
}
