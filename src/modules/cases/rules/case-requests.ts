import * as z from 'zod'
import { caseActions, caseOutcomes, caseStates, stepNames } from './case-steps.ts'
import { caseSources, visitFindings, visitMethods } from './case-records.ts'

const Text = z.string().trim().min(2).max(2000)
const Day = z.iso.date()
const AreaPath = z.string().regex(/^(\d+\.)+$/)

/** Opens a case of a household that has no open one. `startAt`: a household found by a visit begins with it. */
export const OpenCase = z.strictObject({
  householdId: z.uuid(),
  source: z.enum(caseSources).exclude(['register']),
  sourceId: z.uuid().optional(),
  note: Text.optional(),
})
export type OpenCase = z.infer<typeof OpenCase>

/** Moves a case. Which fields are asked for depends on the action and step; what is missing is named, field by field. */
export const ActOnCase = z.strictObject({
  revision: z.number().int().min(1),
  action: z.enum(caseActions),
  /** Only where more than one step can follow (a return). */
  to: z.enum(stepNames as [string, ...string[]]).optional(),
  opinion: Text.optional(),
  reason: Text.optional(),
  /** decision: codes of the risks, the main one first, and the kind of monitored object. */
  risks: z.array(z.string().max(20)).min(1).max(5).optional(),
  kind: z.string().max(20).optional(),
  /** entry and exit-entry: the number or receipt of the national system. */
  nationalNo: z.string().trim().max(40).optional(),
  /** exit-decision: 帮扶消除 or 自然消除. */
  mode: z.enum(['helped', 'natural']).optional(),
  /** refer: to which office; transfer: to which level, and to whom. */
  referTo: z.string().trim().max(80).optional(),
  toSeat: z.enum(['village', 'township', 'county']).optional(),
  handlerId: z.string().max(60).optional(),
})
export type ActOnCase = z.infer<typeof ActOnCase>

/** The same for many cases; each is decided by itself, and refused by itself. */
export const ActOnCases = z.strictObject({
  cases: z
    .array(z.strictObject({ caseId: z.uuid(), revision: z.number().int().min(1) }))
    .min(1)
    .max(200),
  act: ActOnCase.omit({ revision: true }),
})
export type ActOnCases = z.infer<typeof ActOnCases>

export const AddMeasure = z.strictObject({
  risk: z.string().max(20),
  category: z.string().max(40),
  content: Text,
  startedOn: Day,
  endedOn: Day.optional(),
})
export type AddMeasure = z.infer<typeof AddMeasure>

export const AddVisit = z.strictObject({
  visitedOn: Day,
  method: z.enum(visitMethods),
  visitors: z.array(z.string().trim().min(1).max(40)).min(1).max(10),
  finding: z.enum(visitFindings),
  note: z.string().trim().max(2000).default(''),
})
export type AddVisit = z.infer<typeof AddVisit>

/** `mine`: what the caller's own office must do. `overdue`: a limit of the case has passed. */
export const ListCases = z.strictObject({
  area: AreaPath.optional(),
  step: z.enum(stepNames as [string, ...string[]]).optional(),
  state: z.enum(caseStates).optional(),
  source: z.enum(caseSources).optional(),
  outcome: z.enum(caseOutcomes).optional(),
  householdId: z.uuid().optional(),
  mine: z.stringbool().optional(),
  overdue: z.stringbool().optional(),
  /** A paper that the step asks for is not on file. */
  unfiled: z.stringbool().optional(),
  open: z.stringbool().optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListCases = z.infer<typeof ListCases>

export const DropMeasure = z.strictObject({ reason: Text })
export type DropMeasure = z.infer<typeof DropMeasure>

export const ExportCases = ListCases.omit({ after: true, limit: true }).extend({
  purpose: z.string().trim().min(2).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportCases = z.infer<typeof ExportCases>
