import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { addDays, readDay } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Download } from '#kernel/server/http/index.ts'
import { findArea, listAreas, mayDo } from '#modules/identity/server/index.ts'
import { allPages, exportList, mapped } from '#modules/registry/server/index.ts'
import type { QuizCard, QuizQuestionRecord, QuizRecord } from '../rules/quiz-records.ts'
import type { ExportQuizzes, ListQuizzes } from '../rules/quiz-requests.ts'
import { scoreOf } from '../rules/quiz-score.ts'
import { turnsOf, type QuizTurns } from '../rules/quiz-turns.ts'
import { surveysErrors } from './errors.ts'
import { ownPath } from './reach.ts'
import { findQuiz, listHeld, listParticipants, listQuestions, listQuizzes } from './quiz-store.ts'

/** The bank: questions of the caller's office and of those above. */
export async function readQuestions(ctx: Context): Promise<{ items: QuizQuestionRecord[] }> {
  return inTransaction(ctx, async (db) => {
    const holds = mayDo(ctx, 'surveys.quiz', 'hold')
    const inOwn = (path: string) => (ctx.scope.kind === 'area' ? path.startsWith(ctx.scope.path) : true)
    return { items: (await listQuestions(db, ctx)).map(({ areaPath, ...row }) => ({ ...row, can: { end: holds && inOwn(areaPath) } })) }
  })
}

/** Quiz meetings within the scope, the newest first. */
export async function readQuizzes(ctx: Context, query: ListQuizzes): Promise<Page<QuizCard> & { can: { hold: boolean } }> {
  const { after, limit = 50 } = query
  return inTransaction(ctx, async (db) => {
    const page = toPage(await listQuizzes(db, ctx, { after: readCursor(after, ['day', 'id']), limit }), limit, (row) => [
      row.heldOn,
      row.quizId,
    ])
    const people = await listParticipants(
      db,
      ctx,
      page.items.map((row) => row.quizId),
    )
    const names = new Map<string, string>()
    for (const path of new Set(page.items.map((row) => row.areaPath))) names.set(path, (await findArea({ ...ctx, db }, path))?.name ?? '')
    const items = page.items.map((row): QuizCard => {
      const asked = people.filter((one) => one.quizId === row.quizId)
      const scores = asked.map((one) => scoreOf(one.answers, row.passPercent))
      return {
        quizId: row.quizId,
        areaPath: row.areaPath,
        areaName: names.get(row.areaPath) ?? '',
        name: row.name,
        heldOn: row.heldOn,
        state: row.state,
        participants: asked.length,
        passed: row.state === 'closed' ? scores.filter((score) => score.isPassed === true).length : 0,
        failed: row.state === 'closed' ? scores.filter((score) => score.isPassed === false).length : 0,
        openTasks: asked.flatMap((one) => one.answers).filter((one) => one.followUp !== '' && one.followDone === undefined).length,
        isRetake: row.retakeOf !== null,
      }
    })
    return { ...page, items, can: { hold: mayDo(ctx, 'surveys.quiz', 'hold') } }
  })
}

/** Which villages of the caller's area have not had their meeting in this turn, and whether one was held this week. */
export async function readTurns(ctx: Context): Promise<QuizTurns> {
  return inTransaction(ctx, async (db) => {
    const areas = await listAreas({ ...ctx, db }, { under: ownPath(ctx), level: 'village' })
    return turnsOf(
      areas.filter((area) => area.level === 'village'),
      await listHeld(db, ctx),
      ctx.today,
    )
  })
}

/** One meeting with everybody asked. Throws `surveys.not-found`. */
export async function showQuiz(ctx: Context, quizId: string): Promise<QuizRecord> {
  return inTransaction(ctx, async (db) => {
    const quiz = await findQuiz(db, ctx, quizId)
    if (quiz === undefined) throw surveysErrors.notFound()
    const { retakeDays, retakeOf, retakeId, ...rest } = quiz
    const participants = (await listParticipants(db, ctx, [quizId])).map(({ quizId: _quiz, ...one }) => ({
      ...one,
      ...scoreOf(one.answers, quiz.passPercent),
    }))
    const holds = mayDo(ctx, 'surveys.quiz', 'hold')
    const held = readDay(quiz.heldOn)
    return {
      ...rest,
      areaName: (await findArea({ ...ctx, db }, quiz.areaPath))?.name ?? '',
      retakeBy: held === undefined ? quiz.heldOn : addDays(held, retakeDays),
      retakeOf: retakeOf ?? undefined,
      retakeId: retakeId ?? undefined,
      participants,
      can: {
        judge: holds && quiz.state === 'open',
        close: holds && quiz.state === 'open',
        retake: holds && quiz.state === 'closed' && retakeId === null && participants.some((one) => one.isPassed === false),
        export: mayDo(ctx, 'surveys.quiz', 'export'),
      },
    }
  })
}

/** Meetings as a list. */
export async function exportQuizzes(ctx: Context, query: ExportQuizzes, deps: { filesDirectory: string }): Promise<Download> {
  return inTransaction(ctx, (db) =>
    exportList(
      { ...ctx, db },
      {
        list: 'surveys.quizzes',
        columns: ['名称', '地方', '日期', '状态', '被问人数', '合格', '不合格', '待办'].map((label) => ({ label })),
        rows: mapped(
          allPages((after) => readQuizzes({ ...ctx, db }, { after, limit: 200 })),
          (one) => [
            one.name,
            one.areaName,
            one.heldOn,
            one.state === 'open' ? '进行中' : '已结束',
            ...[one.participants, one.passed, one.failed, one.openTasks].map(String),
          ],
        ),
        filter: {},
        ...query,
        ...deps,
      },
    ),
  )
}

/** The list that is made public: who passed, who is asked again; by name, without points. That of an open meeting says so. Throws `surveys.not-found`. */
export async function exportQuizResults(
  ctx: Context,
  given: { quizId: string; query: ExportQuizzes },
  deps: { filesDirectory: string },
): Promise<Download> {
  return inTransaction(ctx, async (db) => {
    const quiz = await showQuiz({ ...ctx, db }, given.quizId)
    const rows = quiz.participants.map((one) => [one.name, one.post, wordOf(one.isPassed, quiz.retakeBy)])
    return exportList(
      { ...ctx, db },
      {
        list: 'surveys.quiz-results',
        columns: ['姓名', '职务', '结果'].map((label) => ({ label })),
        rows: each(rows),
        filter: { quizId: given.quizId },
        heading: {
          title: quiz.state === 'closed' ? `${quiz.name}问答结果公示` : `${quiz.name}问答情况（会议没有结束，不得公示）`,
          unit: quiz.areaName,
          fileName: `${quiz.name}问答结果`,
        },
        ...given.query,
        ...deps,
      },
    )
  })
}

function wordOf(isPassed: boolean | undefined, retakeBy: string): string {
  return isPassed === undefined ? '没有评定' : isPassed ? '合格' : `补问（${retakeBy} 前）`
}

async function* each(rows: readonly string[][]): AsyncGenerator<readonly string[]> {
  for (const row of rows) yield await Promise.resolve(row)
}
