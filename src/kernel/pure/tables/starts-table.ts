import { findFirstHeader, labelKey, looksLikeData, type Header } from './header.ts'
import { judgeRow } from './judge-row.ts'
import { firstFilled, lastFilled, type RowBlock, type SheetRow } from './row-types.ts'

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
  const above = rows[at - 1] ?? before
  const below = rows[at + 1]
  if (row === undefined || !mayBeHeader(row)) return false
  if (header !== undefined && judgeRow(header, row) === 'repeated-header') return false
  const { filled, known } = countLabels(row, labels)
  if (known >= 2 && known * 3 >= filled) return true
  if (below !== undefined && below.row === row.row + 1 && (known > 0 || isApart(row, above)) && isSecondRow(row, below, { header, labels }))
    return true
  return header !== undefined && filled >= 3 && isApart(row, above) && isStrangeHeader(row, below)
}

/** Nearly every row holds a long number or a long text, and no header does. */
export function mayBeHeader(row: SheetRow): boolean {
  if (row.lostTail !== undefined || row.cells.some(isLongNumber)) return false
  return firstFilled(row.cells) < lastFilled(row.cells) && row.cells.every((cell) => cell.length <= longestLabel)
}

function countLabels(row: SheetRow, labels: ReadonlySet<string>): { filled: number; known: number } {
  const filled = row.cells.filter((cell) => cell.trim() !== '')
  return { filled: filled.length, known: filled.filter((cell) => labels.has(labelKey(cell))).length }
}

/** The lower row of a header whose upper row holds groups of labels: known labels, in gaps or under groups of the row above. */
function isSecondRow(row: SheetRow, below: SheetRow, { header, labels }: Pick<RowPlace, 'header' | 'labels'>): boolean {
  if (looksLikeData(row) || looksLikeData(below) || !mayBeHeader(below)) return false
  if (header !== undefined && judgeRow(header, below) === 'repeated-header') return false
  const { filled, known } = countLabels(below, labels)
  return known >= 2 && known * 3 >= filled
}

function isLongNumber(cell: string): boolean {
  if (cell.length < 6) return false
  for (let at = 0; at < 6; at += 1) {
    const code = cell.charCodeAt(at)
    if (code < 48 || code > 57) return false
  }
  return true
}

function isApart(row: SheetRow, above: SheetRow | undefined): boolean {
  return above !== undefined && (row.row > above.row + 1 || firstFilled(above.cells) === lastFilled(above.cells))
}

/** Different short texts without digits, with values below. */
function isStrangeHeader(row: SheetRow, below: SheetRow | undefined): boolean {
  if (below === undefined || looksLikeData(row) || !looksLikeData(below)) return false
  const filled = row.cells.filter((cell) => cell.trim() !== '')
  return new Set(filled).size === filled.length && filled.every((cell) => cell.length <= 16 && !/\d/.test(cell))
}

/** Data rows of the table under `header`, as far as the next table: at most `most`, to judge its columns by. `labels` as `labelKey` writes them. */
export function sampleRows(
  rows: readonly SheetRow[],
  header: Header,
  { labels, most }: { labels: ReadonlySet<string>; most: number },
): SheetRow[] {
  const samples: SheetRow[] = []
  for (const [at, row] of rows.entries()) {
    if (samples.length === most || (row.row > header.bottom && startsTable({ rows, at, header, labels }))) break
    if (judgeRow(header, row) === undefined) samples.push(row)
  }
  return samples
}

/** The rows of the first table of a block, as far as the next one begins; all where there is but one. `wanted`: labels as they are written. */
export function firstTable(block: RowBlock, wanted: readonly string[]): RowBlock {
  const header = findFirstHeader(block, wanted)
  if (header === undefined) return block
  const { rows } = block
  const labels = new Set(wanted.map(labelKey))
  const next = rows.findIndex((row, at) => row.row > header.bottom && startsTable({ rows, at, header, labels }))
  return next < 0 ? block : { ...block, rows: rows.slice(0, next) }
}
