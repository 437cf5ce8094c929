export interface SheetColumn {
  readonly key: string
  readonly title: string
  readonly widthRem?: number
  readonly isReadOnly?: boolean
  /** A word before the title that says what the column is for; columns of one kind have one colour. */
  readonly kind?: { readonly word: string; readonly tone: 'condition' | 'result' | 'note' }
}

/** What stands in a cell. `problem` says in a sentence what is wrong; `isDoubt` makes it a doubt that does not stop the row. */
export interface SheetValue {
  readonly text: string
  readonly problem?: string | undefined
  readonly isDoubt?: boolean | undefined
  readonly isChanged?: boolean | undefined
  /** The cell may be read but not changed, though its column may. */
  readonly isReadOnly?: boolean | undefined
}
/** The cell of a row and a column key; `undefined` while the row has not been read from the server. */
export type SheetCells = (row: number, columnKey: string) => SheetValue | undefined

export interface CellPlace {
  readonly row: number
  readonly column: number
}
/** A rectangle of cells, both ends included. */
export interface CellRange {
  readonly from: CellPlace
  readonly to: CellPlace
}
export interface CellChange {
  readonly row: number
  readonly columnKey: string
  readonly text: string
}
export interface SheetSize {
  readonly rows: number
  readonly columns: number
}

const pageRows = 15
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  down: [1, 0],
  ArrowUp: [-1, 0],
  up: [-1, 0],
  ArrowLeft: [0, -1],
  left: [0, -1],
  ArrowRight: [0, 1],
  right: [0, 1],
  PageDown: [pageRows, 0],
  PageUp: [-pageRows, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
}
const farSteps: Readonly<Record<string, readonly [number, number]>> = {
  Home: [-Infinity, -Infinity],
  End: [Infinity, Infinity],
  ArrowDown: [Infinity, 0],
  ArrowUp: [-Infinity, 0],
  ArrowLeft: [0, -Infinity],
  ArrowRight: [0, Infinity],
}

/** Where a key leads within a sheet of the given size; any other key stays. `isFar`: with Ctrl, to the sheet's edge. */
export function moveCell(place: CellPlace, key: string, size: SheetSize & { isFar?: boolean }): CellPlace {
  const [down, right] = (size.isFar === true ? farSteps[key] : steps[key]) ?? [0, 0]
  return { row: clamp(place.row + down, size.rows), column: clamp(place.column + right, size.columns) }
}

/** The rectangle between two cells, in whichever order they were chosen. */
export function rangeOf(one: CellPlace, other: CellPlace): CellRange {
  return {
    from: { row: Math.min(one.row, other.row), column: Math.min(one.column, other.column) },
    to: { row: Math.max(one.row, other.row), column: Math.max(one.column, other.column) },
  }
}

/** True when the rectangle is a single cell. */
export function isSingle({ from, to }: CellRange): boolean {
  return from.row === to.row && from.column === to.column
}

/** The rows and cells of a text as Excel or WPS copies it: tabs between cells, line breaks between rows, quotes around cells with line breaks. */
export function readPaste(text: string): string[][] {
  return readBlock(text).filter((row) => row.some((value) => value !== ''))
}

/** As `readPaste`, blank rows kept: they stand for rows of the sheet that are pasted over. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (isQuoted && sign === '"' && text[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (sign === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted
    else if (!isQuoted && (sign === '\t' || sign === '\n')) {
      rows[rows.length - 1]?.push(cell.trim())
      cell = ''
      if (sign === '\n') rows.push([])
    } else if (sign !== '\r') cell += sign
  }
  rows[rows.length - 1]?.push(cell.trim())
  const last = rows[rows.length - 1]
  if (rows.length > 1 && last?.length === 1 && last[0] === '') rows.pop() // the line break after the last row
  return rows
}

/** A block as Excel reads it: cells with tabs, line breaks or quotes stand in quotes. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  const write = (text: string) => (/["\t\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
  return rows.map((row) => row.map(write).join('\t')).join('\r\n')
}

export interface PasteResult {
  readonly changes: readonly CellChange[]
  /** Pasted cells that found no place: on read-only columns or beyond the sheet. */
  readonly left: number
}

/**
 * The cells that a pasted block fills, from the upper left cell of the chosen range on. A single value fills the whole range, as in
 * Excel. What falls on read-only columns or outside the sheet is left out and counted.
 */
export function cellsOfPaste(text: string, on: { range: CellRange; columns: readonly SheetColumn[]; rowCount: number }): PasteResult {
  const block = readBlock(text)
  const only = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined
  const { from } = on.range
  if (only !== undefined) return { changes: fillRange(only, on), left: 0 }
  const changes: CellChange[] = []
  let left = 0
  for (const [down, cells] of block.entries())
    for (const [right, value] of cells.entries()) {
      const column = on.columns[from.column + right]
      const row = from.row + down
      if (column === undefined || column.isReadOnly === true || row >= on.rowCount) left += value === '' ? 0 : 1
      else changes.push({ row, columnKey: column.key, text: value })
    }
  return { changes, left }
}

/** The changes that write one text into every cell of a range that may be changed. */
export function fillRange(text: string, on: { range: CellRange; columns: readonly SheetColumn[] }): CellChange[] {
  const { from, to } = on.range
  const changes: CellChange[] = []
  for (let row = from.row; row <= to.row; row += 1)
    for (const column of on.columns.slice(from.column, to.column + 1))
      if (column.isReadOnly !== true) changes.push({ row, columnKey: column.key, text })
  return changes
}

const farthest = 2000

/** The next cell with a problem, row by row; a row that has not been read yet is stopped at. The place itself when there is none near. */
export function findProblem(
  place: CellPlace,
  on: { by: 1 | -1; columns: readonly SheetColumn[]; rowCount: number; cell: SheetCells },
): CellPlace {
  const { by, columns, rowCount, cell } = on
  let { row, column } = place
  for (let seen = 0; seen < farthest * columns.length; seen += 1) {
    column += by
    if (column < 0 || column >= columns.length) {
      row += by
      column = by === 1 ? 0 : columns.length - 1
      if (row < 0 || row >= rowCount) return place
      if (cell(row, columns[column]?.key ?? '') === undefined) return { row, column: 0 }
    }
    if (cell(row, columns[column]?.key ?? '')?.problem !== undefined) return { row, column }
  }
  return place
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
