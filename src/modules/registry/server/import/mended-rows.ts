import type { RowBlock, SheetRow } from '#kernel/pure/tables/index.ts'

/** One cell as it should be. */
export interface CellFix {
  sheet: string
  row: number
  /** From 0. */
  column: number
  value: string
}

/** A value of a column that is read as another. */
export interface ValueReplacement {
  column: number
  from: string
  to: string
}

/** What was mended in a file, laid over its rows whenever they are read. A cell mended by itself wins over a replacement. */
export interface Mending {
  fixes: readonly CellFix[]
  replacements: readonly ValueReplacement[]
}

/** Lays what was mended over one row; the same row where nothing was. */
export type MendRow = (sheet: string, row: SheetRow) => SheetRow

const rowKey = (sheet: string, row: number): string => `${row}\0${sheet}`

/** Makes the overlay of a file. Cells are compared without blanks at their ends. */
export function makeMending(mending: Mending): MendRow {
  const byRow = new Map<string, CellFix[]>()
  for (const fix of mending.fixes) {
    const key = rowKey(fix.sheet, fix.row)
    byRow.set(key, [...(byRow.get(key) ?? []), fix])
  }
  const byColumn = Map.groupBy(mending.replacements, (one) => one.column)
  const newValues = [...byColumn].map(([column, list]) => [column, new Map(list.map((one) => [one.from.trim(), one.to]))] as const)
  return (sheet, row) => {
    const changes = new Map<number, string>()
    for (const [column, values] of newValues) {
      const to = values.get((row.cells[column] ?? '').trim())
      if (to !== undefined) changes.set(column, to)
    }
    for (const fix of byRow.get(rowKey(sheet, row.row)) ?? []) changes.set(fix.column, fix.value)
    return changes.size === 0 ? row : withCells(row, changes)
  }
}

function withCells(row: SheetRow, changes: ReadonlyMap<number, string>): SheetRow {
  const cells = [...row.cells]
  for (const [column, value] of changes) {
    while (cells.length < column) cells.push('')
    cells[column] = value
  }
  const { lostTail, ...rest } = row
  const lost = lostTail?.filter((column) => !changes.has(column)) ?? [] // what a person wrote is whole
  return lost.length === 0 ? { ...rest, cells } : { ...rest, cells, lostTail: lost }
}

/** Reads blocks with the mending laid over; `keep` is handed each row as the file has it. */
export async function* mendBlocks(
  blocks: AsyncIterable<RowBlock>,
  mend: MendRow,
  keep: (sheet: string, row: SheetRow) => void,
): AsyncGenerator<RowBlock> {
  for await (const block of blocks) {
    const rows = block.rows.map((row) => {
      keep(block.sheet, row)
      return mend(block.sheet, row)
    })
    yield { ...block, rows }
  }
}
