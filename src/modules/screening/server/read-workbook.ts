import { readSheets, readTables, type RowBlock, type SheetFile, type TableBlock } from '#kernel/server/sheets/index.ts'
import { countNotData } from '../rules/tally.ts'
import { openSheet, readOne, type OpenSheet, type ReadDeps } from './read-rows.ts'
import { labelsOfLists, type KnownSheet } from './recognise-list.ts'

/**
 * Streams all tables of all sheets of a workbook past the register: several on a sheet, each with its own header; rows that slipped are put
 * right where their values prove it. Returns the tables that were recognised and the sheets that hold something else.
 */
export async function readWorkbook(
  file: SheetFile,
  fileNumber: number,
  deps: ReadDeps,
): Promise<{ known: KnownSheet[]; skipped: string[] }> {
  const reading = readSheets(file)
  const known: KnownSheet[] = []
  const skipped = new Set<string>()
  let open: OpenSheet | undefined
  const understand = (block: RowBlock): KnownSheet | undefined => {
    const found = deps.know(block)
    if (found === undefined) skipped.add(block.sheet)
    else known.push(found)
    return found
  }
  for await (const block of readTables(reading, { understand, labels: labelsOfLists })) {
    if (block.known !== open?.known)
      open = block.known === undefined ? undefined : openSheet(block.known, { sheet: block.sheet, fileNumber, deps })
    if (open === undefined) continue
    readBlock(open, block, deps)
    deps.onRows(block.rows.length + block.aside.length)
  }
  for (const seen of reading.report.sheets) if (seen.state !== 'read') skipped.add(seen.name)
  return { known, skipped: [...skipped] }
}

/** Rows in the order of the file; totals and notes are counted, rows that slipped unproven are read as they stand. */
function readBlock(open: OpenSheet, block: TableBlock<KnownSheet>, deps: ReadDeps): void {
  const told = block.aside.filter(({ why }) => why === 'total' || why === 'note').map(({ row }) => row)
  const rows = block.slipped.length === 0 ? block.rows : [...block.rows, ...block.slipped].sort((one, other) => one.row - other.row)
  let at = 0
  for (const row of rows) {
    for (; (told[at] ?? Number.POSITIVE_INFINITY) < row.row; at += 1) countNotData(open.tally, open.source, told[at] ?? 0)
    readOne(open, row, deps)
  }
  for (; at < told.length; at += 1) countNotData(open.tally, open.source, told[at] ?? 0)
}
