import { Button, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useSayError, useT } from '#ui/words/use-t.ts'
import type { ActedOnProblems, ProblemCard } from '../rules/problem-records.ts'
import type { ActWords } from '../rules/problem-requests.ts'
import { actionWords, levelWords, missingWords } from '../rules/problem-words.ts'
import { refusalWords } from '../rules/refusal-words.ts'
import { asksOf, longFields, type ActDraft, type ActFieldName } from './act-fields.ts'
import { actOnProblems, readDue } from './queries.ts'
import { screenWords } from './screen-words.ts'
import { UnitSelect, unitOfKey } from './unit-select.tsx'

interface ActFormProps {
  cards: readonly Pick<ProblemCard, 'problemId' | 'problemNo' | 'revision'>[]
  action: ActWords['action']
  start?: ActDraft
  close: () => void
  done: (acted: ActedOnProblems) => void
}

/** The form of one act on one or many problems: only what it asks for; Ctrl+Enter submits. */
export function ActForm({ cards, action, start = {}, close, done }: ActFormProps) {
  const t = useT(screenWords)
  const ui = useT(uiWords)
  const say = useSay()
  const [draft, setDraft] = useState<ActDraft>(start)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const asks = asksOf[action]
  const isReady = asks.must.every((field) => (draft[field] ?? '').trim().length > 0) && !isBusy
  const submit = async () => {
    if (!isReady) return
    setBusy(true)
    setError(undefined)
    try {
      const problems = cards.map(({ problemId, revision }) => ({ problemId, revision }))
      done(await actOnProblems({ problems, act: { action, ...wordsOf(only(draft, [...asks.must, ...asks.may])) } }))
    } catch (fault) {
      setError(fault)
      setBusy(false)
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl+Enter submits, as the button does
    <form
      className="bf-stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit() // shows its own refusal
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) void submit() // shows its own refusal
      }}
    >
      {[...asks.must, ...asks.may].map((field) => (
        <ActField
          key={field}
          field={field}
          isRequired={asks.must.includes(field)}
          value={draft[field] ?? ''}
          change={(value) => setDraft((before) => ({ ...before, [field]: value }))}
        />
      ))}
      {action === 'assign' ? <p className="bf-quiet">{t('assignHint')}</p> : null}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{ui('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={isBusy}>
          {cards.length > 1 ? t('actOn', { action: say(actionWords[action]), n: cards.length }) : say(actionWords[action])}
        </Button>
      </div>
    </form>
  )
}

/** What the form has asked for; what it began with besides is not said again. */
function only(draft: ActDraft, fields: readonly ActFieldName[]): ActDraft {
  return Object.fromEntries(Object.entries(draft).filter(([key]) => fields.some((field) => field === key)))
}

function wordsOf({ unit, due, leaderLevel, ...draft }: ActDraft): Omit<ActWords, 'action'> {
  const said = Object.fromEntries(Object.entries(draft).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]])))
  const ref = unitOfKey(unit ?? '')
  const day = readDue(due ?? '')
  return {
    ...said,
    ...(ref === undefined ? {} : { unit: ref }),
    ...(day === undefined ? {} : { due: day }),
    ...(leaderLevel === 'county' || leaderLevel === 'township' ? { leaderLevel } : {}),
  }
}

function ActField(props: { field: ActFieldName; isRequired: boolean; value: string; change: (value: string) => void }) {
  const { field, isRequired, value, change } = props
  const t = useT(screenWords)
  const say = useSay()
  const label = field === 'due' ? t('dueOn') : t(field)
  const hint = field === 'due' ? t('dueHint') : field === 'evidence' ? t('evidenceHint') : undefined
  return (
    <Field label={label} hint={hint} isRequired={isRequired}>
      {(control) => {
        if (field === 'unit') return <UnitSelect {...control} value={value} onChange={change} />
        if (field === 'leaderLevel')
          return (
            <Select
              {...control}
              value={value === '' ? null : value}
              onChange={change}
              options={(['county', 'township'] as const).map((level) => ({ value: level, label: say(levelWords[level]) }))}
            />
          )
        if (longFields.includes(field))
          return (
            <textarea
              {...control}
              className="bf-input"
              rows={3}
              maxLength={2000}
              value={value}
              onChange={(event) => change(event.target.value)}
            />
          )
        const type = field === 'completedOn' ? 'date' : 'text'
        return (
          <input
            {...control}
            className="bf-input"
            type={type}
            maxLength={500}
            value={value}
            onChange={(event) => change(event.target.value)}
          />
        )
      }}
    </Field>
  )
}

/** What came of an act: letters that went out, and each refusal with its reason. */
export function ActOutcome({ acted, cards }: { acted: ActedOnProblems; cards: readonly Pick<ProblemCard, 'problemId' | 'problemNo'>[] }) {
  const t = useT(screenWords)
  const ui = useT(uiWords)
  const why = useSayRefusal()
  const { done, refused, letters } = acted
  const issued = letters.map(({ letterNo }) => letterNo).join('、')
  return (
    <>
      {letters.length === 0 ? null : <Notice kind="success">{t('letters.done', { numbers: issued })}</Notice>}
      {refused.length === 0 ? (
        letters.length > 0 ? null : (
          <Notice kind="success">{ui('manyDone', { n: done.length })}</Notice>
        )
      ) : (
        <Notice kind="warning">
          <p>{ui('manyRefused', { n: done.length, refused: refused.length })}</p>
          <ul className="bf-lines">
            {refused.map(({ problemId, problemNo, code, details }) => (
              <li key={problemId}>
                {problemNo === '' ? (cards.find((one) => one.problemId === problemId)?.problemNo ?? '') : problemNo}：
                {why({ code, details })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

/** A refusal of an act in words. */
export function useSayRefusal(): (refusal: { code: string; details: Readonly<Record<string, unknown>> }) => string {
  const say = useSay()
  const sayError = useSayError()
  return ({ code, details }) => {
    const reasonKey = typeof details['reason'] === 'string' ? details['reason'] : ''
    const words =
      code === 'rectification.act-refused' && reasonKey in refusalWords ? refusalWords[reasonKey as keyof typeof refusalWords] : undefined // Safe: looked at before
    if (words === undefined) return sayError(new ApiError(code, 422, details))
    const missing = Array.isArray(details['missing']) ? details['missing'].map(String) : []
    const parts = missing.flatMap((part) => (part in missingWords ? [say(missingWords[part as keyof typeof missingWords])] : [])) // Safe: looked at before
    return say(words, { missing: parts.join('、') })
  }
}
