import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { read } from '#kernel/browser/api/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useCaller, useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchText, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { LeadAnswer } from '../contract.ts'
import type { RulePrecision } from '../rules/lead-records.ts'
import { useMonthName, useRuleNames } from './lead-parts.tsx'
import { loadCounts } from './lead-queries.ts'
import { limitWords } from './limit-words.ts'
import { Limits } from './limits.tsx'
import { ScreeningStyles } from './screening-styles.tsx'
import { SenderPrecisionTable } from './sender-precision.tsx'
import { Bar, percent } from './share-bar.tsx'
import { visitWords } from './visit-words.ts'

const precisionSearch = { month: searchText }
const columns = ['raised', 'waiting', 'confirmed', 'elsewhere', 'dismissed', 'notHere', 'precision'] as const

const answerOf = { confirmed: 'confirmed', elsewhere: 'needs-help-elsewhere', dismissed: 'dismissed', notHere: 'not-here' } as const

/** How often each rule was right, so that a rule that cries wolf is seen and changed. Rules are judged, never people. */
export function PrecisionPage() {
  const t = useT(visitWords)
  const say = useT(limitWords)
  const { isCountyWide } = useCaller()
  const isCounty = useMay('screening.run:read') && isCountyWide
  const monthName = useMonthName()
  const [{ month }, setSearch] = usePageSearch(precisionSearch)
  const counts = useQuery({
    queryKey: ['screening', 'lead-counts', '', '', '', undefined],
    queryFn: () => loadCounts({ under: '', rule: '', month: '', found: undefined }),
  })
  const rules = useQuery({
    queryKey: ['screening', 'precision', month],
    queryFn: () => read<{ items: RulePrecision[] }>('/screening/lead-precision', { month }),
  })
  const ofMonth = month === '' ? {} : { month }
  const months = (counts.data?.months ?? []).map((one) => ({ value: one, label: monthName(one) }))
  return (
    <PageFrame
      title={t('precisionTitle')}
      note={t('precisionNote')}
      extra={
        <ListExport
          needs="screening.lead:export"
          lists={[
            { label: t('precisionTitle'), path: '/screening/lead-precision/export', query: ofMonth },
            { label: say('bySender'), path: '/screening/sender-precision/export', query: ofMonth },
          ]}
        />
      }
    >
      <ScreeningStyles />
      <div className="bf-filters">
        <Field label={t('month')}>
          {(control) => (
            <Select
              {...control}
              value={month}
              onChange={(value) => setSearch({ month: value })}
              options={[{ value: '', label: t('allMonths') }, ...months]}
            />
          )}
        </Field>
      </div>
      <Loaded query={rules}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyFace todo={t('precisionEmpty')} />
          ) : (
            <>
              <PrecisionTable items={items} month={month} />
              <SenderPrecisionTable month={month} />
            </>
          )
        }
      </Loaded>
      {isCounty ? <Limits /> : null}
    </PageFrame>
  )
}

function PrecisionTable({ items, month }: { items: readonly RulePrecision[]; month: string }) {
  const t = useT(visitWords)
  const names = useRuleNames()
  const link = (rule: RulePrecision, count: number, found?: LeadAnswer) => (
    <PageLink
      to="/screening/leads"
      search={{ view: 'all', rule: rule.rule, ...(month === '' ? {} : { month }), ...(found === undefined ? {} : { found }) }}
    >
      {count}
    </PageLink>
  )
  const value = (rule: RulePrecision, column: (typeof columns)[number]) => {
    if (column === 'waiting') return rule.raised - rule.confirmed - rule.elsewhere - rule.dismissed - rule.notHere
    if (column === 'raised') return link(rule, rule.raised)
    if (column !== 'precision') return link(rule, rule[column], answerOf[column])
    return rule.precision === null ? <span className="bf-unknown">{t('unknown')}</span> : <PrecisionBar rule={rule} />
  }
  return (
    <div className="bf-list bf-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('rule')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={column === 'precision' ? '' : 'bf-number'}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((rule) => (
            <tr key={rule.rule}>
              <td>
                <PageLink to="/screening/leads" search={{ view: 'all', rule: rule.rule, ...(month === '' ? {} : { month }) }}>
                  {rule.rule} {names.rule(rule.rule)}
                </PageLink>
              </td>
              {columns.map((column) => (
                <td key={column} className={column === 'precision' ? '' : 'bf-number'}>
                  {value(rule, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The share with the bounds between which it lies with 95 % confidence: few answers say little. */
function PrecisionBar({ rule }: { rule: RulePrecision }) {
  const range = `${percent(rule.low)} – ${percent(rule.high)}`
  return <Bar share={rule.precision ?? undefined} level="green" text={percent(rule.precision)} note={range} />
}
