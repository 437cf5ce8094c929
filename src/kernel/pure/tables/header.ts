import { tidy, tidyLabel } from '../text/index.ts'
import { firstFilled, lastFilled, type Merge, type RowBlock, type SheetRow } from './row-types.ts'

/** One column of a header. `forms` are the ways to read its label, compared by `labelKey`, the most specific first; `parts` the keys of its rows. */
export interface HeaderColumn {
  column: number
  label: string
  forms: string[]
  parts?: string[]
  hidden?: true
}

/** A header that was found: physical rows `top` to `bottom`; data begins below. `matched` counts the wanted labels found. */
export interface Header {
  sheet: string
  top: number
  bottom: number
  columns: HeaderColumn[]
  matched: number
}

const searchedRows = 30
const tallest = 3

/** A label as it is compared: `tidyLabel`, and every kind of bracket as `( )`. */
export function labelKey(label: string): string {
  const known = keysOfLabels.get(label)
  if (known !== undefined) return known
  const key = tidyLabel(label)
    .replace(/[【〔[{〈《「]/g, '(')
    .replace(/[】〕\]}〉》」]/g, ')')
  if (label.length <= longestKept) {
    if (keysOfLabels.size >= mostKept) keysOfLabels.clear()
    keysOfLabels.set(label, key)
  }
  return key
}

/** The wordings of fields are asked for again with every table. */
const keysOfLabels = new Map<string, string>()
const mostKept = 4000
const longestKept = 40

/**
 * Finds the header under titles in the first 30 rows of a sheet (its first block): the one to three rows in which most of the wanted
 * labels and aliases stand. Merged cells are followed; where none are told, gaps are filled from the left. `undefined` when there is none.
 */
export function findHeader(block: RowBlock, wanted: Iterable<string>): Header | undefined {
  const known = new Set([...wanted].map(labelKey).filter((key) => key !== ''))
  const rows = block.rows.slice(0, searchedRows)
  const last = rows[rows.length - 1]?.row ?? 0
  const merges = (block.merges ?? []).filter((merge) => merge.top <= last)
  let best: Header | undefined
  for (let height = 1; height <= tallest; height += 1) {
    for (let at = 0; at + height <= rows.length; at += 1) {
      const slice = rows.slice(at, at + height)
      if (slice.some((row, index) => row.cells.length === 0 || (index > 0 && looksLikeData(row)))) continue
      if (height > 1 && slice.some((row) => isTitle(row, slice, merges))) continue
      const header = joinOnce(block, slice, merges)
      header.matched = countMatches(header, known)
      if (header.matched > (best?.matched ?? 0)) best = header
    }
  }
  if (best === undefined || best.matched < Math.min(2, known.size)) return undefined
  const grown = grow(best, rows, merges)
  if (grown === undefined) return best
  markHidden(grown, block)
  grown.matched = countMatches(grown, known)
  return grown
}

/**
 * The header of the first table in the block, where `findHeader` gives that with most labels: small tables stand above each other. An upper
 * header counts when a third of its cells are known labels and values stand below it.
 */
export function findFirstHeader(block: RowBlock, wanted: Iterable<string>): Header | undefined {
  const labels = [...wanted]
  const known = new Set(labels.map(labelKey))
  let found = findHeader(block, labels)
  for (let guard = searchedRows; found !== undefined && guard > 0; guard -= 1) {
    const below = found
    const above = block.rows.filter((row) => row.row < below.top)
    const upper = above.length < 2 ? undefined : findHeader({ ...block, rows: above }, labels)
    if (upper === undefined || !above.some((row) => row.row > upper.bottom && looksLikeData(row))) return found
    const last = above.find((row) => row.row === upper.bottom)
    const filled = last?.cells.filter((cell) => cell.trim() !== '') ?? []
    if (filled.filter((cell) => known.has(labelKey(cell))).length * 3 < filled.length || (last !== undefined && looksLikeData(last)))
      return found
    found = upper
  }
  return found
}

