import { useAreas } from '#modules/identity/admin/index.ts'
import { FilterChips, type FilterChip } from '#ui/forms/filter-chips.tsx'
import { usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { householdSearch, nameCode } from './household-search.ts'
import { householdListWords } from './household-words.ts'
import { nameTag } from './tag-words.ts'

/** The filters in force and the search; each can be taken away. The type stands in the row of types unless something is searched. */
export function ChosenFilters({ q, find }: { q: string; find: (q: string) => void }) {
  const t = useT(householdListWords)
  const language = useLanguage()
  const areas = useAreas()
  const [search, setSearch] = usePageSearch(householdSearch)
  const { under, type, monitored, tag, missing } = search
  const named = (name: string, value: string) => t('filterOf', { name, value })
  const areaName = areas.data?.find((area) => area.path === under)?.name ?? under
  const category = monitored === 'any' ? t('anyMonitored') : nameCode('monitorCategory', monitored, language)
  const all: (FilterChip & { isOn: boolean })[] = [
    { key: 'q', isOn: q !== '', label: named(t('searched'), q), remove: () => find('') },
    { key: 'under', isOn: under !== '', label: named(t('area'), areaName), remove: () => setSearch({ under: '' }) },
    {
      key: 'type',
      isOn: type !== '' && q !== '',
      label: named(t('type'), nameCode('householdType', type, language)),
      remove: () => setSearch({ type: '' }),
    },
    { key: 'monitored', isOn: monitored !== '', label: named(t('monitored'), category), remove: () => setSearch({ monitored: '' }) },
    { key: 'tag', isOn: tag !== '', label: named(t('tag'), nameTag(tag, language)), remove: () => setSearch({ tag: '' }) },
    { key: 'missing', isOn: missing, label: t('missing'), remove: () => setSearch({ missing: false }) },
  ]
  const chips = all.filter(({ isOn }) => isOn)
  const clear = () => {
    find('')
    setSearch({ under: '', type: '', monitored: '', tag: '', missing: false })
  }
  return <FilterChips chips={chips} clear={clear} />
}
