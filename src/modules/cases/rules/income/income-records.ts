import type { ComputedSheet } from './income-compute.ts'
import type { IncomePurpose, IncomeSource } from './income-requests.ts'

/** A computed sheet as it travels and is kept: the same, with fen as whole numbers (below 2^53, see `mostFen`). */
export type IncomeResult = InNumbers<ComputedSheet>
type InNumbers<Value> = Value extends bigint
  ? number
  : Value extends readonly (infer Item)[]
    ? readonly InNumbers<Item>[]
    : Value extends object
      ? { readonly [Key in keyof Value]: InNumbers<Value[Key]> }
      : Value

/** A line of evidence as it stands. */
export interface IncomeLine {
  readonly lineId: string
  readonly item: string
  readonly personId: string | null
  readonly monthFrom: string
  readonly monthTo: string
  readonly fen: number
  readonly source: IncomeSource
  readonly sourceRef: string | null
  readonly sourceNote: string
  readonly evidenceId: string | null
  readonly notedName: string
  readonly notedAt: string
  readonly withdrawn: { readonly name: string; readonly at: string; readonly reason: string } | null
}

/** An amount that an office has already: 有变化吗. */
export interface IncomeProposal {
  readonly ref: string
  readonly source: 'list' | 'register'
  /** Kind of list, or field of the register. */
  readonly from: string
  readonly item: string
  readonly personId: string | null
  readonly monthFrom: string
  readonly monthTo: string
  readonly fen: number
  readonly note: string
  /** `changed`: an earlier amount of the same source stands in the sheet and is replaced. */
  readonly state: 'new' | 'changed' | 'taken'
  readonly replaces: string | null
  /** The sheet, or a list, has the same item for some of these months already. */
  readonly overlaps: boolean
}

/** An item of the table in force. */
export interface IncomeItem {
  readonly item: string
  readonly incomeClass: string
  readonly isCounted: boolean
}

export interface IncomeMember {
  readonly personId: string
  readonly name: string
  readonly relation: string | null
}

/** Text or table in force with its version. */
export interface IncomeVersion {
  readonly key: string
  readonly versionId: string
  readonly hash: string
}

/** What of the terms is shown beside the result. */
export interface IncomeTermsShown {
  readonly notCounted: readonly string[]
  readonly deducted: readonly string[]
  /** Hundredths of a percent; null: not decided by anybody. */
  readonly workCost: number | null
  readonly stableMonths: number
}

/** A number that was computed and kept. */
export interface IncomeCalculation {
  readonly calculationId: string
  readonly purpose: IncomePurpose
  readonly asOf: string
  readonly periodFrom: string
  readonly periodTo: string
  readonly persons: number
  readonly netFen: number | null
  readonly perPersonFen: number | null
  readonly referencePerPersonFen: number | null
  readonly stablePerPersonFen: number | null
  /** Members who do not share income and spending. */
  readonly leftOut: readonly string[]
  readonly linesHash: string
  readonly byName: string
  readonly at: string
}

/** A kept number with everything it stands on, and whether it comes out the same today. */
export interface IncomeCalculationRecord extends IncomeCalculation {
  readonly result: IncomeResult
  readonly terms: IncomeTermsShown
  readonly versions: readonly IncomeVersion[]
  readonly lines: readonly IncomeLine[]
  readonly replay: {
    readonly isSame: boolean
    readonly linesHash: string
    readonly netFen: number | null
    readonly perPersonFen: number | null
  }
}

/** The income sheet of a household for a purpose today. */
export interface IncomeSheet {
  readonly householdId: string
  readonly headName: string | null
  readonly purpose: IncomePurpose
  readonly period: { readonly from: string; readonly to: string }
  readonly members: readonly IncomeMember[]
  /** Members who do not share income and spending, as the newest kept number has it. */
  readonly leftOut: readonly string[]
  readonly items: readonly IncomeItem[]
  readonly lines: readonly IncomeLine[]
  readonly proposals: readonly IncomeProposal[]
  readonly result: IncomeResult
  readonly terms: IncomeTermsShown
  readonly versions: readonly IncomeVersion[]
  /** Income line of the place today, fen per person and year; null where none is in force. */
  readonly lineFen: number | null
  readonly linesHash: string
  /** Kept numbers, the newest first. */
  readonly calculations: readonly IncomeCalculation[]
  readonly can: { readonly edit: boolean; readonly export: boolean }
}
