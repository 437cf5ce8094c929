import { Button } from 'antd'
import { useState } from 'react'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import { HouseholdId, type ImportBatch } from '../contract.ts'
import type { ChangedUnit } from '../rules/import-records.ts'
import type { UndoImport } from '../rules/import-requests.ts'
import { importPageRows, importsKey } from './import-calls.ts'
import { useRefresh } from './import-ended.tsx'
import { readChanges, undoPart } from './import-mend-calls.ts'
import { importMendWords } from './import-mend-words.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

type Part = NonNullable<UndoImport['part']>

/** The undo of a part of the batch; its list is read only when somebody asks for it. */
export function PartialUndo({ batch }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const [isOpen, setOpen] = useState(false)
  if (!batch.can.undo) return null
  if (isOpen) return <ChangedUnits batch={batch} />
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t('undoPart')}…</Button>
    </div>
  )
}

/** What the batch did, household by household: what somebody changed since is named and stays. */
function ChangedUnits({ batch }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [asked, setAsked] = useState<Part>()
  const entity = batch.kind === 'village' ? 'village' : 'household'
  const parts = { householdIds: [], personIds: [], villageIds: [] }
  const ids = chosen.map((id) => HouseholdId.parse(id))
  const part: Part = entity === 'village' ? { ...parts, villageIds: [...chosen] } : { ...parts, householdIds: ids }
  return (
    <Section title={t('undoPart')}>
      <p className="bf-quiet">{t('undoPartNote')}</p>
      <div className="bf-row">
        <Button disabled={chosen.length === 0 || chosen.length > mostAtOnce} onClick={() => setAsked(part)}>
          {t('undoChosen', { n: chosen.length })}
        </Button>
        <Button onClick={() => setAsked('untouched')}>{t('undoUntouched')}</Button>
      </div>
      <DataList<ChangedUnit>
        label={t('changedUnits')}
        queryKey={[...importsKey, batch.batchId, 'changes', entity, batch.undonePart]}
        load={(after) => readChanges(batch.batchId, { entity, after })}
        columns={useColumns()}
        rowKey={(row) => row.id}
        {...(entity === 'household' ? { openRow: (row: ChangedUnit) => ({ to: `/registry/households/${row.id}` }) } : {})}
        pageSize={importPageRows}
        empty={{ title: t('nothingChanged'), todo: t('nothingChangedTodo') }}
        selection={{
          selected: chosen,
          onChange: (keys) => setChosen(keys),
          nameOf: (row) => t('chooseUnit', { name: row.name }),
          isFixed: (row) => row.touched,
        }}
      />
      <AskPart batch={batch} part={asked} done={() => setChosen([])} close={() => setAsked(undefined)} />
    </Section>
  )
}

/** As many as one request names. */
const mostAtOnce = 1000

function useColumns(): DataColumn<ChangedUnit>[] {
  const t = useT(importMendWords)
  return [
    { key: 'name', title: t('unitName'), value: (row) => row.name },
    { key: 'no', title: t('unitNo'), kind: 'code', value: (row) => row.no },
    { key: 'place', title: t('unitPlace'), value: (row) => row.place },
    { key: 'did', title: t('unitDid'), value: (row) => (row.isNew ? t('unitNew') : t('unitOld')) },
    { key: 'made', title: t('unitMade'), kind: 'number', value: (row) => row.made },
    { key: 'changed', title: t('unitChanged'), kind: 'number', value: (row) => row.changed },
    {
      key: 'since',
      title: t('unitSince'),
      value: (row) => (
        <>
          <StatusTag level={row.touched ? 'amber' : 'green'} text={t(row.touched ? 'touched' : 'untouched')} />
          {row.touchedBy === undefined ? null : <span className="bf-source">{t('touchedBy', { who: row.touchedBy.join('、') })}</span>}
        </>
      ),
    },
  ]
}

interface AskPartProps {
  batch: ImportBatch
  part: Part | undefined
  done: () => void
  close: () => void
}

function AskPart({ batch, part, done, close }: AskPartProps) {
  const t = useT(importMendWords)
  const say = useT(importScreenWords)
  const refresh = useRefresh()
  const n = part === undefined || part === 'untouched' ? 0 : part.householdIds.length + part.villageIds.length
  return (
    <ConfirmDialog
      isOpen={part !== undefined}
      close={close}
      title={part === 'untouched' ? t('undoUntouched') : t('undoChosen', { n })}
      confirmText={t('undoNow')}
      isDangerous
      reason={{ label: say('undoReason'), minLength: 4 }}
      confirm={async (reason) => {
        if (part === undefined) return
        await undoPart(batch.batchId, { reason, part })
        done()
        await refresh()
      }}
    >
      {part === 'untouched' ? t('undoUntouchedText') : t('undoChosenText', { n })}
    </ConfirmDialog>
  )
}

/** What was taken back while the rest stays. */
export function UndonePart({ batch: { undonePart } }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const say = useT(importStateWords)
  const counts = { household: undonePart.households, person: undonePart.persons, village: undonePart.villages }
  const parts = (['household', 'person', 'village'] as const)
    .filter((entity) => counts[entity] > 0)
    .map((entity) => `${say(`entity.${entity}`)} ${showCount(counts[entity])}`)
  return parts.length === 0 ? null : <Notice kind="info">{t('undonePart', { parts: parts.join('、') })}</Notice>
}
