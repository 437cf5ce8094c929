import { Button } from 'antd'
import { useState } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FormOption, ProblemMark } from '../rules/form.ts'
import { addOptions, renamed, type DraftQuestion } from '../rules/form-draft.ts'
import { formWords } from './form-words.ts'

const sources = ['policy', 'satisfaction', 'other'] as const

interface OptionsProps {
  question: DraftQuestion
  classes: readonly string[]
  set: (patch: Partial<DraftQuestion>) => void
}

/** The options of a question: their words, which of them is a problem and of what class, which tells a risk, which counts for the rate. */
export function OptionsEditor({ question, classes, set }: OptionsProps) {
  const t = useT(formWords)
  const [more, setMore] = useState('')
  const options = question.options ?? []
  const change = (value: string, next: FormOption | undefined) =>
    set({ options: options.flatMap((one) => (one.value !== value ? [one] : next === undefined ? [] : [next])) })
  const hasRate = question.type === 'choice' && question.rate === true
  return (
    <fieldset className="survey-form-options">
      <legend>{t('options')}</legend>
      {question.type === 'choice' ? (
        <label className="bf-check">
          <input type="checkbox" checked={hasRate} onChange={(event) => set({ rate: event.target.checked ? true : undefined })} />{' '}
          {t('rate')}
        </label>
      ) : null}
      {options.map((option, at) => (
        <div key={option.value} className="survey-form-option">
          <input
            className="bf-input"
            aria-label={t('option', { n: at + 1 })}
            maxLength={120}
            value={option.zh}
            onChange={(event) => change(option.value, { ...option, ...renamed(option, event.target.value) })}
          />
          {hasRate ? <RateMarks option={option} change={(next) => change(option.value, next)} /> : null}
          <MarkFields
            name={option.zh}
            about={question.zh}
            mark={option.problem}
            classes={classes}
            change={(problem) => change(option.value, withProblem(option, problem))}
          />
          <input
            className="bf-input"
            aria-label={`${option.zh} ${t('risk')}`}
            placeholder={t('risk')}
            maxLength={60}
            value={option.risk ?? ''}
            onChange={(event) => change(option.value, withRisk(option, event.target.value))}
          />
          <button
            type="button"
            className="survey-form-tool"
            aria-label={t('removeOption', { name: option.zh })}
            disabled={options.length <= 2}
            onClick={() => change(option.value, undefined)}
          >
            ✕
          </button>
        </div>
      ))}
      <div className="survey-form-pair">
        <Field label={t('addOptions')}>
          {(control) => (
            <textarea {...control} className="bf-input" rows={2} value={more} onChange={(event) => setMore(event.target.value)} />
          )}
        </Field>
        <Button
          disabled={more.trim() === ''}
          onClick={() => {
            set({ options: addOptions(options, more) })
            setMore('')
          }}
        >
          {t('addThem')}
        </Button>
      </div>
    </fieldset>
  )
}

function RateMarks({ option, change }: { option: FormOption; change: (next: FormOption) => void }) {
  const t = useT(formWords)
  const { positive, outside, ...rest } = option
  return (
    <span className="survey-form-marks">
      <label className="bf-check">
        <input
          type="checkbox"
          aria-label={`${option.zh} ${t('positive')}`}
          checked={positive === true}
          onChange={(event) => change(event.target.checked ? { ...rest, positive: true } : rest)}
        />{' '}
        {t('positive')}
      </label>
      <label className="bf-check">
        <input
          type="checkbox"
          aria-label={`${option.zh} ${t('outside')}`}
          checked={outside === true}
          onChange={(event) => change(event.target.checked ? { ...rest, outside: true } : rest)}
        />{' '}
        {t('outside')}
      </label>
    </span>
  )
}

interface MarkProps {
  name: string
  /** The words of the question: what the problem is put as until somebody writes it. */
  about: string
  mark: ProblemMark | undefined
  classes: readonly string[]
  change: (mark: ProblemMark | undefined) => void
}

/** Whether something is a problem: of which source and class, and how it is put. */
export function MarkFields({ name, about, mark, classes, change }: MarkProps) {
  const t = useT(formWords)
  const begin = (source: ProblemMark['source']): ProblemMark => {
    const zh = mark?.zh ?? `${about}：${name}`
    return { source, class: mark?.class ?? classes[0] ?? '', zh, en: mark?.en ?? zh }
  }
  return (
    <span className="survey-form-marks">
      <select
        className="bf-input"
        aria-label={t('problemOf', { name })}
        value={mark?.source ?? ''}
        onChange={(event) => {
          const source = sources.find((one) => one === event.target.value)
          change(source === undefined ? undefined : begin(source))
        }}
      >
        <option value="">{t('noProblem')}</option>
        {sources.map((source) => (
          <option key={source} value={source}>
            {t(`source.${source}`)}
          </option>
        ))}
      </select>
      {mark === undefined ? null : (
        <>
          <ClassInput name={name} mark={mark} classes={classes} change={change} />
          <input
            className="bf-input"
            aria-label={`${name} ${t('says')}`}
            maxLength={200}
            value={mark.zh}
            onChange={(event) => change({ ...mark, ...renamed(mark, event.target.value) })}
          />
        </>
      )}
    </span>
  )
}

/** A policy problem takes a class of the policy; others any word. */
function ClassInput(props: { name: string; mark: ProblemMark; classes: readonly string[]; change: (mark: ProblemMark) => void }) {
  const { name, mark, classes, change } = props
  const t = useT(formWords)
  if (mark.source !== 'policy')
    return (
      <input
        className="bf-input"
        aria-label={t('classOf', { name })}
        maxLength={60}
        value={mark.class}
        onChange={(event) => change({ ...mark, class: event.target.value })}
      />
    )
  return (
    <select
      className="bf-input"
      aria-label={t('classOf', { name })}
      value={mark.class}
      onChange={(event) => change({ ...mark, class: event.target.value })}
    >
      {(classes.includes(mark.class) ? classes : [mark.class, ...classes]).map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  )
}

function withProblem({ problem: _old, ...rest }: FormOption, problem: ProblemMark | undefined): FormOption {
  return problem === undefined ? rest : { ...rest, problem }
}

function withRisk({ risk: _old, ...rest }: FormOption, risk: string): FormOption {
  return risk === '' ? rest : { ...rest, risk }
}
