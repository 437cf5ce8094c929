import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { InspectionRecord } from '../rules/inspection-records.ts'
import { inspectionKindWords } from '../rules/inspection-words.ts'
import { TextField } from './add-forms.tsx'
import { todayHere } from './inspection-plan.tsx'
import { inspectionWords } from './inspection-words.ts'
import { readDue } from './queries.ts'

const methods = ['method.ledger', 'method.site', 'method.visit', 'method.talk'] as const

interface RecordDialogProps {
  inspection: InspectionRecord
  said: (text: string) => void
  close: () => void
}

/** Writes down what an inspection has seen: its items, other findings, and whether the unit gets them at once. */
export function RecordDialog({ inspection, said, close }: RecordDialogProps) {
  const t = useT(inspectionWords)
  const say = useSay()
  return (
    <Modal
      open
      onCancel={close}
      title={t('recordTitle', { unit: inspection.unitName, kind: say(inspectionKindWords[inspection.kind]) })}
      footer={null}
      destroyOnHidden
      width="44rem"
    >
      <RecordForm inspection={inspection} said={said} close={close} />
    </Modal>
  )
}

/** Lines as `class words`; words alone are of class 其他. */
function readFindings(text: string): { class: string; description: string }[] {
  return text.split('\n').flatMap((line) => {
    const [first = '', ...rest] = line.trim().split(/\s+/)
    if (first === '') return []
    return rest.length === 0
      ? [{ class: '其他', description: first.padEnd(2, '。') }]
      : [{ class: first, description: rest.join(' ').padEnd(2, '。') }]
  })
}

function RecordForm({ inspection, said, close }: RecordDialogProps) {
  const t = useT(inspectionWords)
  const ui = useT(uiWords)
  const queries = useQueryClient()
  const [bad, setBad] = useState<Readonly<Record<string, string>>>({})
  const [draft, setDraft] = useState({ inspectedOn: todayHere(), findings: '', note: '', headName: '', due: '' })
  const [ways, setWays] = useState<readonly string[]>([])
  const [isHandedOn, setHandedOn] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }))
  const findings = readFindings(draft.findings)
  const due = readDue(draft.due)
  const hasProblems = findings.length > 0 || Object.keys(bad).length > 0
  const isReady = draft.inspectedOn !== '' && (!isHandedOn || !hasProblems || (draft.headName.trim() !== '' && due !== undefined))
  const submit = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const items = inspection.topics.map((item) => ({ item, isFine: !(item in bad), note: (bad[item] ?? '').trim() }))
      const handOn = isHandedOn && hasProblems && due !== undefined ? { handOn: { headName: draft.headName.trim(), due } } : {}
      const { inspectedOn, note } = draft
      const body = { inspectedOn, note: note.trim(), items, findings, methods: ways, ...handOn }
      const path = `/rectification/inspections/${inspection.inspectionId}/record`
      const done = await write<{ problems: number; letterNo: string | null }>('POST', path, body)
      said(t('recorded', { n: done.problems, letter: done.letterNo === null ? '' : t('onLetter', { no: done.letterNo }) }))
      void queries.invalidateQueries({ queryKey: ['rectification'] }) // lists are read again
      close()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !isBusy) void submit() // shows its own refusal
      }}
    >
      <TextField label={t('made')} value={draft.inspectedOn} change={(inspectedOn) => change({ inspectedOn })} type="date" isRequired />
      <Items topics={inspection.topics} bad={bad} change={setBad} />
      <Field label={t('findings')} hint={t('findingsHint')}>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={3}
            value={draft.findings}
            onChange={(event) => change({ findings: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="rect-set">
        <legend>{t('methods')}</legend>
        <div className="rect-acts">
          {methods.map((key) => (
            <Checkbox
              key={key}
              checked={ways.includes(t(key))}
              onChange={({ target }) => setWays(target.checked ? [...ways, t(key)] : ways.filter((way) => way !== t(key)))}
            >
              {t(key)}
            </Checkbox>
          ))}
        </div>
      </fieldset>
      <Field label={t('remark')}>
        {(control) => (
          <textarea
            {...control}
            className="bf-input"
            rows={2}
            maxLength={1000}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        )}
      </Field>
      {hasProblems ? (
        <Checkbox checked={isHandedOn} onChange={({ target }) => setHandedOn(target.checked)}>
          {t('handOn')}
        </Checkbox>
      ) : null}
      {hasProblems && isHandedOn ? (
        <>
          <TextField label={t('head')} value={draft.headName} change={(headName) => change({ headName })} isRequired />
          <TextField label={t('due')} value={draft.due} change={(value) => change({ due: value })} isRequired />
        </>
      ) : null}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

/** Each item of the sheet: fine, or what is wrong with it. */
function Items(props: {
  topics: readonly string[]
  bad: Readonly<Record<string, string>>
  change: (bad: Readonly<Record<string, string>>) => void
}) {
  const { topics, bad, change } = props
  const t = useT(inspectionWords)
  return (
    <fieldset className="rect-set">
      <legend>{t('items')}</legend>
      {topics.map((item) => (
        <div key={item} className="rect-item">
          <Checkbox
            checked={item in bad}
            onChange={({ target }) =>
              change(target.checked ? { ...bad, [item]: '' } : Object.fromEntries(Object.entries(bad).filter(([key]) => key !== item)))
            }
          >
            {`${item}：${t(item in bad ? 'bad' : 'fine')}`}
          </Checkbox>
          {item in bad ? (
            <input
              className="bf-input"
              aria-label={t('what', { item })}
              placeholder={t('what', { item })}
              maxLength={500}
              value={bad[item] ?? ''}
              onChange={(event) => change({ ...bad, [item]: event.target.value })}
            />
          ) : null}
        </div>
      ))}
    </fieldset>
  )
}
