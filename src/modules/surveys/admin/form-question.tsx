import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { QuestionType } from '../rules/form.ts'
import { changeQuestion, moveQuestion, removeQuestion, renamed, type DraftQuestion } from '../rules/form-draft.ts'
import type { QuestionProps } from './form-judge.ts'
import { QuestionMore } from './form-question-more.tsx'
import { formWords } from './form-words.ts'

export const questionTypes = ['choice', 'multi', 'yes-no', 'number', 'date', 'text', 'register'] as const satisfies readonly QuestionType[]

/** One question as it is written: its words, kind, whether it is needed, and its place; the rest unfolds below. */
export function QuestionLine(props: QuestionProps & { isOpen: boolean; open: () => void }) {
  const { draft, question, at, faults, change, isOpen, open } = props
  const t = useT(formWords)
  const language = useLanguage()
  const { key } = question
  const name = language === 'en' && question.en !== '' ? question.en : question.zh
  const set = (patch: Partial<DraftQuestion>) => change((before) => changeQuestion(before, key, patch))
  return (
    <li className="survey-form-question">
      <div className="survey-form-line">
        <span className="bf-figures bf-quiet">{at + 1}</span>
        <input
          className="bf-input"
          aria-label={t('question', { n: at + 1 })}
          maxLength={120}
          value={question.zh}
          onChange={(event) => set(renamed(question, event.target.value))}
        />
        <select
          className="bf-input"
          aria-label={t('typeOf', { name })}
          value={question.type}
          onChange={(event) => set(withType(question, questionTypes.find((one) => one === event.target.value) ?? question.type))}
        >
          {questionTypes.map((type) => (
            <option key={type} value={type}>
              {t(`type.${type}`)}
            </option>
          ))}
        </select>
        <label className="bf-check">
          <input
            type="checkbox"
            aria-label={t('requiredOf', { name })}
            checked={question.required}
            onChange={(event) => set({ required: event.target.checked })}
          />{' '}
          {t('required')}
        </label>
        <span className="survey-form-tools">
          <Tool label={t('up', { name })} text="↑" isOff={at === 0} press={() => change((before) => moveQuestion(before, key, -1))} />
          <Tool
            label={t('down', { name })}
            text="↓"
            isOff={at === draft.questions.length - 1}
            press={() => change((before) => moveQuestion(before, key, 1))}
          />
          <button type="button" className="survey-form-tool" aria-expanded={isOpen} aria-label={t('moreOf', { name })} onClick={open}>
            {t('more')}
          </button>
          <Tool
            label={t('removeOf', { name })}
            text="✕"
            isOff={draft.questions.length === 1}
            press={() => change((before) => removeQuestion(before, key))}
          />
        </span>
      </div>
      {faults.length === 0 ? null : (
        <p className="bf-problem">▲ {faults.map((fault) => t(`fault.${fault.why}`, { detail: fault.detail })).join('；')}</p>
      )}
      {isOpen ? <QuestionMore {...props} set={set} /> : null}
    </li>
  )
}

/** A kind that needs something to begin with gets it. */
function withType(question: DraftQuestion, type: QuestionType): Partial<DraftQuestion> {
  const needsOptions = (type === 'choice' || type === 'multi') && (question.options ?? []).length < 2
  return {
    type,
    ...(needsOptions
      ? {
          options: [
            { value: 'yes', zh: '是', en: 'Yes' },
            { value: 'no', zh: '否', en: 'No' },
          ],
        }
      : {}),
    ...(type === 'register' && question.of === undefined ? { of: 'household' as const } : {}),
  }
}

function Tool({ label, text, isOff, press }: { label: string; text: string; isOff: boolean; press: () => void }) {
  return (
    <button type="button" className="survey-form-tool" aria-label={label} disabled={isOff} onClick={press}>
      {text}
    </button>
  )
}
