import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { QuizAnswerRecord, QuizParticipantRecord, QuizRecord } from '../rules/quiz-records.ts'
import { quizResults, type JudgeAnswers, type QuizResult } from '../rules/quiz-requests.ts'
import { showPoints } from '../rules/quiz-score.ts'
import { askOne, closeQuiz, judgeAnswers, loadQuiz, retakeQuiz } from './quiz-queries.ts'
import { quizWords } from './quiz-words.ts'
import { SurveyStyles } from './survey-styles.tsx'

/** One quiz meeting: everybody by name, what he was asked, how it was, what became a task. */
export function QuizPage() {
  const quizId = usePageParam('quizId')
  const query = useQuery({ queryKey: ['surveys', 'quiz', quizId], queryFn: () => loadQuiz(quizId) })
  return <Loaded query={query}>{(quiz) => <QuizFrame quiz={quiz} />}</Loaded>
}

function QuizFrame({ quiz }: { quiz: QuizRecord }) {
  const t = useT(quizWords)
  const go = useGo()
  const close = useMutation({ mutationFn: () => closeQuiz(quiz.quizId, quiz.revision) })
  const retake = useMutation({
    mutationFn: () => retakeQuiz(quiz.quizId, quiz.retakeBy),
    onSuccess: (again) => go(`/surveys/quizzes/${again.quizId}`),
  })
  return (
    <PageFrame
      title={quiz.name}
      note={`${quiz.areaName} ${quiz.heldOn} ${quiz.place} · ${t('line', { n: quiz.passPercent, by: quiz.retakeBy })}`}
      extra={
        <>
          <StatusTag level={quiz.state === 'open' ? 'amber' : 'green'} text={t(quiz.state)} />
          {quiz.retakeId === undefined ? null : <PageLink to={`/surveys/quizzes/${quiz.retakeId}`}>{t('again')}</PageLink>}
          {quiz.state === 'closed' ? (
            <ListExport
              needs="surveys.quiz:export"
              lists={[{ label: t('results'), path: `/surveys/quizzes/${quiz.quizId}/results/export` }]}
            />
          ) : null}
        </>
      }
      actions={
        <>
          <Button onClick={() => go('/surveys/quizzes')}>{t('back')}</Button>
          {quiz.can['retake'] === true ? (
            <Button type="primary" loading={retake.isPending} onClick={() => retake.mutate()}>
              {t('retake')}
            </Button>
          ) : null}
          {quiz.can['close'] === true ? (
            <Button type="primary" loading={close.isPending} onClick={() => close.mutate()}>
              {t('close')}
            </Button>
          ) : null}
        </>
      }
    >
      <SurveyStyles />
      {quiz.participants.map((person) => (
        <Person key={person.participantId} quiz={quiz} person={person} />
      ))}
      <Problem error={close.error ?? retake.error} />
    </PageFrame>
  )
}

function Person({ quiz, person }: { quiz: QuizRecord; person: QuizParticipantRecord }) {
  const t = useT(quizWords)
  const judge = useMutation({ mutationFn: (answer: JudgeAnswers['answers'][number]) => judgeAnswers(quiz.quizId, { answers: [answer] }) })
  const { isPassed, halves, mostHalves, unjudged } = person
  return (
    <Section
      title={`${person.name} ${person.post}`}
      extra={
        <span className="bf-quiet">
          {unjudged > 0 ? t('unjudged', { n: unjudged }) : t('score', { points: showPoints(halves), most: showPoints(mostHalves) })}{' '}
          {isPassed === undefined ? null : <StatusTag level={isPassed ? 'green' : 'amber'} text={t(isPassed ? 'passed' : 'failed')} />}
        </span>
      }
    >
      {person.answers.map((answer) => (
        <AnswerRow key={answer.answerId} answer={answer} isOpen={quiz.can['judge'] === true} judge={(given) => judge.mutate(given)} />
      ))}
      <Problem error={judge.error} />
      {quiz.can['judge'] === true ? (
        <details>
          <summary>{t('askOne')}</summary>
          <AskMore quizId={quiz.quizId} participantId={person.participantId} />
        </details>
      ) : null}
    </Section>
  )
}

function AnswerRow(props: { answer: QuizAnswerRecord; isOpen: boolean; judge: (answer: JudgeAnswers['answers'][number]) => void }) {
  const { answer, isOpen, judge } = props
  const t = useT(quizWords)
  // What was pressed stands at once; what the server kept follows.
  const [pressed, setPressed] = useState<QuizResult>()
  const [task, setTask] = useState({ followUp: answer.followUp, followDue: answer.followDue ?? '' })
  const { answerId } = answer
  const result = isOpen ? (pressed ?? answer.result) : answer.result
  const isUnclear = result === 'no' || result === 'partly'
  return (
    <fieldset className="survey-question">
      <legend>
        {answer.seq}. {answer.topic} · {answer.question} {answer.about === '' ? null : <span className="bf-quiet">{answer.about}</span>}
      </legend>
      <div className="survey-choices">
        {quizResults.map((key) => (
          <label key={key}>
            <input
              type="radio"
              name={answerId}
              disabled={!isOpen}
              checked={result === key}
              onChange={() => {
                setPressed(key)
                judge({ answerId, result: key })
              }}
            />{' '}
            {t(key)}
          </label>
        ))}
      </div>
      {isUnclear && isOpen ? (
        <div className="survey-said">
          <Field label={t('followUp')}>
            {(control) => (
              <input
                {...control}
                className="bf-input"
                maxLength={200}
                value={task.followUp}
                onChange={(event) => setTask({ ...task, followUp: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('followDue')}>
            {(control) => (
              <input
                {...control}
                type="date"
                className="bf-input"
                value={task.followDue}
                onChange={(event) => setTask({ ...task, followDue: event.target.value })}
              />
            )}
          </Field>
          <Button
            disabled={task.followUp.trim() === ''}
            onClick={() =>
              judge({ answerId, followUp: task.followUp.trim(), ...(task.followDue === '' ? {} : { followDue: task.followDue }) })
            }
          >
            {t('keep')}
          </Button>
        </div>
      ) : null}
      {answer.followUp === '' ? null : (
        <p className="bf-source">
          {answer.followUp} {answer.followDue ?? ''}{' '}
          {answer.followDone === undefined ? (
            <button type="button" className="bf-link" onClick={() => judge({ answerId, isDone: true })}>
              {t('done')}
            </button>
          ) : (
            t('doneOn', { on: answer.followDone })
          )}
        </p>
      )}
    </fieldset>
  )
}

function AskMore({ quizId, participantId }: { quizId: string; participantId: string }) {
  const t = useT(quizWords)
  const [given, setGiven] = useState({ topic: '', question: '', about: '' })
  const sending = useSending(async () => {
    await askOne(quizId, { ...given, participantId, points: 10 })
    setGiven({ ...given, question: '' })
  })
  return (
    <form className="survey-said" onSubmit={sending.onSubmit} aria-label={t('askOne')}>
      {(['topic', 'question', 'about'] as const).map((key) => (
        <Field key={key} label={t(key)}>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              maxLength={300}
              value={given[key]}
              onChange={(event) => setGiven({ ...given, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button htmlType="submit" disabled={given.topic.trim() === '' || given.question.trim().length < 2} loading={sending.isBusy}>
        {t('ask')}
      </Button>
      <Problem error={sending.error} />
    </form>
  )
}
