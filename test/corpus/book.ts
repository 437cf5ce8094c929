/** A number with the look a person gave it: a day, an amount, a whole number of any length. */
export type Look = 'general' | 'day' | 'dayWords' | 'money' | 'whole'
/** A cell as it was typed. A formula carries the value that the program computed last. */
export type Cell = string | number | { number: number; look: Look } | { formula: string; value: number | string }

/** One sheet before it is written. Rows and columns count from 0; merges are top, left, bottom, right. */
export interface Grid {
  name: string
  hidden: boolean
  rows: Cell[][]
  merges: [number, number, number, number][]
  hiddenRows: number[]
  hiddenColumns: number[]
}

/** A workbook before it is written. */
export interface Book {
  grids: Grid[]
  date1904: boolean
}

/** How a file is written. `html` and `spreadsheetml` are what web systems and old programs hand out under the name `.xls`. */
export type FileFormat =
  | 'xlsx'
  | 'xlsx-inline'
  | 'xls'
  | 'html-utf8'
  | 'html-gbk'
  | 'spreadsheetml'
  | 'csv-gbk'
  | 'csv-utf8'
  | 'csv-bom'
  | 'csv-utf16'
  | 'tsv-gbk'
  | 'tsv-utf16'
  | 'semicolon'
  | 'csv-sep'

/** The twelve lists of departments, the register of rural households, and sheets that are none of them. */
export const listKeys = [
  'medical',
  'disability',
  'dibao',
  'education',
  'jobs',
  'housing',
  'police',
  'water',
  'bank',
  'petition',
  'cars',
  'firms',
  'register',
  'none',
] as const
export type ListKey = (typeof listKeys)[number]

/**
 * One data row: `row` counts from 1 as a person sees it. `values` holds what the key cells say: numbers of identity (18 characters),
 * names, amounts in yuan, days as YYYY-MM-DD (YYYY-MM where no day stands there). A field that is there but says nothing sure is `undefined`.
 */
export interface RowTruth {
  row: number
  hidden: boolean
  values: Record<string, string | number | undefined>
}

/** One table of a sheet: the rows of its header (from 1), which column (from 0) holds which field, and its data rows. */
export interface TableTruth {
  sheet: string
  headerRows: [number, number]
  columns: Record<string, number>
  rows: RowTruth[]
}

/** A file of the corpus with its truth. */
export interface CorpusFile {
  name: string
  month: string
  bytes: Buffer
  tables: TableTruth[]
}

/** One shape: what a sender sends in the first month and, in the same layout, in the second. */
export interface CorpusCase {
  name: string
  origin: 'written' | 'mixed'
  list: ListKey
  sender: string
  format: FileFormat
  features: string[]
  months: [CorpusFile, CorpusFile]
}

/** An empty sheet. */
export function emptyGrid(name: string, hidden = false): Grid {
  return { name, hidden, rows: [], merges: [], hiddenRows: [], hiddenColumns: [] }
}
