import { Button } from 'antd'
import { useState } from 'react'
import { aggregations, hitPolicies, type DecisionTable } from '#kernel/pure/decisions/index.ts'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FactCard } from '../contract.ts'
import { editorWords } from './editor-words.ts'
import { FactChoice } from './fact-choice.tsx'
import { addColumn } from './table-edit.ts'

/** How a table decides where several rows hold, each way explained. */
export function HitSettings({ table, change }: { table: DecisionTable; change: ((table: DecisionTable) => void) | undefined }) {
  const t = useT(editorWords)
  const isCollect = table.hitPolicy === 'COLLECT'
  return (
    <div className="bf-row policies-hit">
      <label className="bf-check">
        <span>{t('hitPolicy')}</span>
        <select
          className="bf-input policies-medium"
          disabled={change === undefined}
          value={table.hitPolicy}
          onChange={(event) => {
            const hitPolicy = hitPolicies.find((one) => one === event.target.value) ?? 'UNIQUE'
            change?.({ ...table, hitPolicy, aggregation: hitPolicy === 'COLLECT' ? table.aggregation : undefined })
          }}
        >
          {hitPolicies.map((one) => (
            <option key={one} value={one}>
              {t(`hit.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {isCollect ? (
        <label className="bf-check">
          <span>{t('aggregation')}</span>
          <select
            className="bf-input policies-short"
            disabled={change === undefined}
            value={table.aggregation ?? ''}
            onChange={(event) => change?.({ ...table, aggregation: aggregations.find((one) => one === event.target.value) })}
          >
            {(['', ...aggregations] as const).map((one) => (
              <option key={one} value={one}>
                {t(`sum.${one}`)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <span className="bf-quiet policies-about">{t(`about.${table.hitPolicy}`)}</span>
    </div>
  )
}

const types = ['string', 'number', 'boolean', 'date'] as const

interface AddColumnProps {
  table: DecisionTable
  facts: readonly FactCard[]
  change: (table: DecisionTable) => void
  addFact: (fact: FactCard) => void
  close: () => void
}

/** A new condition on a fact of the catalogue, a new result, a new note. */
export function AddColumn({ table, facts, change, addFact, close }: AddColumnProps) {
  const t = useT(editorWords)
  const [name, setName] = useState('')
  const [type, setType] = useState<(typeof types)[number]>('string')
  const [note, setNote] = useState('')
  return (
    <section className="bf-fieldset" aria-label={t('addColumn')}>
      <div className="bf-section-head">
        <h3>{t('newInput')}</h3>
        <Button onClick={close}>{t('close')}</Button>
      </div>
      <FactChoice facts={facts} choose={addFact} />
      <div className="bf-columns">
        <form
          className="bf-stack"
          onSubmit={(event) => {
            event.preventDefault()
            change(addColumn(table, 'output', name.trim(), type))
          }}
        >
          <h3>{t('newOutput')}</h3>
          <div className="bf-row policies-fields">
            <Field label={t('newName')}>
              {(control) => <input {...control} className="bf-input" value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
            <Field label={t('newType')}>
              {(control) => (
                <select
                  {...control}
                  className="bf-input"
                  value={type}
                  onChange={(event) => setType(types.find((one) => one === event.target.value) ?? 'string')}
                >
                  {types.map((one) => (
                    <option key={one} value={one}>
                      {t(`type.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Button htmlType="submit" disabled={name.trim() === ''}>
              {t('add')}
            </Button>
          </div>
        </form>
        <form
          className="bf-stack"
          onSubmit={(event) => {
            event.preventDefault()
            change(addColumn(table, 'note', note.trim()))
          }}
        >
          <h3>{t('newNote')}</h3>
          <div className="bf-row policies-fields">
            <Field label={t('newName')}>
              {(control) => <input {...control} className="bf-input" value={note} onChange={(event) => setNote(event.target.value)} />}
            </Field>
            <Button htmlType="submit" disabled={note.trim() === ''}>
              {t('add')}
            </Button>
          </div>
        </form>
      </div>
    </section>
  )
}
