import { useQuery } from '@tanstack/react-query'
import { Input, Table } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { readDay } from '#kernel/pure/time/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IndicatorFigure, IndicatorsOfArea } from '../contract.ts'
import { FigureText, useOwnerName } from './figure-text.tsx'
import { indicatorWords } from './indicator-words.ts'
import { QuestionBar, questionSearch } from './question-bar.tsx'

const pageSearch = { ...questionSearch, find: searchText }

/** 指标查询: every figure of a place and a period, by who publishes it; each opens its groups and names. */
export function IndicatorsPage() {
  const t = useT(indicatorWords)
  const [{ period, area, find }, setSearch] = usePageSearch(pageSearch)
  const asked = { ...(period === '' ? {} : { period }), ...(area === '' ? {} : { area }) }
  const figures = useQuery({
    queryKey: ['indicators', 'figures', period, area],
    queryFn: () => read<IndicatorsOfArea>('/indicators/figures', asked),
  })
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        <ListExport
          needs="indicators.indicator:export"
          lists={[{ label: t('export'), path: '/indicators/figures/export', query: asked }]}
        />
      }
    >
      <QuestionBar period={period} area={area} today={readDay(figures.data?.today ?? '')} change={setSearch}>
        <Field label={t('search')}>
          {(control) => <Input {...control} allowClear value={find} onChange={(event) => setSearch({ find: event.target.value })} />}
        </Field>
      </QuestionBar>
      <Loaded query={figures}>{(found) => <Figures found={found} find={find.trim()} asked={asked} />}</Loaded>
    </PageFrame>
  )
}

function Figures({ found, find, asked }: { found: IndicatorsOfArea; find: string; asked: Record<string, string> }) {
  const t = useT(indicatorWords)
  const say = useSay()
  const ownerOf = useOwnerName()
  const chosen = found.indicators.filter(({ name, key, figures }) =>
    `${name.zh} ${name.en} ${key} ${figures.join(' ')}`.toLowerCase().includes(find.toLowerCase()),
  )
  if (chosen.length === 0) return <EmptyFace title={t('empty')} todo={t('emptyTodo')} />
  const owners = [...new Set(chosen.map(({ key }) => ownerOf(key)))]
  const { period, area, today } = found
  return (
    <div className="bf-stack">
      <p>{t('days', { name: area.name, from: period.from, to: period.to > today ? today : period.to })}</p>
      {owners.map((owner) => (
        <Section key={owner} title={owner}>
          <Table<IndicatorFigure>
            size="small"
            pagination={false}
            rowKey={(row) => row.key}
            dataSource={chosen.filter(({ key }) => ownerOf(key) === owner)}
            scroll={{ x: 'max-content' }}
            columns={[
              {
                key: 'name',
                title: t('indicator'),
                render: (_value, row) => (
                  <PageLink to={`/indicators/${row.key}`} search={asked}>
                    {say(row.name)}
                  </PageLink>
                ),
              },
              { key: 'value', title: t('value'), align: 'right', render: (_value, row) => <FigureText figure={row} unit={row.unit} /> },
              { key: 'kind', title: t('kind'), responsive: ['md'], render: (_value, row) => t(`kind.${row.kind}`) },
            ]}
          />
        </Section>
      ))}
    </div>
  )
}
