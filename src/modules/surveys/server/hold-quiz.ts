import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { findAreaInScope } from '#modules/identity/server/index.ts'
import type { AddQuestion, AskOne, CallQuiz, CloseQuiz, JudgeAnswers, RetakeQuiz } from '../rules/quiz-requests.ts'
import { scoreOf } from '../rules/quiz-score.ts'
import type { QuizRecord } from '../rules/quiz-records.ts'
import { surveysErrors } from './errors.ts'
import {
  closeQuizRow,
  endQuestion,
  findQuizForUpdate,
  insertParticipants,
  insertQuestion,
  insertQuiz,
  insertQuizAnswers,
  judgeQuizAnswers,
  listParticipants,
  listQuestions,
  type NewParticipant,
  type QuizRow,
} from './quiz-store.ts'
import { showQuiz } from './read-quiz.ts'
import { ownPath } from './reach.ts'
import { quizTerms } from './survey-terms.ts'

type Asked = Pick<AskOne, 'topic' | 'question' | 'about' | 'points'>

/** Adds a question to the bank of the caller's own office. */
export async function addQuestion(ctx: Context, input: AddQuestion): Promise<{ questionId: string }> {
  return inTransaction(ctx, async (db) => {
    const questionId = makeId()
    await insertQuestion(db, ctx, { ...input, questionId, areaPath: ownPath(ctx) })
    await audit(db, ctx, {
      did: 'surveys.add-question',
      objectKind: 'surveys.quiz-question',
      objectId: questionId,
      details: { topic: input.topic },
    })
    return { questionId }
  })
}

/** Takes a question out of the bank; meetings keep what they asked. Throws `surveys.not-found`. */
export async function dropQuestion(ctx: Context, questionId: string): Promise<{ questionId: string }> {
  return inTransaction(ctx, async (db) => {
    if (!(await endQuestion(db, ctx, questionId))) throw surveysErrors.notFound()
    await audit(db, ctx, { did: 'surveys.end-question', objectKind: 'surveys.quiz-question', objectId: questionId })
    return { questionId }
  })
}

/** Calls a quiz meeting: everybody gets the chosen questions; more can be asked on the spot. Throws `surveys.not-found`. */
export async function callQuiz(ctx: Context, input: CallQuiz): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    const areaPath = input.areaPath ?? ownPath(ctx)
    if ((await findAreaInScope({ ...ctx, db }, areaPath)) === undefined) throw surveysErrors.notFound()
    const bank = (await listQuestions(db, ctx)).filter((one) => input.questionIds.includes(one.questionId))
    if (bank.length < new Set(input.questionIds).size) throw surveysErrors.notFound()
    const { passPercent, retakeDays } = await quizTerms({ ...ctx, db }, { areaPath, asOf: ctx.today })
    const quiz = {
      quizId: makeId(),
      areaPath,
      name: input.name,
      heldOn: input.heldOn,
      place: input.place,
      passPercent,
      retakeDays,
      retakeOf: null,
    }
    const asked = [...bank.map(({ topic, question, points }) => ({ topic, question, points, about: '' })), ...input.asked]
    return begin(
      { ...ctx, db },
      quiz,
      input.participants.map((one) => ({ ...one, asked })),
    )
  })
}

async function begin(
  ctx: Context & { db: Db },
  quiz: Omit<QuizRow, 'state' | 'revision' | 'retakeId'>,
  people: readonly { name: string; post: string; asked: readonly Asked[] }[],
): Promise<QuizRecord> {
  const { db } = ctx
  await insertQuiz(db, ctx, quiz)
  const participants = people.map((one): NewParticipant & { asked: readonly Asked[] } => ({ ...one, participantId: makeId() }))
  await insertParticipants(
    db,
    ctx,
    quiz,
    participants.map(({ participantId, name, post }) => ({ participantId, name, post })),
  )
  const answers = participants.flatMap(({ participantId, asked }) =>
    asked.map(({ topic, question, about, points }, at) => ({
      answerId: makeId(),
      participantId,
      seq: at + 1,
      topic,
      question,
      about,
      points,
    })),
  )
  await insertQuizAnswers(db, ctx, quiz, answers)
  await audit(db, ctx, {
    did: 'surveys.call-quiz',
    objectKind: 'surveys.quiz',
    objectId: quiz.quizId,
    details: { participants: participants.length, retakeOf: quiz.retakeOf },
  })
  return showQuiz(ctx, quiz.quizId)
}