/** A header by its look only: the first row of three or more different short texts over a row of values. No label of it is known. */
export function guessHeader(block: RowBlock): Header | undefined {
  const rows = block.rows.slice(0, searchedRows + 1)
  for (let at = 0; at + 1 < rows.length; at += 1) {
    const [row, below] = [rows[at], rows[at + 1]]
    if (row === undefined || below === undefined || row.row > searchedRows || looksLikeData(row) || !looksLikeData(below)) continue
    const filled = row.cells.filter((cell) => cell.trim() !== '')
    const values = below.cells.filter((cell) => cell.trim() !== '')
    const isHeader = filled.length >= 3 && new Set(filled).size === filled.length && filled.every((cell) => cell.length <= 30)
    if (isHeader && values.length * 2 >= filled.length) return markHidden(joinRows(block.sheet, [row], block.merges ?? []), block)
  }
  return undefined
}

/** One text alone over (nearly) all columns of the rows below, or at their left when no merged cells tell: a title, no group of labels. */
function isTitle(row: SheetRow, rows: readonly SheetRow[], merges: readonly Merge[]): boolean {
  const column = firstFilled(row.cells)
  if (column < 0 || lastFilled(row.cells) !== column) return false
  const left = Math.min(...rows.map((one) => firstFilled(one.cells)).filter((at) => at >= 0))
  const right = Math.max(...rows.map((one) => lastFilled(one.cells)))
  const merge = merges.find((one) => one.top === row.row && one.left === column)
  return merge === undefined ? column === left : (Math.min(merge.right, right) - merge.left + 1) * 5 >= (right - left + 1) * 4
}

function countMatches(header: Header, known: ReadonlySet<string>): number {
  const found = new Set<string>()
  for (const column of header.columns) {
    const form = column.forms.find((one) => known.has(one) || known.has(withoutUnit(one)))
    if (form !== undefined) found.add(form)
  }
  return found.size
}

/** A label without the unit behind it: `金额(元)` → `金额`. */
export function withoutUnit(key: string): string {
  return key.endsWith(')') ? key.replace(/\([^()]*\)$/, '') : key
}

/** A row that holds values: a number or date of its own, so that it is no second row of a header. Years may be labels. */
export function looksLikeData(row: SheetRow): boolean {
  return (
    row.lostTail !== undefined ||
    isColumnNumbers(row.cells) ||
    row.cells.some((cell) => /\d{6,}/.test(cell) || (/^-?\d[\d,]*(\.\d+)?$/.test(cell) && !/^(19|20)\d\d$/.test(cell)))
  )
}

/** `1 2 3 4`, `（1）（2）`, `①②` or `甲 乙 1 2` under a header, as statistics forms have it; perhaps with `栏次` before them. */
export function isColumnNumbers(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell.trim() !== '')
  if (first === undefined || !/^\s*([[(（]?1[)）\]]?|[甲乙①]|[栏列]次)\s*$/.test(first)) return false
  const filled = cells
    .map((cell) => tidy(cell).replace(/^[([（](.*)[)\]）]$/, '$1'))
    .filter((cell) => cell !== '' && !/^[栏列]次$|^[甲乙丙丁戊己庚辛]$/.test(cell))
  const others = cells.filter((cell) => cell.trim() !== '').length - filled.length
  const numbers = filled.map(Number)
  const counted = numbers.every((number, at) => number === at + 1 || number === at + 1 + others)
  // Three numbers in order may be data; four, brackets, or Chinese ordinals before them, are not.
  return counted && numbers.length > 0 && numbers.length + others >= 3 && (numbers.length >= 4 || others > 0 || !/^\d/.test(first))
}

const joined = new WeakMap<RowBlock, Map<string, Header>>()

/** As `joinRows`, and only once for a block: the same rows are asked about for every kind of list that they may be. */
function joinOnce(block: RowBlock, rows: SheetRow[], merges: Merge[]): Header {
  const known = joined.get(block) ?? new Map<string, Header>()
  joined.set(block, known)
  const place = `${rows[0]?.row ?? 0} ${rows.length}`
  const header = known.get(place) ?? markHidden(joinRows(block.sheet, rows, merges), block)
  known.set(place, header)
  return { ...header }
}

