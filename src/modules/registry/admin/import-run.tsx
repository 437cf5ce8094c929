import { Button } from 'antd'
import { useState } from 'react'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { act } from './import-calls.ts'
import { BatchError, RetryButton, useRefresh } from './import-ended.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { countNews, countOf } from './import-trial.tsx'

/** Step 5: what will be done, in sentences; while it is done, the progress stands above. */
export function ImportRun({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const lines = useLines(batch)
  if (batch.state !== 'staged') return null
  return (
    <Section title={t('runWill')}>
      {countNews(batch) === 0 ? <Notice kind="info">{t('runNothing')}</Notice> : null}
      {lines.length === 0 ? null : <WillDo lines={lines} />}
      <p className="bf-quiet">{t('runNote')}</p>
      <BatchError batch={batch} />
      {batch.error === undefined ? null : (
        <div className="bf-filters">
          <RetryButton batch={batch} />
        </div>
      )}
    </Section>
  )
}

function WillDo({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="import-lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}

/** Asks once more, then starts the import in the background. */
export function RunButton({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const lines = useLines(batch)
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  if (!batch.can.apply) return null
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        {t('run')}
      </Button>
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
        {lines.length === 0 ? <p>{t('runNothing')}</p> : <WillDo lines={lines} />}
        <p className="bf-quiet">{t('runNote')}</p>
      </ConfirmDialog>
    </>
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
