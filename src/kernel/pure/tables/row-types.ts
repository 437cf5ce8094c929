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

/** The last column (from 0) that holds something; -1 in a blank row. */
export function lastFilled(cells: readonly string[]): number {
  let column = cells.length - 1
  while (column >= 0 && (cells[column] ?? '').trim() === '') column -= 1
  return column
}

/** The first column (from 0) that holds something; -1 in a blank row. */
export function firstFilled(cells: readonly string[]): number {
  return cells.findIndex((cell) => cell.trim() !== '')
}
