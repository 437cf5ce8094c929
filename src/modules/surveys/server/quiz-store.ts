import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inScope, type Db } from '#kernel/server/database/index.ts'
import type { QuizAnswerRecord } from '../rules/quiz-records.ts'
import type { JudgeAnswers } from '../rules/quiz-requests.ts'
import { refused } from './refusals.ts'

export interface QuizRow {
  readonly quizId: string
  readonly areaPath: string
  readonly name: string
  readonly heldOn: string
  readonly place: string
  readonly state: 'open' | 'closed'
  readonly passPercent: number
  readonly retakeDays: number
  readonly retakeOf: string | null
  readonly retakeId: string | null
  readonly revision: number
}
const columns = sql.raw(`q.quiz_id AS "quizId", q.area_path AS "areaPath", q.name, q.held_on::text AS "heldOn", q.place, q.state,
  q.pass_percent AS "passPercent", q.retake_days AS "retakeDays", q.retake_of AS "retakeOf", q.revision,
  (SELECT r.quiz_id FROM surveys.quiz r WHERE r.county_code = q.county_code AND r.retake_of = q.quiz_id) AS "retakeId"`)

export async function findQuiz(db: Db, ctx: Context, quizId: string): Promise<QuizRow | undefined> {
  return (
    await sql<QuizRow>`SELECT ${columns} FROM surveys.quiz q WHERE ${inScope(ctx.scope, 'q')} AND q.quiz_id = ${quizId}::uuid`.execute(db)
  ).rows[0]
}
export async function findQuizForUpdate(db: Db, ctx: Context, quizId: string): Promise<QuizRow | undefined> {
  const found = await sql<QuizRow>`
    SELECT ${columns} FROM surveys.quiz q WHERE ${inScope(ctx.scope, 'q')} AND q.quiz_id = ${quizId}::uuid FOR UPDATE OF q`.execute(db)
  return found.rows[0]
}

/** One page, the newest first. */
export async function listQuizzes(
  db: Db,
  ctx: Context,
  given: { after: readonly (string | number)[] | undefined; limit: number },
): Promise<QuizRow[]> {
  const seen = given.after === undefined ? sql`true` : sql`(q.held_on, q.quiz_id) < (${given.after[0]}::date, ${given.after[1]}::uuid)`
  const found = await sql<QuizRow>`
    SELECT ${columns} FROM surveys.quiz q WHERE ${inScope(ctx.scope, 'q')} AND ${seen}
    ORDER BY q.held_on DESC, q.quiz_id DESC LIMIT ${given.limit + 1}`.execute(db)
  return found.rows
}

/** Days on which meetings were held within the scope, by place; those that asked again are none of their own. */
export async function listHeld(db: Db, ctx: Context): Promise<{ areaPath: string; heldOn: string }[]> {
  const found = await sql<{ areaPath: string; heldOn: string }>`
    SELECT q.area_path AS "areaPath", q.held_on::text AS "heldOn" FROM surveys.quiz q WHERE ${inScope(ctx.scope, 'q')} AND q.retake_of IS NULL`.execute(
    db,
  )
  return found.rows
}

export async function insertQuiz(db: Db, ctx: Context, quiz: Omit<QuizRow, 'state' | 'revision' | 'retakeId'>): Promise<void> {
  await refused(
    sql`
    INSERT INTO surveys.quiz (county_code, quiz_id, area_path, name, held_on, place, pass_percent, retake_days, retake_of, called_by, called_name, called_at)
    VALUES (${ctx.scope.countyCode}, ${quiz.quizId}, ${quiz.areaPath}, ${quiz.name}, ${quiz.heldOn}::date, ${quiz.place}, ${quiz.passPercent},
      ${quiz.retakeDays}, ${quiz.retakeOf}, ${ctx.caller.id}, ${ctx.caller.name}, ${ctx.now})`.execute(db),
  )
}

export interface NewParticipant {
  readonly participantId: string
  readonly name: string
  readonly post: string
}
export async function insertParticipants(
  db: Db,
  ctx: Context,
  quiz: Pick<QuizRow, 'quizId' | 'areaPath'>,
  people: readonly NewParticipant[],
): Promise<void> {
  await refused(
    sql`
    INSERT INTO surveys.quiz_participant (county_code, participant_id, quiz_id, area_path, name, post)
    SELECT ${ctx.scope.countyCode}, r."participantId", ${quiz.quizId}, ${quiz.areaPath}, r.name, r.post
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS r ("participantId" uuid, name text, post text)`.execute(db),
  )
}

export interface NewQuizAnswer {
  readonly answerId: string
  readonly participantId: string
  readonly seq: number
  readonly topic: string
  readonly question: string
  readonly about: string
  readonly points: number
}
export async function insertQuizAnswers(
  db: Db,
  ctx: Context,
  quiz: Pick<QuizRow, 'quizId' | 'areaPath'>,
  answers: readonly NewQuizAnswer[],
): Promise<void> {
  if (answers.length === 0) return
  await refused(
    sql`
    INSERT INTO surveys.quiz_answer (county_code, answer_id, quiz_id, participant_id, area_path, seq, topic, question, about, points)
    SELECT ${ctx.scope.countyCode}, r."answerId", ${quiz.quizId}, r."participantId", ${quiz.areaPath}, r.seq, r.topic, r.question, r.about, r.points
    FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS r ("answerId" uuid, "participantId" uuid, seq int, topic text, question text, about text,
      points int)`.execute(db),
  )
}

