import type { CaseCard } from '../case-records.ts'
import type { ExitItem, ExitMode } from './exit-gate.ts'
import type { IncomeVersion } from '../income/income-records.ts'

/** The gate of a case as it stands today. */
export interface ExitGate {
  readonly caseId: string
  readonly asOf: string
  readonly mode: ExitMode | null
  readonly items: readonly ExitItem[]
  readonly isThrough: boolean
  /** Policies that were read. */
  readonly versions: readonly IncomeVersion[]
}

/** Why an elimination no longer stands. */
export const unstableReasons = ['income', 'safeguard', 'lead', 'intake', 'visit'] as const
export type UnstableReason = (typeof unstableReasons)[number]

/** An eliminated household whose facts fell below the gate; a candidate, decided by people. */
export interface UnstableElimination extends CaseCard {
  readonly reasons: readonly {
    readonly reason: UnstableReason
    readonly details: Readonly<Record<string, string | number>>
  }[]
}
