import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Simulation } from '../contract.ts'
import type { NameFilter } from './name-filter.ts'
import { simulateWords } from './simulate-words.ts'

/** An outcome as people read it; nothing is undecided. */
export function useSayOutcome(): (outcome: string | undefined) => string {
  const t = useT(simulateWords)
  return (outcome) => (outcome === undefined || outcome === '' ? t('undecided') : outcome)
}

/** Old outcomes as rows, new ones as columns; each number off the diagonal leads to its names. */
export function ChangeMatrix({ simulation, show }: { simulation: Simulation; show: (filter: NameFilter) => void }) {
  const t = useT(simulateWords)
  const say = useSayOutcome()
  const { outcomes, matrix } = simulation
  const at = new Map(matrix.map(([from, to, n]) => [`${from} ${to}`, n]))
  const rows = outcomes.flatMap((outcome, from) => (matrix.some((one) => one[0] === from) ? [{ outcome, from }] : []))
  const columns = outcomes.flatMap((outcome, to) => (matrix.some((one) => one[1] === to) ? [{ outcome, to }] : []))
  const sum = (keep: (one: [number, number, number]) => boolean) => matrix.filter(keep).reduce((all, [, , n]) => all + n, 0)
  return (
    <ScrollBox>
      <table className="bf-table policies-matrix" aria-label={t('matrix')}>
        <thead>
          <tr>
            <th>{t('fromTo')}</th>
            {columns.map(({ outcome, to }) => (
              <th key={to} className="bf-number">
                {say(outcome)}
              </th>
            ))}
            <th className="bf-number">{t('total')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ outcome, from }) => (
            <tr key={from}>
              <th scope="row">{say(outcome)}</th>
              {columns.map(({ outcome: next, to }) => {
                const n = at.get(`${from} ${to}`) ?? 0
                return (
                  <td key={to} className={from === to ? 'bf-number policies-same' : 'bf-number'}>
                    {n === 0 ? (
                      <span className="bf-quiet">—</span>
                    ) : from === to ? (
                      <>
                        {n.toLocaleString('en')}
                        <AmountChanges simulation={simulation} outcome={from} show={show} />
                      </>
                    ) : !simulation.canSeeNames ? (
                      n.toLocaleString('en')
                    ) : (
                      <button
                        type="button"
                        className="bf-link"
                        aria-label={t('cell', { from: say(outcome), to: say(next), n })}
                        onClick={() => show({ from: outcome, to: next })}
                      >
                        {n.toLocaleString('en')}
                      </button>
                    )}
                  </td>
                )
              })}
              <td className="bf-number">{sum((one) => one[0] === from).toLocaleString('en')}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('total')}</th>
            {columns.map(({ to }) => (
              <td key={to} className="bf-number">
                {sum((one) => one[1] === to).toLocaleString('en')}
              </td>
            ))}
            <td className="bf-number">{sum(() => true).toLocaleString('en')}</td>
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Of those who keep an outcome: how many get another amount. */
function AmountChanges({ simulation, outcome, show }: { simulation: Simulation; outcome: number; show: (filter: NameFilter) => void }) {
  const t = useT(simulateWords)
  const n = simulation.amountChanges.find(([place]) => place === outcome)?.[1] ?? 0
  const text = simulation.outcomes[outcome]
  if (n === 0) return null
  const said = t('amounts', { n: n.toLocaleString('en') })
  return simulation.canSeeNames ? (
    <button type="button" className="bf-link policies-amounts" onClick={() => show({ from: text, to: text, changedOnly: true })}>
      {said}
    </button>
  ) : (
    <span className="bf-source">{said}</span>
  )
}

/** Townships in the order of their codes: how many change, and how. */
export function TownshipTable({ simulation, show }: { simulation: Simulation; show: (filter: NameFilter) => void }) {
  const t = useT(simulateWords)
  const say = useSayOutcome()
  const { townships, outcomes, canSeeNames } = simulation
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('townships')}>
        <thead>
          <tr>
            <th>{t('township')}</th>
            <th className="bf-number">{t('count')}</th>
            <th className="bf-number">{t('changed')}</th>
            <th className="policies-wide">{t('changes')}</th>
            {simulation.money.map(({ output }) => (
              <th key={output} className="bf-number">
                {output} {t('difference')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {townships.map((one) => (
            <tr key={one.areaPath}>
              <td>{one.name}</td>
              <td className="bf-number">{one.count.toLocaleString('en')}</td>
              <td className="bf-number">
                {one.changed > 0 && canSeeNames ? (
                  <button type="button" className="bf-link" onClick={() => show({ areaPath: one.areaPath, areaName: one.name })}>
                    {one.changed.toLocaleString('en')}
                  </button>
                ) : (
                  one.changed.toLocaleString('en')
                )}
              </td>
              <td>
                {[
                  ...one.changes
                    .filter(([from, to]) => from !== to)
                    .map(([from, to, n]) => t('change', { from: say(outcomes[from]), to: say(outcomes[to]), n: n.toLocaleString('en') })),
                  ...one.amountChanges.map(([at, n]) => t('amountChange', { outcome: say(outcomes[at]), n: n.toLocaleString('en') })),
                ].join('；')}
              </td>
              {simulation.money.map(({ output }) => {
                const own = one.money.find((money) => money.output === output)
                return (
                  <td key={output} className="bf-number">
                    {own === undefined ? '—' : yuanOf(BigInt(own.newFen) - BigInt(own.oldFen))}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Fen, maybe more than a double holds, as yuan with two decimals. */
export function yuanOf(fen: bigint): string {
  const sign = fen < 0n ? '-' : ''
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0')
  return `${sign}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`
}

export function MoneyTable({ money }: { money: Simulation['money'] }) {
  const t = useT(simulateWords)
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('money')}>
        <thead>
          <tr>
            <th>{t('moneyOf')}</th>
            <th className="bf-number">{t('oldMoney')}</th>
            <th className="bf-number">{t('newMoney')}</th>
            <th className="bf-number">{t('difference')}</th>
          </tr>
        </thead>
        <tbody>
          {money.map(({ output, oldFen, newFen }) => {
            const [old, now] = [BigInt(oldFen), BigInt(newFen)]
            return (
              <tr key={output}>
                <td>{output}</td>
                <td className="bf-number">{yuanOf(old)}</td>
                <td className="bf-number">{yuanOf(now)}</td>
                <td className="bf-number">
                  {now > old ? '+' : ''}
                  {yuanOf(now - old)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** What is not known of how many, and the paper that says it. */
export function UnknownTable({ unknown }: { unknown: Simulation['unknown'] }) {
  const t = useT(simulateWords)
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('unknown')}>
        <thead>
          <tr>
            <th>{t('fact')}</th>
            <th className="bf-number">{t('howMany')}</th>
            <th className="policies-wide">{t('suppliedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {unknown.map((one) => (
            <tr key={one.fact}>
              <td>{one.fact}</td>
              <td className="bf-number">{one.count.toLocaleString('en')}</td>
              <td>{one.suppliedBy === '' ? '—' : one.suppliedBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
