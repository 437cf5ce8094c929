import { labelKey, type Header } from './header.ts'
import { isUnderHeader, judgeRow } from './judge-row.ts'
import { openRows, takeRow, type KnownTable, type OpenTable, type TableBlock } from './open-table.ts'
import { lastFilled, type RowBlock, type SheetRow } from './row-types.ts'
import { mayBeHeader, sampleRows, startsTable } from './starts-table.ts'

export interface TableInput<Known extends KnownTable> {
  /**
   * Looks at the first rows of a table (titles, header and data) and says what it is; `undefined` when it is none we want
   * (its rows are told as `no-table`). Called once per table; what it throws ends the reading.
   */
  understand: (block: RowBlock) => Known | undefined
  /** Every label and alias that may stand in a header: by them a further table below the first is noticed. */
  labels: Iterable<string>
}

const mostSamples = 300
const neededRows = 60
/** No honest sheet holds more; a hostile one would have each row looked at as a table. */
const mostTables = 500

/**
 * Reads tables out of blocks of rows: several sheets, several tables on one sheet, each with its own header. Rows above, between and below
 * them, hidden rows, repeated headers and totals are told in `aside`.
 */
export async function* readTables<Known extends KnownTable>(
  blocks: AsyncIterable<RowBlock> | Iterable<RowBlock>,
  input: TableInput<Known>,
): AsyncGenerator<TableBlock<Known>> {
  const labels = new Set([...input.labels].map(labelKey).filter((key) => key !== ''))
  let reader: SheetReader<Known> | undefined
  for await (const block of blocks) {
    if (reader === undefined || reader.sheet !== block.sheet) {
      if (reader !== undefined) yield* takeRows(reader, true)
      reader = {
        sheet: block.sheet,
        understand: input.understand,
        labels,
        waiting: [],
        before: undefined,
        isUnderHeader: false,
        table: 0,
        open: undefined,
        firstBlock: block,
        from: 0,
      }
    }
    reader.waiting.push(...block.rows)
    yield* takeRows(reader, false)
  }
  if (reader !== undefined) yield* takeRows(reader, true)
}

interface SheetReader<Known extends KnownTable> {
  sheet: string
  understand: (block: RowBlock) => Known | undefined
  labels: ReadonlySet<string>
  /** Rows that were not given out yet, and the place of the first that no table has looked at. */
  waiting: SheetRow[]
  from: number
  /** The last row that was given out. */
  before: SheetRow | undefined
  /** The last row was a header printed again. */
  isUnderHeader: boolean
  table: number
  open: OpenTable<Known> | undefined
  firstBlock: RowBlock
}

function* takeRows<Known extends KnownTable>(reader: SheetReader<Known>, isEnd: boolean): Generator<TableBlock<Known>> {
  if (reader.table === 0 && reader.waiting.length > 0) openTable(reader, { ...reader.firstBlock, rows: reader.waiting })
  let block = emptyBlock(reader)
  const place = { rows: reader.waiting, before: reader.before, labels: reader.labels }
  let at = 0
  for (; at < reader.waiting.length; at += 1) {
    const row = reader.waiting[at]
    if (row === undefined) break
    // A header of two rows may be cut by the border of a block.
    if (!isEnd && at === reader.waiting.length - 1 && mayBeHeader(row)) break
    const mayStart = row.row > reader.from && reader.table < mostTables
    if (mayStart && startsTable({ ...place, at, header: reader.open?.known.header })) {
      if (!isEnd && reader.waiting.length - at < neededRows) break
      if (block.rows.length + block.aside.length > 0) yield block
      openTable(reader, { sheet: reader.sheet, rows: reader.waiting.slice(at) })
      block = emptyBlock(reader)
    }
    const leads = leadsToHeader(reader, at)
    if (leads === undefined && !isEnd) break
    if (leads === true) block.aside.push({ row: row.row, why: 'title' })
    else if (reader.isUnderHeader && isUnderHeader(row)) block.aside.push({ row: row.row, why: 'column-numbers' })
    else takeRow(reader.open, row, block)
    const told = block.aside[block.aside.length - 1]
    reader.isUnderHeader = told?.row === row.row && told.why === 'repeated-header'
  }
  reader.before = reader.waiting[at - 1] ?? reader.before
  reader.waiting = reader.waiting.slice(at)
  if (block.rows.length + block.aside.length > 0) yield block
}

const longestLead = 40

/** True for a title of one or two cells over a further header, perhaps with more titles and gaps between; `undefined` when later rows decide. */
function leadsToHeader<Known extends KnownTable>(reader: SheetReader<Known>, from: number): boolean | undefined {
  const header = reader.open?.known.header
  const first = reader.waiting[from]
  if (header === undefined || first === undefined || first.row <= header.bottom || !isSparse(first, header)) return false
  const why = judgeRow(header, first)
  if (why !== undefined && why !== 'note') return false
  for (let at = from + 1; at <= from + longestLead; at += 1) {
    const row = reader.waiting[at]
    if (row === undefined) return undefined
    if (startsTable({ rows: reader.waiting, at, header, labels: reader.labels }) || judgeRow(header, row) === 'repeated-header') return true
    if (lastFilled(row.cells) >= 0 && !isSparse(row, header)) return false
  }
  return false
}

function isSparse(row: SheetRow, header: Header): boolean {
  let filled = 0
  for (const cell of row.cells) {
    if (cell === '' || cell.trim() === '') continue
    filled += 1
    if (filled > 2) return false
  }
  return filled === 1 || (filled === 2 && header.columns.length >= 5)
}

/** Opens the table that begins in `block`; rows up to its header's end are not asked again whether they begin one. */
function openTable<Known extends KnownTable>(reader: SheetReader<Known>, block: RowBlock): void {
  const { hiddenColumns, merges = [] } = reader.firstBlock
  const top = block.rows[0]?.row ?? 0
  const below = merges.filter((merge) => merge.bottom >= top)
  const known = reader.understand({ ...block, merges: below, ...(hiddenColumns === undefined ? {} : { hiddenColumns }) })
  reader.table += 1
  reader.from = known?.header.bottom ?? block.rows[0]?.row ?? 0
  if (known === undefined) {
    reader.open = undefined
    return
  }
  const samples = sampleRows(block.rows, known.header, { labels: reader.labels, most: mostSamples })
  reader.open = openRows(known, samples, below)
}

function emptyBlock<Known extends KnownTable>(reader: SheetReader<Known>): TableBlock<Known> {
  return { sheet: reader.sheet, table: reader.table, known: reader.open?.known, rows: [], aside: [], drifted: [], slipped: [] }
}
