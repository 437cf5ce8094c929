import * as z from 'zod'
import { recheckOutcomes } from './objection-consequence.ts'
import { objectionSources, objectionStates } from './notice-states.ts'

const AreaPath = z.string().regex(/^(\d+\.)+$/)
const Words = z.string().trim().min(5).max(1000)

/** The public form as a browser sends it: closed, every field a text of a limited length. */
export const ObjectForm = z.strictObject({
  no: z.string().max(80),
  about: z.string().max(60).default(''),
  text: z.string().max(1000).default(''),
  name: z.string().max(60).default(''),
  phone: z.string().max(40).default(''),
})
export type ObjectForm = z.infer<typeof ObjectForm>

/** What somebody came, rang or wrote to say. */
export const RecordObjection = z.strictObject({
  noticeId: z.uuid(),
  source: z.enum(objectionSources).exclude(['page']),
  caseId: z.uuid().optional(),
  text: Words,
  name: z.string().trim().max(40).default(''),
  phone: z.string().trim().max(30).default(''),
})
export type RecordObjection = z.infer<typeof RecordObjection>

/** Who looks into it, against which household it is, and what was found. */
export const CheckObjection = z.strictObject({
  revision: z.number().int().min(1),
  caseId: z.uuid().nullable().optional(),
  checkerId: z.string().max(60).optional(),
  finding: Words.optional(),
})
export type CheckObjection = z.infer<typeof CheckObjection>

export const AnswerObjection = z.strictObject({
  revision: z.number().int().min(1),
  verdict: z.enum(['upheld', 'rejected']),
  answer: Words,
})
export type AnswerObjection = z.infer<typeof AnswerObjection>

/** What the county came to after an objection was right and its case beyond the procedure. */
export const RecheckObjection = z.strictObject({ revision: z.number().int().min(1), outcome: z.enum(recheckOutcomes), opinion: Words })
export type RecheckObjection = z.infer<typeof RecheckObjection>

const filter = {
  area: AreaPath.optional(),
  state: z.enum(objectionStates).optional(),
  open: z.stringbool().optional(),
  noticeId: z.uuid().optional(),
  /** Those because of which the county must look at a case once more. */
  recheck: z.literal('open').optional(),
}
export const ListObjections = z.strictObject({
  ...filter,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListObjections = z.infer<typeof ListObjections>
export const ExportObjections = z.strictObject({
  ...filter,
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportObjections = z.infer<typeof ExportObjections>
