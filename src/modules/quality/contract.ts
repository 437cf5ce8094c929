import { z } from 'zod'

// ---- The rules and what they find. Whatever the worklist asks and answers stands in worklist-contract parts below this line's section. ----

/** Number of a rule of the catalogue, `Q001` to `Q139` (policy/rules). */
export const RuleId = z.string().regex(/^Q\d{3}$/)
export type RuleId = z.infer<typeof RuleId>

export const Severity = z.enum(['error', 'high', 'warning', 'info'])
export type Severity = z.infer<typeof Severity>

/** Who mends a finding: whoever knows the fact and can have it entered in the national system. */
export const RuleOwner = z.enum([
  'village',
  'township',
  'county',
  'medical',
  'education',
  'disability',
  'civil-affairs',
  'jobs',
  'housing',
  'water',
])
export type RuleOwner = z.infer<typeof RuleOwner>

/**
 * What a rule reads besides the national system's monitoring export. `line`: the monitoring line of the year.
 * A rule whose needs are not there is not run and says so; it is never counted as free of findings.
 */
export const RuleNeed = z.enum(['monitoring', 'work', 'planned-work', 'village', 'line'])
export type RuleNeed = z.infer<typeof RuleNeed>

/** What a finding is about. */
export const RuleSubject = z.enum(['person', 'household', 'village'])
export type RuleSubject = z.infer<typeof RuleSubject>

/**
 * How far a rule must look: into one household, into the whole register (the same number twice), or into a village with its households.
 * A check of some households judges `household` rules for these households only, all others for the whole register.
 */
export const RuleReach = z.enum(['household', 'register', 'village'])
export type RuleReach = z.infer<typeof RuleReach>

export const RuleTopic = z.enum([
  'identity',
  'family',
  'schooling',
  'labour',
  'insurance',
  'living',
  'contact',
  'income',
  'risk',
  'measures',
  'clearing',
  'work',
  'posts',
  'village',
])
export type RuleTopic = z.infer<typeof RuleTopic>

/** One rule as people read it. `reads` are field keys of the register (registry/policy/fields.json). */
export interface RuleInfo {
  rule: RuleId
  /** Numbers of the public rule scripts from which it was taken. */
  ref: string
  topic: RuleTopic
  severity: Severity
  subject: RuleSubject
  reach: RuleReach
  owner: RuleOwner
  needs: RuleNeed[]
  reads: string[]
  /** First day on which the rule holds, and the last one where it has ended. */
  from: string
  to?: string
  zh: string
  en: string
  /** What to do about a finding. */
  fix: { zh: string; en: string }
  /** Limits of the rule on the day of the check: ages, months, shares, mu, km, amounts in yuan. */
  limits: Record<string, number | string>
}

/** One thing that a rule found. ID numbers and telephones in `seen` are masked; amounts are in fen. */
export interface Finding {
  rule: RuleId
  severity: Severity
  subject: RuleSubject
  /** Id of the person, household or village that the finding is about; one finding per rule and subject. */
  subjectId: string
  householdId?: string
  householdNo?: string
  personId?: string
  personNo?: string
  /** 区划代码 of a village finding. */
  villageCode?: string
  areaPath: string
  /** Field key to the value that shows why; an empty cell is `''`. */
  seen: Record<string, string | number | boolean>
  /** In how many rows of another export the person is wrong; absent: one. */
  rows?: number
  /** The number as the export states it, only where the caller asked for numbers. Must not be stored. */
  idNumber?: string
}

/** A rule that could not run, and what is missing. */
export interface RuleNotRun {
  rule: RuleId
  needs: RuleNeed[]
  /** Field keys for which the exports have no column. */
  columns: string[]
}

/** What a check did, once all its findings have been taken. */
export interface CheckSummary {
  asOf: string
  households: number
  persons: number
  villages: number
  /** Rules that ran, each with how many findings it has. */
  ran: Record<RuleId, number>
  notRun: RuleNotRun[]
  registerRevision: number
  /** The monitoring line that was used. */
  line?: { year: number; yuan: number }
}

/** How many findings one announcement names at most. */
export const mostRecurredAtOnce = 500
/** Findings that had been gone are there again; announced by the check that saw them, in as many announcements as it takes. */
export const FindingRecurred = z.strictObject({
  runId: z.uuid(),
  findings: z
    .array(z.strictObject({ findingId: z.uuid(), rule: RuleId, householdId: z.uuid().optional(), recurrence: z.int().min(1) }))
    .min(1)
    .max(mostRecurredAtOnce),
})
export type FindingRecurred = z.infer<typeof FindingRecurred>
export const findingRecurred = { name: 'quality.finding-recurred', payload: FindingRecurred } as const
/** The whole register was checked: what is open now was seen, also where somebody had said that it was mended. */
export const RegisterChecked = z.strictObject({ runId: z.uuid(), asOf: z.iso.date(), found: z.int().min(0) })
export type RegisterChecked = z.infer<typeof RegisterChecked>
export const registerChecked = { name: 'quality.register-checked', payload: RegisterChecked } as const

