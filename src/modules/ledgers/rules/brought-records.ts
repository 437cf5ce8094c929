import type { Why } from '#modules/policies/contract.ts'
import type { RecordItem, RecordProblem, RecordValues } from './records.ts'
import type { Words } from './template.ts'

/** A record as it would be written: only its gathered and decided fields, and what stands against it. */
export interface WorkedOutAnswer {
  readonly values: RecordValues
  readonly problems: readonly RecordProblem[]
}

/** Why a gathered field says what it says: which records were gathered, those that the reader may see. */
export interface GatheredWhy {
  readonly kind: 'gathered'
  readonly templateKey: string
  readonly ledger: Words
  /** Conditions as sentences. */
  readonly conditions: readonly { readonly zh: string; readonly en: string }[]
  readonly count: number
  readonly items: readonly RecordItem[]
}
/** Why a decided field says what it says. `isThen`: the version of then is read again; else it cannot be told any more. */
export interface DecidedWhy {
  readonly kind: 'decided'
  readonly policyKey: string
  readonly policy: Words
  readonly asOf: string
  readonly decidedAt: string
  readonly hash: string
  readonly isThen: boolean
  readonly why?: Why
}
/** GET …/records/:recordId/why/:fieldKey. */
export type FieldWhy = GatheredWhy | DecidedWhy | { readonly kind: 'unknown' }
