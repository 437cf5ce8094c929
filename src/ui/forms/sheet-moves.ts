export interface SheetColumn {
  readonly key: string
  readonly title: string
  readonly widthRem?: number
  readonly isReadOnly?: boolean
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}
export interface CellChange {
  readonly row: number
  readonly columnKey: string
  readonly text: string
}

const pageRows = 15
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  down: [1, 0],
  ArrowUp: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  right: [0, 1],
  PageDown: [pageRows, 0],
  PageUp: [-pageRows, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
}

/** Where a key leads within a sheet of the given size; any other key stays. */
export function moveCell(place: CellPlace, key: string, size: { rows: number; columns: number }): CellPlace {
  const [down, right] = steps[key] ?? [0, 0]
  return { row: clamp(place.row + down, size.rows), column: clamp(place.column + right, size.columns) }
}

/** The rows and cells of a text as Excel copies it: tabs between cells, line breaks between rows, quotes around cells with line breaks. */
export function readPaste(text: string): string[][] {
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
  return rows.filter((row) => row.some((value) => value !== ''))
}

/** The cells that a pasted block fills, from a place on; what falls outside or on read-only columns is left out. */
export function cellsOfPaste(text: string, on: { place: CellPlace; columns: readonly SheetColumn[]; rowCount: number }): CellChange[] {
  const changes: CellChange[] = []
  for (const [down, cells] of readPaste(text).entries()) {
    const row = on.place.row + down
    if (row >= on.rowCount) break
    for (const [right, value] of cells.entries()) {
      const column = on.columns[on.place.column + right]
      if (column !== undefined && column.isReadOnly !== true) changes.push({ row, columnKey: column.key, text: value })
    }
  }
  return changes
}

function clamp(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
