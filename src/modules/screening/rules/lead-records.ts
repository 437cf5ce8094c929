import type { MatchWhy } from './match-why.ts'
import type { RowPlace, MatchCause, ListKind, Lead, LeadAnswer, LeadReason, LeadState, OpenMatch } from '../contract.ts'

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
  readonly memberCount: number
}

/** A lead as the inbox lists it. */
export interface LeadCard extends Lead {
  readonly rules: readonly string[]
  /** `null` when the register does not show it to the caller. */
  readonly household: HouseholdBrief | null
  /** Who must act now. */
  readonly holder: 'nobody' | 'township' | 'village'
  readonly isOverdue: boolean
  readonly answer: LeadAnswer | null
  readonly can: { readonly send: boolean; readonly answer: boolean; readonly return: boolean; readonly close: boolean }
}

/** A page of the inbox. */
export interface LeadPage {
  readonly items: LeadCard[]
  readonly next?: string
  /** All that the filter finds. */
  readonly total: number
}

/** A reason as it is shown: whom it is about, and whether it rests because an earlier visit dismissed the same facts. */
export interface ShownReason extends LeadReason {
  readonly rests: boolean
  readonly personName: string | null
}

export interface LeadEventRecord {
  readonly kind: 'raised' | 'renewed' | 'sent' | 'answered' | 'returned' | 'closed' | 'reopened' | 'joined' | 'parted'
  readonly byName: string
  readonly at: string
  readonly note: string | null
}

/** One lead with everything behind it. `limits`: the thresholds of the run that raised it. */
export interface LeadFile extends LeadCard {
  readonly reasons: ShownReason[]
  readonly events: LeadEventRecord[]
  readonly answerNote: string | null
  readonly returnNote: string | null
  readonly limits: ReasonLimits
  /** Leads of the same household in other months, newest first. */
  readonly others: OtherLead[]
}

/** A lead of the same household in another month; `canAnswer`: the same visit may answer it too. */
export interface OtherLead {
  readonly leadId: string
  readonly month: string
  readonly state: LeadState
  readonly answer: LeadAnswer | null
  readonly canAnswer: boolean
}

/** Limits by rule, as far as a sentence names them. */
export type ReasonLimits = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export interface LeadCounts {
  readonly states: Readonly<Partial<Record<LeadState, number>>>
  readonly overdue: number
  readonly mine: number
  readonly total: number
  /** Months that have leads, newest first. */
  readonly months: readonly string[]
}

/** What a batch did: `fallsToTownship` where the village has no active account; what was refused, one by one. */
export interface SentLeads {
  readonly dueOn: string
  /** A year on the way to that day whose holidays are not known yet; null where all are. */
  readonly unknownYear: number | null
  readonly receivers: { readonly areaPath: string; readonly name: string; readonly count: number; readonly fallsToTownship: boolean }[]
  readonly refused: LeadRefusal[]
}
export interface LeadRefusal {
  readonly leadId: string
  /** A word of rules/lead-states.ts, `not-found` or `unknown-village`. */
  readonly reason: string
}
export interface ClosedLeads {
  readonly closed: number
  readonly refused: LeadRefusal[]
}

/** Answers per rule. `precision` is null while none was verified; 不在本村 says nothing about the rule and is not counted. */
export interface RulePrecision {
  readonly rule: string
  readonly raised: number
  readonly confirmed: number
  readonly elsewhere: number
  readonly dismissed: number
  readonly notHere: number
  readonly precision: number | null
  /** Bounds of the precision with 95 % confidence (Wilson); null while none was verified. */
  readonly low: number | null
  readonly high: number | null
}

/** One household to visit: who lives there and why somebody should go. ID numbers are masked. */
export interface VisitHousehold {
  readonly leadId: string
  readonly state: LeadState
  readonly dueOn: string | null
  readonly household: HouseholdBrief
  readonly members: {
    readonly name: string
    readonly relation: string
    readonly age: number | null
    readonly idMasked: string
    readonly phoneMasked: string
  }[]
  readonly reasons: { readonly rule: string; readonly list: string; readonly value: string; readonly personName: string | null }[]
}

/** A village in the choice of visit lists, with its leads of the month that still ask for a visit. */
export interface VisitVillage {
  readonly area: string
  readonly township: string
  readonly village: string
  readonly leads: number
  readonly overdue: number
}

/** The villages with open leads of a month; `month` is the newest with leads where none was asked for, '' where there is none. */
export interface VisitVillages {
  readonly month: string
  readonly months: readonly string[]
  readonly items: VisitVillage[]
}

/** The visit list of one village and month. */
export interface VisitList {
  readonly area: string
  readonly township: string
  readonly village: string
  readonly month: string
  readonly madeAt: string
  readonly madeBy: string
  readonly limits: ReasonLimits
  readonly households: VisitHousehold[]
  /** Households with a lead whose page the register does not show to the caller; never silently left out. */
  readonly hidden: number
  readonly can: { readonly export: boolean }
}

/** Somebody who could be meant by an ambiguous row; the number is masked. */
export interface ShownCandidate {
  readonly personId: string
  readonly householdId: string
  readonly name: string
  readonly relation: string
  readonly idMasked: string
  readonly place: string
  readonly why?: MatchWhy
}

/** An ambiguous row with the persons who fit, so that a person can tell who it is. */
export interface ShownOpenMatch extends Omit<OpenMatch, 'candidates'> {
  readonly candidates: ShownCandidate[]
}

/** A row that was repaired or matched by likeness, with the person it was tied to and why; the number is masked. */
export interface ShownExplained {
  readonly matchedRowId: string
  readonly list: ListKind
  readonly place: RowPlace
  readonly class: 'repaired' | 'fuzzy'
  readonly cause: MatchCause
  readonly personId: string
  readonly householdId: string
  readonly name: string
  readonly idMasked: string
  /** Where the person lives. */
  readonly home: string
  readonly why: MatchWhy
}
