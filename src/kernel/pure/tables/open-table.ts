import { parseFen } from '../money/index.ts'
import { learnForms, makeAligner, type ColumnForm, type DriftedRow, type RowAligner } from './align-rows.ts'
import type { ColumnMap, WantedField } from './column-types.ts'
import type { Header } from './header.ts'
import { judgeRow, type NotData } from './judge-row.ts'
import { firstFilled, lastFilled, type Merge, type SheetRow } from './row-types.ts'

/** A table that was understood. Callers may add what they know of it (its kind). */
export interface KnownTable {
  header: Header
  map: ColumnMap
  fields: readonly WantedField[]
}

/** Why a row is not given as data; `no-table`: its columns are not understood, `drifted`: its cells slipped and nothing proves how. */
export type AsideReason = NotData | 'no-table' | 'drifted'

/** Some rows of one table, in the order of the file. Every row of the file stands either in `rows` or in `aside`. */
export interface TableBlock<Known extends KnownTable> {
  sheet: string
  /** The how-manieth table of its sheet, from 1. */
  table: number
  known: Known | undefined
  /** Data rows; those that slipped were put right where it is proven. */
  rows: SheetRow[]
  aside: { row: number; why: AsideReason }[]
  drifted: DriftedRow[]
  /** The rows that slipped unproven, as they stand in the file. */
  slipped: SheetRow[]
}

/** A table whose rows are being taken. */
export interface OpenTable<Known extends KnownTable> {
  known: Known
  forms: ReadonlyMap<number, ColumnForm>
  mapped: ReadonlySet<number>
  align: RowAligner | undefined
  /** Merged cells over several rows that begin below the header, by their first row; and those that reach into the next row, by column. */
  merges: ReadonlyMap<number, readonly Merge[]>
  reaching: Map<number, { value: string; bottom: number }>
}

/** Makes ready to take the rows below a header, with what stands in its columns as a rule. */
export function openRows<Known extends KnownTable>(known: Known, samples: readonly SheetRow[], merges: readonly Merge[]): OpenTable<Known> {
  const forms = learnForms(known.map, known.fields, samples)
  const tall = new Map<number, Merge[]>()
  for (const merge of merges) {
    if (merge.bottom > merge.top && merge.top > known.header.bottom) tall.set(merge.top, [...(tall.get(merge.top) ?? []), merge])
  }
  const mapped = new Set(known.map.columns.map((one) => one.column))
  return { known, forms, mapped, align: makeAligner(forms), merges: tall, reaching: new Map() }
}

/** Takes one row: as data, or aside with the reason. */
export function takeRow<Known extends KnownTable>(open: OpenTable<Known> | undefined, given: SheetRow, block: TableBlock<Known>): void {
  const row = open === undefined ? given : fillMerged(open, given)
  const why = judge(open, row)
  if (why !== undefined) {
    block.aside.push({ row: row.row, why })
    return
  }
  const judged = open?.align?.(row)
  if (judged === undefined) {
    block.rows.push(row)
    return
  }
  block.drifted.push(judged.drift)
  if (judged.row === undefined) {
    block.aside.push({ row: row.row, why: 'drifted' })
    block.slipped.push(row)
  } else block.rows.push(judged.row)
}

/**
 * A cell merged over several rows holds for each of them: a place, a name, an identity number. Not so a number that may be a sum: it stands
 * in the first row only, as in the file.
 */
function fillMerged<Known extends KnownTable>(open: OpenTable<Known>, row: SheetRow): SheetRow {
  for (const merge of open.merges.get(row.row) ?? []) {
    const value = row.cells[merge.left] ?? ''
    if (value.trim() !== '' && parseFen(value) === undefined) open.reaching.set(merge.left, { value, bottom: merge.bottom })
  }
  if (open.reaching.size === 0) return row
  const cells = [...row.cells]
  for (const [column, { value, bottom }] of open.reaching) {
    if (row.row > bottom) open.reaching.delete(column)
    else if ((cells[column] ?? '').trim() === '') {
      while (cells.length < column) cells.push('')
      cells[column] = value
    }
  }
  return { ...row, cells }
}

function judge<Known extends KnownTable>(open: OpenTable<Known> | undefined, row: SheetRow): AsideReason | undefined {
  if (open === undefined) return row.cells.every((cell) => cell.trim() === '') ? 'blank' : 'no-table'
  const why = judgeRow(open.known.header, row)
  if (why !== undefined || open.known.header.columns.length < 4) return why
  // One cell alone: the title of a part, or a running number that was filled in beforehand.
  const column = firstFilled(row.cells)
  if (lastFilled(row.cells) !== column) return undefined
  const cell = row.cells[column] ?? ''
  if (/^\d{1,6}$/.test(cell.trim()) && !open.mapped.has(column)) return 'blank'
  const form = open.forms.get(column)
  return (form === undefined && open.mapped.has(column)) || form?.fits(cell) === true ? undefined : 'title'
}