// ---- The worklist: what is asked. What is answered stands in rules/worklist-records.ts. ----

const areaPath = z.string().regex(/^(\d+\.){1,6}$/)
/** A reason that somebody can read later: at least four characters. */
const reasonText = z.string().trim().min(4).max(200)
const noteText = z.string().trim().max(200)
const flag = z.literal('true').optional()

/** `todo` is open or sent. */
export const FindingStateFilter = z.enum(['todo', 'open', 'sent', 'excepted', 'fixed'])
export type FindingStateFilter = z.infer<typeof FindingStateFilter>

const findingFilters = {
  state: FindingStateFilter.optional(),
  rule: RuleId.optional(),
  severity: Severity.optional(),
  owner: RuleOwner.optional(),
  under: areaPath.optional(),
  householdId: z.uuid().optional(),
  overdue: flag,
  answered: flag,
  mine: flag,
  /** Seen again after it had been fixed. */
  back: flag,
}
export const FilterFindings = z.strictObject(findingFilters)
export type FilterFindings = z.infer<typeof FilterFindings>
export const ListFindings = z.strictObject({
  ...findingFilters,
  after: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
export type ListFindings = z.infer<typeof ListFindings>
/** What stands in the search box: names and numbers travel in the body, never in an address (trust.md §5.9). */
export const SearchFindings = z.strictObject({
  ...findingFilters,
  after: z.string().max(600).optional(),
  limit: z.number().int().min(1).max(200).optional(),
  text: z.string().trim().max(40).optional(),
})
export type SearchFindings = z.infer<typeof SearchFindings>

/** GET /quality/overview: the county's townships, or what lies below one area. */
export const ReadOverview = z.strictObject({ under: areaPath.optional() })
export type ReadOverview = z.infer<typeof ReadOverview>

/** POST /quality/findings/send: some findings, or all that a filter finds; a dry run only says who would get how many. */
export const SendFindings = z.strictObject({
  findingIds: z.array(z.uuid()).min(1).max(2000).optional(),
  filter: FilterFindings.optional(),
  note: noteText.optional(),
  isDryRun: z.boolean(),
})
export type SendFindings = z.infer<typeof SendFindings>

/** POST /quality/findings/:findingId/answer: mended in the national system, or right as it is, which asks for an exception. */
export const AnswerFinding = z.discriminatedUnion('answer', [
  z.strictObject({ revision: z.number().int(), answer: z.literal('fixed-elsewhere'), note: noteText.optional() }),
  z.strictObject({
    revision: z.number().int(),
    answer: z.literal('right-as-is'),
    reason: reasonText,
    /** `household`: for everybody of the household, and for findings of this rule to come. */
    covers: z.enum(['finding', 'household']),
  }),
])
export type AnswerFinding = z.infer<typeof AnswerFinding>

/** POST /quality/findings/:findingId/mend: proposes the correction that the finding's own facts lead to; `change` is its place in `fixes`. */
export const MendFinding = z.strictObject({ revision: z.number().int(), change: z.number().int().min(0).max(20) })
export type MendFinding = z.infer<typeof MendFinding>

export const ExceptionState = z.enum(['asked', 'granted', 'refused', 'ended', 'expired'])
export type ExceptionState = z.infer<typeof ExceptionState>
export const ListExceptions = z.strictObject({
  state: ExceptionState.optional(),
  rule: RuleId.optional(),
  under: areaPath.optional(),
  after: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListExceptions = z.infer<typeof ListExceptions>
/** POST /quality/exceptions/:exceptionId/decide: granted until a day, refused or ended with a reason. */
export const DecideException = z.strictObject({
  revision: z.number().int(),
  decision: z.enum(['grant', 'refuse', 'end']),
  untilOn: z.iso.date().optional(),
  note: noteText.optional(),
})
export type DecideException = z.infer<typeof DecideException>

/** POST /quality/runs: checks the whole register in the background, by default as of today. */
export const StartCheck = z.strictObject({ asOf: z.iso.date().optional() })
export type StartCheck = z.infer<typeof StartCheck>

/** GET /quality/worklist.xlsx: what a village has to mend, on paper. */
export const ExportWorklist = z.strictObject({ area: areaPath, purpose: reasonText })
export type ExportWorklist = z.infer<typeof ExportWorklist>
