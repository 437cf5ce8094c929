import * as z from 'zod'
import { largestPage } from '#kernel/pure/paging/index.ts'
import { importFieldKeys } from './import-fields.ts'
import { problemActions, problemStates } from './problem-states.ts'
import { sourceKinds } from './problem-sources.ts'
import { unitLevels } from './problem-seat.ts'

const Day = z.iso.date()
const AreaPath = z
  .string()
  .regex(/^(\d+\.){1,6}$/)
  .max(80)
const Reason = z.string().trim().min(2).max(500)
const text = (most: number) => z.string().trim().max(most)

/** How a problem stands to its last day, as a filter. */
export const standings = ['none', 'later', 'soon', 'overdue', 'in-time', 'late'] as const

const filters = {
  campaignId: z.uuid().optional(),
  state: z.enum(problemStates).optional(),
  /** `open`: neither struck off nor withdrawn; `mine`: what waits for the caller's side. */
  view: z.enum(['all', 'open', 'mine', 'overdue', 'closed', 'supervised', 'withdrawn']).optional(),
  sourceKind: z.enum(sourceKinds).optional(),
  class: text(60).optional(),
  unitId: text(80).optional(),
  unitLevel: z.enum(unitLevels).optional(),
  letterId: z.uuid().optional(),
  inspectionId: z.uuid().optional(),
  householdId: z.uuid().optional(),
  area: AreaPath.optional(),
  standing: z.enum(standings).optional(),
  /** The beginning of the number. Words of problems may name people and stay out of addresses. */
  no: z
    .string()
    .regex(/^[\d-]{1,11}$/)
    .optional(),
}
export const FilterProblems = z.strictObject(filters)
export type FilterProblems = z.infer<typeof FilterProblems>
export const ListProblems = z.strictObject({
  ...filters,
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(largestPage).default(50),
})
export type ListProblems = z.infer<typeof ListProblems>
export const ExportProblems = z.strictObject({
  ...filters,
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportProblems = z.infer<typeof ExportProblems>

export const AddCampaign = z.strictObject({
  name: z.string().trim().min(2).max(100),
  documentNo: text(80).default(''),
  startedOn: Day,
  dueOn: Day.optional(),
})
export type AddCampaign = z.infer<typeof AddCampaign>

/** Findings of the data rules, or leads, that become problems of a campaign. */
export const AddFromFindings = z.strictObject({ campaignId: z.uuid(), findingIds: z.array(z.uuid()).min(1).max(500) })
export type AddFromFindings = z.infer<typeof AddFromFindings>
export const AddFromLeads = z.strictObject({ campaignId: z.uuid(), leadIds: z.array(z.uuid()).min(1).max(500) })
export type AddFromLeads = z.infer<typeof AddFromLeads>

/** A problem that somebody writes down. Where no household is named, `areaPath` says where it is. */
export const AddProblem = z.strictObject({
  campaignId: z.uuid(),
  sourceKind: z.enum(sourceKinds),
  class: z.string().trim().min(1).max(60),
  description: z.string().trim().min(2).max(2000),
  requirement: text(1000).default(''),
  householdNo: text(40).optional(),
  householdId: z.uuid().optional(),
  areaPath: AreaPath.optional(),
  subject: text(60).default(''),
  foundOn: Day.optional(),
})
export type AddProblem = z.infer<typeof AddProblem>

/** A unit as it is named in a request. */
export const UnitRef = z.strictObject({ kind: z.enum(['area', 'organisation']), id: z.string().max(80) })
export type UnitRef = z.infer<typeof UnitRef>

/** Until when: a day, words such as `5月底前`, or working days of the county's calendar. */
export const Due = z.union([
  z.strictObject({ on: Day }),
  z.strictObject({ words: z.string().trim().min(2).max(20) }),
  z.strictObject({ workingDays: z.number().int().min(1).max(250) }),
])
export type Due = z.infer<typeof Due>

/** What an act says; which of it an action needs, `rules/judge-problem.ts` knows. */
export const ActWords = z.strictObject({
  action: z.enum(problemActions).exclude(['extend']),
  reason: Reason.optional(),
  note: text(500).optional(),
  unit: UnitRef.optional(),
  headName: text(40).optional(),
  headId: z.uuid().optional(),
  due: Due.optional(),
  requirement: text(1000).optional(),
  cause: text(1000).optional(),
  measures: text(2000).optional(),
  effect: text(2000).optional(),
  completedOn: Day.optional(),
  /** What proves it and where it lies; files are attached beside. */
  evidence: text(500).optional(),
  leaderName: text(40).optional(),
  leaderLevel: z.enum(['county', 'township']).optional(),
  class: text(60).optional(),
  description: text(2000).optional(),
})
export type ActWords = z.infer<typeof ActWords>
export const ActOnProblems = z.strictObject({
  problems: z
    .array(z.strictObject({ problemId: z.uuid(), revision: z.number().int().min(1) }))
    .min(1)
    .max(500),
  act: ActWords,
})
export type ActOnProblems = z.infer<typeof ActOnProblems>

export const AskTime = z.strictObject({ revision: z.number().int().min(1), until: Day, reason: Reason })
export type AskTime = z.infer<typeof AskTime>
export const DecideTime = z.strictObject({ decision: z.enum(['grant', 'refuse']), note: text(500).default('') })
export type DecideTime = z.infer<typeof DecideTime>
export const WithdrawEvidence = z.strictObject({ reason: Reason })

/** A drawn sample of what was struck off; the same seed draws the same. */
export const DrawSample = z.strictObject({
  campaignId: z.uuid().optional(),
  area: AreaPath.optional(),
  n: z.coerce.number().int().min(1).max(200),
  seed: z.string().trim().min(1).max(40),
})
export type DrawSample = z.infer<typeof DrawSample>

/** Where the same problem is looked for. */
export const AskChecks = z
  .strictObject({ villages: z.array(AreaPath).max(500), households: z.array(z.uuid()).max(500), due: Due })
  .refine(({ villages, households }) => villages.length + households.length > 0)
export type AskChecks = z.infer<typeof AskChecks>
export const AnswerCheck = z.strictObject({ found: z.boolean(), note: text(500).default(''), description: text(2000).optional() })
export type AnswerCheck = z.infer<typeof AnswerCheck>
export const ListChecks = z.strictObject({
  problemId: z.uuid().optional(),
  state: z.enum(['open', 'clean', 'found']).optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(largestPage).default(50),
})
export type ListChecks = z.infer<typeof ListChecks>
export const ExportChecks = z.strictObject({
  problemId: z.uuid().optional(),
  state: z.enum(['open', 'clean', 'found']).optional(),
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportChecks = z.infer<typeof ExportChecks>

export const ListLetters = z.strictObject({
  campaignId: z.uuid().optional(),
  state: z.enum(['issued', 'received', 'answered', 'closed']).optional(),
  open: z.stringbool().optional(),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(largestPage).default(50),
})
export type ListLetters = z.infer<typeof ListLetters>
export const ExportLetters = z.strictObject({
  campaignId: z.uuid().optional(),
  state: z.enum(['issued', 'received', 'answered', 'closed']).optional(),
  open: z.stringbool().optional(),
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportLetters = z.infer<typeof ExportLetters>

/** Bad rows of an import with the cells that were mended, by field. */
export const MendImport = z.strictObject({
  rows: z
    .array(z.strictObject({ row: z.int().min(1), cells: z.partialRecord(z.enum(importFieldKeys), text(2000)) }))
    .min(1)
    .max(200),
})
export type MendImport = z.infer<typeof MendImport>