/** One question more for one of them. Throws `surveys.not-found`, `quiz-closed`. */
export async function askOne(ctx: Context, quizId: string, input: AskOne): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    const quiz = await getQuiz(ctx, db, quizId)
    const { participantId, ...asked } = input
    const person = (await listParticipants(db, ctx, [quizId])).find((one) => one.participantId === participantId)
    if (person === undefined) throw surveysErrors.notFound()
    await insertQuizAnswers(db, ctx, quiz, [{ ...asked, answerId: makeId(), participantId, seq: person.answers.length + 1 }])
    await audit(db, ctx, { did: 'surveys.ask', objectKind: 'surveys.quiz', objectId: quizId, details: { participantId } })
    return showQuiz({ ...ctx, db }, quizId)
  })
}

/** Notes how answers were, and what becomes a task; a task may be done after the close. Throws `surveys.not-found`, `quiz-closed`. */
export async function judgeAnswers(ctx: Context, quizId: string, input: JudgeAnswers): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    await getQuiz(ctx, db, quizId)
    const ids = new Set(input.answers.map((one) => one.answerId))
    if ((await judgeQuizAnswers(db, ctx, quizId, input.answers)) < ids.size) throw surveysErrors.notFound()
    await audit(db, ctx, { did: 'surveys.judge', objectKind: 'surveys.quiz', objectId: quizId, details: { answers: ids.size } })
    return showQuiz({ ...ctx, db }, quizId)
  })
}

/** Closes a meeting when every answer is judged. Throws `surveys.not-found`, `changed`, `quiz-closed`, `quiz-unjudged`. */
export async function closeQuiz(ctx: Context, quizId: string, input: CloseQuiz): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    const quiz = await getQuiz(ctx, db, quizId)
    if (quiz.state === 'closed') throw surveysErrors.quizClosed()
    if (quiz.revision !== input.revision) throw surveysErrors.changed()
    const people = await listParticipants(db, ctx, [quizId])
    const open = people.reduce((sum, one) => sum + scoreOf(one.answers, quiz.passPercent).unjudged, 0)
    if (open > 0) throw surveysErrors.quizUnjudged({ open })
    if (!(await closeQuizRow(db, ctx, { quizId, revision: input.revision }))) throw surveysErrors.changed()
    const failed = people.filter((one) => scoreOf(one.answers, quiz.passPercent).isPassed === false).length
    await audit(db, ctx, {
      did: 'surveys.close-quiz',
      objectKind: 'surveys.quiz',
      objectId: quizId,
      details: { participants: people.length, failed },
    })
    return showQuiz({ ...ctx, db }, quizId)
  })
}

/** Asks those who failed once more, what they could not answer. One retake per meeting. Throws `surveys.not-found`, `wrong-state`, `nobody`, `changed`. */
export async function retakeQuiz(ctx: Context, quizId: string, input: RetakeQuiz): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    const quiz = await getQuiz(ctx, db, quizId)
    if (quiz.state !== 'closed') throw surveysErrors.wrongState({ state: quiz.state })
    const failed = (await listParticipants(db, ctx, [quizId])).filter((one) => scoreOf(one.answers, quiz.passPercent).isPassed === false)
    if (failed.length === 0) throw surveysErrors.nobody()
    const { areaPath, place, passPercent, retakeDays } = quiz
    const again = {
      quizId: makeId(),
      areaPath,
      name: `${quiz.name.slice(0, 56)}·补问`,
      heldOn: input.heldOn,
      place,
      passPercent,
      retakeDays,
      retakeOf: quizId,
    }
    return begin(
      { ...ctx, db },
      again,
      failed.map(({ name, post, answers }) => ({ name, post, asked: answers.filter((one) => one.result !== 'yes') })),
    )
  })
}

async function getQuiz(ctx: Context, db: Db, quizId: string): Promise<QuizRow> {
  const quiz = await findQuizForUpdate(db, ctx, quizId)
  if (quiz === undefined) throw surveysErrors.notFound()
  return quiz
}
