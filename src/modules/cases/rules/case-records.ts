import type { CaseAction, CaseOutcome, CaseState, CaseStep, SeatLevel } from './case-steps.ts'

/** How a case came in. `register`: identified before this program was used. */
export const caseSources = ['lead', 'declaration', 'hotline', 'petition', 'visit', 'department', 'register'] as const
export type CaseSource = (typeof caseSources)[number]

/** A case as it stands. Days are `YYYY-MM-DD`. */
export interface CaseFile {
  readonly caseId: string
  readonly caseNo: string
  readonly householdId: string
  readonly areaPath: string
  readonly source: CaseSource
  readonly sourceId: string | null
  readonly step: CaseStep
  readonly state: CaseState
  readonly round: number
  readonly isGreen: boolean
  /** Area path of the village, township or county that must act. */
  readonly heldBy: string
  readonly handlerId: string | null
  readonly handlerName: string | null
  readonly openedOn: string
  readonly stepSince: string
  readonly identifiedOn: string | null
  readonly eliminatedOn: string | null
  readonly endedOn: string | null
  readonly outcome: CaseOutcome | null
  readonly kind: string | null
  /** Codes of risks, the main one first. */
  readonly risks: readonly string[]
  readonly nationalNo: string | null
  readonly noLabour: boolean
  readonly revision: number
}

/** Something that is not there yet. `blocks`: the action cannot be done without it; else it is a warning to be answered by an opinion. */
export interface MissingItem {
  /** A word of the catalogue `cases-missing`: `paper.minutes`, `notice.days`, `exit.income`. */
  readonly code: string
  readonly blocks: boolean
  /** What the sentence names: days, names of papers, amounts (yuan). */
  readonly details: Readonly<Record<string, string | number>>
}

/** What was done to a case. */
export interface CaseEvent {
  readonly seq: number
  readonly round: number
  readonly action: CaseAction | 'open'
  readonly stepBefore: CaseStep | null
  readonly stepAfter: CaseStep
  readonly stateAfter: CaseState
  readonly heldBy: string
  readonly actorName: string
  readonly at: string
  readonly onDay: string
  readonly opinion: string | null
  readonly reason: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** What policy says of a step. */
export interface StepTerms {
  readonly seat: SeatLevel
  /** 0: no limit of its own. */
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  /** Kinds of papers that must be on file before the step is passed. */
  readonly papers: readonly string[]
}

/** A measure against a risk, as far as the procedure asks for it. */
export interface CaseMeasure {
  readonly caseMeasureId: string
  readonly round: number
  readonly risk: string
  readonly category: string
  readonly content: string
  readonly startedOn: string
  readonly endedOn: string | null
  readonly byName: string
}

export const visitMethods = ['home', 'phone', 'video'] as const
export type VisitMethod = (typeof visitMethods)[number]
export const visitFindings = ['as-before', 'better', 'worse'] as const
export type VisitFinding = (typeof visitFindings)[number]

export interface CaseVisit {
  readonly caseVisitId: string
  readonly round: number
  readonly step: CaseStep
  readonly visitedOn: string
  readonly method: VisitMethod
  readonly visitors: readonly string[]
  readonly finding: VisitFinding
  readonly note: string
  readonly byName: string
}

/** What the caller may do now, and what still stands against it. */
export interface NextAction {
  readonly action: CaseAction
  /** Where it may lead; more than one for a return. */
  readonly to: readonly CaseStep[]
  readonly missing: readonly MissingItem[]
}

/** One row of a list of cases, with what people know the household by. */
export interface CaseCard extends CaseFile {
  readonly householdNo: string
  readonly headName: string | null
  readonly township: string
  readonly village: string
  /** The nearest day on which a clock of the case runs out; null where none runs. */
  readonly dueOn: string | null
  /** Days left until then, as that clock counts them; negative when it is past. */
  readonly daysLeft: number | null
  readonly daysIn: 'working' | 'calendar' | null
}

/** A whole case. */
export interface CaseRecord {
  readonly file: CaseCard
  readonly terms: Readonly<Record<string, StepTerms>>
  /** The words that policy allows for risks, kinds and categories of measures. */
  readonly words: { readonly risks: readonly string[]; readonly kinds: readonly string[]; readonly categories: readonly string[] }
  readonly events: readonly CaseEvent[]
  readonly visits: readonly CaseVisit[]
  readonly measures: readonly CaseMeasure[]
  /** What may be done now by the caller; empty for readers. */
  readonly next: readonly NextAction[]
  readonly can: { readonly act: boolean; readonly addMeasure: boolean; readonly addVisit: boolean }
}
