import type { MissingItem } from '../case-records.ts'

/** One department and member of a round. */
export interface CaseCheck {
  readonly caseCheckId: string
  readonly round: number
  readonly personId: string
  readonly department: string
  readonly requestedOn: string
  readonly cameOn: string | null
  readonly result: 'nothing' | 'found' | null
  readonly word: string | null
  readonly what: string | null
  readonly notedName: string
  readonly answer: 'speaks-against' | 'does-not-speak-against' | null
  readonly answerReason: string | null
  readonly answeredName: string | null
  readonly withdrawnReason: string | null
}

/** Who is checked. */
export interface CheckedMember {
  readonly personId: string
  readonly name: string
  readonly age: number | null
}

/** What policy asks of the check. */
export interface CheckTerms {
  readonly departments: readonly string[]
  /** Members from this age (full years); who has no day of birth is checked too. */
  readonly fromAge: number
  readonly exemptsDibao: boolean
}

/** The check of a case: who is asked about whom, what came, what is still missing. */
export interface CheckSheet {
  readonly caseId: string
  readonly round: number
  readonly departments: readonly string[]
  readonly members: readonly CheckedMember[]
  /** Checked by civil affairs already. */
  readonly isExempt: boolean
  readonly checks: readonly CaseCheck[]
  /** Situations of the negative list in force. */
  readonly words: readonly string[]
  /** What the negative list says of what was found; null while a result is missing. */
  readonly advice: readonly string[] | null
  readonly missing: readonly MissingItem[]
  readonly can: { readonly note: boolean }
}

/** What a department still has to answer, of all cases within the caller's area. */
export interface CheckWork {
  readonly items: readonly {
    readonly department: string
    /** People without a result, of these so many in households without an authorisation that holds: they are not sent out. */
    readonly people: number
    readonly cases: number
    readonly unauthorised: number
    /** The day on which it was asked first, of those that wait; null: none was asked yet. */
    readonly askedSince: string | null
  }[]
  readonly can: { readonly note: boolean; readonly send: boolean }
}

/** How a sent row was read; `row` counts from 1. */
export interface JudgedRow {
  readonly state: 'empty' | 'ready' | 'bad'
  readonly column?: string
  readonly problem?: string
  /** Whose household it was taken for. */
  readonly home?: string
  readonly result?: 'nothing' | 'found'
  readonly department?: string
}
