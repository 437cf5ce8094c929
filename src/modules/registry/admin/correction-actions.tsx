import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import type { Level } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { CorrectionState, DecideCorrection } from '../contract.ts'
import type { CorrectionRecord } from '../rules/register-records.ts'
import { correctionWords } from './correction-words.ts'
import { nameField } from './fact-text.ts'

export const correctionLevels = { found: 'amber', confirmed: 'amber', applied: 'green', rejected: 'grey' } as const satisfies Record<
  CorrectionState,
  Level
>

/** What the caller may do with a correction; a refusal stands beside the buttons. */
export function CorrectionActions({ correction }: { correction: CorrectionRecord }) {
  const t = useT(correctionWords)
  const language = useLanguage()
  const [isRejecting, setRejecting] = useState(false)
  const send = (decision: DecideCorrection['decision'], reason?: string) =>
    write<CorrectionRecord>('POST', `/registry/corrections/${correction.correctionId}/decide`, {
      revision: correction.revision,
      decision,
      ...(reason === undefined ? {} : { reason }),
    })
  const decide = useMutation({ mutationFn: (decision: DecideCorrection['decision']) => send(decision) })
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
          await send('reject', reason)
        }}
      >
        {t('rejectAsk')}
      </ConfirmDialog>
    </div>
  )
}
