import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '#kernel/browser/api/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { askedQuestions, readAnswers, type Answer, type Answers } from '../rules/answers.ts'
import type { Question } from '../rules/form.ts'
import type { CallSheet } from '../rules/survey-records.ts'
import { faultWords, outcomeWords } from '../rules/survey-words.ts'
import { callOutcomes, type CallOutcome } from '../rules/target-states.ts'
import { callWords } from './call-screen-words.ts'
import { QuestionField } from './question-field.tsx'
import { correctAnswers, finishCall } from './survey-queries.ts'

interface CallFormProps {
  sheet: CallSheet
  done: (nextTargetId: string | undefined) => void
}

/** The form and how the call ended. Keyboard: Alt+1…7 the outcome, Ctrl+Enter saves and opens the next. */
export function CallForm({ sheet, done }: CallFormProps) {
  const t = useT(callWords)
  const { form, target, campaign } = sheet
  const isCorrecting = sheet.can['correct'] === true
  const [answers, setAnswers] = useState<Answers>(() => (isCorrecting ? (sheet.responses[0]?.answers ?? {}) : {}))
  const [outcome, setOutcome] = useState<CallOutcome | undefined>(isCorrecting ? 'answered' : undefined)
  const [more, setMore] = useState({ note: '', nextAt: '', reason: '' })
  const [isTried, setTried] = useState(false)
  const asked = new Set(askedQuestions(form, answers))
  const kept: Answers = Object.fromEntries(Object.entries(answers).filter(([key]) => asked.has(key)))
  const faults = outcome === 'answered' ? readAnswers(form, kept).faults : []
  const sending = useSending(async () => {
    setTried(true)
    if (outcome === undefined || faults.length > 0) return
    const { targetId, revision } = target
    if (isCorrecting) {
      await correctAnswers(targetId, { revision, answers: kept, reason: more.reason.trim() })
      done(undefined)
      return
    }
    const at = outcome === 'call-back' && more.nextAt !== '' ? { nextAt: new Date(`${more.nextAt}:00+08:00`).toISOString() } : {}
    const finished = await finishCall(targetId, {
      revision,
      outcome,
      note: more.note.trim(),
      ...(outcome === 'answered' ? { answers: kept } : {}),
      ...at,
    })
    done(finished.nextTargetId)
  })
  const box = useRef<HTMLFormElement>(null)
  useCallKeys((key) => {
    if (key === 'send') box.current?.requestSubmit()
    else if (!isCorrecting) setOutcome(callOutcomes[key])
  })
  const told = faultsOfServer(sending.error)
  const change = (key: string, answer: Answer | undefined) => {
    const { [key]: _old, ...rest } = answers
    setAnswers(answer === undefined ? rest : { ...rest, [key]: answer })
    if (outcome === undefined) setOutcome('answered')
  }
  const faultOf = (question: Question) =>
    told.get(question.key) ?? (isTried ? faults.find((fault) => fault.at === question.key)?.why : undefined)
  return (
    <form ref={box} className="bf-stack" onSubmit={sending.onSubmit}>
      {outcome === undefined || outcome === 'answered' ? (
        <Questions
          sheet={sheet}
          questions={form.questions.filter((question) => asked.has(question.key))}
          answers={answers}
          change={change}
          setAll={setAnswers}
          faultOf={faultOf}
        />
      ) : null}
      <div className="survey-outcome">
        {isCorrecting ? (
          <Field label={t('correctReason')} isRequired>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={200}
                value={more.reason}
                onChange={(event) => setMore({ ...more, reason: event.target.value })}
              />
            )}
          </Field>
        ) : (
          <Outcomes outcome={outcome} choose={setOutcome} more={more} change={(next) => setMore({ ...more, ...next })} />
        )}
        {isTried && faults.length > 0 ? <p className="bf-problem">{t('missing', { n: faults.length })}</p> : null}
        <Problem error={sending.error} />
        <div className="survey-bar">
          <Button
            type="primary"
            htmlType="submit"
            disabled={outcome === undefined || (isCorrecting && more.reason.trim().length < 4)}
            loading={sending.isBusy}
          >
            {t(isCorrecting ? 'saveCorrection' : 'finish')}
          </Button>
          <span className="bf-quiet">{campaign.way === 'phone' && !isCorrecting ? t('keys') : ''}</span>
        </div>
      </div>
    </form>
  )
}

