import type { CampaignKind, ProblemSource } from '../contract.ts'
import type { Answers } from './answers.ts'
import type { CampaignState } from './campaign-states.ts'
import type { Form, Said } from './form.ts'
import type { PopulationFilter } from './survey-requests.ts'
import type { CallOutcome, CallTerms, TargetState } from './target-states.ts'

export type Conclusion = 'clean' | 'corrected' | 'problems' | 'risk'
export type Way = 'phone' | 'visit' | 'import'
export type TableKind = Exclude<CampaignKind, 'quiz'>

/** Policy values of the day on which a campaign was opened. */
export interface SurveyTerms extends CallTerms {
  readonly classes: readonly string[]
  /** Field keys of the register that a call corrects at once. */
  readonly instantFields: readonly string[]
}

export interface FormRecord {
  readonly formId: string | undefined
  readonly key: string
  readonly version: number
  readonly title: Said
  readonly questions: number
  readonly isShipped: boolean
}

/** A form with its versions (0: as it was shipped), which stay as they are, and what a new one is checked against. */
export interface FormDetails {
  readonly form: Form
  readonly versions: readonly {
    readonly version: number
    readonly form: Form
    readonly madeName: string
    readonly madeAt: string | undefined
    /** How many campaigns took it. */
    readonly campaigns: number
  }[]
  readonly classes: readonly string[]
  readonly fields: readonly { readonly key: string; readonly of: 'household' | 'person'; readonly zh: string; readonly en: string }[]
  readonly can: Readonly<Record<'save', boolean>>
}

/** What else a population may be filtered by, and the values that households have today. */
export interface FilterRecord {
  readonly key: string
  readonly words: Said
  readonly values: readonly string[]
}

/** A campaign; counts stand in its progress, under the reader's scope. */
export interface CampaignRecord {
  readonly campaignId: string
  readonly campaignNo: string
  readonly seriesId: string
  readonly roundNo: number
  readonly kind: TableKind
  readonly name: string
  readonly areaPath: string
  readonly state: CampaignState
  readonly subject: 'household' | 'village'
  readonly way: 'phone' | 'visit'
  readonly formId: string
  readonly formTitle: string
  readonly startsOn: string
  readonly endsOn: string
  readonly filter: PopulationFilter & { readonly named?: { readonly count: number; readonly sha256: string } }
  readonly draw: 'all' | 'sample' | 'again'
  readonly sampleSize: number | undefined
  readonly seed: string | undefined
  readonly againOf: string | undefined
  readonly createdName: string
  readonly createdAt: string
  readonly frozenOn: string | undefined
  readonly openedAt: string | undefined
  readonly closedAt: string | undefined
  readonly reason: string | undefined
  readonly revision: number
  readonly can: Readonly<Record<'freeze' | 'open' | 'close' | 'cancel' | 'share' | 'export', boolean>>
}

/** What a filter would bring, by township; `unknown`: pasted numbers that no household has, `twice`: pasted more than once. */
export interface PopulationPreview {
  readonly behind: number
  readonly households: number
  readonly persons: number
  readonly townships: readonly { readonly name: string; readonly behind: number; readonly households: number; readonly persons: number }[]
  readonly unknown: readonly string[]
  readonly unknownCount: number
  readonly twice: number
}

/** A household of a campaign as lists show it. */
export interface TargetRecord {
  readonly targetId: string
  readonly campaignId: string
  readonly seq: number
  readonly householdId: string | undefined
  readonly householdNo: string
  readonly headName: string
  readonly township: string
  readonly village: string
  readonly persons: number
  readonly state: TargetState
  readonly attempts: number
  readonly nextFrom: string | undefined
  readonly callerId: string | undefined
  readonly callerName: string | undefined
  readonly conclusion: Conclusion | undefined
  readonly answeredAt: string | undefined
  readonly lastCallAt: string | undefined
  readonly revision: number
}

export interface CallRecord {
  readonly attempt: number
  readonly way: Way
  readonly outcome: CallOutcome
  readonly note: string
  readonly byName: string
  readonly at: string
}
export interface ResponseRecord {
  readonly version: number
  readonly answers: Answers
  readonly way: Way
  readonly reason: string | undefined
  readonly byName: string
  readonly at: string
}

/** What the register says of a field, beside which the person's words are written. `value` is masked where the field is sealed. */
export interface RegisteredValue {
  readonly personId: string | undefined
  readonly value: string | number | boolean | undefined
}
export interface SheetMember {
  readonly personId: string
  readonly name: string
  readonly relation: string | undefined
  readonly age: number | undefined
  readonly isHead: boolean
  readonly hasPhone: boolean
  readonly phoneMasked: string | undefined
}

