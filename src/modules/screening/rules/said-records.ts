import type { LeadAnswer, LeadState } from '../contract.ts'

/** A list of a month in which a person stood. */
export interface SaidList {
  readonly month: string
  readonly list: string
  readonly rows: number
}

/** A reason for concern about a person, with the lead that it stands in. */
export interface SaidReason {
  readonly leadId: string
  readonly month: string
  readonly rule: string
  readonly state: LeadState
  readonly answer: LeadAnswer | null
}

/** What departments' lists said of a person: in which he stood, and what reasons came of it. No facts of the rows: those stand with the lead. */
export interface SaidOfPerson {
  readonly lists: readonly SaidList[]
  readonly reasons: readonly SaidReason[]
}
