import type { ListKind, ListTerms, MatchCause, RecognisedSheet, RowPlace } from '../contract.ts'
import type { LimitAdvice } from './advise-limit.ts'
import type { HouseholdBrief } from './lead-records.ts'
import type { Share } from './wilson.ts'

/** How a sheet would be read as a list, with some values of each column, their middles hidden. */
export interface SuggestedMapping {
  readonly sheet: RecognisedSheet
  readonly samples: readonly (readonly string[])[]
}

/** What a decision about a waiting row has done. `choice-only`: the row was destroyed before, the choice counts from the next list on. */
export interface DecidedMatch {
  readonly outcome: 'matched' | 'left-out' | 'nobody' | 'choice-only'
  /** The household's open lead, where the row speaks for one. */
  readonly leadId: string | null
  /** Rows of the same key that were settled with it. */
  readonly rows: number
  /** The list's name was proposed to the register. */
  readonly renamed: boolean
}

/**
 * Whether a run's files can be compared once more without sending them again. `at`: until when they are there, or when they were destroyed.
 * `superseded`: a later comparison of the same list and month counts. `expired`: the sharing has ended.
 */
export interface CompareAgain {
  readonly state: 'ready' | 'destroyed' | 'superseded' | 'expired'
  readonly at: string | null
}

/** A row that shows a mistake of the register. */
export interface ShownRepair {
  readonly repairId: string
  readonly list: ListKind
  readonly place: RowPlace
  readonly cause: MatchCause
  readonly field: string
  readonly state: 'open' | 'proposed' | 'refused' | 'expired'
  readonly personId: string
  readonly personName: string
  readonly idMasked: string
  readonly household: HouseholdBrief | null
  /** Where the two numbers part (from 1) and what each has there; null once destroyed. */
  readonly slip: { readonly at: number; readonly was: string; readonly says: string } | null
  /** Whoever has died or moved away by the list, `on` null where it states no day; null for repairs of a field and once destroyed. */
  readonly leaving: { readonly kind: 'death' | 'moved-away'; readonly word: string; readonly on: string | null } | null
  /** Why one click is not enough: several remain without a head, no day is stated, or an earlier comparison has proposed it already. */
  readonly byHand: 'new-head' | 'no-day' | 'proposed-before' | null
}

/** What a decision about a repair has led to in the register. */
export interface DecidedRepair {
  readonly correctionId: string | null
  readonly eventId: string | null
}

/** A reason that was not asked again, with the answer that it rests on. */
export interface RestedReason {
  readonly rule: string
  readonly list: ListKind
  readonly household: HouseholdBrief | null
  readonly value: string
  readonly dismissedValue: string
  readonly dismissedBy: string
  readonly dismissedNote: string
  readonly dismissedAt: string
  readonly leadId: string
}

/** A 授权书 as it is shown. */
export interface AuthorisationRecord {
  readonly authorisationId: string
  readonly householdId: string
  readonly household: HouseholdBrief | null
  readonly personId: string | null
  readonly personName: string | null
  readonly givenOn: string
  readonly validUntil: string
  readonly lists: readonly ListKind[]
  readonly paper: string
  readonly source: 'hand' | 'sheet'
  readonly notedBy: string
  readonly revokedOn: string | null
  readonly revokeReason: string | null
  readonly state: 'current' | 'future' | 'expired' | 'revoked'
  readonly can: { readonly revoke: boolean }
}

/** What came of a sheet of authorisations; `refused` names the row and why. */
export interface ImportedAuthorisations {
  readonly added: number
  readonly known: number
  readonly refused: readonly { readonly sheet: string; readonly row: number; readonly reason: AuthorisationProblem }[]
}
export type AuthorisationProblem =
  | 'no-household'
  | 'unknown-person'
  | 'name-differs'
  | 'no-day'
  | 'wrong-days'
  | 'unknown-list'
  | 'no-paper'

/** Whether a list is compared only with an authorisation, since when and by whose word. */
export interface ListDemand {
  readonly list: ListKind
  readonly isDemanded: boolean
  readonly from: string
  /** Null where the shipped policy holds. */
  readonly reason: string | null
  readonly setBy: string | null
  /** A change that lies ahead. */
  readonly next: { readonly isDemanded: boolean; readonly from: string } | null
  /** Persons and households with an authorisation for the list today. */
  readonly persons: number
  readonly households: number
}

/** What is proposed for the terms of a run: organisations of the county and what senders were written last. */
export interface SenderChoice {
  readonly sender: string
  readonly terms: ListTerms | null
}

/** Answers per rule and sender. */
export interface SenderPrecision {
  readonly rule: string
  readonly sender: string
  readonly raised: number
  readonly right: number
  readonly verified: number
  readonly precision: Share | null
}

/** A limit with what the answers say of it. */
export interface AdvisedLimit extends LimitAdvice {
  readonly key: string
  readonly rule: string
  readonly band: 'concern' | 'others' | null
  readonly unit: 'yuan' | 'month' | 'day'
  readonly current: number
  readonly leastAnswers: number
}

/** A version of the limits. */
export interface ThresholdVersion {
  readonly from: string
  readonly reason: string
  readonly setBy: string
  readonly setAt: string
  /** Empty for the shipped version. */
  readonly changes: readonly { readonly key: string; readonly was: number | null; readonly is: number }[]
}
