import * as z from 'zod'
import { defineRoute, type AnyRoute } from '#kernel/server/http/index.ts'
import { AddQuestion, AskOne, CallQuiz, CloseQuiz, ExportQuizzes, JudgeAnswers, ListQuizzes, RetakeQuiz } from '../rules/quiz-requests.ts'
import { addQuestion, askOne, callQuiz, closeQuiz, dropQuestion, judgeAnswers, retakeQuiz } from './hold-quiz.ts'
import { exportQuizResults, exportQuizzes, readQuestions, readQuizzes, readTurns, showQuiz } from './read-quiz.ts'

const reading = { action: 'read', object: 'surveys.quiz', scope: 'area', fields: 'none' } as const
const holding = { ...reading, action: 'hold' } as const
const one = z.strictObject({ quizId: z.uuid() })

/** Quiz meetings: the bank, calling, asking, judging, closing, asking again, the list that is made public. */
export function quizRoutes(deps: { filesDirectory: string }): AnyRoute[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/surveys/quizzes',
      access: reading,
      query: ListQuizzes,
      handle: (ctx, { query }) => readQuizzes(ctx, query),
    }),
    defineRoute({ method: 'GET', path: '/surveys/quiz-turns', access: reading, handle: (ctx) => readTurns(ctx) }),
    defineRoute({
      method: 'GET',
      path: '/surveys/quizzes/export',
      access: { ...reading, action: 'export' },
      query: ExportQuizzes,
      handle: (ctx, { query }) => exportQuizzes(ctx, query, deps),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/quizzes/:quizId',
      access: reading,
      params: one,
      handle: (ctx, { params }) => showQuiz(ctx, params.quizId),
    }),
    defineRoute({
      method: 'GET',
      path: '/surveys/quizzes/:quizId/results/export',
      access: { ...reading, action: 'export' },
      params: one,
      query: ExportQuizzes,
      handle: (ctx, { params, query }) => exportQuizResults(ctx, { quizId: params.quizId, query }, deps),
    }),
    ...bankRoutes(),
    ...holdRoutes(),
  ]
}

function bankRoutes(): AnyRoute[] {
  return [
    defineRoute({ method: 'GET', path: '/surveys/quiz-questions', access: reading, handle: (ctx) => readQuestions(ctx) }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quiz-questions',
      access: holding,
      body: AddQuestion,
      handle: (ctx, { body }) => addQuestion(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quiz-questions/:quizQuestionId/end',
      access: holding,
      params: z.strictObject({ quizQuestionId: z.uuid() }),
      handle: (ctx, { params }) => dropQuestion(ctx, params.quizQuestionId),
    }),
  ]
}

function holdRoutes(): AnyRoute[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/surveys/quizzes',
      access: holding,
      body: CallQuiz,
      handle: (ctx, { body }) => callQuiz(ctx, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quizzes/:quizId/ask',
      access: holding,
      params: one,
      body: AskOne,
      handle: (ctx, { params, body }) => askOne(ctx, params.quizId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quizzes/:quizId/judge',
      access: holding,
      params: one,
      body: JudgeAnswers,
      handle: (ctx, { params, body }) => judgeAnswers(ctx, params.quizId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quizzes/:quizId/close',
      access: holding,
      params: one,
      body: CloseQuiz,
      handle: (ctx, { params, body }) => closeQuiz(ctx, params.quizId, body),
    }),
    defineRoute({
      method: 'POST',
      path: '/surveys/quizzes/:quizId/retake',
      access: holding,
      params: one,
      body: RetakeQuiz,
      handle: (ctx, { params, body }) => retakeQuiz(ctx, params.quizId, body),
    }),
  ]
}
