import type { FileFormat, ListKey } from './book.ts'
import type { DayStyle, IdStyle, MoneyStyle } from './styles.ts'

/** A line above or below a table: one text merged over the table's width, several texts spread over it, or `''` for an empty row. */
export type Line = string | readonly string[]

/**
 * How one sender writes one list. In texts `{县}` stands for the county, `{年}` for the year, `{月}` for `3月`, `{ym}` for `202603`,
 * `{乡}` for the township of a part of the table.
 *
 * A column is written `labels=field`: `发放金额（元）>低保金=base` stands under a joint label; `=capital*万` counts in 10,000 yuan;
 * `标签~文字` is no field and holds that text in every row; a label alone has empty cells; `''` is an empty column. `=name>>` covers two
 * columns of which the second holds the values, `=name<<` of which the first does.
 */
export interface Shape {
  name: string
  list: ListKey
  file: string
  format: FileFormat
  columns: readonly string[]
  /** Data rows of a month; 12 unless told. */
  rows?: number
  sheet?: string
  above?: readonly Line[]
  below?: readonly Line[]
  /** Empty columns left of the table. */
  indent?: number
  /** Joint labels are merged cells (workbooks); without it they stand in the first column only. */
  unmerged?: boolean
  /** Rows between header and data: `（1）（2）`, `甲 乙`, or units. */
  underHeader?: readonly string[]
  days?: readonly DayStyle[]
  money?: readonly MoneyStyle[]
  ids?: readonly IdStyle[]
  /** Where sums stand, and under what word. */
  total?: 'end' | 'begin' | 'parts' | 'parts and end'
  totalWord?: string
  /** The sum row names the number of people and stands merged over the first columns. */
  totalMerged?: boolean
  /** The header comes again after so many rows, as on every printed page; with its titles when `pageTitles`. */
  repeatEvery?: number
  pageTitles?: boolean
  /** A table per township: one below the other, or a sheet each. `partTitle` stands above each. */
  parts?: 'stacked' | 'sheets'
  partTitle?: string
  /** Every second part has its columns in another order. */
  shuffledParts?: boolean
  /** An empty row after so many rows. */
  gapEvery?: number
  /** Fields whose equal neighbours are one merged cell. */
  mergedDown?: readonly string[]
  /** Fields that are empty in every third row. */
  sparse?: readonly string[]
  hiddenColumns?: readonly string[]
  /** Every so manieth row is hidden by a filter. */
  hiddenEvery?: number
  hiddenSheet?: boolean
  cover?: boolean
  /** A sheet with words for filling in the form, before (or behind) the table. */
  guide?: 'before' | 'behind'
  date1904?: boolean
  /** The serial number is a formula. */
  serialFormula?: boolean
  /** In the second month this column stands before column number `at`. */
  newColumn?: { at: number; column: string }
  /** Amounts that are below zero in every fifth row. */
  negatives?: readonly string[]
  /** Names have spaces between two characters. */
  spacedNames?: boolean
}

/** A column as read from its text. */
export interface Column {
  path: readonly string[]
  field: string
  constant: string
  /** Yuan per unit of the column. */
  unit: number
  covers: 'one' | 'first of two' | 'second of two'
}

/** Reads the text of a column. */
export function readColumn(text: string): Column {
  const [, labels = '', mark = '', rest = ''] = /^([^=~]*)([=~]?)(.*)$/s.exec(text) ?? []
  const covers = rest.endsWith('>>') ? 'second of two' : rest.endsWith('<<') ? 'first of two' : 'one'
  const bare = rest.replace(/(>>|<<)$/, '')
  const field = mark === '=' ? bare.replace(/\*万$/, '') : ''
  return { path: labels.split('>'), field, constant: mark === '~' ? rest : '', unit: bare.endsWith('*万') ? 10_000 : 1, covers }
}

/** Puts the month and the part into a text. */
export function fillText(text: string, month: string, part = ''): string {
  return text
    .replaceAll('{县}', '青禾县')
    .replaceAll('{年}', month.slice(0, 4))
    .replaceAll('{月}', `${Number(month.slice(4))}月`)
    .replaceAll('{ym}', month)
    .replaceAll('{乡}', part)
}
