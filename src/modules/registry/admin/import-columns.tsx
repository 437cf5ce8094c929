import { useMutation } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { EmptyFace, Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ImportKind, type ImportBatch } from '../contract.ts'
import { findLacking, findTwice, isDoubtful, type ColumnChanges } from './column-choice.ts'
import { ColumnTable } from './column-table.tsx'
import { useRefresh } from './import-ended.tsx'
import { mapColumns } from './import-mend-calls.ts'
import { importMendWords } from './import-mend-words.ts'
import { importScreenWords } from './import-screen-words.ts'
import { nameField } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

const filters = ['all', 'kept', 'left', 'doubt'] as const
const columnSearch = { columns: searchOneOf(filters) }

/** Step 2: how each column was understood and why; corrected by hand once, remembered for the sender. What is not kept is listed. */
export function ImportColumns({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const { columns } = batch
  const [search, setSearch] = usePageSearch(columnSearch)
  const [changes, setChanges] = useState<ColumnChanges>(new Map())
  const [kind, setKind] = useState(batch.kind)
  const groups = {
    all: columns,
    kept: columns.filter(({ key }) => key !== undefined),
    left: columns.filter(({ key }) => key === undefined),
    doubt: columns.filter(isDoubtful),
  }
  const chosen = search.columns ?? (groups.doubt.length > 0 && groups.doubt.length < columns.length ? 'doubt' : 'all')
  const change = (column: number, key: string | null) => setChanges((before) => new Map([...before, [column, key]]))
  const forget = () => {
    setChanges(new Map())
    setKind(batch.kind)
  }
  return (
    <Section title={t('stepColumns')}>
      <p>{t('columnsNote', { all: columns.length, kept: groups.kept.length, left: groups.left.length })}</p>
      {batch.can.map ? <KindSelect kind={kind} change={setKind} /> : null}
      <ColumnRemarks batch={batch} changes={changes} kind={kind} doubts={groups.doubt.length} />
      <ChoiceChips
        label={t('columnField')}
        choices={[
          { key: 'doubt', label: t('columnsDoubt'), count: groups.doubt.length },
          { key: 'all', label: t('columnsAll'), count: groups.all.length },
          { key: 'kept', label: t('columnsKept'), count: groups.kept.length },
          { key: 'left', label: t('columnsLeft'), count: groups.left.length },
        ]}
        chosen={chosen}
        choose={(key) => setSearch({ columns: key })}
      />
      {groups[chosen].length === 0 ? (
        <EmptyFace title={t('columnsNone')} todo={t('otherFilter')} />
      ) : (
        <ColumnTable
          columns={groups[chosen]}
          kind={kind}
          changes={changes}
          twice={findTwice(columns, changes)}
          change={batch.can.map ? change : undefined}
        />
      )}
      {changes.size === 0 && kind === batch.kind ? null : <SaveColumns batch={batch} changes={changes} kind={kind} forget={forget} />}
    </Section>
  )
}

function KindSelect({ kind, change }: { kind: ImportKind | undefined; change: (kind: ImportKind | undefined) => void }) {
  const t = useT(importMendWords)
  const say = useT(importStateWords)
  return (
    <div className="bf-filters">
      <Field label={t('kindOfFile')}>
        {(control) => (
          <Select
            {...control}
            value={kind ?? null}
            placeholder={say('kind.unknown')}
            options={ImportKind.options.map((one) => ({ value: one, label: say(`kind.${one}`) }))}
            onChange={(chosen) => change(ImportKind.options.find((one) => one === chosen))}
          />
        )}
      </Field>
    </div>
  )
}

interface RemarkProps {
  batch: ImportBatch
  changes: ColumnChanges
  kind: ImportKind | undefined
  doubts: number
}

/** What should be looked at: doubtful columns, and fields without which rows are refused. */
function ColumnRemarks({ batch, changes, kind, doubts }: RemarkProps) {
  const t = useT(importMendWords)
  const language = useLanguage()
  const lacking = findLacking(batch.columns, { changes, kind })
  return (
    <>
      {doubts === 0 ? null : <Notice kind="warning">{t('columnsDoubtful', { n: doubts })}</Notice>}
      {lacking.length === 0 ? null : (
        <Notice kind="warning">{t('columnsLacking', { fields: lacking.map((key) => nameField(key, language)).join('、') })}</Notice>
      )}
    </>
  )
}

function SaveColumns({
  batch,
  changes,
  kind,
  forget,
}: {
  batch: ImportBatch
  changes: ColumnChanges
  kind: ImportKind | undefined
  forget: () => void
}) {
  const t = useT(importMendWords)
  const refresh = useRefresh()
  const [remember, setRemember] = useState(true)
  const save = useMutation({
    mutationFn: () =>
      mapColumns(batch.batchId, {
        ...(kind === undefined || kind === batch.kind ? {} : { kind }),
        columns: [...changes].map(([column, key]) => ({ column, key })),
        remember,
      }),
    onSuccess: async () => {
      forget()
      await refresh()
    },
  })
  return (
    <div className="bf-bulk" role="group" aria-label={t('columnsChanged', { n: changes.size })}>
      <strong>{t('columnsChanged', { n: changes.size })}</strong>
      <label className="bf-check">
        <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
        {batch.sender === undefined ? t('remember') : t('rememberOf', { sender: batch.sender })}
      </label>
      <span className="bf-spring" />
      <Button onClick={forget}>{t('columnsForget')}</Button>
      <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
        {t('columnsSave')}
      </Button>
      <Problem error={save.error} />
    </div>
  )
}
