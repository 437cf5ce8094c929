import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { FailedFace, Skeleton } from '#ui/feedback/faces.tsx'
import { FilterChips } from '#ui/forms/filter-chips.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AskSimulation, SimulatedName, Subject } from '../contract.ts'
import type { NameFilter } from './name-filter.ts'
import { simulatedNames } from './policy-calls.ts'
import { simulateWords } from './simulate-words.ts'
import { useSayOutcome, yuanOf } from './simulation-tables.tsx'

interface SimulatedNamesProps {
  policyKey: string
  subject: Subject
  asked: AskSimulation
  filter: NameFilter
  setFilter: (filter: NameFilter) => void
}

/** Who changes, by name, page by page; a household leads to its page. */
export function SimulatedNames({ policyKey, subject, asked, filter, setFilter }: SimulatedNamesProps) {
  const t = useT(simulateWords)
  const say = useSayOutcome()
  const { from, to, areaPath, areaName, changedOnly } = filter
  const names = useInfiniteQuery({
    queryKey: ['policies', 'names', policyKey, asked.asOf, asked.content, from, to, areaPath, changedOnly],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      simulatedNames(policyKey, {
        ...asked,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(areaPath === undefined ? {} : { areaPath }),
        ...(changedOnly === undefined ? {} : { changedOnly }),
        ...(pageParam === '' ? {} : { after: pageParam }),
      }),
    getNextPageParam: (last) => last.next,
  })
  const chips = [
    ...(from === undefined || to === undefined
      ? []
      : [
          {
            key: 'change',
            label: from === to ? t('amountsOf', { outcome: say(from) }) : t('namesOf', { from: say(from), to: say(to) }),
            remove: () => setFilter({ areaPath, areaName }),
          },
        ]),
    ...(areaPath === undefined ? [] : [{ key: 'area', label: areaName ?? areaPath, remove: () => setFilter({ from, to, changedOnly }) }]),
  ]
  const rows = names.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className="bf-stack">
      {chips.length === 0 ? <p className="bf-quiet">{t('namesAll')}</p> : <FilterChips chips={chips} clear={() => setFilter({})} />}
      {names.isError ? (
        <FailedFace error={names.error} retry={() => void names.refetch()} /> // the query keeps its own error
      ) : names.data === undefined ? (
        <Skeleton lines={4} />
      ) : rows.length === 0 ? (
        <p className="bf-quiet">{t('noneHere')}</p>
      ) : (
        <NameTable rows={rows} subject={subject} />
      )}
      {names.hasNextPage ? (
        <div>
          <Button loading={names.isFetchingNextPage} onClick={() => void names.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function NameTable({ rows, subject }: { rows: readonly SimulatedName[]; subject: Subject }) {
  const t = useT(simulateWords)
  const say = useSayOutcome()
  const hasMoney = rows.some((one) => one.money.length > 0)
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('names')}>
        <thead>
          <tr>
            <th>{t('name')}</th>
            <th>{t('no')}</th>
            <th>{t('place')}</th>
            <th>{t('before')}</th>
            <th>{t('after')}</th>
            {hasMoney ? <th className="bf-number">{t('moneyChange')}</th> : null}
            <th className="policies-wide">{t('rule')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.subjectId}>
              <td>
                {subject === 'household' ? (
                  <PageLink to={`/registry/households/${one.subjectId}`}>{one.name || one.no}</PageLink>
                ) : (
                  one.name || '—'
                )}
              </td>
              <td className="bf-figures">{one.no === '' ? '—' : one.no}</td>
              <td>{one.areaName}</td>
              <td>
                <span className="bf-before">{say(one.from)}</span>
              </td>
              <td>
                <span className="bf-after">{say(one.to)}</span>
              </td>
              {hasMoney ? <td className="bf-number">{one.money.map(sayMoney).join('；')}</td> : null}
              <td>{one.rule === null ? '—' : [t('ruleRow', { row: one.rule }), one.clause].filter((part) => part !== '').join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Fen as text; null where nothing is decided. */
function sayMoney({ oldFen, newFen }: SimulatedName['money'][number]): string {
  const say = (fen: string | null) => (fen === null ? '—' : yuanOf(BigInt(fen)))
  return oldFen === newFen ? say(newFen) : `${say(oldFen)} → ${say(newFen)}`
}
