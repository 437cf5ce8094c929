import type { Entity, ImportProblem } from '../contract.ts'

/** One cell that is wrong; `column` counts from 0, absent when the row as a whole is meant. */
export interface BadCell {
  column: number | undefined
  label: string | undefined
  severity: 'refused' | 'suspicious'
  reason: ImportProblem['reason']
  details: Record<string, unknown>
}

/**
 * A row with problems, or one that was just mended (then `problems` may be empty). `cells` are as the file has them, with what was mended
 * in place; cells whose place is in `masked` hold a number that need not be seen to mend the row and cannot be edited. `mended`: column →
 * what the file had there (masked likewise).
 */
export interface BadRow {
  sheet: string
  row: number
  cells: string[]
  masked: number[]
  problems: BadCell[]
  mended: Record<number, string>
}

/** Answer of PATCH …/rows: the rows as they are now, and how much waits for the check of the whole file. */
export interface FixedRows {
  rows: BadRow[]
  stillBad: number
  fixes: { cells: number; rows: number; replacements: number; isWaiting: boolean }
}

/** GET /registry/imports/:batchId/problem-groups: what is wrong how often; `values` are the commonest wrong cells of a column of labels. */
export interface ProblemGroup {
  column: number | undefined
  label: string | undefined
  key: string | undefined
  severity: 'refused' | 'suspicious'
  reason: string
  rows: number
  /** Only for columns without numbers of persons; at most 50, the commonest first. `allowed`: labels of the code list, where there is one. */
  values: { value: string; rows: number }[]
  allowed: string[]
}

/** Answer of the preview of a replacement: how many rows of the file hold the value, and the first of them. */
export interface ReplacementPreview {
  rows: number
  examples: { sheet: string; row: number }[]
  /** What the new value is read as; a problem says that it would be no better. */
  problem?: string
}

/** GET /registry/imports/:batchId/replacements. */
export interface Replacement {
  replacementId: string
  column: number
  label: string
  from: string
  to: string
  rows: number
  madeName: string
  madeAt: string
}

/** GET /registry/imports/:batchId/difference-fields: how many rows differ in which field, so that a winner can be chosen where it matters. */
export interface DifferenceField {
  entity: Entity
  field: string
  /** Rows that would take the file's value; rows where the register's stays and the file's stands beside it. */
  taken: number
  kept: number
}

/** What a batch did to one household or village. `touched`: somebody changed it since, so that it cannot be taken back alone. */
export interface ChangedUnit {
  entity: 'household' | 'village'
  id: string
  /** Household number or village code. */
  no: string
  name: string
  place: string
  made: number
  changed: number
  touched: boolean
  /** Who did: the importer of a later file with its name, or who corrected; absent where it is not known. */
  touchedBy?: string[]
  /** The household itself was made by the batch. */
  isNew: boolean
}
