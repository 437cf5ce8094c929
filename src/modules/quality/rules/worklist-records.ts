import type { FilterFindings, RuleInfo, Severity } from '../contract.ts'
import type { ExceptionState } from './exception-states.ts'
import type { FindingAnswer, FindingState } from './finding-states.ts'

/** A filter of the worklist as the store knows it: an owner has become the rules that he mends. */
export type FindingFilter = Omit<FilterFindings, 'owner'> & { readonly rules?: readonly string[] }

/** What a rule says, for a list or a page; a rule that has ended since still has its text. */
export type RuleText = Pick<RuleInfo, 'rule' | 'severity' | 'owner' | 'subject' | 'topic' | 'zh' | 'en' | 'fix'>

/** What a list shows of a household; place names are those of the register, '' where it states none. */
export interface HouseholdBrief {
  readonly householdId: string
  readonly householdNo: string
  readonly headName: string
  readonly householdType: string
  readonly monitorCategory: string
  readonly township: string
  readonly village: string
  readonly group: string
}

/** A finding as the list shows it. */
export interface FindingCard {
  readonly findingId: string
  readonly rule: string
  readonly severity: Severity
  readonly state: FindingState
  readonly areaPath: string
  /** `null` for a finding about a village, and where the register does not show the household to the caller. */
  readonly household: HouseholdBrief | null
  readonly personName: string | null
  /** Name of the village (with its township), for findings about a village and for lists of a county. */
  readonly place: string
  readonly seen: Readonly<Record<string, string | number | boolean>>
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly recurrence: number
  readonly sentTo: 'nobody' | 'village' | 'township'
  readonly dueOn: string | null
  readonly isOverdue: boolean
  readonly answer: FindingAnswer | null
  /** The answer says that it was mended, and a later check still sees it. */
  readonly isStillThere: boolean
  readonly revision: number
  readonly can: { readonly send: boolean; readonly answer: boolean; readonly mend: boolean }
}

export interface FindingPage {
  readonly items: FindingCard[]
  readonly next?: string
  /** All that the filter finds. */
  readonly total: number
}

export interface FindingCounts {
  readonly states: Partial<Record<FindingState, number>>
  readonly overdue: number
  readonly answered: number
  readonly mine: number
  readonly total: number
  /** Exceptions that wait for a decision; only for who may decide. */
  readonly asked: number
}

export interface FindingEventRecord {
  readonly kind: 'gone' | 'back' | 'sent' | 'answered' | 'proposed' | 'asked' | 'granted' | 'refused' | 'ended' | 'expired'
  readonly byName: string
  readonly at: string
  readonly note: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * A value that the finding's own facts lead to, such as the sex that the identity number states; proposed, never forced.
 * `isAlreadySo`: the register says it already, so that only the national system must be mended.
 */
export interface DerivedFix {
  readonly field: string
  readonly personId: string | null
  readonly personName: string | null
  readonly from: string
  readonly to: string
  readonly because: 'identity-number' | 'age' | 'at-school' | 'relation'
  readonly isAlreadySo: boolean
}

/** A field of the register as a screen names it. */
export interface FieldLabel {
  readonly zh: string
  readonly en: string
  readonly type: string
}

/** One finding with everything behind it. */
export interface FindingFile extends FindingCard {
  readonly text: RuleText
  /** The fields in `seen` and `fixes` by their keys: labels, and how values are written (`money` is in fen). */
  readonly labels: Readonly<Record<string, FieldLabel>>
  readonly answerNote: string | null
  readonly fixes: readonly DerivedFix[]
  readonly correctionId: string | null
  readonly events: readonly FindingEventRecord[]
  readonly exceptions: readonly ExceptionRecord[]
  /** Other findings of the same household that are not fixed. */
  readonly others: readonly { findingId: string; rule: string; severity: Severity; personName: string | null }[]
}

export interface ExceptionRecord {
  readonly exceptionId: string
  readonly findingId: string
  readonly rule: string
  readonly household: HouseholdBrief | null
  readonly personName: string | null
  readonly place: string
  readonly covers: 'finding' | 'household'
  readonly state: ExceptionState
  readonly reason: string
  readonly askedName: string
  readonly askedAt: string
  readonly decidedName: string | null
  readonly decidedAt: string | null
  readonly decidedNote: string | null
  readonly untilOn: string | null
  readonly revision: number
  /** The last day until which policy lets it be granted. */
  readonly longestOn: string
  readonly can: { readonly grant: boolean; readonly refuse: boolean; readonly end: boolean }
}

export interface ExceptionPage {
  readonly items: ExceptionRecord[]
  readonly next?: string
  readonly counts: Partial<Record<ExceptionState, number>>
}

/** Counts of one place, or of one rule. */
export interface WorkCount {
  readonly bySeverity: Readonly<Record<Severity, number>>
  readonly open: number
  readonly sent: number
  readonly overdue: number
  readonly answered: number
  readonly total: number
}

export interface PlaceWork extends WorkCount {
  readonly path: string
  readonly name: string
  readonly level: 'township' | 'village'
}

export interface RuleWork extends WorkCount {
  readonly rule: string
}

/** The overview: the places below an area in the order of their codes, and the rules with most findings first. */
export interface Overview {
  /** `null` where the caller's own area is meant. */
  readonly under: { path: string; name: string; parentPath: string } | null
  readonly places: readonly PlaceWork[]
  readonly rules: readonly RuleWork[]
  readonly sum: WorkCount
  readonly lastRun: CheckRun | null
  readonly running: CheckRun | null
  /** When households that changed since the last check were checked again; `null` when none were. */
  readonly lastPartAt: string | null
  readonly asked: number
  readonly can: { readonly run: boolean; readonly send: boolean; readonly export: boolean }
}

export interface CheckRun {
  readonly runId: string
  readonly kind: 'whole' | 'part'
  readonly state: 'running' | 'done' | 'failed'
  readonly asOf: string
  readonly households: number
  readonly persons: number
  readonly found: number
  readonly new: number
  readonly still: number
  readonly gone: number
  readonly back: number
  readonly rulesRun: number
  /** Rules that did not run, and the data that each waits for. */
  readonly rulesWaiting: readonly { rule: string; needs: readonly string[]; columns?: readonly string[] }[]
  readonly step: 'read' | 'check' | 'save' | 'done'
  readonly fault: string | null
  readonly startedName: string
  readonly startedAt: string
  readonly finishedAt: string | null
}

/** What was sent, or would be: receivers in the order of their codes, and what was refused one by one. */
export interface SentFindings {
  readonly dueOn: string
  /** A year on the way to that day whose holidays are not known yet; null where all are. */
  readonly unknownYear: number | null
  readonly receivers: readonly { areaPath: string; name: string; count: number; fallsToTownship: boolean }[]
  readonly refused: readonly { findingId: string; reason: string }[]
}
