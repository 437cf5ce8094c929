import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { act, importsKey, isBusy } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

/** What the server is doing with the batch, or how it ended when it was not imported: the sentence, and what can be done. */
export function ImportEnded({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const go = useGo()
  if (isBusy(batch)) return <ImportProgress batch={batch} />
  if (batch.state === 'discarded') return <Notice kind="info">{t('discardedTitle')}</Notice>
  return (
    <Section title={t(batch.state === 'refused' ? 'refusedTitle' : 'interruptedTitle')}>
      <BatchError batch={batch} />
      <div className="bf-filters">
        <Button type={batch.can.retry ? 'default' : 'primary'} onClick={() => go('/registry/import')}>
          {t('chooseAgain')}
        </Button>
        <RetryButton batch={batch} />
        <DiscardButton batch={batch} />
      </div>
    </Section>
  )
}

/** The sentence of the batch's error: what happened, what to do, whom to call. */
export function BatchError({ batch: { error } }: { batch: ImportBatch }) {
  const say = useT(importStateWords)
  if (error === undefined) return null
  const details = Object.entries(error.details).map(([key, value]) => {
    const kind = kinds.find((one) => one === value)
    return [key, kind === undefined ? value : say(`kind.${kind}`)]
  })
  return <Problem error={new ApiError(error.code, 422, Object.fromEntries(details))} />
}

const kinds = ['register', 'monitoring', 'building', 'work', 'planned-work', 'village'] as const

// Until the work begins, the batch still carries the progress of the work before.
const stepsOf = {
  staging: ['read', 'compare'],
  applying: ['areas', 'households', 'persons', 'changes', 'check'],
  undoing: ['undo'],
} as const
const notes = { staging: 'notReadYet', applying: 'writingNow', undoing: 'undoingNow' } as const

function busyState({ state }: ImportBatch): keyof typeof stepsOf {
  return state === 'applying' || state === 'undoing' ? state : 'staging'
}

/** How far the server has come with the batch. */
function ImportProgress({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const { step, done = 0, total } = stepsOf[busyState(batch)].some((one) => one === batch.progress.step) ? batch.progress : {}
  return (
    <Section>
      <ProgressLine
        label={say(`step.${step ?? 'wait'}`)}
        share={total === undefined || total === 0 ? undefined : done / total}
        note={
          total === undefined ? say('rows', { done: showCount(done) }) : say('rowsOf', { done: showCount(done), total: showCount(total) })
        }
      />
      <p className="bf-quiet">{t(notes[busyState(batch)])}</p>
    </Section>
  )
}

/** Reads and compares the kept file again, where that may be done. */
export function RetryButton({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const refresh = useRefresh()
  const retry = useMutation({ mutationFn: () => act(batch.batchId, 'retry'), onSuccess: refresh })
  if (!batch.can.retry) return null
  return (
    <>
      <Button type="primary" loading={retry.isPending} onClick={() => retry.mutate()} title={t('retryNote')}>
        {t('retry')}
      </Button>
      <Problem error={retry.error} />
    </>
  )
}

/** Gives the batch up after asking. */
export function DiscardButton({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const go = useGo()
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  if (!batch.can.discard) return null
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('discard')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={t('discard')}
        confirmText={t('discard')}
        isDangerous
        confirm={async () => {
          await act(batch.batchId, 'discard')
          await refresh()
          go('/registry/import')
        }}
      >
        {t('discardAsk', { name: batch.fileName })}
      </ConfirmDialog>
    </>
  )
}

/** Looks at everything about imports again. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: importsKey })
}
