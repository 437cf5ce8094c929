import * as z from 'zod'
import { problemSources } from '../contract.ts'

/** A name that FEEL reads as one word. */
const Key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const Said = z.string().trim().min(1).max(120)
const Words = z.strictObject({ zh: Said, en: Said })
const Formula = z.string().trim().min(1).max(400)

/** What an answer means as a problem: one source, one class; `class` of a policy problem is a word of the policy's list. */
export const ProblemMark = z.strictObject({
  source: z.enum(problemSources).exclude(['correction']),
  class: z.string().trim().min(1).max(60),
  zh: z.string().trim().min(2).max(200),
  en: z.string().trim().min(2).max(300),
})
export type ProblemMark = z.infer<typeof ProblemMark>

const Option = z.strictObject({
  value: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  ...Words.shape,
  problem: ProblemMark.optional(),
  /** 风险: what the cases are told. */
  risk: z.string().trim().min(2).max(60).optional(),
  /** Counts as positive in the rate of a satisfaction question. */
  positive: z.literal(true).optional(),
  /** Does not count in the base of the rate: 不清楚, 不愿回答. */
  outside: z.literal(true).optional(),
})
export type FormOption = z.infer<typeof Option>

const about = {
  key: Key,
  ...Words.shape,
  /** Heading under which it stands. */
  section: Words,
  help: Words.optional(),
  required: z.boolean().default(false),
  /** FEEL over the keys of earlier questions; absent: always asked. */
  visibleWhen: Formula.optional(),
  /** FEEL that must be true; `zh`/`en` say what is wrong. */
  check: z.strictObject({ feel: Formula, ...Words.shape }).optional(),
  /** FEEL: when true, this is a problem. */
  problemWhen: z.strictObject({ feel: Formula, problem: ProblemMark }).optional(),
}
const options = z.array(Option).min(2).max(20)

/** A question of a form. `register` shows what the register holds of a field and asks whether it is so. */
export const Question = z.discriminatedUnion('type', [
  z.strictObject({ ...about, type: z.literal('choice'), options, rate: z.literal(true).optional() }),
  z.strictObject({ ...about, type: z.literal('multi'), options }),
  z.strictObject({ ...about, type: z.literal('yes-no') }),
  z.strictObject({
    ...about,
    type: z.literal('number'),
    unit: z.string().max(10).default(''),
    decimals: z.number().int().min(0).max(4).default(0),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ ...about, type: z.literal('date') }),
  z.strictObject({ ...about, type: z.literal('text'), longest: z.number().int().min(1).max(500).default(200) }),
  z.strictObject({
    ...about,
    type: z.literal('register'),
    field: z.string().regex(/^[A-Za-z0-9]{2,60}$/),
    of: z.enum(['household', 'person']),
  }),
])
export type Question = z.infer<typeof Question>
export type QuestionType = Question['type']

/** A form: what is asked, in order. Data with a version; a campaign keeps the version with which it was opened. */
export const Form = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  ...Words.shape,
  questions: z.array(Question).min(1).max(80),
})
export type Form = z.infer<typeof Form>

/** Both languages of a thing of the form. */
export type Said = z.infer<typeof Words>
