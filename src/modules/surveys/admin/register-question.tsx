import { useId } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SaidOfRegister } from '../rules/answers.ts'
import type { Question } from '../rules/form.ts'
import type { CallSheet, RegisteredValue } from '../rules/survey-records.ts'
import { callWords } from './call-screen-words.ts'

interface RegisterQuestionProps {
  question: Extract<Question, { type: 'register' }>
  sheet: Pick<CallSheet, 'registered' | 'household'>
  answer: SaidOfRegister | undefined
  change: (answer: SaidOfRegister | undefined) => void
}

/** What the register says, and beside it what the person says: the same, or what it is (of a member where it is his). */
export function RegisterQuestion({ question, sheet, answer, change }: RegisterQuestionProps) {
  const t = useT(callWords)
  const name = useId()
  const registered = sheet.registered[question.key] ?? []
  const nameOf = (personId: string | undefined) => sheet.household?.members.find((member) => member.personId === personId)?.name ?? ''
  const shown = (one: RegisteredValue) =>
    one.value === undefined
      ? t('nothing')
      : typeof one.value === 'boolean'
        ? t(one.value ? 'yes' : 'no')
        : showNumber(question.field, one.value)
  const values = answer?.values ?? []
  const write = (personId: string | undefined, value: string) => {
    const rest = values.filter((one) => one.personId !== personId)
    const next = value === '' ? rest : [...rest, { ...(personId === undefined ? {} : { personId }), value }]
    change({ said: 'different', ...(next.length === 0 ? {} : { values: next }) })
  }
  return (
    <>
      <span className="survey-registered bf-quiet">
        {t('register')}：
        {registered.map((one) => (question.of === 'person' ? `${nameOf(one.personId)} ${shown(one)}` : shown(one))).join('；') ||
          t('nothing')}
      </span>
      <div className="survey-choices">
        {(['same', 'different', 'unknown'] as const).map((said) => (
          <label key={said}>
            <input type="radio" name={name} checked={answer?.said === said} onChange={() => change({ said })} /> {t(`said.${said}`)}
          </label>
        ))}
      </div>
      {answer?.said === 'different' ? (
        <div className="survey-said">
          {registered.map((one) => (
            <Field key={one.personId ?? ''} label={question.of === 'person' ? t('saidOf', { name: nameOf(one.personId) }) : t('saidValue')}>
              {(control) => (
                <input
                  {...control}
                  className="bf-input"
                  maxLength={200}
                  value={values.find((other) => other.personId === one.personId)?.value ?? ''}
                  onChange={(event) => write(one.personId, event.target.value)}
                />
              )}
            </Field>
          ))}
        </div>
      ) : null}
    </>
  )
}

/** Money of the register is in fen. */
function showNumber(field: string, value: string | number): string {
  return typeof value === 'number' && /Wage|Income|Subsidy/.test(field) ? `${(value / 100).toFixed(2)} 元` : String(value)
}
