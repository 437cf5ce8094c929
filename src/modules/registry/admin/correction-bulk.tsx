import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { ManyOutcome } from '#ui/feedback/many-outcome.tsx'
import { useMany } from '#ui/feedback/use-many.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { DecideCorrection } from '../contract.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { correctionWords } from './correction-words.ts'
import { nameField, writeValue } from './fact-text.ts'

type Decision = DecideCorrection['decision']
const decisions = ['confirm', 'apply', 'reject'] as const satisfies readonly Decision[]
const shownBefore = 8

/** Decides on one correction. Throws what the server refuses. */
export function decideOne(correction: CorrectionRecord, decision: Decision, reason?: string): Promise<CorrectionRecord> {
  return write<CorrectionRecord>('POST', `/registry/corrections/${correction.correctionId}/decide`, {
    revision: correction.revision,
    decision,
    ...(reason === undefined ? {} : { reason }),
  })
}

/** What may be done with the chosen corrections at once: looked at first, then one after the other, refused ones named. */
export function CorrectionBulk({ chosen, clear }: { chosen: readonly CorrectionRecord[]; clear: () => void }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  const [asked, setAsked] = useState<Decision>()
  const many = useMany(({ correction, decision, reason }: Step) => decideOne(correction, decision, reason))
  const fitting = (decision: Decision) => chosen.filter((one) => one.can[decision] === true)
  const rows = asked === undefined ? [] : fitting(asked)
  const start = (decision: Decision, reason: string) => {
    const steps = rows.map((correction) => ({ correction, decision, reason: reason === '' ? undefined : reason }))
    clear()
    void many.run(steps) // its outcome stands on the page, row by row
  }
  const nameOf = ({ correction }: Step) => `${correction.name} · ${nameField(correction.field, language)}`
  return (
    <>
      {chosen.length === 0 ? null : (
        <div className="bf-bulk" role="group" aria-label={t('bulk')}>
          <strong>{t('chosen', { n: chosen.length })}</strong>
          {decisions.map((decision) => (
            <Button
              key={decision}
              type={decision === 'apply' ? 'primary' : 'default'}
              disabled={fitting(decision).length === 0 || many.state === 'running'}
              onClick={() => setAsked(decision)}
            >
              {t('decideMany', { did: t(decision), n: fitting(decision).length })}
            </Button>
          ))}
          <button type="button" className="bf-link" onClick={clear}>
            {t('clearChosen')}
          </button>
        </div>
      )}
      <ManyOutcome many={many} nameOf={nameOf} />
      <ConfirmDialog
        isOpen={asked !== undefined}
        close={() => setAsked(undefined)}
        title={asked === undefined ? '' : t('decideMany', { did: t(asked), n: rows.length })}
        confirmText={asked === undefined ? '' : t(asked)}
        {...(asked === 'reject' ? { reason: { label: t('rejectReason'), minLength: 4 } } : {})}
        confirm={async (reason) => {
          if (asked !== undefined) start(asked, reason)
        }}
      >
        {asked === undefined ? null : <p>{t(`ask.${asked}`)}</p>}
        <ul className="bf-lines">
          {rows.slice(0, shownBefore).map((one) => (
            <li key={one.correctionId}>
              {one.name} · {nameField(one.field, language)}：<CorrectedValue correction={one} />
            </li>
          ))}
        </ul>
        {rows.length > shownBefore ? <p className="bf-quiet">{t('andMore', { n: rows.length - shownBefore })}</p> : null}
      </ConfirmDialog>
    </>
  )
}

interface Step {
  correction: CorrectionRecord
  decision: Decision
  reason: string | undefined
}

/** What the register says and what it should say. */
export function CorrectedValue({ correction: { field, oldValue, newValue } }: { correction: CorrectionRecord }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  return (
    <>
      <span className="bf-before">{writeValue(field, oldValue, language) ?? t('nothing')}</span>
      <span aria-hidden="true">{' → '}</span>
      <span className="bf-unseen">{t('becomes')}</span>
      <span className="bf-after">{writeValue(field, newValue, language) ?? t('nothing')}</span>
    </>
  )
}
