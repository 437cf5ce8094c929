import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportBatch } from '../contract.ts'
import { sayImportProblem } from '../rules/say-problem.ts'
import type { ProblemGroup, Replacement } from '../rules/import-records.ts'
import type { ReplaceValues } from '../rules/import-requests.ts'
import { importsKey } from './import-calls.ts'
import { useRefresh } from './import-ended.tsx'
import { lookAtReplacement, removeReplacement, replaceValues, useReplacements } from './import-mend-calls.ts'
import { importMendWords } from './import-mend-words.ts'
import { showCount } from './import-show.ts'

interface ReplaceProps {
  batch: ImportBatch
  group: ProblemGroup
  close: () => void
}

/** Reads one value of a column as another, wherever it stands: looked at before, taken back after. */
export function ReplaceDialog({ batch, group, close }: ReplaceProps) {
  const t = useT(importMendWords)
  return (
    <Modal open title={t('replaceOf', { label: group.label ?? '' })} footer={null} onCancel={close} destroyOnHidden width="36rem">
      <ReplaceForm batch={batch} group={group} close={close} />
    </Modal>
  )
}

function ReplaceForm({ batch: { batchId }, group, close }: ReplaceProps) {
  const t = useT(importMendWords)
  const refresh = useRefresh()
  const values = group.values.filter(({ value }) => value !== '')
  const [from, setFrom] = useState(values[0]?.value ?? '')
  const [to, setTo] = useState('')
  const given: ReplaceValues = { column: group.column ?? 0, from, to: to.trim() }
  const isReady = from !== '' && given.to !== '' && given.to !== from
  const replace = useMutation({
    mutationFn: () => replaceValues(batchId, given),
    onSuccess: async () => {
      await refresh()
      close()
    },
  })
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) replace.mutate()
      }}
    >
      <Field label={t('replaceFrom')} isRequired>
        {(control) => (
          <Select
            {...control}
            value={from}
            showSearch={{ optionFilterProp: 'label' }}
            options={values.map(({ value, rows }) => ({ value, label: t('valueRows', { value, rows: showCount(rows) }) }))}
            onChange={setFrom}
          />
        )}
      </Field>
      <Field label={t('replaceTo')} hint={group.allowed.length === 0 ? undefined : t('replaceToHint')} isRequired>
        {(control) =>
          group.allowed.length === 0 ? (
            <Input {...control} value={to} maxLength={200} onChange={(event) => setTo(event.target.value)} />
          ) : (
            <Select
              {...control}
              value={to === '' ? null : to}
              showSearch={{ optionFilterProp: 'label' }}
              options={group.allowed.map((label) => ({ value: label, label }))}
              onChange={(chosen) => setTo(chosen ?? '')}
            />
          )
        }
      </Field>
      <Preview batchId={batchId} given={given} isReady={isReady} label={group.label} />
      <Problem error={replace.error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('giveUp')}</Button>
        <Button type="primary" htmlType="submit" loading={replace.isPending} disabled={!isReady}>
          {t('replaceNow')}
        </Button>
      </div>
    </form>
  )
}

function Preview(props: { batchId: string; given: ReplaceValues; isReady: boolean; label: string | undefined }) {
  const { batchId, given, isReady, label } = props
  const t = useT(importMendWords)
  const language = useLanguage()
  const preview = useQuery({
    queryKey: [...importsKey, batchId, 'replacement', given],
    queryFn: () => lookAtReplacement(batchId, given),
    enabled: isReady,
  })
  if (!isReady) return <p className="bf-quiet">{t('previewWaits')}</p>
  if (preview.isError) return <Problem error={preview.error} />
  if (preview.data === undefined) return <p className="bf-quiet">{t('previewing')}</p>
  const { rows, examples, problem } = preview.data
  return (
    <>
      <Notice kind="info">
        {t('preview', { rows: showCount(rows), from: given.from, to: given.to, where: examples.map(({ row }) => row).join('、') })}
      </Notice>
      {problem === undefined ? null : <Notice kind="warning">{sayImportProblem({ reason: problem, label, details: {} }, language)}</Notice>}
    </>
  )
}

/** What was replaced so far; each can be taken back. */
export function Replacements({ batch }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const refresh = useRefresh()
  const found = useReplacements(batch)
  const remove = useMutation({
    mutationFn: ({ replacementId }: Replacement) => removeReplacement(batch.batchId, replacementId),
    onSuccess: refresh,
  })
  const list = found.data ?? []
  if (batch.fixes.replacements === 0 || list.length === 0) return null
  return (
    <div>
      <h3>{t('replacements')}</h3>
      <ul className="import-replacements">
        {list.map((one) => (
          <li key={one.replacementId} className="bf-row">
            <span>
              {one.label}：<span className="bf-before">{one.from}</span> → <span className="bf-after">{one.to}</span>
              <span className="bf-source">{t('replacedBy', { rows: showCount(one.rows), name: one.madeName })}</span>
            </span>
            {batch.can.fix ? (
              <Button
                size="small"
                loading={remove.isPending}
                onClick={() => remove.mutate(one)}
                aria-label={t('takeBackOf', { from: one.from })}
              >
                {t('takeBack')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <Problem error={remove.error} />
    </div>
  )
}
