import type { ImportField } from './import-fields.ts'
import type { BadReason, RowNote } from './import-row.ts'
import type { SourceKind } from './problem-sources.ts'
import type { Unit } from './problem-seat.ts'

/** A row that may be written. */
export interface StagedRow {
  readonly row: number
  readonly originId: string
  readonly sourceKind: SourceKind
  readonly class: string
  readonly description: string
  readonly requirement: string
  readonly householdId: string | null
  readonly areaPath: string
  readonly subject: string
  readonly foundOn: string
  readonly dueOn: string | null
  readonly unit: Unit | null
  readonly unitWritten: string
  readonly headName: string | null
  readonly leaderName: string | null
  readonly cause: string
  readonly measures: string
  readonly effect: string
  readonly completedOn: string | null
  readonly evidence: string
  readonly isDone: boolean
  readonly notes: readonly RowNote[]
}
export interface BadRow {
  readonly row: number
  readonly reasons: readonly BadReason[]
  /** The beginning of what the row says, so that it can be found. */
  readonly words: string
  /** What its cells say, by field, so that it can be mended. */
  readonly cells: Readonly<Partial<Record<ImportField, string>>>
}
/** An import as it waits. */
export interface StagedImport {
  readonly importId: string
  readonly campaignId: string
  readonly fileName: string
  readonly state: 'staged' | 'applied' | 'discarded'
  readonly sheet: string
  readonly columns: readonly { readonly field: string; readonly label: string; readonly column: string }[]
  readonly counts: {
    readonly rows: number
    readonly good: number
    readonly bad: number
    readonly notes: Readonly<Partial<Record<RowNote, number>>>
  }
  readonly bad: readonly BadRow[]
  /** The first rows as they would be written. */
  readonly head: readonly (Pick<StagedRow, 'row' | 'sourceKind' | 'class' | 'description' | 'dueOn' | 'isDone' | 'notes' | 'headName'> & {
    readonly unitName: string
    readonly place: string
  })[]
}
export interface AppliedImport {
  readonly added: number
  /** Rows that stand in the campaign already. */
  readonly known: number
  readonly left: number
  /** What is left, to be mended; absent when nothing is. */
  readonly rest?: StagedImport
}
