import type { Merge, RowBlock, SheetRow } from './sheet-types.ts'

/** Where a reader puts what it finds, row by row and each row from left to right; blank cells between are not told. */
export interface RowStore<Block> {
  openRow(row: number, isHidden: boolean): void
  /** A shown text that is not empty. */
  text(column: number, text: string): void
  /** The same of a shared string, which may come again under its `id`. */
  shared(column: number, text: string, id: number): void
  /** A number that is shown as it is written: the characters of `source` from `from` to before `to`. */
  plain(column: number, source: string, from: number, to: number): void
  /** The number in this column lost its tail. */
  lost(column: number): void
  /** Ends the row and gives its width. */
  closeRow(): number
  /** A row that is there whole. */
  row(row: SheetRow): void
  /** True when what is held weighs so much that it should go. */
  isHeavy(): boolean
  /** Makes a block of the rows so far and begins anew. */
  take(head: BlockHead): Block
}

/** What a block says besides its rows. */
export interface BlockHead {
  sheet: string
  merges?: Merge[]
  hiddenColumns?: number[]
}

/** The store of a reading in this process: rows of strings. */
export function makeRowStore(): RowStore<RowBlock> {
  let rows: SheetRow[] = []
  let open: SheetRow = { row: 0, cells: [] }
  const text = (column: number, shown: string): void => {
    const { cells } = open
    for (let at = cells.length; at < column; at += 1) cells.push('')
    cells[column] = shown
  }
  return {
    openRow(row, isHidden) {
      open = isHidden ? { row, cells: [], hidden: true } : { row, cells: [] }
      rows.push(open)
    },
    text,
    shared: text,
    plain: (column, source, from, to) => text(column, source.slice(from, to)),
    lost: (column) => void (open.lostTail ??= []).push(column),
    closeRow: () => open.cells.length,
    row: (row) => void rows.push(row),
    isHeavy: () => false,
    take(head) {
      const block = { ...head, rows }
      rows = []
      return block
    },
  }
}
