import { Button } from 'antd'
import { useState } from 'react'
import { StatCard } from '#ui/data/stat-card.tsx'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { ImportBalance } from './import-balance.tsx'
import { act, useNewestBatches } from './import-calls.ts'
import { BatchError, useRefresh } from './import-ended.tsx'
import { importScreenWords } from './import-screen-words.ts'
import { showCount, showMoment } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { countOf } from './import-trial.tsx'
import { PartialUndo, UndonePart } from './import-undo.tsx'

/** Step 6: what was done, whether the totals balance, and the undo. */
export function ImportResult({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  return (
    <>
      {batch.state === 'applied' ? <Notice kind="success">{t('applied')}</Notice> : null}
      {batch.state === 'undone' ? <Notice kind="info">{t('undone')}</Notice> : null}
      <UndonePart batch={batch} />
      <BatchError batch={batch} />
      <Section title={t('stepResult')} extra={<PageLink to="/registry/households">{t('toHouseholds')}</PageLink>}>
        <Figures batch={batch} />
        <DescriptionList
          items={[
            { key: 'staged', label: t('stagedAt'), value: showMoment(batch.stagedAt) },
            { key: 'applied', label: t('appliedAt'), value: showMoment(batch.appliedAt) },
            { key: 'undone', label: t('undoneAt'), value: showMoment(batch.undoneAt) },
            { key: 'hash', label: t('hash'), value: batch.fileHash.slice(0, 16) },
          ]}
        />
        <Undo batch={batch} />
      </Section>
      <PartialUndo batch={batch} />
      {batch.state === 'undone' ? null : <ImportBalance batch={batch} />}
    </>
  )
}

const levels = { new: 'green', changed: 'green', conflict: 'amber', same: 'grey', missing: 'amber' } as const

function Figures({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const figures = (['household', 'person', 'village'] as const).flatMap((entity) =>
    batch.differences[entity] === undefined
      ? []
      : (['new', 'changed', 'conflict', 'same', 'missing'] as const)
          .map((status) => ({
            key: `${entity} ${status}`,
            label: `${say(`entity.${entity}`)} · ${t(`status.${status}`)}`,
            value: countOf(batch, entity, status),
            level: levels[status],
          }))
          .filter(({ key, value }) => value > 0 || key.endsWith('new')),
  )
  return (
    <div className="bf-stats import-figures">
      {figures.map(({ key, label, value, level }) => (
        <StatCard key={key} label={label} value={value} level={value === 0 ? 'grey' : level} />
      ))}
      <StatCard
        label={t('count.refused')}
        value={showCount(batch.counts.refused)}
        level={(batch.counts.refused ?? 0) === 0 ? 'grey' : 'red'}
      />
    </div>
  )
}

/** Where one goes on: the file that has waited longest, else more files. */
export function NextFileButton() {
  const t = useT(importScreenWords)
  const go = useGo()
  const next = useNewestBatches()
    .data?.items.filter((batch) => batch.state === 'staged')
    .pop()
  return (
    <Button type="primary" onClick={() => go(next === undefined ? '/registry/import' : `/registry/import/${next.batchId}`)}>
      {next === undefined ? t('importMore') : t('nextFile', { name: next.fileName })}
    </Button>
  )
}

function Undo({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  if (!batch.can.undo) return null
  return (
    <div>
      <Button danger onClick={() => setAsking(true)}>
        {t('undo')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={t('undoTitle', { name: batch.fileName })}
        confirmText={t('undo')}
        isDangerous
        reason={{ label: t('undoReason'), minLength: 4 }}
        confirm={async (reason) => {
          await act(batch.batchId, 'undo', reason)
          await refresh()
        }}
      >
        {t('undoText')}
      </ConfirmDialog>
    </div>
  )
}
