import { isLineColumn, lineOf } from '../rules/import-fields.ts'
import { readValues } from '../rules/read-values.ts'
import type { FieldValue, RecordProblem } from '../rules/records.ts'
import type { Ledger } from './open-ledger.ts'

/** A row of a file, its cells by field key. */
export interface ReadRow {
  readonly row: number
  readonly cells: ReadonlyMap<string, { readonly text: string; readonly label: string; readonly lostTail: boolean }>
  /** The lines of its repeating tables, the first of them its own. */
  readonly lines?: readonly Pick<ReadRow, 'row' | 'cells'>[]
}
type Cells = ReadRow['cells']

/** Puts the lines of a repeating table to the record above: `take` gives a record back when the next one begins, `last` the one that is left. */
export interface LineJoiner {
  readonly take: (row: ReadRow) => ReadRow | undefined
  readonly last: () => ReadRow | undefined
}

/**
 * Joins rows as registers are written by hand: a record has as many lines as its table has rows, and what does not repeat stands in the first of
 * them only (merged cells), or is written again in each.
 */
export function joinLines(): LineJoiner {
  let waiting: (ReadRow & { lines: { row: number; cells: Cells }[] }) | undefined
  return {
    take: (row) => {
      if (waiting !== undefined && isFurtherLine(waiting.cells, row.cells)) {
        waiting.lines.push({ row: row.row, cells: row.cells })
        return undefined
      }
      const done = waiting
      waiting = { ...row, lines: [{ row: row.row, cells: row.cells }] }
      return done
    },
    last: () => waiting,
  }
}

function isFurtherLine(first: Cells, next: Cells): boolean {
  let hasLine = false
  for (const [key, cell] of next) if (isLineColumn(key) && cell.text !== '') hasLine = true
  if (!hasLine) return false
  const own = [...next].filter(([key]) => !isLineColumn(key))
  return own.every(([, cell]) => cell.text === '') || own.every(([key, cell]) => cell.text === first.get(key)?.text)
}

/** The tables of a record as its lines say them; what is wrong with a cell is named by its column and the row of the file. */
export function readLines(
  { open }: Ledger,
  read: ReadRow,
): { values: Record<string, FieldValue>; problems: (RecordProblem & { label: string; cell: string })[] } {
  const values: Record<string, FieldValue> = {}
  const problems: (RecordProblem & { label: string; cell: string })[] = []
  const tables = new Set([...read.cells.keys()].filter(isLineColumn).map((key) => lineOf(key).field))
  for (const key of tables) {
    const lines = (read.lines ?? [{ row: read.row, cells: read.cells }]).flatMap(({ row, cells }) => {
      const said = [...cells].filter(([name, cell]) => isLineColumn(name) && lineOf(name).field === key && cell.text !== '')
      return said.length === 0 ? [] : [{ row, cells: new Map(said.map(([name, cell]) => [lineOf(name).column, cell])) }]
    })
    if (lines.length === 0) continue
    const raw = lines.map(({ cells }) => Object.fromEntries([...cells].map(([column, cell]) => [column, cell.text])))
    const found = readValues(open, { [key]: raw })
    const value = found.values[key]
    if (value !== undefined) values[key] = value
    for (const problem of found.problems) {
      const line = problem.row === undefined ? undefined : lines[problem.row - 1]
      const cell = problem.column === undefined ? undefined : line?.cells.get(problem.column)
      problems.push({ ...problem, label: `${cell?.label ?? key}（第 ${line?.row ?? read.row} 行）`, cell: (cell?.text ?? '').slice(0, 60) })
    }
  }
  return { values, problems }
}