function Questions(props: {
  sheet: CallSheet
  questions: readonly Question[]
  answers: Answers
  change: (key: string, answer: Answer | undefined) => void
  setAll: (answers: Answers) => void
  faultOf: (question: Question) => string | undefined
}) {
  const { sheet, questions, answers, change, setAll, faultOf } = props
  const t = useT(callWords)
  const say = useSay()
  const words: Readonly<Record<string, { zh: string; en: string }>> = faultWords
  const sections = [...new Set(questions.map((question) => question.section.zh))]
  const register = questions.filter((question) => question.type === 'register')
  const allSame = () => setAll({ ...answers, ...Object.fromEntries(register.map((question) => [question.key, { said: 'same' as const }])) })
  return sections.map((section) => {
    const inside = questions.filter((question) => question.section.zh === section)
    const [first] = inside
    const hasRegister = inside.some((question) => question.type === 'register')
    return (
      <Section
        key={section}
        title={first === undefined ? section : say(first.section)}
        extra={
          hasRegister ? (
            <button type="button" className="bf-link" onClick={allSame}>
              {t('allSame')}
            </button>
          ) : null
        }
      >
        {inside.map((question) => {
          const why = faultOf(question)
          const known = why === undefined ? undefined : words[why]
          const fault =
            why === undefined
              ? undefined
              : why === 'check' && question.check !== undefined
                ? say(question.check)
                : known === undefined
                  ? why
                  : say(known)
          return (
            <QuestionField
              key={question.key}
              question={question}
              sheet={sheet}
              answer={answers[question.key]}
              change={(answer) => change(question.key, answer)}
              fault={fault}
            />
          )
        })}
      </Section>
    )
  })
}

function Outcomes(props: {
  outcome: CallOutcome | undefined
  choose: (outcome: CallOutcome) => void
  more: { note: string; nextAt: string }
  change: (more: { note?: string; nextAt?: string }) => void
}) {
  const { outcome, choose, more, change } = props
  const t = useT(callWords)
  const say = useSay()
  return (
    <>
      <fieldset className="bf-choices">
        <legend>{t('outcome')}</legend>
        <div className="survey-choices">
          {callOutcomes.map((key, at) => (
            <label key={key}>
              <input type="radio" name="outcome" checked={outcome === key} onChange={() => choose(key)} />
              {say(outcomeWords[key])} <span className="bf-quiet">{at + 1}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {outcome === 'call-back' ? (
        <Field label={t('nextAt')}>
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              className="bf-input"
              value={more.nextAt}
              onChange={(event) => change({ nextAt: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {outcome === undefined ? null : (
        <Field label={t('note')}>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              maxLength={500}
              value={more.note}
              onChange={(event) => change({ note: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** Alt with a digit chooses the outcome of that place, Ctrl+Enter sends. */
function useCallKeys(press: (key: number | 'send') => void): void {
  const latest = useRef(press)
  useEffect(() => {
    latest.current = press
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const digit = /^Digit([1-7])$/.exec(event.code)?.[1]
      const key = event.ctrlKey && event.key === 'Enter' ? 'send' : event.altKey && digit !== undefined ? Number(digit) - 1 : undefined
      if (key === undefined) return
      event.preventDefault()
      latest.current(key)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** What the server refused, by question. */
function faultsOfServer(error: unknown): ReadonlyMap<string, string> {
  const details = error instanceof ApiError ? error.details['faults'] : undefined
  const list: readonly unknown[] = Array.isArray(details) ? details : []
  return new Map(
    list.flatMap((one): [string, string][] =>
      typeof one === 'object' && one !== null && 'at' in one && 'why' in one ? [[String(one.at), String(one.why)]] : [],
    ),
  )
}
