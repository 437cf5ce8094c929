import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, type ReactNode } from 'react'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { importPageRows, importsKey, readBatches, useNewestBatches } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount, showMoment, stateLevels } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'
import { countOf } from './import-trial.tsx'

const listKey = [...importsKey, 'list']

/** 批次与撤销: every file that was handed in, what became of it, and the way to its undo. */
export function ImportBatchesPage() {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const go = useGo()
  const columns: DataColumn<ImportBatch>[] = [
    { key: 'file', title: t('file'), widthRem: 13, value: (batch) => nameFile(batch, say(`kind.${batch.kind ?? 'unknown'}`)) },
    {
      key: 'state',
      title: t('state'),
      value: (batch) => <StatusTag level={stateLevels[batch.state]} text={say(`state.${batch.state}`)} />,
    },
    { key: 'asOf', title: t('asOf'), kind: 'code', value: (batch) => batch.asOf },
    { key: 'counts', title: t('counts'), kind: 'number', value: rowsOf },
    { key: 'changes', title: t('changes'), kind: 'number', value: changesOf },
    { key: 'who', title: t('who'), kind: 'code', value: nameWho },
  ]
  // While the background works on one of them, the list tells when it has ended.
  const states = useNewestBatches()
    .data?.items.map(({ state }) => state)
    .join(' ')
  const queries = useQueryClient()
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: listKey }) // the list shows its own failure
  }, [queries, states])
  return (
    <PageFrame
      title={t('batchesTitle')}
      note={t('batchesNote')}
      extra={<ListExport needs="registry.import:run" lists={[{ label: t('batchesTitle'), path: '/registry/imports/export' }]} />}
      actions={
        <Button type="primary" onClick={() => go('/registry/import')}>
          {t('importMore')}
        </Button>
      }
    >
      <DataList<ImportBatch>
        label={t('batchesLabel')}
        queryKey={listKey}
        load={(after) => readBatches(after, importPageRows)}
        columns={columns}
        rowKey={(batch) => batch.batchId}
        openRow={(batch) => ({ to: `/registry/import/${batch.batchId}` })}
        pageSize={importPageRows}
        empty={{ todo: t('batchesEmpty') }}
      />
    </PageFrame>
  )
}

function rowsOf({ counts }: ImportBatch): string | undefined {
  if (counts.read === undefined) return undefined
  return `${showCount(counts.read)} / ${showCount(counts.staged)} / ${showCount(counts.refused)}`
}

function changesOf(batch: ImportBatch): string | undefined {
  const entities = (['household', 'person', 'village'] as const).filter((entity) => batch.differences[entity] !== undefined)
  if (entities.length === 0) return undefined
  const sum = (status: 'new' | 'changed') => entities.reduce((total, entity) => total + countOf(batch, entity, status), 0)
  return `${showCount(sum('new'))} / ${showCount(sum('changed'))}`
}

function nameFile({ fileName }: ImportBatch, kind: string): ReactNode {
  return (
    <>
      {fileName}
      <span className="bf-source">{kind}</span>
    </>
  )
}

function nameWho({ createdName, createdAt }: ImportBatch): ReactNode {
  return (
    <>
      {createdName}
      <span className="bf-source">{showMoment(createdAt)}</span>
    </>
  )
}
