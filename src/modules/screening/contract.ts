import { z } from 'zod'

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

/** How a row was tied to the register (design.md §5). `place` is a row that names a place and no person. */
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
  purpose: z.string().trim().min(1).max(200),
  legalBasis: z.string().trim().min(1).max(200),
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
  purpose: z.string(),
  legalBasis: z.string(),
  retentionDays: z.int(),
  rows: z.int(),
  classes: ClassCounts,
  causes: ClassCounts,
  notes: z.array(z.string()),
  receivedAt: z.string(),
  destroyedAt: z.string().nullable(),
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
  can: z.strictObject({ compare: z.boolean() }),
})
export type ComparisonRun = z.infer<typeof ComparisonRun>

/** An ambiguous row that a person decides, with the persons who fit. */
export const OpenMatch = z.strictObject({
  openMatchId: z.uuid(),
  runId: z.uuid(),
  list: ListKind,
  place: RowPlace,
  name: z.string(),
  cause: MatchCause,
  candidates: z.array(z.strictObject({ personId: z.uuid(), householdId: z.uuid() })),
})
export type OpenMatch = z.infer<typeof OpenMatch>

/** Announced when a run has raised or renewed leads. */
export const leadsRaised = {
  name: 'screening.leads-raised',
  payload: z.strictObject({ runId: z.uuid(), month: MonthText, leads: z.int() }),
}

// ── Leads on their way: sent to a village, answered, returned, closed (server/lead-routes.ts) ──

/** What a list shows of a household; place names are those of the register. */
export const HouseholdBrief = z.strictObject({
  householdId: z.uuid(),
  householdNo: z.string(),
  headName: z.string(),
  householdType: z.string(),
  township: z.string(),
  village: z.string(),
  group: z.string(),
  memberCount: z.int(),
})
export type HouseholdBrief = z.infer<typeof HouseholdBrief>
/** A lead as the inbox lists it. `holder`: who must act now. `household` is null when the register does not show it to the caller. */
export const LeadCard = Lead.extend({
  rules: z.array(LeadRule),
  household: HouseholdBrief.nullable(),
  holder: z.enum(['nobody', 'township', 'village']),
  isOverdue: z.boolean(),
  answer: LeadAnswer.nullable(),
  can: z.strictObject({ send: z.boolean(), answer: z.boolean(), return: z.boolean(), close: z.boolean() }),
})
export type LeadCard = z.infer<typeof LeadCard>
export const LeadEventKind = z.enum(['raised', 'renewed', 'sent', 'answered', 'returned', 'closed', 'reopened'])
/** One lead with everything behind it; each reason says in one sentence what its rule saw. */
export const LeadFile = LeadCard.extend({
  reasons: z.array(LeadReason.extend({ rests: z.boolean(), personName: z.string().nullable() })),
  events: z.array(z.strictObject({ kind: LeadEventKind, byName: z.string(), at: z.string(), note: z.string().nullable() })),
  answerNote: z.string().nullable(),
  returnNote: z.string().nullable(),
  /** Leads of the same household in other months. */
  others: z.array(z.strictObject({ leadId: z.uuid(), month: MonthText, state: LeadState, answer: LeadAnswer.nullable() })),
})
export type LeadFile = z.infer<typeof LeadFile>
/** Filters of the inbox, as the address carries them. `mine`: what waits for the caller; `text`: a household number or a name. */
export const LeadFilter = z.strictObject({
  state: LeadState.optional(),
  under: z
    .string()
    .regex(/^(\d+\.){1,6}$/)
    .optional(),
  rule: LeadRule.optional(),
  month: MonthText.optional(),
  overdue: z.enum(['true']).optional(),
  mine: z.enum(['true']).optional(),
  text: z.string().trim().max(40).optional(),
  householdId: z.uuid().optional(),
})
export type LeadFilter = z.infer<typeof LeadFilter>
export const ListLeads = LeadFilter.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListLeads = z.infer<typeof ListLeads>
export const LeadCounts = z.strictObject({ states: ClassCounts, overdue: z.int(), mine: z.int(), total: z.int() })
export type LeadCounts = z.infer<typeof LeadCounts>
/** Chosen leads, or all that a filter finds (2,000 at most). A dry run says who would get how many. */
export const SendLeads = z.strictObject({
  leadIds: z.array(z.uuid()).min(1).max(500).optional(),
  filter: LeadFilter.optional(),
  note: z.string().trim().max(200).optional(),
  isDryRun: z.boolean(),
})
export type SendLeads = z.infer<typeof SendLeads>
/** What a batch did: `fallsToTownship` where the village has no active account; what was refused, one by one. */
export const SentLeads = z.strictObject({
  dueOn: z.string(),
  receivers: z.array(z.strictObject({ areaPath: z.string(), name: z.string(), count: z.int(), fallsToTownship: z.boolean() })),
  refused: z.array(z.strictObject({ leadId: z.uuid(), reason: z.string() })),
})
export type SentLeads = z.infer<typeof SentLeads>
/** The answer of a visit; a reason that is not named takes `answer`. */
export const AnswerLead = z.strictObject({
  revision: z.int(),
  answer: LeadAnswer,
  note: z.string().trim().min(2).max(500),
  reasons: z.array(z.strictObject({ leadReasonId: z.uuid(), answer: LeadAnswer })).max(100),
})
export type AnswerLead = z.infer<typeof AnswerLead>
export const ReturnLead = z.strictObject({ revision: z.int(), note: z.string().trim().min(2).max(500) })
export const CloseLeads = z.strictObject({ leadIds: z.array(z.uuid()).min(1).max(500), note: z.string().trim().max(500).optional() })
export type CloseLeads = z.infer<typeof CloseLeads>
/** Answers per rule. `precision` is null while none was verified; 不在本村 says nothing about the rule and is not counted. */
export const RulePrecision = z.strictObject({
  rule: LeadRule,
  raised: z.int(),
  confirmed: z.int(),
  elsewhere: z.int(),
  dismissed: z.int(),
  notHere: z.int(),
  precision: z.number().nullable(),
})
export type RulePrecision = z.infer<typeof RulePrecision>
/** Announced when a visit has found the trouble to be real. */
export const riskConfirmed = {
  name: 'screening.risk-confirmed',
  payload: z.strictObject({ leadId: z.uuid(), householdId: z.uuid(), month: MonthText }),
}
