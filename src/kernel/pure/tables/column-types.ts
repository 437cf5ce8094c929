import type { Header } from './header.ts'
import type { SheetRow } from './row-types.ts'
import type { ValuePattern, ValueTest } from './value-patterns.ts'

/** A value the caller wants from a sheet, and the labels under which it may stand. `codes` are the values it may have. */
export interface WantedField extends ValueTest {
  key: string
  labels: readonly string[]
  aliases?: readonly string[]
  /** Wordings that only their parts explain: taken as aliases, but whose number or telephone it is must agree with the column of names. */
  hints?: readonly string[]
  pattern?: ValuePattern
  codes?: readonly string[]
  required?: boolean
}

/** By what a column was known: a person said so, the sender's last file, its label, another wording of it, or its values. */
export type MappedBy = 'hand' | 'remembered' | 'label' | 'alias' | 'pattern'

/**
 * What makes a column less sure: its values have another form, two columns fit alike, the label is only alike, names another unit or another person, the column
 * is empty, the values stand beside it, or only the place tells.
 */
export type ColumnDoubt =
  | 'values-differ'
  | 'two-alike'
  | 'label-alike'
  | 'unit-differs'
  | 'other-person'
  | 'empty'
  | 'beside'
  | 'no-label'
  | 'place-only'

/** Why a column holds a field; `sayReason` makes the sentence. `share` (0..1) of the looked-at values have the form. */
export interface ColumnReason {
  by: MappedBy
  pattern?: ValuePattern | 'codes'
  share?: number
  doubts?: ColumnDoubt[]
}

/** Which column holds a field, how that was found and how sure it is (0..1; below `sureFrom` it is listed as unsure). */
export interface MappedColumn {
  key: string
  column: number
  label: string
  confidence: number
  how: MappedBy
  reason?: ColumnReason
}

/** A field of which a person should say the column. `candidates` with the best first; the first is what stands in `columns`, if any does. */
export interface UnsureField {
  key: string
  candidates: MappedColumn[]
}

/** Below this a mapping is a proposal. */
export const sureFrom = 0.7

export interface ColumnMap {
  columns: MappedColumn[]
  /** Columns with a label that no field wants; hidden ones are never taken without being asked. */
  unused: { column: number; label: string; hidden?: true }[]
  /** Keys of fields without a column. */
  missing: string[]
  /** Keys of identity-number columns that were typed as numbers: most cells lost their tail. */
  lostTail: string[]
  /** Fields whose column is a guess or not found though some column looks like it. */
  unsure: UnsureField[]
  /** All cells stand this many columns beside their labels, proven by their values and mended (only when `realign` was asked). */
  shiftedBy?: number
  /** Fields of which a person said that the sheet does not have them. */
  dropped?: string[]
}

/** The column of a field as the sender labels it; `nth` (from 0) among columns of the same label. */
export interface RememberedColumn {
  label: string
  nth: number
  column: number
}

/**
 * What is kept of a sender's mapping for one kind of list: plain JSON, labels only, never a cell. `null`: the sender has no such column,
 * whatever looks like one. Store it per sender and kind, give it back as `remembered`.
 */
export interface ColumnMemory {
  version: 1
  fields: Record<string, RememberedColumn | null>
}

export interface MapInput {
  header: Header
  fields: readonly WantedField[]
  /** Data rows to look at, best some hundred (`judgeRow` gave `undefined`). */
  samples: readonly SheetRow[]
  /** The sender's last mapping (`rememberColumns`), or only field key → label. */
  remembered?: ColumnMemory | Readonly<Record<string, string>> | undefined
  /** For imports that cannot repair numbers: refuse a sheet whose identity numbers lost their tail. */
  refuseLostTail?: boolean
  /** Mend a sheet whose cells all stand beside their labels, where the values prove it; without it such a sheet is refused. */
  realign?: boolean
}

/** The letters Excel shows above a column: 0 → `A`, 27 → `AB`. */
export function columnName(column: number): string {
  let name = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name
  return name
}
