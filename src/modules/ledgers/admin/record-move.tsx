import { Button, Modal } from 'antd'
import { useState } from 'react'
import { isApiError, write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { RecordItem, RecordProblem } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import type { Field, Move, Template } from '../rules/template.ts'
import { PlainInput } from './plain-input.tsx'
import { ledgerWords } from './ledger-words.ts'

interface MoveDialogProps {
  templateKey: string
  template: Template
  record: Pick<RecordItem, 'recordId' | 'title' | 'revision' | 'values'>
  move: Move
  close: () => void
}

/** Does a move: what it still needs is filled in here, a reason where it asks for one; what stands against it is said in the dialog. */
export function MoveDialog({ templateKey, template, record, move, close }: MoveDialogProps) {
  const t = useT(ledgerWords)
  const ui = useT(uiWords)
  const language = useLanguage()
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const needed = template.fields.filter(
    (field) => move.needs?.includes(field.key) === true && isHere(field) && isBlank(record.values[field.key]),
  )
  const isReady = (move.reason !== true || reason.trim().length > 1) && !isBusy
  const submit = async () => {
    setBusy(true)
    setError(undefined)
    const body = { revision: record.revision, move: move.key, values, ...(reason.trim().length > 1 ? { reason: reason.trim() } : {}) }
    try {
      await write('POST', `${ledgerPaths.record(templateKey, record.recordId)}/move`, body)
      close()
    } catch (fault) {
      setError(fault)
      setBusy(false)
    }
  }
  return (
    <Modal open onCancel={close} title={t('moveTitle', { move: move.name[language], title: record.title })} footer={null} width="34rem">
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) void submit() // shows its own refusal
        }}
      >
        {needed.map((field) => (
          <Labelled key={field.key} label={field.name[language]} isRequired>
            {(control) => (
              <PlainInput
                field={field}
                control={control}
                value={values[field.key]}
                change={(value) => setValues({ ...values, [field.key]: value })}
              />
            )}
          </Labelled>
        ))}
        <Labelled label={t('reason')} isRequired={move.reason === true}>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <Refusal error={error} />
        <div className="bf-dialog-actions">
          <Button onClick={close}>{ui('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={!isReady}>
            {move.name[language]}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const isHere = ({ kind, ...field }: Field) =>
  !isWorkedOut(field) && !isFiles(kind) && kind !== 'table' && kind !== 'place' && kind !== 'choices'
const isBlank = (value: unknown) => value === undefined || value === null || value === ''

/** The problems that a refusal carries, as the rules of a record say them. */
export function problemsOf(error: unknown): readonly RecordProblem[] {
  if (!isApiError(error)) return []
  const { problems } = error.details
  return Array.isArray(problems) ? problems.filter(isProblem) : []
}

function isProblem(raw: unknown): raw is RecordProblem {
  return typeof raw === 'object' && raw !== null && 'said' in raw && 'code' in raw
}

/** A refusal: its sentences, or the one of its code. */
export function Refusal({ error }: { error: unknown }) {
  const language = useLanguage()
  const problems = problemsOf(error)
  if (problems.length === 0) return <Problem error={error} />
  return (
    <Notice kind="error">
      <ul className="bf-lines">
        {problems.map(({ said }) => (
          <li key={said.zh}>{said[language]}</li>
        ))}
      </ul>
    </Notice>
  )
}
