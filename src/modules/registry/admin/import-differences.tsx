import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useAreas } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { Entity, ImportBatch, ImportDifference } from '../contract.ts'
import { decide, importPageRows, importsKey, readDifferences } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'
import { nameField, showField } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

type Status = ImportDifference['status']
type Decide = (given: { differenceNos: number[]; decision: 'keep' | 'left' }) => void

/** The rows of one figure of the trial run, field by field; missing ones with the buttons to decide. */
export function ImportDifferences({ batch, entity, status }: { batch: ImportBatch; entity: Entity; status: Status }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const queries = useQueryClient()
  const queryKey = [...importsKey, batch.batchId, 'differences', batch.stagedAt, entity, status]
  const [selected, setSelected] = useState<string[]>([])
  const [leaving, setLeaving] = useState<number[]>([])
  const save = async (given: { differenceNos: number[]; decision: 'keep' | 'left' }) => {
    await decide(batch.batchId, given)
    setSelected([])
    await queries.invalidateQueries({ queryKey })
  }
  const keeping = useMutation({ mutationFn: save })
  const choose: Decide = (given) => (given.decision === 'left' ? setLeaving(given.differenceNos) : keeping.mutate(given))
  const mayDecide = status === 'missing' && (batch.state === 'staged' || batch.state === 'applied')
  const columns = useColumns(status, mayDecide ? choose : undefined)
  const many = (decision: 'keep' | 'left') => choose({ differenceNos: selected.map(Number), decision })
  return (
    <Section title={`${t('differences')}：${say(`entity.${entity}`)} · ${t(`status.${status}`)}`}>
      {status === 'missing' ? <p className="bf-quiet">{t('missingNote')}</p> : null}
      {mayDecide ? (
        <div className="bf-filters">
          <Button disabled={selected.length === 0} onClick={() => many('keep')}>
            {t('keepMany', { n: selected.length })}
          </Button>
          <Button disabled={selected.length === 0} onClick={() => many('left')}>
            {t('leftMany', { n: selected.length })}
          </Button>
        </div>
      ) : null}
      <div className="bf-row">
        <ListExport
          needs="registry.import:run"
          lists={[
            {
              label: `${say(`entity.${entity}`)} · ${t(`status.${status}`)}`,
              path: `/registry/imports/${batch.batchId}/differences/export`,
              query: { entity, status },
            },
          ]}
        />
      </div>
      <Problem error={keeping.error} />
      <div className="import-differences">
        <DataList<ImportDifference>
          key={`${entity} ${status}`}
          label={`${say(`entity.${entity}`)} ${t(`status.${status}`)}`}
          queryKey={queryKey}
          load={(after) => readDifferences(batch.batchId, { entity, status, after })}
          columns={columns}
          rowKey={(row) => String(row.differenceNo)}
          pageSize={importPageRows}
          empty={{ title: t('differencesNone'), todo: t('otherFilter') }}
          {...(mayDecide ? { selection: { selected, onChange: (keys: string[]) => setSelected(keys) } } : {})}
        />
      </div>
      <ConfirmDialog
        isOpen={leaving.length > 0}
        close={() => setLeaving([])}
        title={t('leftTitle', { n: leaving.length })}
        confirmText={t('left')}
        confirm={() => save({ differenceNos: leaving, decision: 'left' })}
      >
        {t('leftText')}
      </ConfirmDialog>
    </Section>
  )
}

function useColumns(status: Status, choose: Decide | undefined): DataColumn<ImportDifference>[] {
  const t = useT(importScreenWords)
  const row: DataColumn<ImportDifference> = { key: 'row', title: t('problemRow'), kind: 'number', value: (difference) => difference.row }
  const columns: DataColumn<ImportDifference>[] = [
    { key: 'name', title: t('name'), widthRem: 7, value: (difference) => difference.name },
    { key: 'number', title: t('number'), kind: 'code', value: (difference) => difference.rowKey },
    { key: 'place', title: t('place'), value: (difference) => difference.place },
  ]
  if (status === 'missing')
    return [
      ...columns,
      { key: 'decision', title: t('decision'), value: (difference) => <Decision difference={difference} choose={choose} /> },
    ]
  return [...columns, row, { key: 'changes', title: t('fieldChange'), value: (difference) => <Changes difference={difference} /> }]
}

/** Fields shown at once; a first export of a kind fills dozens. */
const shownFields = 4

function Changes({ difference: { changes, conflicts } }: { difference: ImportDifference }) {
  const t = useT(importScreenWords)
  const language = useLanguage()
  const areas = useAreas('group')
  const nameArea = (path: string) => nameOf(areas.data ?? [], path)
  const show = (key: string, value: unknown) => showField(key, value, { language, nameArea }) ?? t('empty')
  const kept = Object.entries(conflicts).map(([key, [held, stated, why]]) => (
    <li key={`! ${key}`}>
      <StatusTag level="amber" text={t('status.conflict')} /> <strong>{nameField(key, language)}</strong>：
      {t('fieldKept', { kept: show(key, held), left: show(key, stated), why: sayWhy(why, t) })}
    </li>
  ))
  const changed = Object.entries(changes).map(([key, [before, after]]) => (
    <li key={key}>
      <strong>{nameField(key, language)}</strong>：<span className="import-before">{show(key, before)}</span>
      <span aria-hidden="true">{' → '}</span>
      <span className="import-after">{show(key, after)}</span>
    </li>
  ))
  const lines = [...kept, ...changed]
  if (lines.length === 0) return <span className="bf-quiet">{t('firstOfKind')}</span>
  if (lines.length <= shownFields + 1) return <ul className="import-changes">{lines}</ul>
  return (
    <>
      <ul className="import-changes">{lines.slice(0, shownFields)}</ul>
      <details>
        <summary>{t('moreFields', { n: lines.length - shownFields })}</summary>
        <ul className="import-changes">{lines.slice(shownFields)}</ul>
      </details>
    </>
  )
}

const reasons = ['corrected', 'stronger-source', 'later-source', 'chosen'] as const

function sayWhy(why: string, t: (key: `why.${(typeof reasons)[number]}`) => string): string {
  const known = reasons.find((reason) => reason === why)
  return known === undefined ? why : t(`why.${known}`)
}

/** Township, village and group of a path, as far as the caller's list of areas knows them. */
function nameOf(areas: readonly { path: string; name: string; level: string }[], path: string): string {
  const names = areas.filter((area) => path.startsWith(area.path) && ['township', 'village', 'group'].includes(area.level))
  const inOrder = names.sort((one, other) => one.path.length - other.path.length).map((area) => area.name)
  return inOrder.length === 0 ? path : inOrder.join(' / ')
}

function Decision({ difference, choose }: { difference: ImportDifference; choose: Decide | undefined }) {
  const t = useT(importScreenWords)
  const { decision, differenceNo, name } = difference
  const shown =
    decision === undefined ? (
      <StatusTag level="grey" text={t('undecided')} />
    ) : (
      <StatusTag level={decision === 'keep' ? 'green' : 'amber'} text={t(decision)} />
    )
  if (choose === undefined || decision === 'left') return shown
  return (
    <span className="bf-filters">
      {shown}
      {(['keep', 'left'] as const).map((one) =>
        one === decision ? null : (
          <Button
            key={one}
            size="small"
            aria-label={`${t(one)}：${name}`}
            onClick={() => choose({ differenceNos: [differenceNo], decision: one })}
          >
            {t(one)}
          </Button>
        ),
      )}
    </span>
  )
}
