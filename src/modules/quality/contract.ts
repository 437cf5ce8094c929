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
  /** Limits of the rule on the day of the check: ages, amounts in fen, months. */
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
  /** The number as the export states it, only where the caller asked for numbers. Must not be stored. */
  idNumber?: string
}

/** A rule that could not run, and what is missing. */
export interface RuleNotRun {
  rule: RuleId
  needs: RuleNeed[]
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
  /** Files that the check read, the newest of each kind. */
  registerRevision: number
}
