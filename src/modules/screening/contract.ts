import { z } from 'zod'
import type { MatchWhy } from './rules/match-why.ts'

/** The twelve lists that departments send. */
export const ListKind = z.enum([
  'medical',
  'disability',
  'dibao',
  'education',
  'jobs',
  'housing',
  'police',
  'water',
  'bank',
  'petition',
  'cars',
  'firms',
])
export type ListKind = z.infer<typeof ListKind>

/** How a row was tied to the register (design.md §5). `place`: it names no person but a place that the register knows. */
export const MatchClass = z.enum(['exact', 'normalised', 'repaired', 'fuzzy', 'ambiguous', 'none', 'place'])
export type MatchClass = z.infer<typeof MatchClass>

/** 为什么对不上, or by which way a row was matched: what was wrong with it. */
export const MatchCause = z.enum([
  'as-written',
  'typography',
  'certificate',
  'old-15-digits',
  'one-digit-differs',
  'neighbours-exchanged',
  'tail-lost',
  'head-number',
  'by-place',
  'by-phone',
  'name-differs',
  'several-fit',
  'place-unknown',
  'not-in-register',
  'moved',
  'no-usable-number',
  'no-person',
  'not-data',
  'at-place',
  'decided',
  'name-similar',
  'by-likeness',
])
export type MatchCause = z.infer<typeof MatchCause>

/** Rules of the leads (L01–L12) and the negative flags (N08, N09). */
export const LeadRule = z.string().regex(/^[LN]\d{2}$/)
export type LeadRule = z.infer<typeof LeadRule>

export const MonthText = z.string().regex(/^20\d{2}(0[1-9]|1[0-2])$/)
export const DeltaState = z.enum(['new', 'changed', 'vanished', 'same'])
export type DeltaState = z.infer<typeof DeltaState>

/** Where a row stands: `sheet` is empty for text files, `row` the physical row from 1. */
export const RowPlace = z.strictObject({ file: z.string(), sheet: z.string(), row: z.int() })
export type RowPlace = z.infer<typeof RowPlace>

/** One row that speaks for a lead: where it stands and the values it said. */
export const Evidence = z.strictObject({
  file: z.string(),
  sheet: z.string(),
  row: z.int(),
  class: MatchClass,
  facts: z.record(z.string(), z.string()),
})
export type Evidence = z.infer<typeof Evidence>

/** new: nobody has looked · sent: a village must answer · answered: the village did · returned: sent back with a reason · closed. */
export const LeadState = z.enum(['new', 'sent', 'answered', 'returned', 'closed'])
export type LeadState = z.infer<typeof LeadState>

/** What the visit found. */
export const LeadAnswer = z.enum(['confirmed', 'dismissed', 'not-here', 'needs-help-elsewhere'])
export type LeadAnswer = z.infer<typeof LeadAnswer>

/** One reason of a lead with the rows behind it. */
export const LeadReason = z.strictObject({
  leadReasonId: z.uuid(),
  rule: LeadRule,
  list: ListKind,
  /** The month of the list: an open lead takes the reasons of later months too. */
  month: MonthText,
  personId: z.uuid().nullable(),
  value: z.string(),
  evidence: z.array(Evidence),
  answer: LeadAnswer.nullable(),
})
export type LeadReason = z.infer<typeof LeadReason>

/** One lead per household and month, with all its reasons. */
export const Lead = z.strictObject({
  leadId: z.uuid(),
  month: MonthText,
  householdId: z.uuid(),
  areaPath: z.string(),
  state: LeadState,
  dueOn: z.string().nullable(),
  reasonCount: z.int(),
  flagCount: z.int(),
  revision: z.int(),
})
export type Lead = z.infer<typeof Lead>

/** What a comparison is allowed to do with the lists (trust.md §5.4). */
export const ListTerms = z.strictObject({
  sender: z.string().trim().min(1).max(80),
  /** 共享事项: the item of the sharing catalogue or agreement. */
  sharingItem: z.string().trim().min(1).max(200),
  purpose: z.string().trim().min(1).max(200),
  legalBasis: z.string().trim().min(1).max(200),
  /** The last day on which the sharing holds; nothing is read after it. */
  expiresOn: z.iso.date(),
  /** Days for which the file is kept after the run; 0: it is destroyed with the run's end. */
  retentionDays: z.int().min(0).max(3),
})
export type ListTerms = z.infer<typeof ListTerms>

