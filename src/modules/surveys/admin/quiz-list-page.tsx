import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { QuizCard, QuizQuestionRecord } from '../rules/quiz-records.ts'
import { CallQuiz } from '../rules/quiz-requests.ts'
import { addQuestion, callQuiz, endQuestion, loadQuestions, loadQuizzes, loadTurns } from './quiz-queries.ts'
import { quizWords } from './quiz-words.ts'
import { SurveyStyles } from './survey-styles.tsx'

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** 因户施策工作会: the meetings, calling one, and the bank of questions. */
export function QuizListPage() {
  const t = useT(quizWords)
  const holds = useMay('surveys.quiz:hold')
  const columns: DataColumn<QuizCard>[] = [
    { key: 'name', title: t('name'), value: (row) => row.name },
    { key: 'area', title: t('area'), value: (row) => row.areaName },
    { key: 'heldOn', title: t('heldOn'), kind: 'code', value: (row) => row.heldOn },
    { key: 'state', title: t('state'), value: (row) => <StatusTag level={row.state === 'open' ? 'amber' : 'green'} text={t(row.state)} /> },
    { key: 'asked', title: t('asked'), kind: 'number', value: (row) => row.participants },
    { key: 'passed', title: t('passed'), kind: 'number', value: (row) => (row.state === 'open' ? undefined : row.passed) },
    { key: 'failed', title: t('failed'), kind: 'number', value: (row) => (row.state === 'open' ? undefined : row.failed) },
    { key: 'tasks', title: t('tasks'), kind: 'number', value: (row) => row.openTasks },
  ]
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={<ListExport needs="surveys.quiz:export" lists={[{ label: t('title'), path: '/surveys/quizzes/export' }]} />}
    >
      <SurveyStyles />
      <DataList<QuizCard>
        label={t('title')}
        queryKey={['surveys', 'quizzes']}
        load={(cursor) => loadQuizzes(cursor)}
        columns={columns}
        rowKey={(row) => row.quizId}
        openRow={(row) => ({ to: `/surveys/quizzes/${row.quizId}` })}
        empty={{ todo: t('empty') }}
      />
      <Turns />
      {holds ? <Holding /> : null}
    </PageFrame>
  )
}

const mostShown = 30

/** Once a week, and in each village in turn: where none was held yet. */
function Turns() {
  const t = useT(quizWords)
  const turns = useQuery({ queryKey: ['surveys', 'quiz-turns'], queryFn: loadTurns }).data
  if (turns === undefined || turns.villages === 0) return null
  const { villages, held, waiting, isHeldThisWeek } = turns
  const names = waiting
    .slice(0, mostShown)
    .map(({ name, lastOn }) => (lastOn === undefined ? name : t('lastOn', { name, on: lastOn })))
    .join('、')
  return (
    <Section title={t('turns')}>
      <p>
        {t('turnsText', { n: villages, held })} {t(isHeldThisWeek ? 'thisWeek' : 'notThisWeek')}
      </p>
      {waiting.length === 0 ? null : (
        <p className="bf-quiet">
          {t('waiting')}
          {names}
          {waiting.length > mostShown ? ` ${t('more', { n: waiting.length })}` : ''}
        </p>
      )}
    </Section>
  )
}

function Holding() {
  const bank = useQuery({ queryKey: ['surveys', 'quiz-questions'], queryFn: loadQuestions })
  const questions = bank.data?.items ?? []
  return (
    <>
      <CallForm questions={questions} />
      <Bank questions={questions} />
    </>
  )
}

function CallForm({ questions }: { questions: readonly QuizQuestionRecord[] }) {
  const t = useT(quizWords)
  const go = useGo()
  const [given, setGiven] = useState({ name: '', area: '', heldOn: today(), place: '', people: '' })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const change = (more: Partial<typeof given>) => setGiven({ ...given, ...more })
  const people = given.people
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([name = '', post = '']) => (name === '' ? [] : [{ name, post }]))
  const sending = useSending(async () => {
    const { name, area, heldOn, place } = given
    const asked = CallQuiz.parse({
      name,
      heldOn,
      place,
      participants: people,
      questionIds: [...chosen],
      ...(area === '' ? {} : { areaPath: area }),
    })
    const quiz = await callQuiz(asked)
    go(`/surveys/quizzes/${quiz.quizId}`)
  })
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <Section title={t('call')}>
      <form className="bf-stack" onSubmit={sending.onSubmit}>
        <div className="bf-form-grid">
          <Field label={t('name')} isRequired>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={60}
                value={given.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('heldOn')} isRequired>
            {(control) => (
              <input
                {...control}
                type="date"
                className="bf-input"
                value={given.heldOn}
                onChange={(event) => change({ heldOn: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('area')}>
            {(control) => <AreaSelect {...control} value={given.area} onChange={(area) => change({ area })} />}
          </Field>
          <Field label={t('place')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={80}
                value={given.place}
                onChange={(event) => change({ place: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label={t('people')} isRequired>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={3}
              value={given.people}
              onChange={(event) => change({ people: event.target.value })}
            />
          )}
        </Field>
        {questions.length === 0 ? null : (
          <fieldset className="bf-choices">
            <legend>{t('questions')}</legend>
            {questions.map((one) => (
              <label key={one.questionId}>
                <input type="checkbox" checked={chosen.includes(one.questionId)} onChange={() => toggle(one.questionId)} /> {one.topic} ·{' '}
                {one.question}
              </label>
            ))}
          </fieldset>
        )}
        <Problem error={sending.error} />
        <div className="survey-bar">
          <Button type="primary" htmlType="submit" disabled={given.name.trim().length < 2 || people.length === 0} loading={sending.isBusy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Bank({ questions }: { questions: readonly QuizQuestionRecord[] }) {
  const t = useT(quizWords)
  const [given, setGiven] = useState({ topic: '', question: '', answer: '', points: 10 })
  const change = (more: Partial<typeof given>) => setGiven({ ...given, ...more })
  const sending = useSending(async () => {
    await addQuestion(given)
    setGiven({ ...given, question: '', answer: '' })
  })
  const end = useMutation({ mutationFn: endQuestion })
  return (
    <Section title={t('bank')}>
      {questions.length === 0 ? <p className="bf-quiet">{t('emptyBank')}</p> : null}
      <ul className="bf-lines">
        {questions.map((one) => (
          <li key={one.questionId}>
            {one.topic} · {one.question} <span className="bf-quiet">{one.answer}</span>{' '}
            {one.can.end ? (
              <button type="button" className="bf-link" onClick={() => end.mutate(one.questionId)}>
                {t('end')}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      <form className="bf-stack" onSubmit={sending.onSubmit}>
        <div className="bf-form-grid">
          {(['topic', 'question', 'answer'] as const).map((key) => (
            <Field key={key} label={t(key)} isRequired={key !== 'answer'}>
              {(control) => (
                <input
                  {...control}
                  className="bf-input"
                  maxLength={300}
                  value={given[key]}
                  onChange={(event) => change({ [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <Field label={t('points')} isRequired>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                inputMode="numeric"
                value={String(given.points)}
                onChange={(event) => change({ points: Number(event.target.value.replace(/\D/g, '')) })}
              />
            )}
          </Field>
        </div>
        <Problem error={sending.error ?? end.error} />
        <div className="survey-bar">
          <Button
            htmlType="submit"
            disabled={given.topic.trim() === '' || given.question.trim().length < 2 || given.points < 1}
            loading={sending.isBusy}
          >
            {t('addQuestion')}
          </Button>
        </div>
      </form>
    </Section>
  )
}
