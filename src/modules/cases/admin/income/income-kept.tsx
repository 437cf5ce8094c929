import { Button } from 'antd'
import { useState } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IncomeCalculation, IncomeCalculationRecord } from '../../rules/income/income-records.ts'
import { incomeWords } from '../../rules/income/income-words.ts'
import { readCalculation, showYuan } from './income-calls.ts'
import { incomeScreenWords } from './income-screen-words.ts'

/** Numbers that were kept; each comes out again from the lines and policies of its day. */
export function KeptNumbers({ calculations }: { calculations: readonly IncomeCalculation[] }) {
  const t = useT(incomeScreenWords)
  return (
    <div className="income-part">
      <h3>{t('kept')}</h3>
      {calculations.length === 0 ? (
        <p className="bf-quiet">{t('noKept')}</p>
      ) : (
        <ul className="income-kept">
          {calculations.map((one) => (
            <Kept key={one.calculationId} one={one} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Kept({ one }: { one: IncomeCalculation }) {
  const t = useT(incomeScreenWords)
  const say = useSay()
  const [again, setAgain] = useState<IncomeCalculationRecord['replay']>()
  const [error, setError] = useState<unknown>()
  const { asOf, purpose, periodFrom, periodTo, persons, perPersonFen, byName } = one
  const replay = () =>
    readCalculation(one.calculationId).then(
      (found) => setAgain(found.replay),
      (fault: unknown) => setError(fault),
    )
  const shown = (fen: number | null) => (fen === null ? t('unknown') : showYuan(fen))
  return (
    <li>
      <span className="bf-figures">
        {t('keptLine', {
          day: asOf,
          purpose: say(incomeWords[`purpose.${purpose}`]),
          from: periodFrom,
          to: periodTo,
          persons,
          amount: shown(perPersonFen),
          by: byName,
        })}
      </span>
      {again === undefined ? (
        <Button size="small" onClick={() => void replay() /* shows its own refusal */} aria-label={`${t('replay')} ${asOf}`}>
          {t('replay')}
        </Button>
      ) : (
        <span className={again.isSame ? 'bf-quiet' : 'bf-problem'}>
          {again.isSame ? `● ${t('same')}` : `▲ ${t('differs', { amount: shown(again.perPersonFen) })}`}
        </span>
      )}
      <Problem error={error} />
    </li>
  )
}
