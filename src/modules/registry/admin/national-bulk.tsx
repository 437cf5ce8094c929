import { Button } from 'antd'
import { ManyOutcome } from '#ui/feedback/many-outcome.tsx'
import { useMany } from '#ui/feedback/use-many.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { NationalChange } from '../rules/national-records.ts'
import { markChange, nameChange } from './national-calls.ts'
import { nationalScreenWords } from './national-words.ts'

interface Step {
  change: NationalChange
  to: 'entered' | 'open'
}

/** Marks the chosen changes as entered in the system, or takes that back, one after the other; refused ones are named. */
export function NationalBulk({ chosen, clear }: { chosen: readonly NationalChange[]; clear: () => void }) {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  const many = useMany(({ change, to }: Step) => markChange(change, to))
  const fitting = { entered: chosen.filter((one) => one.can.enter), open: chosen.filter((one) => one.can.reopen) }
  const start = (to: Step['to']) => {
    const steps = fitting[to].map((change) => ({ change, to }))
    clear()
    void many.run(steps) // its outcome stands on the page, row by row
  }
  return (
    <>
      {chosen.length === 0 ? null : (
        <div className="bf-bulk" role="group" aria-label={t('bulk')}>
          <strong>{t('chosen', { n: chosen.length })}</strong>
          {fitting.entered.length === 0 ? null : (
            <Button type="primary" disabled={many.state === 'running'} onClick={() => start('entered')}>
              {t('enterMany', { n: fitting.entered.length })}
            </Button>
          )}
          {fitting.open.length === 0 ? null : (
            <Button disabled={many.state === 'running'} onClick={() => start('open')}>
              {t('reopenMany', { n: fitting.open.length })}
            </Button>
          )}
          <button type="button" className="bf-link" onClick={clear}>
            {t('clear')}
          </button>
        </div>
      )}
      <ManyOutcome many={many} nameOf={({ change }) => `${change.name} · ${nameChange(change, language)}`} />
    </>
  )
}
