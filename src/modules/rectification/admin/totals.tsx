import type { UseQueryResult } from '@tanstack/react-query'
import { StatCard } from '#ui/data/stat-card.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { sourceWords, standingWords, stateWords } from '../rules/problem-words.ts'
import { totalsBy, type ProblemTotals, type TotalsBy, type TotalsPart } from '../rules/problem-totals.ts'
import { queryOf, type LedgerFilter } from './queries.ts'
import { screenWords } from './screen-words.ts'

const to = '/rectification/problems'

/** The counts above the ledger: all, struck off with the rate, open, overdue; each leads to its rows. What does not add up is said first (R24). */
export function CountsLine({ totals, filter }: { totals: UseQueryResult<ProblemTotals>; filter: LedgerFilter }) {
  const t = useT(screenWords)
  return (
    <Loaded query={totals} lines={2}>
      {(found) => {
        const base = { ...queryOf(filter), state: '', standing: '' }
        const overdue = found.by.standing.find(({ key }) => key === 'overdue')?.n ?? 0
        const rate = found.rate === undefined ? '' : t('rate', { rate: found.rate })
        return (
          <>
            {found.disagree.length === 0 ? null : (
              <Notice kind="warning">{t('disagree', { what: found.disagree.map((key) => t(`by.${key}`)).join('、') })}</Notice>
            )}
            <div className="bf-stats">
              <StatCard
                label={t('total')}
                value={found.total}
                to={to}
                search={{ ...base, view: 'all' }}
                note={t('lettersN', { n: found.letters })}
              />
              <StatCard label={t('closed')} value={found.closed} to={to} search={{ ...base, view: 'closed' }} level="green" note={rate} />
              <StatCard label={t('open')} value={found.open} to={to} search={{ ...base, view: 'open' }} />
              <StatCard
                label={t('overdue')}
                value={overdue}
                to={to}
                search={{ ...base, view: 'overdue' }}
                level={overdue > 0 ? 'red' : 'grey'}
              />
            </div>
          </>
        )
      }}
    </Loaded>
  )
}

/** Every division of the ledger as a table with its sum; each number leads to its rows. */
export function CountTables({ totals, filter }: { totals: UseQueryResult<ProblemTotals>; filter: LedgerFilter }) {
  const t = useT(screenWords)
  return (
    <Loaded query={totals} lines={8}>
      {(found) => (
        <>
          <p className="bf-quiet">
            {found.disagree.length === 0 ? t('agree') : ''} {found.withdrawn === 0 ? '' : t('withdrawnN', { n: found.withdrawn })}
          </p>
          <div className="rect-counts">
            {totalsBy.map((by) => (
              <Division key={by} by={by} totals={found} filter={filter} />
            ))}
          </div>
        </>
      )}
    </Loaded>
  )
}

const filterOf = { state: 'state', source: 'sourceKind', class: 'class', unit: 'unitId', standing: 'standing' } as const

function Division({ by, totals, filter }: { by: TotalsBy; totals: ProblemTotals; filter: LedgerFilter }) {
  const t = useT(screenWords)
  const name = useNames(by)
  const parts = totals.by[by]
  return (
    <Section title={t('by', { what: t(`by.${by}`) })}>
      <div className="bf-scroll">
        <table className="bf-table">
          <thead>
            <tr>
              <th scope="col">{t(`by.${by}`)}</th>
              <th scope="col" className="bf-number">
                {t('total')}
              </th>
              <th scope="col" className="bf-number">
                {t('closed')}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part.key}>
                <th scope="row">{name(part)}</th>
                <td className="bf-number bf-figures">
                  {part.key === '' ? (
                    part.n
                  ) : (
                    <PageLink to={to} search={{ ...queryOf(filter), [filterOf[by]]: part.key }}>
                      {part.n}
                    </PageLink>
                  )}
                </td>
                <td className="bf-number bf-figures">{part.closed}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('sum')}</th>
              <td className="bf-number bf-figures">{totals.total}</td>
              <td className="bf-number bf-figures">{totals.closed}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </Section>
  )
}

function useNames(by: TotalsBy): (part: TotalsPart) => string {
  const t = useT(screenWords)
  const say = useSay()
  return ({ key, name }) => {
    if (by === 'unit') return key === '' ? t('notAssigned') : name
    if (by === 'class') return key
    const words: Readonly<Record<string, { zh: string; en: string }>> =
      by === 'state' ? stateWords : by === 'source' ? sourceWords : standingWords
    const found = words[key]
    return found === undefined ? key : say(found)
  }
}