function joinRows(sheet: string, rows: SheetRow[], merges: Merge[]): Header {
  const width = Math.max(...rows.map((row) => row.cells.length), ...spannedWidths(rows, merges))
  const filled = rows.map((row) => fillMerges(row, merges, width))
  if (merges.length === 0) fillGaps(filled)
  const columns: HeaderColumn[] = []
  for (let column = 0; column < width; column += 1) {
    const parts: string[] = []
    for (const cells of filled) {
      const part = tidyPart(cells[column] ?? '')
      if (part !== '' && part !== parts[parts.length - 1]) parts.push(part)
    }
    if (parts.length > 0) columns.push({ column, label: parts.join(''), forms: formsOf(parts), parts: parts.map(labelKey) })
  }
  return { sheet, top: rows[0]?.row ?? 0, bottom: rows[rows.length - 1]?.row ?? 0, columns, matched: 0 }
}

function markHidden(header: Header, block: RowBlock): Header {
  for (const column of header.columns) if (block.hiddenColumns?.includes(column.column) === true) column.hidden = true
  return header
}

function spannedWidths(rows: SheetRow[], merges: Merge[]): number[] {
  return merges
    .filter((merge) => rows.some((row) => row.row >= merge.top && row.row <= merge.bottom) && merge.right < 512)
    .map((merge) => merge.right + 1)
}

function tidyPart(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim()
}

function formsOf(parts: string[]): string[] {
  return [...new Set(parts.map((_, from) => labelKey(parts.slice(from).join(''))))].filter((form) => form !== '')
}

/** Copies the text of a merged cell into all its columns, and into the rows below when the header is joined. */
function fillMerges(row: SheetRow, merges: Merge[], width: number): string[] {
  const cells = [...row.cells]
  for (const merge of merges) {
    if (merge.top !== row.row || merge.right === merge.left) continue
    for (let column = merge.left; column <= Math.min(merge.right, width - 1); column += 1) cells[column] = row.cells[merge.left] ?? ''
  }
  return cells
}

/** Where no merged cells are told: a gap in an upper row over a label belongs to the group on its left, when that group has labels below it. */
function fillGaps(rows: string[][]): void {
  for (let at = rows.length - 2; at >= 0; at -= 1) {
    const upper = rows[at] ?? []
    const lower = rows[at + 1] ?? []
    let group = ''
    for (let column = 0; column < Math.max(upper.length, lower.length); column += 1) {
      const hasLower = (lower[column] ?? '').trim() !== ''
      if ((upper[column] ?? '').trim() !== '') group = hasLower ? (upper[column] ?? '') : ''
      else if (hasLower) upper[column] = group
    }
  }
}

/** Adds rows that belong to the header although no wanted label stands in them: by merged cells over several rows, or by their gaps. */
function grow(header: Header, rows: SheetRow[], merges: Merge[]): Header | undefined {
  let { top, bottom } = header
  for (const merge of merges) {
    const overlaps = merge.bottom > merge.top && merge.top <= bottom && merge.bottom >= top
    if (!overlaps || merge.bottom - merge.top >= tallest) continue
    top = Math.min(top, merge.top)
    bottom = Math.max(bottom, merge.bottom)
  }
  const last = rows.find((row) => row.row === bottom)
  const next = rows.find((row) => row.row === bottom + 1)
  if (merges.length === 0 && last !== undefined && next !== undefined && fillsGaps(last, next)) bottom += 1
  if (top === header.top && bottom === header.bottom) return undefined
  return joinRows(
    header.sheet,
    rows.filter((row) => row.row >= top && row.row <= bottom),
    merges,
  )
}

/** True when `next` has text only under gaps of `row` or under the cell that opens a gap, as second header rows do. */
function fillsGaps(row: SheetRow, next: SheetRow): boolean {
  if (looksLikeData(next)) return false
  let filled = 0
  for (let column = 0; column < Math.max(row.cells.length, next.cells.length); column += 1) {
    if ((next.cells[column] ?? '').trim() === '') continue
    const gap = (row.cells[column] ?? '').trim() === ''
    const opensGap = (row.cells[column + 1] ?? '').trim() === '' && (next.cells[column + 1] ?? '').trim() !== ''
    if (!gap && !opensGap) return false
    if (gap) filled += 1
  }
  return filled > 0 && row.cells.some((cell, column) => cell.trim() !== '' && (next.cells[column] ?? '').trim() === '')
}
