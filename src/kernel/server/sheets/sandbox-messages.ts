import type { ErrorDetails } from '#kernel/pure/errors/index.ts'
import type { Merge, ReadReport, RowBlock, SheetRow } from './sheet-types.ts'

/** A block of rows laid flat, which crosses a process border several times faster than nested objects. */
export interface FlatBlock {
  kind: 'block'
  sheet: string
  rows: Uint32Array
  widths: Uint32Array
  /** All cells as UTF-8, a zero byte behind each. */
  cells: Uint8Array
  /** Pairs: index of the row in the block, column. */
  lost: number[]
  hidden: number[]
  merges: Merge[] | undefined
  hiddenColumns: number[] | undefined
}

export type SandboxMessage =
  | FlatBlock
  | { kind: 'end'; report: ReadReport }
  | { kind: 'error'; code: string; status: number; details: ErrorDetails }

/** Lays a block flat for the way to the parent. No cell holds a zero character (`withoutZeros`). */
export function packBlock(block: RowBlock): FlatBlock {
  const rows = new Uint32Array(block.rows.length)
  const widths = new Uint32Array(block.rows.length)
  const flat: FlatBlock = {
    kind: 'block',
    sheet: block.sheet,
    rows,
    widths,
    cells: new Uint8Array(),
    lost: [],
    hidden: [],
    merges: block.merges,
    hiddenColumns: block.hiddenColumns,
  }
  let text = ''
  block.rows.forEach((row, index) => {
    rows[index] = row.row
    widths[index] = row.cells.length
    if (row.cells.length > 0) text += `${row.cells.join('\0')}\0`
    for (const column of row.lostTail ?? []) flat.lost.push(index, column)
    if (row.hidden === true) flat.hidden.push(index)
  })
  flat.cells = Buffer.from(text)
  return flat
}

/** The block as it was before `packBlock`. */
export function unpackBlock(flat: FlatBlock): RowBlock {
  const rows: SheetRow[] = []
  const bytes = Buffer.from(flat.cells.buffer, flat.cells.byteOffset, flat.cells.byteLength)
  let at = 0
  for (let index = 0; index < flat.rows.length; index += 1) {
    const cells: string[] = []
    for (let left = flat.widths[index] ?? 0; left > 0; left -= 1) {
      let end = at
      let wide = 0
      for (let byte = bytes[end] ?? 0; byte !== 0; byte = bytes[end] ?? 0) {
        wide |= byte
        end += 1
      }
      cells.push(end === at ? '' : bytes.toString(wide < 128 ? 'latin1' : 'utf8', at, end))
      at = end + 1
    }
    rows.push({ row: flat.rows[index] ?? 0, cells })
  }
  for (let pair = 0; pair < flat.lost.length; pair += 2) {
    const row = rows[flat.lost[pair] ?? 0]
    if (row !== undefined) (row.lostTail ??= []).push(flat.lost[pair + 1] ?? 0)
  }
  for (const index of flat.hidden) {
    const row = rows[index]
    if (row !== undefined) row.hidden = true
  }
  const block: RowBlock = { sheet: flat.sheet, rows }
  if (flat.merges !== undefined) block.merges = flat.merges
  if (flat.hiddenColumns !== undefined) block.hiddenColumns = flat.hiddenColumns
  return block
}
