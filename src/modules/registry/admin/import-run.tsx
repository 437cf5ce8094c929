import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { act } from './import-calls.ts'
import { BatchError, DiscardButton, RetryButton, useRefresh } from './import-ended.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { countNews, countOf } from './import-trial.tsx'

/** Step 5: what will be done, in sentences, and the button that does it; while it is done, the progress stands above. */
export function ImportRun({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  const lines = useLines(batch)
  const isEmpty = countNews(batch) === 0
  if (batch.state !== 'staged') return null
  return (
    <Section title={t('runWill')}>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {isEmpty ? <Notice kind="info">{t('runNothing')}</Notice> : <p className="bf-quiet">{t('runNote')}</p>}
      <BatchError batch={batch} />
      <div className="bf-filters">
        <Button type="primary" disabled={!batch.can.apply} onClick={() => setAsking(true)}>
          {t('run')}
        </Button>
        {batch.error === undefined ? null : <RetryButton batch={batch} />}
        <DiscardButton batch={batch} />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={t('runAsk')}
        confirmText={t('run')}
        confirm={async () => {
          await act(batch.batchId, 'apply')
          await refresh()
        }}
      >
        <p>{lines.join('；')}</p>
        <p className="bf-quiet">{t('runNote')}</p>
      </ConfirmDialog>
    </Section>
  )
}

/** What the import does, one sentence for each figure that is not 0. */
function useLines(batch: ImportBatch): string[] {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const lines = (['new', 'changed', 'conflict', 'missing'] as const).flatMap((status) =>
    (['household', 'person', 'village'] as const).flatMap((entity) => {
      const n = countOf(batch, entity, status)
      return n === 0 ? [] : [t(`run.${status}`, { n: showCount(n), entity: say(`entity.${entity}`) })]
    }),
  )
  const areas = batch.differences.newAreaCount ?? 0
  if (areas > 0) lines.push(t('run.areas', { n: showCount(areas) }))
  const refused = batch.counts.refused ?? 0
  if (refused > 0) lines.push(t('run.refused', { n: showCount(refused) }))
  return lines
}
