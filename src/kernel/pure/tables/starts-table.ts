import { labelKey, looksLikeData, type Header } from './header.ts'
import { judgeRow } from './judge-row.ts'
import type { SheetRow } from './row-types.ts'

/** A row among its neighbours, with the header of the table that it would belong to. */
interface RowPlace {
  rows: readonly SheetRow[]
  at: number
  /** The row before `rows[0]`, where there was one. */
  before?: SheetRow | undefined
  header: Header | undefined
  labels: ReadonlySet<string>
}

const longestLabel = 40

/**
 * Whether a row begins a further table: known labels stand in it that are not those of the table above in their places; or, after a gap or a
 * title, it looks like a header over data although no label is known (its rows must not be taken for rows of the table above).
 */
export function startsTable({ rows, at, before, header, labels }: RowPlace): boolean {
  const row = rows[at]
  if (row === undefined) return false
  const { cells } = row
  // Nearly every row holds a number of its own, and no header does.
  if (row.lostTail !== undefined || cells.some(isLongNumber)) return false
  const filled = cells.filter((cell) => cell.trim() !== '')
  if (filled.length < 2 || filled.some((cell) => cell.length > longestLabel)) return false
  if (header !== undefined && judgeRow(header, row) === 'repeated-header') return false
  const known = filled.filter((cell) => labels.has(labelKey(cell))).length
  if (known >= 2 && known * 3 >= filled.length) return true
  return header !== undefined && filled.length >= 3 && isStrangeHeader(row, rows[at - 1] ?? before, rows[at + 1])
}

function isLongNumber(cell: string): boolean {
  if (cell.length < 6) return false
  for (let at = 0; at < 6; at += 1) {
    const code = cell.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** Different short texts without digits, behind a gap or a lone title, with values below. */
function isStrangeHeader(row: SheetRow, above: SheetRow | undefined, below: SheetRow | undefined): boolean {
  if (above === undefined || below === undefined) return false
  const filled = row.cells.filter((cell) => cell.trim() !== '')
  const isApart = row.row > above.row + 1 || above.cells.filter((cell) => cell.trim() !== '').length <= 1
  if (!isApart || looksLikeData(row) || !looksLikeData(below)) return false
  return new Set(filled).size === filled.length && filled.every((cell) => cell.length <= 16 && !/\d/.test(cell))
}
