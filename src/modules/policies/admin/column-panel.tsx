import { Button } from 'antd'
import { useState } from 'react'
import type { DecisionTable } from '#kernel/pure/decisions/index.ts'
import { DescriptionList } from '#ui/data/description-list.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { FactCard } from '../contract.ts'
import { readCondition, readOutput } from './cell-read.ts'
import { showCondition, showOutput } from './cell-show.ts'
import { editorWords } from './editor-words.ts'
import { FactChoice } from './fact-choice.tsx'
import type { TableColumn } from './table-columns.ts'
import { moveColumn, removeColumn } from './table-edit.ts'

interface ColumnPanelProps {
  table: DecisionTable
  column: TableColumn
  facts: readonly FactCard[]
  change: ((table: DecisionTable) => void) | undefined
  lookAt: (fact: FactCard) => void
  close: () => void
}

/** What a column is about: the fact with its meaning, unit and source, the allowed values, the default; and what may be done with it. */
export function ColumnPanel({ table, column, facts, change, lookAt, close }: ColumnPanelProps) {
  const t = useT(editorWords)
  const [isChoosing, setChoosing] = useState(false)
  return (
    <section className="bf-fieldset" aria-label={t('columnSettings')}>
      <div className="bf-section-head">
        <h3>{t('columnTitle', { kind: t(`kind.${column.part}`), name: column.title })}</h3>
        <Button onClick={close}>{t('close')}</Button>
      </div>
      {column.part === 'input' ? <FactLines column={column} table={table} /> : null}
      {change === undefined ? null : (
        <>
          <Settings key={column.key} table={table} column={column} change={change} />
          <div className="bf-row">
            <Button onClick={() => change(moveColumn(table, column, -1))}>{t('left')}</Button>
            <Button onClick={() => change(moveColumn(table, column, 1))}>{t('right')}</Button>
            {column.part === 'input' ? <Button onClick={() => setChoosing(!isChoosing)}>{t('changeFact')}</Button> : null}
            <Button
              danger
              disabled={column.part === 'output' && table.outputs.length === 1}
              onClick={() => change(removeColumn(table, column))}
            >
              {t('columnDelete')}
            </Button>
          </div>
          {isChoosing ? <FactChoice facts={facts} choose={lookAt} /> : null}
        </>
      )}
    </section>
  )
}

function FactLines({ table, column }: { table: DecisionTable; column: TableColumn }) {
  const t = useT(editorWords)
  const language = useLanguage()
  const { fact } = column
  if (fact === undefined) return <p className="bf-quiet">{t('noFact', { name: table.inputs[column.at]?.expression.text ?? '' })}</p>
  return (
    <DescriptionList
      items={[
        { key: 'meaning', label: t('meaning'), value: language === 'zh' ? fact.zhMeaning : fact.enMeaning },
        { key: 'unit', label: t('unit'), value: fact.unit },
        { key: 'source', label: t('source'), value: fact.source },
        { key: 'asOf', label: t('asOf'), value: t(`asOf.${fact.asOf}`) },
        { key: 'supplied', label: t('suppliedBy'), value: fact.suppliedBy },
      ]}
    />
  )
}

/** Name, allowed values and default; taken over together. */
function Settings({ table, column, change }: { table: DecisionTable; column: TableColumn; change: (table: DecisionTable) => void }) {
  const t = useT(editorWords)
  const { part, at, form } = column
  const [input, output, note] = [table.inputs[at], table.outputs[at], table.annotations[at]]
  const values = (part === 'input' ? input?.values?.text : output?.values?.text) ?? ''
  const first = {
    label:
      part === 'input'
        ? (input?.label ?? input?.expression.text ?? '')
        : part === 'output'
          ? (output?.label ?? output?.name ?? '')
          : (note?.name ?? ''),
    values: values === '' ? '' : showCondition(values, form),
    byDefault: part === 'output' && output?.defaultEntry !== undefined ? showOutput(output.defaultEntry.text, form) : '',
  }
  const [draft, setDraft] = useState(first)
  const put = (name: keyof typeof first) => (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value })
  const isChanged = draft.label !== first.label || draft.values !== first.values || draft.byDefault !== first.byDefault
  const apply = () => {
    const bare = { kind: form.kind, language: form.language, names: form.names }
    const allowed = draft.values.trim() === '' ? undefined : { text: readCondition(draft.values, bare) }
    const written = readOutput(draft.byDefault, form)
    change({
      ...table,
      inputs: table.inputs.map((one, place) => (part === 'input' && place === at ? { ...one, label: draft.label, values: allowed } : one)),
      outputs: table.outputs.map((one, place) =>
        part === 'output' && place === at
          ? { ...one, label: draft.label, values: allowed, defaultEntry: written === '' ? undefined : { kind: 'literal', text: written } }
          : one,
      ),
      annotations: table.annotations.map((one, place) => (part === 'note' && place === at ? { ...one, name: draft.label } : one)),
    })
  }
  return (
    <form
      className="bf-form-grid"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Field label={t('label')}>
        {(control) => <input {...control} className="bf-input" value={draft.label} onChange={put('label')} />}
      </Field>
      {part === 'note' ? null : (
        <Field label={t(form.kind === 'text' || form.kind === 'any' ? 'allowed' : 'allowedNumber')}>
          {(control) => <input {...control} className="bf-input" value={draft.values} onChange={put('values')} />}
        </Field>
      )}
      {part === 'output' ? (
        <Field label={t('defaultOutput')}>
          {(control) => <input {...control} className="bf-input" value={draft.byDefault} onChange={put('byDefault')} />}
        </Field>
      ) : null}
      <div className="policies-apply">
        <Button htmlType="submit" disabled={!isChanged}>
          {t('apply')}
        </Button>
      </div>
    </form>
  )
}
