import type { CellChange } from '#ui/forms/sheet-moves.ts'
import type { BulkUserResult, BulkUserRow } from '../contract.ts'

/** The columns in the order of the sheet that is pasted. */
export const columnKeys = ['name', 'phone', 'organisation', 'role', 'area', 'loginName'] as const
export type ColumnKey = (typeof columnKeys)[number]
type Problem = Extract<BulkUserResult, { state: 'refused' }>['problems'][number]

export interface DraftRow {
  /** As in the sender's sheet, counted from 1. */
  readonly row: number
  readonly cells: Readonly<Record<ColumnKey, string>>
  readonly problems: Partial<Record<ColumnKey, Problem['reason']>>
}

const headings = ['姓名', 'name']
const mostRows = 500

/** Rows of a pasted block; a first row with the heading 姓名 is left out. */
export function rowsOfPaste(block: readonly (readonly string[])[]): DraftRow[] {
  const hasHeading = headings.includes((block[0]?.[0] ?? '').toLowerCase())
  return block
    .slice(hasHeading ? 1 : 0, mostRows + 1)
    .slice(0, mostRows)
    .map((cells, index) => ({
      row: index + (hasHeading ? 2 : 1),
      cells: {
        name: cells[0] ?? '',
        phone: cells[1] ?? '',
        organisation: cells[2] ?? '',
        role: cells[3] ?? '',
        area: cells[4] ?? '',
        loginName: cells[5] ?? '',
      },
      problems: {},
    }))
}

/** The rows with some cells changed; the problem of a changed cell is gone until it is sent again. */
export function changeRows(rows: readonly DraftRow[], changes: readonly CellChange[]): DraftRow[] {
  const next = [...rows]
  for (const { row, columnKey, text } of changes) {
    const draft = next[row]
    const column = columnKeys.find((key) => key === columnKey)
    if (draft === undefined || column === undefined) continue
    const { [column]: _gone, ...problems } = draft.problems
    next[row] = { ...draft, cells: { ...draft.cells, [column]: text }, problems }
  }
  return next
}

/** What is sent; an empty login name lets the server make one. */
export function toBulkRows(rows: readonly DraftRow[]): BulkUserRow[] {
  return rows.map(({ row, cells: { loginName, ...cells } }) => ({ row, ...cells, ...(loginName === '' ? {} : { loginName }) }))
}
