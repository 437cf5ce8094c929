import * as z from 'zod'
import { sourceKinds } from './rules/problem-sources.ts'

/** Day `YYYY-MM-DD`. */
const DayText = z.iso.date()
const AreaPath = z
  .string()
  .regex(/^(\d+\.)+$/)
  .max(80)

/** What a problem says of itself when it moves: no words of it, no names. */
const Moved = z.strictObject({
  problemId: z.uuid(),
  problemNo: z.string().max(20),
  campaignId: z.uuid(),
  sourceKind: z.enum(sourceKinds),
  class: z.string().max(60),
  householdId: z.uuid().optional(),
  areaPath: AreaPath,
  unitId: z.string().max(80).optional(),
  /** Who brought it, such as `surveys` and the id of the problem there. */
  origin: z.string().max(20).optional(),
  originId: z.string().max(100).optional(),
  on: DayText,
})

/** A problem was struck off, after acceptance by another person. */
export const ProblemClosed = Moved
export type ProblemClosed = z.infer<typeof ProblemClosed>
export const problemClosed = { name: 'rectification.closed', payload: ProblemClosed } as const

/** A problem that had been struck off is open again: a sampling, or data that fail again. */
export const ProblemReopened = Moved
export type ProblemReopened = z.infer<typeof ProblemReopened>
export const problemReopened = { name: 'rectification.reopened', payload: ProblemReopened } as const

/** A letter was issued or got a supplement. */
export const LetterIssued = z.strictObject({
  letterId: z.uuid(),
  letterNo: z.string().max(20),
  campaignId: z.uuid(),
  unitId: z.string().max(80),
  /** How many problems came with this issue. */
  problems: z.number().int().min(1),
  supplement: z.number().int().min(0),
  dueOn: DayText,
  on: DayText,
})
export type LetterIssued = z.infer<typeof LetterIssued>
export const letterIssued = { name: 'rectification.letter-issued', payload: LetterIssued } as const
