import { judgeRow, sayReason, type MappedColumn, type RowBlock } from '#kernel/pure/tables/index.ts'
import type { ImportBatch, ImportKind } from '../../contract.ts'
import { kinds } from '../../policy/policy.ts'
import type { OpenSheet } from './open-import.ts'
import type { StageSheet } from './read-row.ts'

const shownSamples = 3
const sampleLength = 40

/** The columns of a table for a person who maps them: label, field, how sure, a few values with the digits of numbers masked. */
export function describeColumns(block: RowBlock, table: Pick<OpenSheet, 'header' | 'map'>): ImportBatch['columns'] {
  const { header, map } = table
  const labels = new Map(header.columns.map(({ column, label }) => [column, label]))
  const offset = map.shiftedBy ?? 0
  const columns = [...new Set([...[...labels.keys()].map((column) => column + offset), ...map.columns.map((one) => one.column)])]
  const rows = block.rows.filter((row) => judgeRow(header, row) === undefined)
  return columns
    .sort((one, other) => one - other)
    .map((column) => {
      const mapped = map.columns.find((one) => one.column === column)
      const values = new Set<string>()
      for (const row of rows) {
        const cell = (row.cells[column] ?? '').trim()
        if (cell !== '' && values.size < shownSamples) values.add(masked(cell))
      }
      const field = mapped === undefined ? {} : { key: mapped.key, how: mapped.how, confidence: mapped.confidence, why: saidOf(mapped) }
      return { column, label: labels.get(column - offset) ?? '', ...field, samples: [...values] }
    })
}

/** Why the column was taken for its field, in both languages. */
function saidOf(mapped: MappedColumn): { zh: string; en: string } {
  return { zh: sayReason(mapped, 'zh'), en: sayReason(mapped, 'en') }
}

/** A value of which the middle digits of each long number are hidden. */
export function masked(cell: string): string {
  return cell
    .slice(0, sampleLength)
    .replace(/[\d０-９]{5,}[Xx]?/g, (number) => `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`)
}

/** How a table was understood, as it is kept with the batch so that one of its rows can be checked again without the file. */
export interface KeptSheet {
  sheet: string
  kind: ImportKind
  /** The last row of its header. */
  below: number
  columns: Pick<MappedColumn, 'key' | 'column' | 'label'>[]
}

/** A table as it is kept. */
export function describeSheet(table: OpenSheet): KeptSheet {
  const columns = table.map.columns.map(({ key, column, label }) => ({ key, column, label }))
  return { sheet: table.sheet, kind: table.kind, below: table.header.bottom, columns }
}

/** The kept table in which a row stands, ready to check it. */
export function findSheetOf(sheets: readonly KeptSheet[], place: { sheet: string; row: number }): StageSheet | undefined {
  const above = sheets.filter((one) => one.sheet === place.sheet && one.below < place.row)
  const kept = above.reduce<KeptSheet | undefined>((best, one) => (best === undefined || one.below > best.below ? one : best), undefined)
  const policy = kinds.find((one) => one.kind === kept?.kind)
  return kept === undefined || policy === undefined
    ? undefined
    : { sheet: kept.sheet, kind: kept.kind, policy, map: { columns: kept.columns } }
}

/** The tables that a batch keeps. */
export function keptSheetsOf(sheets: unknown): readonly KeptSheet[] {
  // Safe: only `describeSheet` writes them.
  return sheets as readonly KeptSheet[]
}
