import { createHash } from 'node:crypto'
import type { SheetRow } from '#kernel/pure/tables/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import { registryErrors } from '../errors.ts'
import type { StoredBatch } from './batch-store.ts'
import { keptSheetsOf, type KeptSheet } from './describe-columns.ts'
import type { CellFix } from './mended-rows.ts'

interface NamedFile {
  path: string
  name: string
}

export interface CorrectedInput {
  first: NamedFile
  returned: NamedFile
  batch: Pick<StoredBatch, 'sheets'>
  onProgress: () => void
}

/** What was corrected; `unknownRows`: rows of the corrected file that are no rows of the first, or whose numbers lost their last digits. */
export interface Corrected {
  fixes: CellFix[]
  unknownRows: number[]
}

/** Corrected rows are few beside the file; so many are taken at most. */
const mostRows = 50_000

/** A row of the corrected file that differs from the row of the same number. */
interface Candidate {
  sheet: string
  row: SheetRow
  /** Rows of the first file that it may be: of the same number, of the same key. */
  places: number[]
}

/** The first file in brief: a digest of every row, and in which row a key stands. */
interface Brief {
  digests: Map<string, string>
  keys: Map<string, number | 'twice'>
}

/**
 * Compares a corrected file with the first, in three passes of flat memory: digests of the first; rows of the other that differ; the cells
 * of the rows that these may be. A row is known by its number and its key (household and person number, or the place of a village), so
 * that rows that were sorted or deleted are still told from corrected ones.
 */
export async function findCorrected(input: CorrectedInput): Promise<Corrected> {
  const sheets = keptSheetsOf(input.batch.sheets)
  const brief: Brief = { digests: new Map(), keys: new Map() }
  await readRows(input, 'first', (sheet, row) => noteBrief(brief, sheets, { sheet, row }))
  const candidates: Candidate[] = []
  const unknownRows: number[] = []
  const only = onlySheetOf(sheets)
  let sheetSeen: string | undefined
  await readRows(input, 'returned', (name, row) => {
    const sheet = sheets.some((one) => one.sheet === name) ? name : only
    // Of a file with one table the first sheet counts, whatever it is called now.
    if (sheet === undefined || (sheet !== name && sheetSeen !== undefined && sheetSeen !== name)) return
    sheetSeen = name
    const places = placesOf(brief, sheets, { sheet, row })
    if (places === 'same') return
    if (places.length === 0) unknownRows.push(row.row)
    else if (candidates.length >= mostRows) throw registryErrors.tooManyFixes({ limit: mostRows })
    else candidates.push({ sheet, row, places })
  })
  const cells = await readPlaces(input, candidates)
  const fixes = candidates.flatMap((candidate) => {
    const found = compare(candidate, cells)
    if (found === undefined || found.isLost) unknownRows.push(candidate.row.row)
    return found?.fixes ?? []
  })
  return { fixes, unknownRows: unknownRows.sort((one, other) => one - other) }
}

async function readRows(input: CorrectedInput, which: 'first' | 'returned', take: (sheet: string, row: SheetRow) => void): Promise<void> {
  const { path, name } = input[which]
  const file = await openSheetFile({ path, originalName: name })
  for await (const block of readSheetsSandboxed(file)) {
    input.onProgress()
    for (const row of block.rows) take(block.sheet, row)
  }
}

function onlySheetOf(sheets: readonly KeptSheet[]): string | undefined {
  const names = new Set(sheets.map((one) => one.sheet))
  return names.size === 1 ? [...names][0] : undefined
}

const placeKey = (sheet: string, row: number): string => `${row}\0${sheet}`

