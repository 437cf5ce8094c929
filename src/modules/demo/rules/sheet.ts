/** A cell as a program writes it: text, a number, or a long number typed as a number (Excel keeps 15 digits of it). Empty text is no cell. */
export type Cell = string | number | { digits: string }

/** A sheet of a workbook; rows may be produced while they are written. */
export interface Sheet {
  name: string
  hidden?: boolean
  sharedStrings?: boolean
  /** Corners of merged cells, e.g. `['A1', 'F1']`. */
  merges?: readonly (readonly [string, string])[]
  rows: Iterable<readonly Cell[]>
}