type AnswerRow = {
  readonly [Key in keyof QuizAnswerRecord]: undefined extends QuizAnswerRecord[Key]
    ? Exclude<QuizAnswerRecord[Key], undefined> | null
    : QuizAnswerRecord[Key]
}
export interface ParticipantRow extends NewParticipant {
  readonly answers: readonly QuizAnswerRecord[]
}
/** Who was asked in meetings, by name, with the answers in their order. */
export async function listParticipants(db: Db, ctx: Context, quizIds: readonly string[]): Promise<(ParticipantRow & { quizId: string })[]> {
  const people = await sql<NewParticipant & { quizId: string }>`
    SELECT p.participant_id AS "participantId", p.quiz_id AS "quizId", p.name, p.post FROM surveys.quiz_participant p
    WHERE ${inScope(ctx.scope, 'p')} AND p.quiz_id = ANY (${[...quizIds]}::uuid[]) ORDER BY p.name, p.post, p.participant_id`.execute(db)
  const answers = await sql<AnswerRow & { participantId: string }>`
    SELECT a.answer_id AS "answerId", a.participant_id AS "participantId", a.seq, a.topic, a.question, a.about, a.points, a.result,
      a.follow_up AS "followUp", a.follow_due::text AS "followDue", a.follow_done::text AS "followDone"
    FROM surveys.quiz_answer a WHERE ${inScope(ctx.scope, 'a')} AND a.quiz_id = ANY (${[...quizIds]}::uuid[]) ORDER BY a.seq`.execute(db)
  const of = new Map<string, QuizAnswerRecord[]>()
  for (const { participantId, ...row } of answers.rows)
    of.set(participantId, [
      ...(of.get(participantId) ?? []),
      { ...row, result: row.result ?? undefined, followDue: row.followDue ?? undefined, followDone: row.followDone ?? undefined },
    ])
  return people.rows.map((row) => ({ ...row, answers: of.get(row.participantId) ?? [] }))
}

/** Marks answers and their tasks; answers how many rows were there. */
export async function judgeQuizAnswers(db: Db, ctx: Context, quizId: string, answers: JudgeAnswers['answers']): Promise<number> {
  const done = await refused(
    sql`
    UPDATE surveys.quiz_answer a SET result = coalesce(r.result, a.result), follow_up = coalesce(r."followUp", a.follow_up),
      follow_due = coalesce(r."followDue", a.follow_due), follow_done = CASE WHEN r."isDone" THEN ${ctx.today}::date ELSE a.follow_done END
    FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS r ("answerId" uuid, result text, "followUp" text, "followDue" date, "isDone" boolean)
    WHERE a.county_code = ${ctx.scope.countyCode} AND a.quiz_id = ${quizId}::uuid AND a.answer_id = r."answerId" RETURNING 1`.execute(db),
  )
  return done.rows.length
}

export async function closeQuizRow(db: Db, ctx: Context, given: { quizId: string; revision: number }): Promise<boolean> {
  const done = await refused(
    sql`
    UPDATE surveys.quiz SET state = 'closed', closed_at = ${ctx.now}, closed_name = ${ctx.caller.name}, revision = revision + 1
    WHERE county_code = ${ctx.scope.countyCode} AND quiz_id = ${given.quizId}::uuid AND revision = ${given.revision} RETURNING 1`.execute(
      db,
    ),
  )
  return done.rows.length === 1
}

export interface QuestionRow {
  readonly questionId: string
  readonly areaPath: string
  readonly topic: string
  readonly question: string
  readonly answer: string
  readonly points: number
}
/** Questions of the bank that concern the caller's area, by topic. */
export async function listQuestions(db: Db, ctx: Context): Promise<QuestionRow[]> {
  const { scope } = ctx
  const reach =
    scope.kind === 'area'
      ? sql`((b.area_path >= ${scope.lo} AND b.area_path < ${scope.hi}) OR starts_with(${scope.lo}, b.area_path))`
      : sql`true`
  const found = await sql<QuestionRow>`
    SELECT b.question_id AS "questionId", b.area_path AS "areaPath", b.topic, b.question, b.answer, b.points FROM surveys.quiz_question b
    WHERE b.county_code = ${scope.countyCode} AND ${reach} AND b.ended_at IS NULL ORDER BY b.topic, b.made_at LIMIT 1000`.execute(db)
  return found.rows
}

export async function insertQuestion(db: Db, ctx: Context, given: QuestionRow): Promise<void> {
  await sql`
    INSERT INTO surveys.quiz_question (county_code, question_id, area_path, topic, question, answer, points, made_name, made_at)
    VALUES (${ctx.scope.countyCode}, ${given.questionId}, ${given.areaPath}, ${given.topic}, ${given.question}, ${given.answer}, ${given.points},
      ${ctx.caller.name}, ${ctx.now})`.execute(db)
}

/** Takes a question out of the bank; `false` when it is not the caller's to take. */
export async function endQuestion(db: Db, ctx: Context, questionId: string): Promise<boolean> {
  const done = await sql`
    UPDATE surveys.quiz_question b SET ended_at = ${ctx.now}
    WHERE ${inScope(ctx.scope, 'b')} AND b.question_id = ${questionId}::uuid AND b.ended_at IS NULL RETURNING 1`.execute(db)
  return done.rows.length === 1
}
