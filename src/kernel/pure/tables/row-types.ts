/** One row that stands in the file: `row` counts physical rows (lines of a text file) from 1. */
export interface SheetRow {
  row: number
  cells: string[]
  /** Columns (from 0) whose number has 16 digits or more, so that Excel dropped the last ones. */
  lostTail?: number[]
  hidden?: true
}

/** Merged cells; rows count from 1 as in `SheetRow`, columns from 0. */
export interface Merge {
  top: number
  bottom: number
  left: number
  right: number
}

/** Some rows of one sheet. The first block of a sheet holds at least its first 60 rows, the merged cells that begin there and the hidden columns. */
export interface RowBlock {
  sheet: string
  rows: SheetRow[]
  merges?: Merge[]
  hiddenColumns?: number[]
}
