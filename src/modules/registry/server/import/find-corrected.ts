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

/** The first file in brief: a digest of every row, in which row a key stands, and which rows were found again unchanged. */
interface Brief {
  digests: Map<string, string>
  keys: Map<string, number | 'twice'>
  found: Set<string>
  /** How far rows have moved by sheet: rows deleted or added above. */
  shift: Map<string, number>
}

/**
 * Compares a corrected file with the first, in three passes of flat memory: digests of the first; rows of the other that differ; the cells
 * of the rows that these may be. A row is known by its number and its key (household and person number, or the place of a village), so
 * that rows that were sorted or deleted are still told from corrected ones.
 */
export async function findCorrected(input: CorrectedInput): Promise<Corrected> {
  const sheets = keptSheetsOf(input.batch.sheets)
  const brief: Brief = { digests: new Map(), keys: new Map(), found: new Set(), shift: new Map() }
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
  const matches = candidates.flatMap((candidate) => match(candidate, brief, cells)).sort((one, other) => other.share - one.share)
  const settled = new Map<Candidate, Match>()
  for (const one of matches) {
    const key = placeKey(one.candidate.sheet, one.place)
    if (settled.has(one.candidate) || brief.found.has(key)) continue // of two that are like one row the liker has it
    brief.found.add(key)
    settled.set(one.candidate, one)
  }
  const fixes: CellFix[] = []
  for (const candidate of candidates) {
    const found = settled.get(candidate)
    const compared = found === undefined ? undefined : compare(found)
    if (compared === undefined || compared.isLost) unknownRows.push(candidate.row.row)
    fixes.push(...(compared?.fixes ?? []))
  }
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
  if (row.cells.every((cell) => plain(cell) === '')) return 'same'
  if (!sheets.some((one) => one.sheet === sheet && one.below < row.row)) return 'same' // titles and header are no data
  const digest = digestOf(row.cells)
  const keyed = brief.keys.get(keyOf(sheets, given))
  const byKey = typeof keyed === 'number' ? [keyed] : []
  const moved = row.row + (brief.shift.get(sheet) ?? 0)
  const places = [...new Set([...byKey, row.row, moved])].filter((place) => brief.digests.has(placeKey(sheet, place)))
  const same = places.find((place) => brief.digests.get(placeKey(sheet, place)) === digest && !brief.found.has(placeKey(sheet, place)))
  if (same === undefined) return places
  brief.found.add(placeKey(sheet, same))
  brief.shift.set(sheet, same - row.row)
  return 'same'
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

/** A row of the corrected file beside a row of the first. */
interface Match {
  candidate: Candidate
  place: number
  cells: string[]
  share: number
}

/** The rows that a row is like, without those that were found again unchanged. */
function match(candidate: Candidate, brief: Brief, cells: ReadonlyMap<string, string[]>): Match[] {
  return candidate.places.flatMap((place) => {
    const key = placeKey(candidate.sheet, place)
    const first = cells.get(key) ?? []
    const share = likeness(first, candidate.row.cells)
    return brief.found.has(key) || share < leastAlike ? [] : [{ candidate, place, cells: first, share }]
  })
}

function compare({ candidate, place, cells }: Match): { fixes: CellFix[]; isLost: boolean } {
  const { sheet, row } = candidate
  const lost = new Set(row.lostTail ?? [])
  const fixes: CellFix[] = []
  let isLost = false
  for (let column = 0; column < Math.max(row.cells.length, cells.length); column += 1) {
    const [before, now] = [plain(cells[column]), plain(row.cells[column])]
    if (before === now) continue
    // A number that was typed as a number lost its last digits: it is never taken for exact (trust.md §3.2).
    if (lost.has(column)) isLost = true
    else fixes.push({ sheet, row: place, column, value: now })
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
