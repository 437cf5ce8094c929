import { useMemo, useState } from 'react'
import { useSay, useT } from '#ui/words/use-t.ts'
import { askedQuestions, readAnswers, type Answer, type Answers } from '../rules/answers.ts'
import type { Form } from '../rules/form.ts'
import type { CallSheet } from '../rules/survey-records.ts'
import { QuestionField } from './question-field.tsx'
import { formWords } from './form-words.ts'

/** The form as a caller sees it; what is tried says at once which problems and risks would follow. */
export function FormPreview({ form }: { form: Form }) {
  const t = useT(formWords)
  const say = useSay()
  const [given, setGiven] = useState<Answers>({})
  const sheet = useSampleSheet(form)
  // Answers of an earlier text of the form may fit no more; they are left out.
  const fitting = useMemo(() => {
    const bad = new Set(readAnswers(form, given, true).faults.map((fault) => fault.at))
    return Object.fromEntries(Object.entries(given).filter(([key]) => !bad.has(key)))
  }, [form, given])
  const asked = new Set(askedQuestions(form, fitting))
  const { problems, risks } = readAnswers(form, fitting, true)
  const change = (key: string, answer: Answer | undefined) => {
    const { [key]: _old, ...rest } = fitting
    setGiven(answer === undefined ? rest : { ...rest, [key]: answer })
  }
  const shown = form.questions.filter((question) => asked.has(question.key))
  return (
    <div className="bf-stack">
      <p role="status" className={problems.length === 0 ? 'bf-quiet' : 'bf-problem'}>
        {problems.length === 0
          ? t('previewNone')
          : t('previewFound', { n: problems.length, list: problems.map(({ mark }) => `${mark.class}·${say(mark)}`).join('；') })}
        {risks.length === 0 ? '' : ` ${t('previewRisks', { list: risks.join('、') })}`}
      </p>
      {shown.map((question, at) => {
        const section = say(question.section)
        const before = shown[at - 1]
        const isNew = before === undefined || say(before.section) !== section
        return (
          <div key={question.key}>
            {isNew ? <h3>{section}</h3> : null}
            <QuestionField
              question={question}
              sheet={sheet}
              answer={fitting[question.key]}
              change={(answer) => change(question.key, answer)}
              fault={undefined}
            />
          </div>
        )
      })}
    </div>
  )
}

/** A household that stands for any: the register says something of every field. */
function useSampleSheet(form: Form): Pick<CallSheet, 'before' | 'registered' | 'household'> {
  const t = useT(formWords)
  const personId = 'sample'
  const value = t('sample')
  const registered = Object.fromEntries(
    form.questions.flatMap((question) =>
      question.type === 'register' ? [[question.key, [{ personId: question.of === 'person' ? personId : undefined, value }]]] : [],
    ),
  )
  const head = {
    personId,
    name: t('sampleHead'),
    relation: undefined,
    age: undefined,
    isHead: true,
    hasPhone: false,
    phoneMasked: undefined,
  }
  return { before: undefined, registered, household: { phoneMasked: undefined, members: [head] } }
}
