import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSayError, useT } from '#ui/words/use-t.ts'
import type { IntakeCard } from '../../rules/intake/intake-records.ts'
import type { ActOnIntakes } from '../../rules/intake/intake-requests.ts'
import { CloseDialog, SendIntakeDialog } from './intake-actions.tsx'
import { actOnIntakes, type ActedOnIntakes } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

/** The same act for the chosen ones: each is decided by itself, and what is refused is named. */
export function IntakeBatch({ chosen, clear }: { chosen: readonly IntakeCard[]; clear: () => void }) {
  const t = useT(intakeScreenWords)
  const queries = useQueryClient()
  const [open, setOpen] = useState<'close' | 'send' | 'return'>()
  const [acted, setActed] = useState<{ outcome: ActedOnIntakes; cards: readonly IntakeCard[] }>()
  const [error, setError] = useState<unknown>()
  const run = async (act: ActOnIntakes['act']) => {
    const intakes = chosen.map(({ intakeId, revision }) => ({ intakeId, revision }))
    setActed({ outcome: await actOnIntakes({ intakes, act }), cards: chosen })
    clear()
    await queries.invalidateQueries()
  }
  const now = (act: ActOnIntakes['act']) => {
    setError(undefined)
    run(act).catch(setError)
  }
  const close = () => setOpen(undefined)
  return (
    <>
      {acted === undefined ? null : <BatchOutcome {...acted} />}
      <Problem error={error} />
      {chosen.length === 0 ? null : (
        <div className="bf-bulk">
          <span>{t('chosen', { n: chosen.length })}</span>
          <Button type="primary" onClick={() => now({ action: 'open-case' })}>
            {t('openCase')}
          </Button>
          <Button onClick={() => now({ action: 'link' })}>{t('link')}</Button>
          <Button onClick={() => setOpen('send')}>{t('send')}</Button>
          <Button onClick={() => setOpen('return')}>{t('return')}</Button>
          <Button onClick={() => setOpen('close')}>{t('close')}</Button>
          <Button onClick={clear}>{t('clear')}</Button>
        </div>
      )}
      {open === 'close' ? <CloseDialog close={close} confirm={(given) => run({ action: 'close', ...given })} /> : null}
      {open === 'send' ? <SendIntakeDialog close={close} confirm={(given) => run({ action: 'send', ...given })} /> : null}
      <ConfirmDialog
        isOpen={open === 'return'}
        title={t('return')}
        confirmText={t('return')}
        reason={{ label: t('returnReason'), minLength: 2 }}
        confirm={(reason) => run({ action: 'return', reason })}
        close={close}
      >
        {t('returnText')}
      </ConfirmDialog>
    </>
  )
}

function BatchOutcome({ outcome, cards }: { outcome: ActedOnIntakes; cards: readonly IntakeCard[] }) {
  const ui = useT(uiWords)
  const say = useSayError()
  const { done, refused } = outcome
  if (refused.length === 0) return <Notice kind="success">{ui('manyDone', { n: done.length })}</Notice>
  const nameOf = (intakeId: string) => {
    const card = cards.find((one) => one.intakeId === intakeId)
    return card === undefined ? intakeId : `${card.name ?? ''}（${card.village}）`
  }
  return (
    <Notice kind="warning">
      <p>{ui('manyRefused', { n: done.length, refused: refused.length })}</p>
      <ul className="bf-lines">
        {refused.map((one) => (
          <li key={one.intakeId}>
            {nameOf(one.intakeId)}：{say(new ApiError(one.code, 422, one.details))}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
