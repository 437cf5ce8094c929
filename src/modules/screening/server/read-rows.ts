import { judgeRow, readSheets, type RowBlock, type SheetFile, type SheetRow } from '#kernel/server/sheets/index.ts'
import { tidy } from '#kernel/pure/text/index.ts'
import { addRow } from '../rules/add-row.ts'
import { hashText, type HashKey } from '../rules/keyed-hash.ts'
import { makeListReader, readRow, type ListReader } from '../rules/list-reader.ts'
import type { Matcher } from '../rules/match-row.ts'
import { countNotData, openSource, type Tally } from '../rules/tally.ts'
import { columnsOf, type KnownSheet } from './recognise-list.ts'

/** What reading a list needs besides the file. */
export interface ReadDeps {
  matcher: Matcher
  /** Keys of the row hashes of a list. */
  keysOf(known: KnownSheet): HashKey
  /** Says which list a sheet is, from its first rows; `undefined` skips the sheet. */
  know(block: RowBlock): KnownSheet | undefined
  /** The tally of a list; all files of one list share it. */
  tallyOf(known: KnownSheet): Tally
  onRows: (rows: number) => void
}

/** A table whose rows are being read. */
export interface OpenSheet {
  sheet: string
  known: KnownSheet
  reader: ListReader
  tally: Tally
  source: number
  keys: HashKey
}

/** Streams all sheets of a file past the register, row by row as text. Returns the sheets that were recognised and those that were not. */
export async function readRows(file: SheetFile, fileNumber: number, deps: ReadDeps): Promise<{ known: KnownSheet[]; skipped: string[] }> {
  const reading = readSheets(file)
  const known: KnownSheet[] = []
  const skipped: string[] = []
  let open: OpenSheet | undefined
  let current: string | undefined
  for await (const block of reading) {
    if (block.sheet !== current) {
      current = block.sheet
      const found = deps.know(block)
      open = found === undefined ? undefined : openSheet(found, { sheet: block.sheet, fileNumber, deps })
      if (found === undefined) skipped.push(block.sheet)
      else known.push(found)
    }
    if (open === undefined) continue
    for (const row of block.rows) readOne(open, row, deps)
    deps.onRows(block.rows.length)
  }
  for (const seen of reading.report.sheets) if (seen.state !== 'read') skipped.push(seen.name)
  return { known, skipped }
}

/** Opens a source for the rows of a table. */
export function openSheet(
  known: KnownSheet,
  { sheet, fileNumber, deps }: { sheet: string; fileNumber: number; deps: ReadDeps },
): OpenSheet {
  const tally = deps.tallyOf(known)
  const reader = makeListReader(known.kind, columnsOf(known), known.labels)
  return { sheet, known, reader, tally, source: openSource(tally, { file: fileNumber, sheet }), keys: deps.keysOf(known) }
}

const rest = new Int32Array(2)

/** Reads one row past the register; totals and notes are counted. */
export function readOne(open: OpenSheet, row: SheetRow, deps: ReadDeps): void {
  const judged = row.row <= open.known.header.bottom ? 'header' : judgeRow(open.known.header, row)
  if (judged !== undefined) {
    if (judged === 'total' || judged === 'note') countNotData(open.tally, open.source, row.row)
    return
  }
  const reading = readRow(deps.matcher, open.reader, row)
  hashRest(open.keys, open.reader, row.cells)
  const spot = { source: open.source, row: row.row, restLow: rest[0] ?? 0, restHigh: rest[1] ?? 0 }
  addRow(open.tally, open.keys, open.reader, reading, spot, row.cells[open.reader.name] ?? '')
}

/** Hash of all cells but the running number and those that say whom the row means. */
function hashRest(keys: HashKey, reader: ListReader, cells: readonly string[]): void {
  let text = ''
  for (let column = 0; column < cells.length; column += 1) if (!reader.aside.has(column)) text += `${tidy(cells[column] ?? '')}\u0001`
  hashText(keys, text, rest, 0)
}
