import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { act, useNewestBatches } from './import-calls.ts'
import { useRefresh } from './import-ended.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { isOutdated } from './import-steps.ts'

/** Several files handed in together are compared with the same register: once one is applied, the next is compared again when it is opened. */
export function KeepFresh({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const others = useNewestBatches().data?.items ?? []
  const refresh = useRefresh()
  const again = useMutation({ mutationFn: () => act(batch.batchId, 'retry'), onSuccess: refresh })
  const isDue = batch.can.retry && isOutdated(batch, others) && again.isIdle
  const { mutate } = again
  useEffect(() => {
    if (isDue) mutate()
  }, [isDue, mutate])
  if (again.isError) return <Problem error={again.error} />
  return isDue || again.isPending ? <Notice kind="info">{t('refreshing')}</Notice> : null
}
