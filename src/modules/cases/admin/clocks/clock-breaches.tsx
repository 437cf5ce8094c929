import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { stepWords } from '../../rules/case-words.ts'
import type { ClockForecast, ClockRecord } from '../../rules/clocks/clock-records.ts'
import { clockKindWords, limitWords } from '../../rules/clocks/clock-words.ts'
import { clockScreenWords } from './clock-screen-words.ts'

/** Says a limit in words: the step where it is a step's, else what it measures. */
export function useClockName(): (clock: Pick<ClockRecord, 'kind' | 'step'>) => string {
  const say = useSay()
  return ({ kind, step }) => (kind === 'step' ? say(stepWords[step]) : say(clockKindWords[kind]))
}

/** The names behind the forecast, by their due day. */
export function ClockBreaches({ found }: { found: ClockForecast }) {
  const t = useT(clockScreenWords)
  const say = useSay()
  const nameOf = useClockName()
  const { breaches, leftOff } = found
  if (breaches.length === 0) return <p className="bf-quiet">{t('noBreaches')}</p>
  return (
    <>
      <ScrollBox>
        <table className="bf-table clock-table clock-names" aria-label={t('breachesLabel')}>
          <thead>
            <tr>
              {(['caseNo', 'place', 'clock', 'limit', 'holder', 'dueOn', 'breachOn', 'doneOn'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {breaches.map((one) => (
              <tr key={one.clockId}>
                <th scope="row">
                  <PageLink to={`/cases/files/${one.caseId}`}>{one.headName ?? one.caseNo}</PageLink>
                  <span className="bf-source bf-figures">{one.caseNo}</span>
                </th>
                <td>{`${one.township} ${one.village}`}</td>
                <td>{nameOf(one)}</td>
                <td>{say(limitWords[one.limit])}</td>
                <td>{one.holderName}</td>
                <td className="bf-figures">{one.dueOn}</td>
                <td className="bf-figures">{one.breachOn}</td>
                <td className="bf-figures">{one.doneOn ?? t('unknownDone')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {leftOff === 0 ? null : <p className="bf-quiet">{t('leftOff', { n: leftOff })}</p>}
    </>
  )
}
