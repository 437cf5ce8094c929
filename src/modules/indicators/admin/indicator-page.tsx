import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useMay } from '#ui/plug/caller.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IndicatorOfArea } from '../contract.ts'
import { FigureText } from './figure-text.tsx'
import { GroupTable } from './group-table.tsx'
import { indicatorWords } from './indicator-words.ts'
import { NamesList } from './names-list.tsx'
import { QuestionBar, questionSearch } from './question-bar.tsx'

/** `by`: how the number is split. `in`: the value of a dimension whose names are shown; `-` is "without one". */
const pageSearch = { ...questionSearch, by: searchText, in: searchText }

/** One figure: the number, how it is split, and the names behind it. */
export function IndicatorPage() {
  const t = useT(indicatorWords)
  const say = useSay()
  const key = usePageParam('key')
  const [{ period, area, by, in: value }, setSearch] = usePageSearch(pageSearch)
  const seesNames = useMay('indicators.indicator:rows')
  const asked = { ...(period === '' ? {} : { period }), ...(area === '' ? {} : { area }) }
  const split = { ...asked, ...(by === '' ? {} : { by }) }
  const figure = useQuery({
    queryKey: ['indicators', 'figure', key, period, area, by],
    queryFn: () => read<IndicatorOfArea>(`/indicators/figures/${key}`, split),
  })
  const only = by.startsWith('by:') && value !== '' ? { by, is: value === '-' ? '' : value } : {}
  const path = `/indicators/figures/${key}/rows`
  const hasRows = figure.data?.rows === true && seesNames
  return (
    <PageFrame
      title={figure.data === undefined ? t('title') : say(figure.data.indicator.name)}
      note={
        <PageLink to="/indicators" search={asked}>
          {t('back')}
        </PageLink>
      }
      extra={
        hasRows ? (
          <ListExport
            needs="indicators.indicator:export"
            lists={[{ label: t('exportNames'), path: `${path}/export`, query: { ...asked, ...only } }]}
          />
        ) : null
      }
    >
      <QuestionBar
        period={period}
        area={area}
        today={readDay(figure.data?.today ?? '')}
        change={(next) => setSearch({ ...next, in: '' })}
      />
      <Loaded query={figure}>
        {(found) => (
          <div className="bf-stack">
            <Section>
              <p className="bf-hint">
                {t('days', {
                  name: found.area.name,
                  from: found.period.from,
                  to: found.period.to > found.today ? found.today : found.period.to,
                })}
              </p>
              <p style={{ fontSize: '1.5rem' }}>
                <FigureText figure={found.indicator} unit={found.indicator.unit} />
              </p>
              {found.indicator.note === null ? null : <p>{say(found.indicator.note)}</p>}
            </Section>
            <ChoiceChips
              label={t('split')}
              chosen={by}
              choose={(next) => setSearch({ by: next, in: '' })}
              choices={[
                { key: '', label: t('none') },
                { key: 'township', label: t('township') },
                { key: 'village', label: t('village') },
                ...found.indicator.dimensions.map((one) => ({ key: `by:${one.key}`, label: say(one.name) })),
              ]}
            />
            <GroupTable found={found} by={by} choose={(next) => setSearch(by.startsWith('by:') ? { in: next } : { area: next, by: '' })} />
            {hasRows ? (
              <NamesList
                path={path}
                asked={{ ...asked, ...only }}
                title={value === '' ? t('names') : t('namesOf', { group: nameOf(found, value, say, t('without')) })}
              />
            ) : found.indicator.kind === 'ratio' || !seesNames ? null : (
              <Notice kind="info">{t('closed')}</Notice>
            )}
          </div>
        )}
      </Loaded>
    </PageFrame>
  )
}

function nameOf(found: IndicatorOfArea, value: string, say: ReturnType<typeof useSay>, without: string): string {
  if (value === '-') return without
  const group = found.groups?.find((one) => one.group === value)
  return group === undefined ? value : say(group.name)
}
