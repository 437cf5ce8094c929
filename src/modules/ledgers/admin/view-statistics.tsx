import { useQuery } from '@tanstack/react-query'
import { ask } from '#kernel/browser/api/index.ts'
import { showRatio } from '#kernel/pure/indicators/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'

import type { FieldFilter } from '../contract.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { Book, Statistics } from '../rules/records.ts'
import { pages } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'
import { groupChoices } from './list-fields.ts'
import { withField, type ListSearch } from './list-search.ts'
import type { ViewProps } from './list-view.ts'
import { sumText } from './value-text.ts'

/** Counts and sums by state, place, choice or month: bars and figures in one table, each row a link to its records. */
export function StatisticsView({ book, search, filter, change }: ViewProps) {
  const t = useT(ledgerWords)
  const nameGroup = useGroupName(book)
  const choices = groupChoices(book)
  const by = choices.includes(search.by) ? search.by : (choices[0] ?? 'state')
  const by2 = choices.includes(search.by2) && search.by2 !== by ? search.by2 : ''
  const sums = sumFields(book)
  const groups = by2 === '' ? [by] : [by, by2]
  const found = useQuery({
    queryKey: ['ledgers', 'statistics', book.templateKey, filter, groups],
    queryFn: () => ask<Statistics>(`${ledgerPaths.book(book.templateKey)}/statistics`, { ...filter, groups, sums }),
  })
  return (
    <>
      <div className="bf-filters">
        <Labelled label={t('statsBy')}>
          {(control) => (
            <select {...control} className="bf-input" value={by} onChange={(event) => change({ by: event.target.value })}>
              {choices.map((key) => (
                <option key={key} value={key}>
                  {nameGroup(key)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t('statsBy2')}>
          {(control) => (
            <select {...control} className="bf-input" value={by2} onChange={(event) => change({ by2: event.target.value })}>
              <option value="">{t('statsNone')}</option>
              {choices
                .filter((key) => key !== by)
                .map((key) => (
                  <option key={key} value={key}>
                    {nameGroup(key)}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
      </div>
      <Loaded query={found}>{(statistics) => <Figures book={book} search={search} statistics={statistics} />}</Loaded>
    </>
  )
}

function sumFields(book: Book): string[] {
  const offered = book.template.fields
    .filter(({ key, kind }) => book.keys[key] !== undefined && (kind === 'number' || kind === 'money'))
    .map(({ key }) => key)
  return (book.template.list.sums ?? offered).filter((key) => offered.includes(key)).slice(0, 6)
}

function useGroupName(book: Book): (group: string) => string {
  const t = useT(ledgerWords)
  const language = useLanguage()
  return (group) => {
    const own = `group.${group}`
    if (own in ledgerWords) return t(own as keyof typeof ledgerWords) // safe: just looked up
    const [kind, key] = group.includes(':') ? group.split(':') : ['', group]
    const name = book.template.fields.find((field) => field.key === key)?.name[language] ?? group
    return kind === 'month' ? t('groupMonth', { name }) : kind === 'year' ? t('groupYear', { name }) : name
  }
}

function Figures({ book, search, statistics }: { book: Book; search: ListSearch; statistics: Statistics }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const nameGroup = useGroupName(book)
  const { groups, sums, rows, total } = statistics
  const most = Math.max(1, ...rows.map((row) => row.count))
  const fieldOf = (key: string) => book.template.fields.find((field) => field.key === key)
  return (
    <ScrollBox>
      <table className="bf-table ledger-statistics" aria-label={t('view.statistics')}>
        <thead>
          <tr>
            {groups.map((group) => (
              <th key={group} scope="col">
                {nameGroup(group)}
              </th>
            ))}
            <th scope="col" className="bf-number">
              {t('count')}
            </th>
            <th scope="col">{t('share')}</th>
            {sums.map((key) => (
              <th key={key} scope="col" className="bf-number">
                {t('sumOf', { name: fieldOf(key)?.name[language] ?? key })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(book, groups, rows).map((row) => (
            <tr key={JSON.stringify(row.values)}>
              {row.values.map((value, at) => (
                <td key={groups[at]}>{value === null ? t('unsaid') : (row.names[at]?.[language] ?? value)}</td>
              ))}
              <td className="bf-number">
                <PageLink to={pages.book(book.templateKey)} search={rowsOf(search, groups, row.values)} title={t('statsRows')}>
                  {row.count.toLocaleString('en')}
                </PageLink>
              </td>
              <td className="ledger-bar-cell">
                <span className="ledger-bar" style={{ width: `${(row.count / most) * 70}%` }} aria-hidden="true" />{' '}
                <span className="bf-figures">{shareOf(row.count, total.count)}</span>
              </td>
              {row.sums.map((sum, at) => (
                <td key={sums[at]} className="bf-number">
                  {sumText(fieldOf(sums[at] ?? ''), sum, language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={groups.length}>
              {t('total')}
            </th>
            <td className="bf-number">{total.count.toLocaleString('en')}</td>
            <td>{shareOf(total.count, total.count)}</td>
            {total.sums.map((sum, at) => (
              <td key={sums[at]} className="bf-number">
                {sumText(fieldOf(sums[at] ?? ''), sum, language)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </ScrollBox>
  )
}

/** Part of all in percent, rounded as all ratios are (R12). */
function shareOf(part: number, base: number): string {
  const share = showRatio(part, base, 1)
  return share === undefined ? '—' : `${share}%`
}

/** States and choices stand in the order of the template, everything else as it was counted. */
function inOrder(book: Book, groups: readonly string[], rows: Statistics['rows']): Statistics['rows'] {
  const orders = groups.map((group) =>
    group === 'state' ? book.template.states : (book.template.fields.find((field) => field.key === group)?.choices ?? []),
  )
  const rank = (value: string | null, at: number): number => {
    const found = orders[at]?.findIndex((one) => one.key === value) ?? -1
    return found < 0 ? (orders[at]?.length ?? 0) : found
  }
  return [...rows].sort((one, other) => {
    for (const at of groups.keys()) {
      const difference = rank(one.values[at] ?? null, at) - rank(other.values[at] ?? null, at)
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** The list behind a figure: the same filters and the row's own. */
function rowsOf(search: ListSearch, groups: readonly string[], values: readonly (string | null)[]): Readonly<Record<string, unknown>> {
  let fields: FieldFilter[] = [...search.fields]
  let more: Partial<ListSearch> = {}
  for (const [at, group] of groups.entries()) {
    const value = values[at] ?? null
    const [kind, key] = group.includes(':') ? group.split(':') : ['', group]
    if (group === 'state') more = { ...more, states: value === null ? [] : [value] }
    else if (group === 'township' || group === 'village') more = { ...more, under: value ?? '' }
    else if (key === undefined || key === 'made') continue
    else if (value === null) fields = withField(fields, { field: key, empty: true })
    else if (kind === 'month' || kind === 'year') fields = withField(fields, { field: key, ...spanOf(value) })
    else fields = withField(fields, { field: key, is: [value] })
  }
  return { ...search, view: undefined, by: '', by2: '', ...more, fields }
}

/** First and last day of a month or a year. */
function spanOf(value: string): { from: string; to: string } {
  if (!value.includes('-')) return { from: `${value}-01-01`, to: `${value}-12-31` }
  const last = new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate()
  return { from: `${value}-01`, to: `${value}-${last}` }
}
