import { Button, Modal, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseCard } from '../rules/case-records.ts'
import type { CaseAction } from '../rules/case-steps.ts'
import { actionWords } from '../rules/case-words.ts'
import { actOnCases, type ActedOnCases } from './case-queries.ts'
import { useSayCaseError } from './case-refusals.ts'
import { caseScreenWords } from './case-screen-words.ts'

/** What can be said of many at once; what asks for more than a sentence is done one by one. */
const batchActions = ['pass', 'pause', 'resume', 'supply', 'green', 'withdraw'] as const satisfies readonly CaseAction[]
type BatchAction = (typeof batchActions)[number]

/** The same act for the chosen cases: each is decided by itself, and what is refused is named with what it lacks. */
export function BatchBar({ chosen, clear }: { chosen: readonly CaseCard[]; clear: () => void }) {
  const t = useT(caseScreenWords)
  const [isOpen, setOpen] = useState(false)
  const [outcome, setOutcome] = useState<{ acted: ActedOnCases; files: readonly CaseCard[] }>()
  return (
    <>
      {outcome === undefined ? null : <BatchOutcome {...outcome} />}
      {chosen.length === 0 ? null : (
        <div className="bf-bulk">
          <span>{t('chosen', { n: chosen.length })}</span>
          <Button type="primary" onClick={() => setOpen(true)}>
            {t('batchAct')}
          </Button>
          <Button onClick={clear}>{t('batchClear')}</Button>
        </div>
      )}
      {isOpen ? (
        <BatchDialog
          files={chosen}
          close={() => setOpen(false)}
          done={(acted) => {
            setOutcome({ acted, files: chosen })
            setOpen(false)
            clear()
          }}
        />
      ) : null}
    </>
  )
}

function BatchOutcome({ acted, files }: { acted: ActedOnCases; files: readonly CaseCard[] }) {
  const t = useT(caseScreenWords)
  const ui = useT(uiWords)
  const say = useSayCaseError()
  const { done, refused } = acted
  if (refused.length === 0) return <Notice kind="success">{ui('manyDone', { n: done.length })}</Notice>
  const nameOf = (caseId: string) => {
    const file = files.find((one) => one.caseId === caseId)
    return file === undefined ? caseId : `${file.headName ?? t('nameless')}（${file.village}）`
  }
  const why = ({ code, details }: ActedOnCases['refused'][number]) => say(new ApiError(code, 422, details))
  return (
    <Notice kind="warning">
      <p>{ui('manyRefused', { n: done.length, refused: refused.length })}</p>
      <ul className="bf-lines">
        {refused.map((one) => (
          <li key={one.caseId}>
            {nameOf(one.caseId)}：{why(one)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function BatchDialog(props: { files: readonly CaseCard[]; close: () => void; done: (acted: ActedOnCases) => void }) {
  const { files, close, done } = props
  const t = useT(caseScreenWords)
  const ui = useT(uiWords)
  const say = useSay()
  const [action, setAction] = useState<BatchAction>('pass')
  const [text, setText] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const asksReason = action === 'pause' || action === 'green' || action === 'withdraw'
  const isReady = !isBusy && (text.trim().length >= 2 || (!asksReason && text.trim() === ''))
  const submit = async () => {
    if (!isReady) return
    setBusy(true)
    setError(undefined)
    const words = text.trim() === '' ? {} : asksReason ? { reason: text.trim() } : { opinion: text.trim() }
    const cases = files.map(({ caseId, revision }) => ({ caseId, revision }))
    try {
      done(await actOnCases({ cases, act: { action, ...words } }))
    } catch (fault) {
      setError(fault)
      setBusy(false)
    }
  }
  return (
    <Modal open onCancel={close} title={t('batchTitle', { n: files.length })} footer={null} width="34rem">
      <form
        className="bf-stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit() // shows its own refusal
        }}
      >
        <p>{t('batchText')}</p>
        <Field label={t('batchWhat')} isRequired>
          {(control) => (
            <Select<BatchAction>
              {...control}
              value={action}
              onChange={setAction}
              options={batchActions.map((one) => ({ value: one, label: `${say(actionWords[one])} · ${t(`explain.${one}`)}` }))}
            />
          )}
        </Field>
        <Field label={t(asksReason ? 'field.reason' : 'field.opinion')} isRequired={asksReason}>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={2}
              maxLength={2000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Problem error={error} />
        <div className="bf-dialog-actions">
          <Button onClick={close}>{ui('cancel')}</Button>
          <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
            {t('act')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
