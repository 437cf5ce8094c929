import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { CorrectionState, DecideCorrection } from '../contract.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { decideOne } from './correction-bulk.tsx'
import { correctionWords } from './correction-words.ts'
import { nameField } from './fact-text.ts'

const levels = { found: 'amber', confirmed: 'amber', applied: 'green', rejected: 'grey' } as const satisfies Record<CorrectionState, Level>

/** The state of a correction, who brought it there, when, and why it was rejected. */
export function CorrectionStanding({ correction }: { correction: CorrectionRecord }) {
  const t = useT(correctionWords)
  const { state, reason } = correction
  const lines = [
    { key: 'confirmedBy' as const, on: correction.confirmedOn, name: correction.confirmedName },
    { key: 'appliedBy' as const, on: correction.appliedOn, name: correction.appliedName },
    { key: 'rejectedBy' as const, on: correction.rejectedOn, name: correction.rejectedName },
  ].filter(({ on }) => on !== undefined)
  const last = lines[lines.length - 1]
  return (
    <>
      <StatusTag level={levels[state]} text={t(`state.${state}`)} />
      {last === undefined ? null : <span className="bf-source">{t(last.key, { name: last.name ?? '', on: last.on ?? '' })}</span>}
      {reason === undefined ? null : <span className="bf-source">{t('because', { reason })}</span>}
    </>
  )
}

/** How the difference was found, by whom and when. */
export function CorrectionSource({ correction: { source, foundName, foundOn } }: { correction: CorrectionRecord }) {
  const t = useT(correctionWords)
  return (
    <>
      {source}
      <span className="bf-source">{t('foundBy', { name: foundName ?? '', on: foundOn })}</span>
    </>
  )
}

/** What the caller may do with a correction; a refusal stands beside the buttons. */
export function CorrectionActions({ correction }: { correction: CorrectionRecord }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  const [isRejecting, setRejecting] = useState(false)
  const decide = useMutation({ mutationFn: (decision: DecideCorrection['decision']) => decideOne(correction, decision) })
  const { can } = correction
  if (!Object.values(can).includes(true)) return null
  const about = t('decideOf', { name: correction.name, field: nameField(correction.field, language) })
  const label = (action: 'confirm' | 'apply' | 'reject') => `${t(action)}（${about}）`
  return (
    <div className="bf-row">
      {can['confirm'] === true ? (
        <Button size="small" loading={decide.isPending} onClick={() => decide.mutate('confirm')} aria-label={label('confirm')}>
          {t('confirm')}
        </Button>
      ) : null}
      {can['apply'] === true ? (
        <Button size="small" type="primary" loading={decide.isPending} onClick={() => decide.mutate('apply')} aria-label={label('apply')}>
          {t('apply')}
        </Button>
      ) : null}
      {can['reject'] === true ? (
        <Button size="small" onClick={() => setRejecting(true)} aria-label={label('reject')}>
          {t('reject')}
        </Button>
      ) : null}
      <Problem error={decide.error} />
      <ConfirmDialog
        isOpen={isRejecting}
        close={() => setRejecting(false)}
        title={about}
        confirmText={t('reject')}
        reason={{ label: t('rejectReason'), minLength: 4 }}
        confirm={async (reason) => {
          await decideOne(correction, 'reject', reason)
        }}
      >
        {t('rejectAsk')}
      </ConfirmDialog>
    </div>
  )
}
