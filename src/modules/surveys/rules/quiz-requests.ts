import * as z from 'zod'

const AreaPath = z
  .string()
  .regex(/^(\d+\.){1,6}$/)
  .max(80)
const text = (longest: number) => z.string().trim().max(longest)
const paging = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }
const terms = { purpose: z.string().trim().min(2).max(200), format: z.enum(['xlsx', 'csv']).default('xlsx') }

export const quizResults = ['yes', 'partly', 'no'] as const
export type QuizResult = (typeof quizResults)[number]

const Asked = z.strictObject({
  topic: text(40).min(1),
  question: text(300).min(2),
  /** Number of the household that it is about. */
  about: text(40).default(''),
  points: z.number().int().min(1).max(100).default(10),
})
export const AddQuestion = Asked.omit({ about: true }).extend({ answer: text(500).default('') })
export type AddQuestion = z.infer<typeof AddQuestion>

/** Calls a meeting: who is asked, and the questions that everybody gets (from the bank, or written for it). */
export const CallQuiz = z.strictObject({
  areaPath: AreaPath.optional(),
  name: text(60).min(2),
  heldOn: z.iso.date(),
  place: text(80).default(''),
  participants: z
    .array(z.strictObject({ name: text(40).min(1), post: text(40).default('') }))
    .min(1)
    .max(200),
  questionIds: z.array(z.uuid()).max(100).default([]),
  asked: z.array(Asked).max(100).default([]),
})
export type CallQuiz = z.infer<typeof CallQuiz>
/** One question more for one of them, on the spot. */
export const AskOne = Asked.extend({ participantId: z.uuid() })
export type AskOne = z.infer<typeof AskOne>
export const JudgeAnswers = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        answerId: z.uuid(),
        result: z.enum(quizResults).optional(),
        followUp: text(200).optional(),
        followDue: z.iso.date().optional(),
        isDone: z.boolean().optional(),
      }),
    )
    .min(1)
    .max(500),
})
export type JudgeAnswers = z.infer<typeof JudgeAnswers>
export const CloseQuiz = z.strictObject({ revision: z.number().int().min(1) })
export type CloseQuiz = z.infer<typeof CloseQuiz>
export const RetakeQuiz = z.strictObject({ heldOn: z.iso.date() })
export type RetakeQuiz = z.infer<typeof RetakeQuiz>
export const ListQuizzes = z.strictObject(paging)
export type ListQuizzes = z.infer<typeof ListQuizzes>
export const ExportQuizzes = z.strictObject(terms)
export type ExportQuizzes = z.infer<typeof ExportQuizzes>
