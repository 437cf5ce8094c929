import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isFiles } from '../rules/field-kinds.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { BatchAnswer, Book } from '../rules/records.ts'
import { isWorkedOut } from '../rules/template-brought.ts'
import { PlainInput } from './plain-input.tsx'
import { actOnMany } from './ledger-calls.ts'
import { ledgerWords } from './ledger-words.ts'

/** What can be done with the chosen rows; refused ones are named with the reason. */
export function BulkBar({ book, chosen, clear }: { book: Book; chosen: readonly string[]; clear: () => void }) {
  const t = useT(ledgerWords)
  const [asked, setAsked] = useState<'change' | 'move'>()
  const [outcome, setOutcome] = useState<BatchAnswer>()
  const done = (answer: BatchAnswer) => {
    setOutcome(answer)
    setAsked(undefined)
    clear()
  }
  const dialog = { book, recordIds: chosen, done, close: () => setAsked(undefined) }
  return (
    <>
      {outcome === undefined ? null : <BatchOutcome answer={outcome} />}
      {chosen.length === 0 ? null : (
        <div className="bf-bulk">
          <span>{t('chosen', { n: chosen.length })}</span>
          {(book.template.moves ?? []).length === 0 ? null : (
            <Button type="primary" onClick={() => setAsked('move')}>
              {t('bulkMove')}
            </Button>
          )}
          <Button onClick={() => setAsked('change')}>{t('bulkChange')}</Button>
          <Button onClick={clear}>{t('clear')}</Button>
        </div>
      )}
      {asked === 'change' ? <ChangeDialog {...dialog} /> : null}
      {asked === 'move' ? <MoveManyDialog {...dialog} /> : null}
    </>
  )
}

/** How many were done, and each refused record with its reason. */
export function BatchOutcome({ answer }: { answer: BatchAnswer }) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const { done, refused } = answer
  if (refused.length === 0) return <Notice kind="success">{t('bulkDone', { n: done })}</Notice>
  return (
    <Notice kind="warning">
      <p>{t('bulkRefused', { n: done, refused: refused.length })}</p>
      <ul className="bf-lines">
        {refused.map(({ recordId, title, code, problems }) => (
          <li key={recordId}>
            {title === '' ? recordId.slice(-6) : title}：
            {problems.length === 0 ? code : problems.map(({ said }) => said[language]).join('；')}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

interface DialogProps {
  book: Book
  recordIds: readonly string[]
  done: (answer: BatchAnswer) => void
  close: () => void
}

function useSubmit(run: () => Promise<BatchAnswer>, done: (answer: BatchAnswer) => void) {
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setError(undefined)
    try {
      done(await run())
    } catch (fault) {
      setError(fault)
      setBusy(false)
    }
  }
  return { error, isBusy, submit }
}

function ChangeDialog({ book, recordIds, done, close }: DialogProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const fields = book.template.fields.filter(
    (field) => !isWorkedOut(field) && !isFiles(field.kind) && !['table', 'place', 'choices'].includes(field.kind),
  )
  const [key, setKey] = useState('')
  const [value, setValue] = useState<unknown>(null)
  const field = fields.find((one) => one.key === key)
  const { error, isBusy, submit } = useSubmit(
    () => actOnMany(`${ledgerPaths.book(book.templateKey)}/change-many`, recordIds, { values: { [key]: value } }),
    done,
  )
  return (
    <Modal open onCancel={close} title={t('bulkChangeTitle', { n: recordIds.length })} footer={null} width="34rem">
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (field !== undefined) void submit() // shows its own refusal
        }}
      >
        <p>{t('bulkNote')}</p>
        <Labelled label={t('bulkField')} isRequired>
          {(control) => (
            <select
              {...control}
              className="bf-input"
              value={key}
              onChange={(event) => {
                setKey(event.target.value)
                setValue(null)
              }}
            >
              <option value="">{t('filterChoose')}</option>
              {fields.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.name[language]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {field === undefined ? null : (
          <Labelled label={t('bulkValue')}>
            {(control) => <PlainInput field={field} control={control} value={value} change={setValue} />}
          </Labelled>
        )}
        <DialogFoot error={error} isBusy={isBusy} isReady={field !== undefined} close={close} />
      </form>
    </Modal>
  )
}

function MoveManyDialog({ book, recordIds, done, close }: DialogProps) {
  const t = useT(ledgerWords)
  const language = useLanguage()
  const moves = book.template.moves ?? []
  const [key, setKey] = useState(moves[0]?.key ?? '')
  const [reason, setReason] = useState('')
  const move = moves.find((one) => one.key === key)
  const isReady = move !== undefined && (move.reason !== true || reason.trim().length > 1)
  const body = { move: key, ...(reason.trim().length > 1 ? { reason: reason.trim() } : {}) }
  const { error, isBusy, submit } = useSubmit(() => actOnMany(`${ledgerPaths.book(book.templateKey)}/move-many`, recordIds, body), done)
  return (
    <Modal open onCancel={close} title={t('bulkMoveTitle', { n: recordIds.length })} footer={null} width="34rem">
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) void submit() // shows its own refusal
        }}
      >
        <p>{t('bulkNote')}</p>
        <Labelled label={t('bulkWhat')} isRequired>
          {(control) => (
            <select {...control} className="bf-input" value={key} onChange={(event) => setKey(event.target.value)}>
              {moves.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.name[language]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t('reason')} isRequired={move?.reason === true}>
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
        <DialogFoot error={error} isBusy={isBusy} isReady={isReady} close={close} />
      </form>
    </Modal>
  )
}

function DialogFoot({ error, isBusy, isReady, close }: { error: unknown; isBusy: boolean; isReady: boolean; close: () => void }) {
  const t = useT(ledgerWords)
  const ui = useT(uiWords)
  return (
    <>
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {t('doIt')}
        </Button>
      </div>
    </>
  )
}