/** Column of a sheet (from 0) by the code word of its field. */
export const ColumnMapping = z.record(z.string(), z.int().min(0).max(16_383))
export type ColumnMapping = z.infer<typeof ColumnMapping>

/** What was recognised in one sheet of a list. */
export const RecognisedSheet = z.strictObject({
  sheet: z.string(),
  kind: ListKind.nullable(),
  /** 0 to 1: how sure the content makes us. */
  confidence: z.number(),
  headerRow: z.int(),
  labels: z.array(z.string()),
  columns: ColumnMapping,
  columnConfidence: z.record(z.string(), z.number()),
  missing: z.array(z.string()),
  remembered: z.boolean(),
})
export type RecognisedSheet = z.infer<typeof RecognisedSheet>

export const ClassCounts = z.record(z.string(), z.int())
export type ClassCounts = z.infer<typeof ClassCounts>

/** What stays of a file: never a row of somebody whom the register does not know. */
export const Receipt = z.strictObject({
  receiptId: z.string(),
  runId: z.uuid(),
  month: MonthText,
  list: ListKind.nullable(),
  fileName: z.string(),
  /** SHA-256 of the file, hexadecimal. */
  fileHash: z.string(),
  bytes: z.int(),
  sender: z.string(),
  sharingItem: z.string(),
  purpose: z.string(),
  legalBasis: z.string(),
  expiresOn: z.string().nullable(),
  retentionDays: z.int(),
  /** The labels of the columns that were read. */
  fields: z.array(z.string()),
  rows: z.int(),
  /** Rows of persons without a current authorisation: left out. */
  leftOut: z.int(),
  classes: ClassCounts,
  causes: ClassCounts,
  notes: z.array(z.string()),
  receivedAt: z.string(),
  destroyDueAt: z.string().nullable(),
  destroyedAt: z.string().nullable(),
  destroyedBy: z.string().nullable(),
  /** What is still there of the file: fields of matched rows, rows that wait for a person, two keyed hashes of every row. */
  remains: z.strictObject({ matchedRows: z.int(), waitingRows: z.int() }),
})
export type Receipt = z.infer<typeof Receipt>

export const RunState = z.enum(['staged', 'running', 'done', 'failed'])
export type RunState = z.infer<typeof RunState>

/** A comparison of one month. */
export const ComparisonRun = z.strictObject({
  runId: z.uuid(),
  month: MonthText,
  state: RunState,
  fault: z.string().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  rowsRead: z.int(),
  rowsExpected: z.int(),
  classes: ClassCounts,
  causes: ClassCounts,
  delta: ClassCounts,
  leads: z.int(),
  /** Left out for want of an authorisation. */
  leftOut: z.strictObject({ rows: z.int(), persons: z.int() }),
  /** Reasons that rest: dismissed before, not grown since. */
  rested: z.int(),
  /** The day from which its thresholds hold; null when a file of the command line brought them. */
  thresholdsFrom: z.string().nullable(),
  /** Whose rows are counted: the county's, or those of the caller's own area. */
  counts: z.enum(['county', 'area']),
  can: z.strictObject({ compare: z.boolean() }),
})
export type ComparisonRun = z.infer<typeof ComparisonRun>

/** An ambiguous row that a person decides, with the persons who fit. */
export const OpenMatch = z.strictObject({
  openMatchId: z.uuid(),
  runId: z.uuid(),
  list: ListKind,
  place: RowPlace,
  /** Empty once the waiting row was destroyed: the choice then counts from the next list on. */
  name: z.string(),
  waitUntil: z.string().nullable(),
  cause: MatchCause,
  candidates: z.array(z.strictObject({ personId: z.uuid(), householdId: z.uuid(), why: z.custom<MatchWhy>().optional() })),
})
export type OpenMatch = z.infer<typeof OpenMatch>

