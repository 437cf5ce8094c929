import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findField } from '../../policy/policy.ts'
import type { BadCell, BadRow } from '../../rules/import-records.ts'
import type { StoredBadRow } from './bad-row-store.ts'
import type { StoredBatch } from './batch-store.ts'
import { findSheetOf, keptSheetsOf } from './describe-columns.ts'
import { readMending } from './fix-store.ts'
import { makeMending, type Mending } from './mended-rows.ts'
import { listProblemsOf } from './problem-store.ts'
import type { StageSheet } from './read-row.ts'

/** Rows with problems as the importer sees them: what was mended laid over, numbers hidden that need not be seen to mend the row. */
export async function showBadRows(
  db: Db,
  ctx: Context,
  given: { vault: Vault; batch: StoredBatch; rows: readonly StoredBadRow[] },
): Promise<BadRow[]> {
  const { batch, rows } = given
  if (rows.length === 0) return []
  const { batchId } = batch
  const mending = await readMending(db, ctx, { vault: given.vault, batchId, rows })
  const problems = Map.groupBy(await listProblemsOf(db, ctx, { batchId, rows }), (one) => `${one.row}\0${one.sheet}`)
  const mend = makeMending(mending)
  return rows.map((row) => {
    const mended = mend(row.sheet, { row: row.row, cells: row.cells }).cells
    const own = (problems.get(`${row.row}\0${row.sheet}`) ?? []).map(({ sheet: _sheet, row: _row, ...problem }) => problem)
    return showRow({ row, cells: mended, problems: own, sheet: findSheetOf(keptSheetsOf(batch.sheets), row), mending })
  })
}

interface Shown {
  row: StoredBadRow
  /** With what was mended laid over. */
  cells: readonly string[]
  problems: BadCell[]
  sheet: StageSheet | undefined
  mending: Mending
}

function showRow(shown: Shown): BadRow {
  const { row, cells, problems } = shown
  const hidden = new Set(hiddenColumns(shown))
  const hide = (cell: string, column: number): string => (hidden.has(column) ? hideNumber(cell) : cell)
  const mended: Record<number, string> = {}
  for (const [column, cell] of cells.entries())
    if (cell !== (row.cells[column] ?? '')) mended[column] = hide(row.cells[column] ?? '', column)
  return { sheet: row.sheet, row: row.row, cells: cells.map(hide), masked: [...hidden], problems, mended }
}

/** Columns with numbers of persons that have no problem and were not mended here. A row whose cells slipped has to be seen whole. */
export function hiddenColumns({ row, cells, problems, sheet, mending }: Shown): number[] {
  if (problems.some((problem) => problem.reason === 'cells-drifted')) return []
  const open = new Set(problems.map((problem) => problem.column))
  for (const fix of mending.fixes) if (fix.row === row.row && fix.sheet === row.sheet) open.add(fix.column)
  const keys = new Map(sheet?.map.columns.map(({ column, key }) => [column, key]))
  return cells.flatMap((cell, column) => (!open.has(column) && isPersonal(cell, keys.get(column)) ? [column] : []))
}

/** Telephones, identity and account numbers by the meaning of their column; in a column that is not kept, whatever looks like one. */
function isPersonal(cell: string, key: string | undefined): boolean {
  if (cell === '') return false
  const field = key === undefined ? undefined : findField(key)
  if (field === undefined) return /[\d０-９]{7,}/.test(cell)
  return field.type === 'idNumber' || field.type === 'phone' || field.sealed
}

function hideNumber(cell: string): string {
  const text = cell.trim()
  return text.length < 8 ? '****' : `${text.slice(0, 3)}${'*'.repeat(text.length - 5)}${text.slice(-2)}`
}
