import { useState } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { renamed, whenAnswered, type DraftQuestion } from '../rules/form-draft.ts'
import { MarkFields, OptionsEditor } from './form-options.tsx'
import type { QuestionProps } from './form-judge.ts'
import { formWords } from './form-words.ts'

type MoreProps = QuestionProps & { set: (patch: Partial<DraftQuestion>) => void }

/** Everything else about a question: heading, hint, options or limits, when it is asked, what is checked, what is a problem. */
export function QuestionMore(props: MoreProps) {
  const { draft, question, ground, at, set } = props
  const t = useT(formWords)
  const { help, check, problemWhen } = question
  const earlier = draft.questions.slice(0, at)
  return (
    <div className="survey-form-more">
      <div className="survey-form-pair">
        <Line label={t('section')} most={60} value={question.section.zh} change={(zh) => set({ section: renamed(question.section, zh) })} />
        <Line
          label={t('help')}
          most={120}
          value={help?.zh ?? ''}
          change={(zh) => set({ help: zh === '' ? undefined : renamed(help ?? { zh: '', en: '' }, zh) })}
        />
        <Line
          label={t('english')}
          most={120}
          value={question.en === question.zh ? '' : question.en}
          change={(en) => set({ en: en === '' ? question.zh : en })}
        />
        <span className="bf-quiet">{t('keyIs', { key: question.key })}</span>
      </div>
      {question.type === 'choice' || question.type === 'multi' ? (
        <OptionsEditor question={question} classes={ground.classes} set={set} />
      ) : null}
      <KindFields {...props} />
      <WhenFields question={question} earlier={earlier} set={set} />
      <div className="survey-form-pair">
        <Line
          label={t('checkFeel')}
          most={400}
          value={check?.feel ?? ''}
          change={(feel) =>
            set({
              check:
                feel === '' ? undefined : { feel, zh: check?.zh ?? '和前面的回答不一致', en: check?.en ?? 'Contradicts another answer' },
            })
          }
        />
        {check === undefined ? null : (
          <Line label={t('checkSays')} most={120} value={check.zh} change={(zh) => set({ check: { ...check, ...renamed(check, zh) } })} />
        )}
        <Line
          label={t('problemFeel')}
          most={400}
          value={problemWhen?.feel ?? ''}
          change={(feel) =>
            set({
              problemWhen:
                feel === ''
                  ? undefined
                  : {
                      feel,
                      problem: problemWhen?.problem ?? {
                        source: 'policy',
                        class: ground.classes[0] ?? '',
                        zh: question.zh,
                        en: question.en,
                      },
                    },
            })
          }
        />
      </div>
      {problemWhen === undefined ? null : (
        <MarkFields
          name={question.zh}
          about={question.zh}
          mark={problemWhen.problem}
          classes={ground.classes}
          change={(problem) => set({ problemWhen: problem === undefined ? undefined : { ...problemWhen, problem } })}
        />
      )}
    </div>
  )
}

/** A short text that is taken over as it is typed. */
export function Line(props: { label: string; value: string; change: (text: string) => void; most: number; isRequired?: boolean }) {
  const { label, value, change, most, isRequired = false } = props
  return (
    <Field label={label} isRequired={isRequired}>
      {(control) => (
        <input {...control} className="bf-input" maxLength={most} value={value} onChange={(event) => change(event.target.value)} />
      )}
    </Field>
  )
}

/** The words that a question about the register has until a field is chosen or somebody writes others. */
const typeWords = formWords['type.register']

function KindFields({ question, ground, set }: MoreProps) {
  const t = useT(formWords)
  const say = useSay()
  if (question.type === 'number')
    return (
      <div className="survey-form-pair">
        <Line label={t('unit')} most={10} value={question.unit ?? ''} change={(unit) => set({ unit: unit === '' ? undefined : unit })} />
        <NumberLine label={t('decimals')} value={question.decimals} change={(decimals) => set({ decimals })} />
        <NumberLine label={t('min')} value={question.min} change={(min) => set({ min })} />
        <NumberLine label={t('max')} value={question.max} change={(max) => set({ max })} />
      </div>
    )
  if (question.type === 'text') return <NumberLine label={t('longest')} value={question.longest} change={(longest) => set({ longest })} />
  if (question.type !== 'register') return null
  const chosen = question.field === undefined ? '' : `${question.of ?? 'household'} ${question.field}`
  return (
    <Field label={t('field')} isRequired>
      {(control) => (
        <select
          {...control}
          className="bf-input"
          value={chosen}
          onChange={(event) => {
            const one = ground.fields.find((field) => `${field.of} ${field.key}` === event.target.value)
            if (one !== undefined) set({ field: one.key, of: one.of, ...(question.zh === typeWords.zh ? { zh: one.zh, en: one.en } : {}) })
          }}
        >
          <option value="">–</option>
          {(['household', 'person'] as const).map((of) => (
            <optgroup key={of} label={t(`of.${of}`)}>
              {ground.fields
                .filter((field) => field.of === of)
                .map((field) => (
                  <option key={field.key} value={`${of} ${field.key}`}>
                    {say(field)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Half a number may stand while it is typed; it is taken over when it is one. */
function NumberLine({ label, value, change }: { label: string; value: number | undefined; change: (value: number | undefined) => void }) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  return (
    <Line
      label={label}
      most={12}
      value={text}
      change={(next) => {
        setText(next)
        if (/^-?\d*\.?\d*$/.test(next)) change(next.trim() === '' || !Number.isFinite(Number(next)) ? undefined : Number(next))
      }}
    />
  )
}

/** When the question is asked: always, after an answer to an earlier one, or by a condition of one's own. */
function WhenFields(props: { question: DraftQuestion; earlier: readonly DraftQuestion[]; set: (patch: Partial<DraftQuestion>) => void }) {
  const { question, earlier, set } = props
  const t = useT(formWords)
  const say = useSay()
  const feel = question.visibleWhen
  const choices = earlier.flatMap((one) => answersOf(one).map(({ value, words }) => ({ feel: whenAnswered(one, value), one, words })))
  const isOwn = feel !== undefined && !choices.some((one) => one.feel === feel)
  const own = 'own'
  return (
    <div className="survey-form-pair">
      <Field label={t('when')}>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={isOwn ? own : (feel ?? '')}
            onChange={({ target: { value } }) => set({ visibleWhen: value === '' ? undefined : value === own ? (feel ?? 'true') : value })}
          >
            <option value="">{t('always')}</option>
            {choices.map((one) => (
              <option key={one.feel} value={one.feel}>
                {t('whenIs', { question: say(one.one), answer: say(one.words) })}
              </option>
            ))}
            <option value={own}>{t('whenOwn')}</option>
          </select>
        )}
      </Field>
      {isOwn ? (
        <Line label={t('feel')} most={400} value={feel} change={(next) => set({ visibleWhen: next === '' ? undefined : next })} />
      ) : null}
    </div>
  )
}

const yes = { value: 'yes', words: { zh: '是', en: 'Yes' } }
const no = { value: 'no', words: { zh: '否', en: 'No' } }
const different = { value: 'different', words: { zh: '不一样', en: 'Different' } }

/** The answers by which a later question may be asked. */
function answersOf(question: DraftQuestion): readonly { value: string; words: { zh: string; en: string } }[] {
  if (question.type === 'yes-no') return [yes, no]
  if (question.type === 'register') return [different]
  if (question.type !== 'choice' && question.type !== 'multi') return []
  return (question.options ?? []).map((option) => ({ value: option.value, words: option }))
}
