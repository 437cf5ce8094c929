import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { useGo, usePageParam, usePageSearch, searchText } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { Form } from '../rules/form.ts'
import { addQuestion, renamed, toDraft, type FormDraft } from '../rules/form-draft.ts'
import type { FormDetails } from '../rules/survey-records.ts'
import { judgeForm, type Ground } from './form-judge.ts'
import { FormPreview } from './form-preview.tsx'
import { QuestionLine, questionTypes } from './form-question.tsx'
import { Line } from './form-question-more.tsx'
import { FormVersions } from './form-versions.tsx'
import { formWords } from './form-words.ts'
import { loadForm, loadFormGround, saveForm } from './survey-queries.ts'
import { SurveyStyles } from './survey-styles.tsx'

/** The designer of a form that stands: the next version is written on the newest one. */
export function FormPage() {
  const formKey = usePageParam('formKey')
  const query = useQuery({ queryKey: ['surveys', 'form', formKey], queryFn: () => loadForm(formKey) })
  return <Loaded query={query}>{(details) => <Designer key={formKey} details={details} begin={toDraft(details.form)} />}</Loaded>
}

/** A new form, empty or begun from another one. */
export function NewFormPage() {
  const [{ from }] = usePageSearch({ from: searchText })
  const query = useQuery({
    queryKey: ['surveys', 'form-begin', from],
    queryFn: async (): Promise<{ details: FormDetails | (Ground & Pick<FormDetails, 'can'>); form: Form | undefined }> => {
      if (from === '') return { details: await loadFormGround(), form: undefined }
      const details = await loadForm(from)
      return { details, form: details.form }
    },
  })
  return (
    <Loaded query={query}>
      {({ details, form }) => (
        <Designer
          details={{ ...details, versions: [] }}
          begin={form === undefined ? { key: '', zh: '', en: '', questions: [] } : { ...form, key: '' }}
        />
      )}
    </Loaded>
  )
}

interface DesignerProps {
  details: Ground & Pick<FormDetails, 'versions' | 'can'>
  begin: FormDraft
}

function Designer({ details, begin }: DesignerProps) {
  const t = useT(formWords)
  const say = useSay()
  const go = useGo()
  const { versions } = details
  const isNew = versions.length === 0
  const [draft, setDraft] = useState<FormDraft>(begin)
  const [saved, setSaved] = useState<{ text: string; version: number }>({ text: JSON.stringify(begin), version: versions[0]?.version ?? 0 })
  const [isSaved, setIsSaved] = useState(false)
  const { form, faults } = useMemo(() => judgeForm(draft, details), [draft, details])
  const isDirty = JSON.stringify(draft) !== saved.text
  useLeaveGuard(isDirty, { question: t('leave'), same: [] })
  const sending = useSending(async () => {
    if (form === undefined) return
    const { version } = await saveForm(form, saved.version)
    setSaved({ text: JSON.stringify(draft), version })
    setIsSaved(true)
  })
  return (
    <PageFrame
      title={draft.zh === '' ? t('make') : say(draft)}
      note={t('note')}
      actions={
        <>
          <Button onClick={() => go('/surveys/forms')}>{t('back')}</Button>
          {details.can.save ? (
            <Button
              type="primary"
              disabled={form === undefined || !isDirty}
              loading={sending.isBusy}
              onClick={() => void sending.submit() /* shows its own refusal */}
            >
              {t('save')}
            </Button>
          ) : null}
        </>
      }
    >
      <SurveyStyles />
      {isSaved && !isDirty ? <Notice kind="success">{t('saved', { n: saved.version })}</Notice> : null}
      <Problem error={sending.error} />
      {faults.length === 0 || !isDirty ? null : (
        <Notice kind="warning">
          {t('faults', { n: faults.length })}{' '}
          {faults
            .map(
              (fault) =>
                `${draft.questions.find((one) => one.key === fault.at)?.zh ?? ''} ${t(`fault.${fault.why}`, { detail: fault.detail })}`,
            )
            .join('；')}
        </Notice>
      )}
      <div className="survey-form-side">
        <Written draft={draft} setDraft={setDraft} details={details} isNew={isNew && !isSaved} faults={faults} />
        <div className="survey-form-beside">
          <Section title={t('preview')}>{form === undefined ? null : <FormPreview form={form} />}</Section>
        </div>
      </div>
      {isNew ? null : <FormVersions versions={versions} takeOver={(one) => setDraft({ ...toDraft(one), key: draft.key })} />}
    </PageFrame>
  )
}

interface WrittenProps {
  draft: FormDraft
  setDraft: (change: (before: FormDraft) => FormDraft) => void
  details: DesignerProps['details']
  isNew: boolean
  faults: ReturnType<typeof judgeForm>['faults']
}

/** The name and the questions in their order. */
function Written({ draft, setDraft, details, isNew, faults }: WrittenProps) {
  const t = useT(formWords)
  const [opened, setOpened] = useState('')
  const used = useMemo(
    () => new Set(details.versions.flatMap(({ form }) => form.questions.map((question) => question.key))),
    [details.versions],
  )
  return (
    <Section title={t('part.questions')}>
      <div className="survey-form-pair">
        <Line
          label={t('name')}
          most={120}
          isRequired
          value={draft.zh}
          change={(zh) => setDraft((before) => ({ ...before, ...renamed(before, zh) }))}
        />
        <Line
          label={t('english')}
          most={120}
          value={draft.en === draft.zh ? '' : draft.en}
          change={(en) => setDraft((before) => ({ ...before, en: en === '' ? before.zh : en }))}
        />
        {isNew ? (
          <Line
            label={t('key')}
            most={40}
            isRequired
            value={draft.key}
            change={(key) => setDraft((before) => ({ ...before, key: key.toLowerCase().replace(/[^a-z0-9-]/g, '') }))}
          />
        ) : (
          <span className="bf-quiet">{t('keyIs', { key: draft.key })}</span>
        )}
      </div>
      <ol className="survey-form-questions">
        {draft.questions.map((question, at) => (
          <QuestionLine
            key={question.key}
            draft={draft}
            question={question}
            at={at}
            ground={details}
            faults={faults.filter((fault) => fault.at === question.key)}
            change={setDraft}
            isOpen={opened === question.key}
            open={() => setOpened(opened === question.key ? '' : question.key)}
          />
        ))}
      </ol>
      <div className="survey-form-tools" role="group" aria-label={t('add')}>
        <strong>{t('add')}</strong>
        {questionTypes.map((type) => (
          <button
            key={type}
            type="button"
            className="bf-chip"
            onClick={() => {
              const next = addQuestion(draft, { type, zh: t(`type.${type}`), used })
              setDraft(() => (type === 'register' ? withHousehold(next) : next))
              setOpened(next.questions[next.questions.length - 1]?.key ?? '')
            }}
          >
            ＋ {t(`type.${type}`)}
          </button>
        ))}
      </div>
    </Section>
  )
}

/** A question about the register begins with the household. */
function withHousehold(draft: FormDraft): FormDraft {
  const { questions } = draft
  return { ...draft, questions: questions.map((one, at) => (at === questions.length - 1 ? { ...one, of: 'household' as const } : one)) }
}
