import type { SheetRow } from '#kernel/pure/tables/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { BadCell } from '../../rules/import-records.ts'
import { makePlaceBook } from './place-book.ts'
import type { StageSheet } from './read-row.ts'
import { makeRowStager } from './stage-rows.ts'
import type { Problem } from './staged-rows.ts'

/** What only the whole file can tell; it stays until the file is checked again, unless one of its cells was mended. */
const ofTheFile = new Set<string>(['household-differs', 'person-twice', 'village-twice', 'unknown-place', 'cells-drifted'])
const placeKeys = new Set(['township', 'village', 'villageGroup', 'regionCode'])

export interface RowToCheck {
  sheet: StageSheet
  /** With what was mended. */
  row: SheetRow
  /** What was wrong before. */
  before: readonly BadCell[]
  /** Columns that were mended now. */
  mended: ReadonlySet<number>
}

/** Checks one row by itself, as the whole file would be checked. `countyName`: the county's own name. */
export function checkRow(
  tools: { vault: Vault; countyCode: string; batchId: string; countyName: string | undefined },
  given: RowToCheck,
): Problem[] {
  const { sheet, row, before, mended } = given
  const stager = makeRowStager({ ...tools, places: makePlaceBook(tools.countyName) }, 1)
  const { problems } = stager.stage(sheet, row)
  const isPlaceMended = sheet.map.columns.some(({ key, column }) => placeKeys.has(key) && mended.has(column))
  const kept = before.filter(({ reason, column }) => {
    if (!ofTheFile.has(reason)) return false
    if (reason === 'cells-drifted') return mended.size === 0
    if (reason === 'unknown-place') return !isPlaceMended
    return column === undefined || !mended.has(column)
  })
  return [
    ...problems.filter((problem) => problem.severity !== 'corrected'),
    ...kept.map<Problem>((problem) => ({
      severity: problem.severity,
      sheet: sheet.sheet,
      row: row.row,
      column: problem.column,
      label: problem.label,
      // Safe: it was written from a Problem.
      reason: problem.reason as Problem['reason'],
      details: problem.details,
    })),
  ]
}

/** How bad a row is. */
export function severityOf(problems: readonly Pick<Problem, 'severity'>[]): 'refused' | 'suspicious' | 'mended' {
  if (problems.some((problem) => problem.severity === 'refused')) return 'refused'
  return problems.some((problem) => problem.severity === 'suspicious') ? 'suspicious' : 'mended'
}
