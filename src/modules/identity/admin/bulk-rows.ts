import type { CellChange } from '#ui/data/sheet-moves.ts'
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

const labels: Readonly<Record<ColumnKey, readonly string[]>> = {
  name: ['姓名', 'name'],
  phone: ['手机号', '手机', '电话', '联系电话', 'telephone', 'phone'],
  organisation: ['单位', '所在单位', 'organisation'],
  role: ['角色', '职务', 'role', 'roles'],
  area: ['辖区', '区划', '所在村', 'area'],
  loginName: ['用户名', '账号', 'login name', 'login'],
}
const mostRows = 500

/**
 * Rows of a pasted block or of a file's first sheet. A heading (姓名 in one of the first ten rows) says which column is which;
 * without it the columns stand in the order of `columnKeys`. `row` is the row's place in the block, counted from 1.
 */
export function rowsOfPaste(block: readonly (readonly string[])[]): DraftRow[] {
  const headingAt = block.slice(0, 10).findIndex((cells) => findLabel(cells, 'name') !== undefined)
  const heading = block[headingAt] ?? []
  const places = columnKeys.map((key, index) => (headingAt === -1 ? index : findLabel(heading, key)))
  const read = (cells: readonly string[], key: ColumnKey) => {
    const place = places[columnKeys.indexOf(key)]
    return place === undefined ? '' : (cells[place] ?? '').trim()
  }
  return block
    .map((cells, index) => ({ cells, row: index + 1 }))
    .filter(({ cells, row }) => row > headingAt + 1 && cells.some((cell) => cell.trim() !== ''))
    .slice(0, mostRows)
    .map(({ cells, row }) => ({
      row,
      cells: {
        name: read(cells, 'name'),
        phone: read(cells, 'phone'),
        organisation: read(cells, 'organisation'),
        role: read(cells, 'role'),
        area: read(cells, 'area'),
        loginName: read(cells, 'loginName'),
      },
      problems: {},
    }))
}

function findLabel(cells: readonly string[], key: ColumnKey): number | undefined {
  const at = cells.findIndex((cell) => labels[key].includes(cell.normalize('NFKC').trim().toLowerCase()))
  return at === -1 ? undefined : at
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
