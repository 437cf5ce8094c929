import type { QuizTurns } from '../rules/quiz-turns.ts'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import type { QuizCard, QuizQuestionRecord, QuizRecord } from '../rules/quiz-records.ts'
import type { AddQuestion, AskOne, CallQuiz, JudgeAnswers } from '../rules/quiz-requests.ts'

export const loadQuizzes = (cursor: string, limit = 50) =>
  read<Page<QuizCard> & { can: { hold: boolean } }>('/surveys/quizzes', { limit, ...(cursor === '' ? {} : { after: cursor }) })
export const loadQuiz = (quizId: string) => read<QuizRecord>(`/surveys/quizzes/${quizId}`)
export const loadQuestions = () => read<{ items: QuizQuestionRecord[] }>('/surveys/quiz-questions')
export const addQuestion = (given: AddQuestion) => write<{ questionId: string }>('POST', '/surveys/quiz-questions', given)
export const endQuestion = (questionId: string) => write<{ questionId: string }>('POST', `/surveys/quiz-questions/${questionId}/end`, {})
export const callQuiz = (given: CallQuiz) => write<QuizRecord>('POST', '/surveys/quizzes', given)
export const askOne = (quizId: string, given: AskOne) => write<QuizRecord>('POST', `/surveys/quizzes/${quizId}/ask`, given)
export const judgeAnswers = (quizId: string, given: JudgeAnswers) => write<QuizRecord>('POST', `/surveys/quizzes/${quizId}/judge`, given)
export const closeQuiz = (quizId: string, revision: number) => write<QuizRecord>('POST', `/surveys/quizzes/${quizId}/close`, { revision })
export const retakeQuiz = (quizId: string, heldOn: string) => write<QuizRecord>('POST', `/surveys/quizzes/${quizId}/retake`, { heldOn })
export const loadTurns = () => read<QuizTurns>('/surveys/quiz-turns')
