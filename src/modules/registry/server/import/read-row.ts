import type { SheetRow } from '#kernel/server/sheets/index.ts'
import type { ImportKind } from '../../contract.ts'
import type { Field, KindPolicy } from '../../policy/policy.ts'
import { codeLists, findField } from '../../policy/policy.ts'
import { makeCellReader, type CellReader } from '../../rules/read-value.ts'
import type { Problem } from './staged-rows.ts'

/** What of a table its rows are read by; kept with the batch, so that a row can be checked without the file. */
export interface StageSheet {
  readonly sheet: string
  readonly kind: ImportKind
  readonly policy: KindPolicy
  readonly map: { readonly columns: readonly { key: string; column: number; label: string }[] }
}

/** One column of the file that is kept. */
export interface ReadColumn {
  column: number
  label: string
  field: Field
  read: CellReader
}

/** The values of one row by field key; a value that could not be read stands in `unread`. */
export interface RowValues {
  values: Record<string, string | number | boolean>
  unread: Record<string, string>
}

/** The columns of a sheet with their readers, in the order of the file. */
export function columnsOf(sheet: StageSheet): ReadColumn[] {
  return sheet.map.columns.flatMap(({ key, column, label }) => {
    const field = findField(key)
    return field === undefined ? [] : [{ column, label, field, read: makeCellReader(field, label, codeLists) }]
  })
}

/** Reads the cells of a row; suspicious and corrected cells are noted, `id-as-number` refuses. */
export function readRow(sheet: StageSheet, columns: readonly ReadColumn[], row: SheetRow): RowValues & { problems: Problem[] } {
  const read: RowValues & { problems: Problem[] } = { values: {}, unread: {}, problems: [] }
  for (const { column, label, field, read: readCell } of columns) {
    const cell = row.cells[column] ?? ''
    if (cell === '') continue
    const note = (severity: Problem['severity'], reason: Problem['reason']) =>
      read.problems.push({ sheet: sheet.sheet, row: row.row, column, label, severity, reason })
    if (row.lostTail?.includes(column) === true && (field.type === 'idNumber' || field.key === 'householdNo' || field.key === 'personNo')) {
      note('refused', 'id-as-number')
      continue
    }
    const { value, problem, isUnread, isCorrected } = readCell(cell)
    if (problem !== undefined) note('suspicious', problem)
    if (isCorrected === true) note('corrected', 'typography')
    if (value === undefined) continue
    if (isUnread === true) read.unread[field.key] = String(value)
    else read.values[field.key] = value
  }
  return read
}