/** Everything on one page: who is called, what the register says, what was said before, what the form asks. */
export interface CallSheet {
  readonly campaign: Pick<CampaignRecord, 'campaignId' | 'campaignNo' | 'name' | 'kind' | 'way' | 'state' | 'endsOn'>
  readonly target: TargetRecord
  readonly form: Form
  readonly household: { readonly phoneMasked: string | undefined; readonly members: readonly SheetMember[] } | undefined
  /** By question key, for questions about the register. */
  readonly registered: Readonly<Record<string, readonly RegisteredValue[]>>
  readonly calls: readonly CallRecord[]
  readonly responses: readonly ResponseRecord[]
  /** What was said in the campaign whose households are asked again. */
  readonly before: { readonly campaignNo: string; readonly answers: Answers; readonly at: string } | undefined
  readonly can: Readonly<Record<'call' | 'correct' | 'takeUp' | 'phone', boolean>>
}

/** What finishing a call did, and which household comes next for the caller. */
export interface FinishedCall {
  readonly targetId: string
  readonly state: TargetState
  readonly conclusion: Conclusion | undefined
  readonly corrections: { readonly applied: number; readonly proposed: number; readonly known: number }
  readonly problems: number
  readonly nextTargetId: string | undefined
}

export interface ProblemRecord {
  readonly problemId: string
  readonly problemNo: string
  readonly targetId: string
  readonly householdId: string | undefined
  readonly householdNo: string
  readonly headName: string
  readonly township: string
  readonly village: string
  readonly source: ProblemSource
  readonly class: string
  readonly description: string
  readonly correctionId: string | undefined
  /** A correction that was written into the register at once. */
  readonly applied: boolean | undefined
  readonly foundOn: string
  readonly foundName: string
  readonly withdrawnOn: string | undefined
}

/** Counts of some targets. `targets` = waiting + retry + answered + without + ended. */
export interface ProgressCounts {
  readonly targets: number
  readonly persons: number
  readonly waiting: number
  readonly retry: number
  readonly answered: number
  /** Refused, wrong number, moved, deceased, not reached. */
  readonly without: number
  readonly ended: number
  /** With at least one call or visit (A30, first reading). */
  readonly recorded: number
  readonly calls: number
  readonly problems: number
}
export interface ProgressRow extends ProgressCounts {
  /** Area path, or id of the caller; '' for nobody. */
  readonly key: string
  readonly name: string
}
export interface RateRecord {
  readonly question: string
  readonly label: Said
  readonly positive: number
  /** Those who answered and whose answer counts. */
  readonly base: number
  readonly outside: number
  /** R12; absent where the base is 0. */
  readonly percent: string | undefined
  readonly options: readonly { readonly value: string; readonly label: Said; readonly count: number }[]
}
export interface CampaignProgress {
  readonly sum: ProgressCounts
  /** Both readings of full coverage (A30), in percent. */
  readonly coverage: { readonly recorded: string | undefined; readonly reached: string | undefined }
  readonly areas: readonly ProgressRow[]
  readonly callers: readonly ProgressRow[]
  readonly states: Readonly<Partial<Record<TargetState, number>>>
  readonly problems: {
    readonly total: number
    readonly bySource: Readonly<Record<ProblemSource, number>>
    readonly classes: readonly { readonly source: ProblemSource; readonly class: string; readonly count: number }[]
    readonly corrections: { readonly applied: number; readonly proposed: number }
    readonly withdrawn: number
  }
  readonly rates: readonly RateRecord[]
  readonly risks: number
  /** Sums that do not agree: empty when everything adds up (R14, R24). */
  readonly imbalance: readonly string[]
}

/** What changed between two rounds, of the households that answered in both. */
export interface RoundDifference {
  readonly before: { readonly campaignId: string; readonly campaignNo: string; readonly name: string }
  readonly both: number
  readonly onlyBefore: number
  readonly onlyNow: number
  readonly questions: readonly {
    readonly question: string
    readonly label: Said
    readonly same: number
    readonly changed: number
    /** A problem then and none now, and the other way round. */
    readonly solved: number
    readonly fresh: number
  }[]
}

/** A row of an Excel of answers; `row` is that of the file. */
export interface ImportedRow {
  readonly row: number
  readonly householdNo: string
  readonly problems: readonly { readonly column: string; readonly why: string }[]
}
export interface ImportedAnswers {
  readonly isDryRun: boolean
  readonly read: number
  readonly taken: number
  readonly refused: readonly ImportedRow[]
  readonly unknownColumns: readonly string[]
}

/** A campaign in which a household was asked. */
export interface SurveyOfHousehold {
  readonly targetId: string
  readonly campaignId: string
  readonly campaignNo: string
  readonly name: string
  readonly kind: TableKind
  readonly state: TargetState
  readonly conclusion: Conclusion | undefined
  readonly answeredAt: string | undefined
  readonly problems: number
}