/** Announced when a run has raised or renewed leads. */
export const leadsRaised = {
  name: 'screening.leads-raised',
  payload: z.strictObject({ runId: z.uuid(), month: MonthText, leads: z.int() }),
}

/** How many leads one announcement names at most. */
export const mostRecurredAtOnce = 500
/** A household has a reason again that it had in an earlier month, or that was answered; in as many announcements as it takes. */
export const LeadRecurred = z.strictObject({
  runId: z.uuid(),
  /** The month of the lists that say so. */
  month: MonthText,
  leads: z.array(z.strictObject({ leadId: z.uuid(), householdId: z.guid(), rules: z.array(LeadRule).min(1) })).min(1),
})
export type LeadRecurred = z.infer<typeof LeadRecurred>
export const leadRecurred = { name: 'screening.lead-recurred', payload: LeadRecurred } as const

// ── Leads on their way: what is asked. What is answered stands in rules/lead-records.ts. ──

/** Filters of the inbox. `mine`: what waits for the caller; `found`: leads with a reason (of `rule`, where one is named) so answered. */
const leadFilters = {
  state: LeadState.optional(),
  under: z
    .string()
    .regex(/^(\d+\.){1,6}$/)
    .optional(),
  rule: LeadRule.optional(),
  found: LeadAnswer.optional(),
  month: MonthText.optional(),
  overdue: z.literal('true').optional(),
  mine: z.literal('true').optional(),
  householdId: z.uuid().optional(),
}
const leadPaging = { after: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }
export const LeadFilter = z.strictObject(leadFilters)
export type LeadFilter = z.infer<typeof LeadFilter>
/** The inbox as a file: its filter, what it is for, and the kind of file. */
export const ExportLeads = z.strictObject({
  ...leadFilters,
  purpose: z.string().trim().min(4).max(200),
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
})
export type ExportLeads = z.infer<typeof ExportLeads>
export const ListLeads = z.strictObject({ ...leadFilters, ...leadPaging })
/** A household number, a name, pinyin or initials; names travel in the body, never in an address (trust.md §5.9). */
export const SearchLeads = z.strictObject({ ...leadFilters, ...leadPaging, text: z.string().trim().max(40).optional() })
export type SearchLeads = z.infer<typeof SearchLeads>
/** Chosen leads, or all that a filter finds (2,000 at most). A dry run says who would get how many. */
export const SendLeads = z.strictObject({
  leadIds: z.array(z.uuid()).min(1).max(500).optional(),
  filter: LeadFilter.optional(),
  note: z.string().trim().max(200).optional(),
  isDryRun: z.boolean(),
})
export type SendLeads = z.infer<typeof SendLeads>
/** The answer of a visit; a reason that is not named takes `answer`. `alsoOthers`: the household's open leads of other months too. */
export const AnswerLead = z.strictObject({
  revision: z.int(),
  answer: LeadAnswer,
  note: z.string().trim().min(2).max(500),
  reasons: z.array(z.strictObject({ leadReasonId: z.uuid(), answer: LeadAnswer })).max(100),
  alsoOthers: z.boolean().optional(),
})
export type AnswerLead = z.infer<typeof AnswerLead>
export const ReturnLead = z.strictObject({ revision: z.int(), note: z.string().trim().min(2).max(500) })
export type ReturnLead = z.infer<typeof ReturnLead>
export const CloseLeads = z.strictObject({ leadIds: z.array(z.uuid()).min(1).max(500), note: z.string().trim().max(500).optional() })
export type CloseLeads = z.infer<typeof CloseLeads>
/** The visit list of one village; the export says what it is for. */
export const VisitListOf = z.strictObject({ area: z.string().regex(/^(\d+\.){5}$/), month: MonthText })
export type VisitListOf = z.infer<typeof VisitListOf>
export const ExportVisitList = VisitListOf.extend({ purpose: z.string().trim().min(4).max(200) })
export type ExportVisitList = z.infer<typeof ExportVisitList>
/** Announced when a visit has found the trouble to be real. */
export const riskConfirmed = {
  name: 'screening.risk-confirmed',
  payload: z.strictObject({ leadId: z.uuid(), householdId: z.uuid(), month: MonthText }),
}