/** A cell without what typing and saving again changes: blanks at its ends, a leading apostrophe. */
function plain(cell: string | undefined): string {
  return (cell ?? '')
    .replace(/\u00a0/g, ' ')
    .trim()
    .replace(/^['’]/, '')
}

function digestOf(cells: readonly string[]): string {
  let end = cells.length
  while (end > 0 && plain(cells[end - 1]) === '') end -= 1
  const hash = createHash('sha1')
  for (let at = 0; at < end; at += 1) hash.update(`${plain(cells[at])}\0`)
  return hash.digest('base64').slice(0, 14)
}

/** Household and person number, or the place of a village; '' for rows above the data or without a key. */
function keyOf(sheets: readonly KeptSheet[], given: { sheet: string; row: SheetRow }): string {
  const { sheet, row } = given
  const table = sheets.findLast((one) => one.sheet === sheet && one.below < row.row)
  if (table === undefined) return ''
  const keys = table.kind === 'village' ? ['township', 'village'] : ['householdNo', 'personNo', 'startMonth']
  const parts = keys.flatMap((key) => {
    const column = table.columns.find((one) => one.key === key)?.column
    return column === undefined ? [] : [plain(row.cells[column])]
  })
  return parts[1] === undefined || parts[1] === '' ? '' : `${sheet}\0${parts.join('\0')}`
}

function noteBrief(brief: Brief, sheets: readonly KeptSheet[], given: { sheet: string; row: SheetRow }): void {
  const { sheet, row } = given
  brief.digests.set(placeKey(sheet, row.row), digestOf(row.cells))
  const key = keyOf(sheets, given)
  if (key !== '') brief.keys.set(key, brief.keys.has(key) ? 'twice' : row.row)
}

/** Rows of the first file that a row may be; `same` when nothing of it changed, wherever it stands now. */
function placesOf(brief: Brief, sheets: readonly KeptSheet[], given: { sheet: string; row: SheetRow }): number[] | 'same' {
  const { sheet, row } = given
  const digest = digestOf(row.cells)
  const here = brief.digests.get(placeKey(sheet, row.row))
  if (here === digest || row.cells.every((cell) => plain(cell) === '')) return 'same'
  if (!sheets.some((one) => one.sheet === sheet && one.below < row.row)) return 'same' // titles and header are no data
  const keyed = brief.keys.get(keyOf(sheets, given))
  const other = typeof keyed === 'number' ? keyed : undefined
  if (other !== undefined && brief.digests.get(placeKey(sheet, other)) === digest) return 'same'
  return [...new Set([...(other === undefined ? [] : [other]), ...(here === undefined ? [] : [row.row])])]
}

async function readPlaces(input: CorrectedInput, candidates: readonly Candidate[]): Promise<Map<string, string[]>> {
  const wanted = new Set(candidates.flatMap(({ sheet, places }) => places.map((row) => placeKey(sheet, row))))
  const cells = new Map<string, string[]>()
  await readRows(input, 'first', (sheet, row) => {
    const key = placeKey(sheet, row.row)
    if (wanted.has(key)) cells.set(key, row.cells)
  })
  return cells
}

/** Less alike than this, a row is another one and no correction. */
const leastAlike = 0.5

function compare(candidate: Candidate, cells: ReadonlyMap<string, string[]>): { fixes: CellFix[]; isLost: boolean } | undefined {
  const { sheet, row, places } = candidate
  let best: { place: number; cells: string[]; share: number } | undefined
  for (const place of places) {
    const first = cells.get(placeKey(sheet, place)) ?? []
    const share = likeness(first, row.cells)
    if (best === undefined || share > best.share) best = { place, cells: first, share }
  }
  if (best === undefined || best.share < leastAlike) return undefined
  const lost = new Set(row.lostTail ?? [])
  const fixes: CellFix[] = []
  let isLost = false
  for (let column = 0; column < Math.max(row.cells.length, best.cells.length); column += 1) {
    const [before, now] = [plain(best.cells[column]), plain(row.cells[column])]
    if (before === now) continue
    // A number that was typed as a number lost its last digits: it is never taken for exact (trust.md §3.2).
    if (lost.has(column)) isLost = true
    else fixes.push({ sheet, row: best.place, column, value: now })
  }
  return { fixes, isLost }
}

function likeness(one: readonly string[], other: readonly string[]): number {
  let filled = 0
  let same = 0
  for (let column = 0; column < Math.max(one.length, other.length); column += 1) {
    const [first, second] = [plain(one[column]), plain(other[column])]
    if (first === '' && second === '') continue
    filled += 1
    if (first === second) same += 1
  }
  return filled === 0 ? 0 : same / filled
}
