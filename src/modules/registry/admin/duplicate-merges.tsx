import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { MergeRecord } from '../rules/duplicate-records.ts'
import { duplicatesKey } from './duplicate-calls.ts'
import { duplicateWords } from './duplicate-words.ts'

/** What was merged, by whom and why; each can be undone while nobody has changed the rows since. */
export function MergeList() {
  const t = useT(duplicateWords)
  return (
    <>
      <div className="bf-row">
        <ListExport needs="registry.duplicate:export" lists={[{ label: t('mergesTitle'), path: '/registry/merges/export' }]} />
      </div>
      <DataList<MergeRecord>
        label={t('mergesTitle')}
        queryKey={[...duplicatesKey, 'merges']}
        load={(after) => read<Page<MergeRecord>>('/registry/merges', { after, limit: 50 })}
        rowKey={(row) => row.mergeId}
        openRow={(row) => ({ to: `/registry/households/${row.householdId}` })}
        columns={[
          { key: 'who', title: t('who'), value: (row) => row.name },
          { key: 'place', title: t('place'), value: (row) => row.place },
          { key: 'at', title: t('mergedAt'), kind: 'code', value: (row) => row.mergedAt.slice(0, 10) },
          { key: 'by', title: t('mergedBy'), value: (row) => row.mergedName },
          { key: 'why', title: t('why2'), value: (row) => row.reason },
          { key: 'taken', title: t('taken'), value: (row) => t('takenFields', { n: row.fields }) },
          { key: 'undo', title: t('undo'), value: (row) => <Undo merge={row} /> },
        ]}
        empty={{ todo: t('emptyState') }}
      />
    </>
  )
}

function Undo({ merge }: { merge: MergeRecord }) {
  const t = useT(duplicateWords)
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  if (merge.undoneName !== undefined) return <>{t('undone', { who: merge.undoneName, reason: merge.undoReason ?? '' })}</>
  if (merge.can['undo'] !== true) return <span className="bf-quiet">{t('locked')}</span>
  return (
    <>
      <Button size="small" aria-label={t('undoOf', { name: merge.name })} onClick={() => setOpen(true)}>
        {t('undo')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={t('undoOf', { name: merge.name })}
        confirmText={t('undo')}
        reason={{ label: t('mergeReason'), minLength: 4 }}
        confirm={async (reason) => {
          await write('POST', `/registry/merges/${merge.mergeId}/undo`, { reason })
          await queries.invalidateQueries({ queryKey: duplicatesKey })
        }}
      >
        {t('undoAsk')}
      </ConfirmDialog>
    </>
  )
}
