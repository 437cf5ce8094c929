import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, type Context } from '#kernel/server/caller/index.ts'
import { actingAs, givenCounty, givenUser } from '#modules/identity/server/given.ts'
import { openTestWorld, rolledBack, testNowMs } from '../../../../test/database.ts'
import { CallQuiz } from '../rules/quiz-requests.ts'
import { scoreOf, showPoints } from '../rules/quiz-score.ts'
import { addQuestion, askOne, callQuiz, closeQuiz, dropQuestion, judgeAnswers, retakeQuiz } from './hold-quiz.ts'
import { readQuestions, readQuizzes, readTurns, showQuiz } from './read-quiz.ts'

const world = openTestWorld()
let officer: Context
beforeAll(async () => {
  const county = await givenCounty(world.database, { clock: () => testNowMs })
  const township = county.townships[0]?.path ?? ''
  const user = await givenUser(world.database, { role: 'township-officer', areaPath: township, clock: () => testNowMs })
  officer = actingAs(user, world.as(grantArea(county.countyCode, township)))
})

describe('a score', () => {
  it('is passed from the line on, exactly; half points are not lost', () => {
    const of = (results: readonly ('yes' | 'partly' | 'no')[], points = 5) =>
      scoreOf(
        results.map((result) => ({ points, result })),
        60,
      )
    expect(of(['yes', 'yes', 'yes', 'no', 'no'])).toMatchObject({ halves: 30, mostHalves: 50, isPassed: true })
    expect(of(['yes', 'yes', 'partly', 'no', 'no'])).toMatchObject({ halves: 25, isPassed: false })
    expect(showPoints(25)).toBe('12.5')
    expect(scoreOf([{ points: 5, result: undefined }], 60)).toMatchObject({ unjudged: 1, isPassed: undefined })
    expect(scoreOf([], 60).isPassed).toBeUndefined()
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('yes' as const, 'partly' as const, 'no' as const), { minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        (results, line) => {
          const score = scoreOf(
            results.map((result) => ({ points: 1, result })),
            line,
          )
          const share = results.reduce((sum, one) => sum + (one === 'yes' ? 1 : one === 'partly' ? 0.5 : 0), 0) / results.length
          expect(score.isPassed).toBe(share * 100 >= line)
        },
      ),
    )
  })
})

describe('a quiz meeting', () => {
  it('asks from the bank and on the spot, closes when all is judged, and asks those who failed again', async () => {
    const { questionId } = await addQuestion(officer, { topic: '政策', question: '危房改造补多少', answer: '见文件', points: 10 })
    expect((await readQuestions(officer)).items).toMatchObject([{ questionId, can: { end: true } }])
    const quiz = await callQuiz(
      officer,
      CallQuiz.parse({
        name: '柳湾村因户施策工作会',
        heldOn: '2023-12-18',
        participants: [{ name: '甲', post: '第一书记' }, { name: '乙' }],
        questionIds: [questionId],
      }),
    )
    const find = (name: string) => quiz.participants.find((person) => person.name === name)
    const [one, two] = [find('甲'), find('乙')]
    const asked = await askOne(officer, quiz.quizId, {
      participantId: two?.participantId ?? '',
      topic: '健康',
      question: '老人吃药报了多少',
      about: '9903010001',
      points: 20,
    })
    await expect(closeQuiz(officer, quiz.quizId, { revision: 1 })).rejects.toMatchObject({
      code: 'surveys.quiz-unjudged',
      details: { open: 3 },
    })
    const answersOf = (name: string) => asked.participants.find((person) => person.name === name)?.answers ?? []
    await judgeAnswers(officer, quiz.quizId, {
      answers: [
        ...answersOf('甲').map(({ answerId }) => ({ answerId, result: 'yes' as const })),
        ...answersOf('乙').map(({ answerId }) => ({ answerId, result: 'no' as const, followUp: '当天问清', followDue: '2023-12-20' })),
      ],
    })
    const closed = await closeQuiz(officer, quiz.quizId, { revision: 1 })
    expect(closed.participants.map((person) => [person.name, person.isPassed])).toEqual([
      ['乙', false],
      ['甲', true],
    ])
    expect(closed.retakeBy).toBe('2023-12-25')
    const [answer] = answersOf('乙')
    const judge = (more: object) => judgeAnswers(officer, quiz.quizId, { answers: [{ answerId: answer?.answerId ?? '', ...more }] })
    await expect(judge({ result: 'yes' })).rejects.toMatchObject({ code: 'surveys.quiz-closed' })
    await judge({ isDone: true })
    expect((await readQuizzes(officer, {})).items[0]).toMatchObject({ passed: 1, failed: 1, openTasks: 1 })
    const again = await retakeQuiz(officer, quiz.quizId, { heldOn: '2023-12-22' })
    expect(again.participants).toMatchObject([{ name: '乙', answers: [{ result: undefined }, { result: undefined }] }])
    await expect(retakeQuiz(officer, quiz.quizId, { heldOn: '2023-12-22' })).rejects.toMatchObject({ code: 'surveys.changed' })
    await dropQuestion(officer, questionId)
    expect((await readQuestions(officer)).items).toEqual([])
    expect(
      (await showQuiz(officer, quiz.quizId)).participants.find((person) => person.participantId === one?.participantId)?.answers,
    ).toHaveLength(1)
  })
})

describe('villages in turn', () => {
  it('M-020: a township sees which of its villages have not had their meeting, and that one was held this week', async () => {
    await rolledBack(officer, async (ctx) => {
      const before = await readTurns(ctx)
      expect(before.waiting.map(({ name }) => name)).toEqual(['柳湾村', '荷坪村'])
      const [village] = before.waiting
      const asked = CallQuiz.parse({ areaPath: village?.path, name: '柳湾村工作会', heldOn: ctx.today, participants: [{ name: '甲' }] })
      await callQuiz(ctx, asked)
      expect(await readTurns(ctx)).toMatchObject({ villages: 2, held: 1, waiting: [{ name: '荷坪村' }], isHeldThisWeek: true })
    })
  })
})
