import type { NationalKind, Severity } from '../policy/national-policy.ts'

/** What is to be done in the national system. */
export type NationalAction =
  | 'change-value'
  | 'add-person'
  | 'remove-person'
  | 'move-person'
  | 'change-place'
  | 'add-household'
  | 'remove-household'
/**
 * Why the system and we differ. `corrected`: a correction was applied here; `other-source`: another file wins; `system-older`: our value is
 * of a later day than the export; `only-ours`, `only-system`: one side has nothing; `left`, `merged`, `joined`, `moved`: the membership
 * changed; `closed`, `begun`: the household was given up or made.
 */
export type NationalWhy =
  | 'corrected'
  | 'other-source'
  | 'system-older'
  | 'only-ours'
  | 'only-system'
  | 'left'
  | 'merged'
  | 'joined'
  | 'moved'
  | 'closed'
  | 'begun'

/** Where a value of the register comes from. */
export type HeldSource = { from: 'file'; kind: string; on: string } | { from: 'correction'; id: string }

/** A value of the register as a statement would have it (rules/statement.ts), `''` when there is none. */
export interface HeldValue {
  text: string
  source: HeldSource | undefined
}

/** What one export states of the row: its newest day, whether the newest file still holds the row, cells by field key. */
export interface NationalStatement {
  on: string
  isHeld: boolean
  cells: Readonly<Record<string, string>>
}
export type NationalStatements = Readonly<Partial<Record<NationalKind, NationalStatement>>>

/** One thing to be entered. */
export interface NationalDifference {
  /** `''` when it is the person and not one of its values. */
  field: string
  action: NationalAction
  kind: NationalKind
  /** Day of the export. */
  on: string
  system: string
  ours: string
  why: NationalWhy
  source: HeldSource | undefined
  severity: Severity
}
