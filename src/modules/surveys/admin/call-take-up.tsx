import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { TargetRecord } from '../rules/survey-records.ts'
import { targetStateWords } from '../rules/survey-words.ts'
import { callWords } from './call-screen-words.ts'
import { takeUpAgain } from './survey-queries.ts'

/** A household that ended without an answer is taken up again, with a reason. */
export function CallTakeUp({ target }: { target: TargetRecord }) {
  const t = useT(callWords)
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <p>{t('state', { state: say(targetStateWords[target.state]) })}</p>
      <Button onClick={() => setOpen(true)}>{t('takeUp')}</Button>
      <ConfirmDialog
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={t('takeUp')}
        confirmText={t('takeUp')}
        reason={{ label: t('takeUpReason'), minLength: 4 }}
        confirm={async (reason) => {
          await takeUpAgain(target.targetId, { revision: target.revision, reason })
        }}
      >
        <p>{t('state', { state: say(targetStateWords[target.state]) })}</p>
      </ConfirmDialog>
    </>
  )
}
