import { useId } from 'react'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { Answer, SaidOfRegister } from '../rules/answers.ts'
import type { Question } from '../rules/form.ts'
import type { CallSheet } from '../rules/survey-records.ts'
import { RegisterQuestion } from './register-question.tsx'
import { callWords } from './call-screen-words.ts'

export interface QuestionFieldProps {
  question: Question
  sheet: Pick<CallSheet, 'before' | 'registered' | 'household'>
  answer: Answer | undefined
  change: (answer: Answer | undefined) => void
  fault: string | undefined
}

/** One question of a form with its answer, and what was said in the round before. */
export function QuestionField(props: QuestionFieldProps) {
  const { question, sheet, fault } = props
  const say = useSay()
  const t = useT(callWords)
  const id = useId()
  const before = sheet.before?.answers[question.key]
  return (
    <fieldset className="survey-question" aria-describedby={fault === undefined ? undefined : id}>
      <legend>
        {say(question)}
        {question.required ? (
          <span className="bf-required" aria-hidden="true">
            {' '}
            *
          </span>
        ) : null}
      </legend>
      <Control {...props} />
      {before === undefined || sheet.before === undefined ? null : (
        <span className="bf-source">{t('before', { no: sheet.before.campaignNo, answer: useText(question, before) })}</span>
      )}
      {fault === undefined ? null : (
        <span className="bf-problem" id={id}>
          {fault}
        </span>
      )}
    </fieldset>
  )
}

/** An answer in words. */
function useText(question: Question, answer: Answer): string {
  const say = useSay()
  const t = useT(callWords)
  if (typeof answer === 'boolean') return t(answer ? 'yes' : 'no')
  if (isSaid(answer)) return t(`said.${answer.said}`)
  if (!('options' in question)) return String(answer)
  const words: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
  return question.options.flatMap((option) => (words.includes(option.value) ? [say(option)] : [])).join('、')
}

export function isSaid(answer: Answer | undefined): answer is SaidOfRegister {
  return typeof answer === 'object' && 'said' in answer
}

function Control({ question, sheet, answer, change }: QuestionFieldProps) {
  const t = useT(callWords)
  const say = useSay()
  const name = useId()
  switch (question.type) {
    case 'choice':
      return (
        <div className="survey-choices">
          {question.options.map((option) => (
            <label key={option.value}>
              <input type="radio" name={name} checked={answer === option.value} onChange={() => change(option.value)} /> {say(option)}
            </label>
          ))}
        </div>
      )
    case 'multi': {
      const list: readonly string[] = Array.isArray(answer) ? answer : []
      const toggle = (value: string) => {
        const next = list.includes(value) ? list.filter((one) => one !== value) : [...list, value]
        change(next.length === 0 ? undefined : next)
      }
      return (
        <div className="survey-choices">
          {question.options.map((option) => (
            <label key={option.value}>
              <input type="checkbox" checked={list.includes(option.value)} onChange={() => toggle(option.value)} /> {say(option)}
            </label>
          ))}
        </div>
      )
    }
    case 'yes-no':
      return (
        <div className="survey-choices">
          {([true, false] as const).map((value) => (
            <label key={String(value)}>
              <input type="radio" name={name} checked={answer === value} onChange={() => change(value)} /> {t(value ? 'yes' : 'no')}
            </label>
          ))}
        </div>
      )
    case 'number':
      return (
        <span className="survey-said">
          <input
            className="bf-input"
            style={{ width: '8rem' }}
            inputMode="decimal"
            aria-label={say(question)}
            defaultValue={typeof answer === 'number' ? String(answer) : ''}
            onChange={(event) => {
              const number = Number(event.target.value)
              change(event.target.value.trim() === '' || !Number.isFinite(number) ? undefined : number)
            }}
          />
          {question.unit}
        </span>
      )
    case 'date':
      return (
        <input
          type="date"
          className="bf-input"
          style={{ width: '12rem' }}
          aria-label={say(question)}
          value={typeof answer === 'string' ? answer : ''}
          onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
        />
      )
    case 'text':
      return (
        <textarea
          className="bf-input"
          rows={2}
          maxLength={question.longest}
          aria-label={say(question)}
          value={typeof answer === 'string' ? answer : ''}
          onChange={(event) => change(event.target.value === '' ? undefined : event.target.value)}
        />
      )
    case 'register':
      return <RegisterQuestion question={question} sheet={sheet} answer={isSaid(answer) ? answer : undefined} change={change} />
  }
}
