import { judgeRow, openSheetFile, readSheetsSandboxed, type RowBlock } from '#kernel/server/sheets/index.ts'
import type { ImportKind } from '../../contract.ts'
import { registryErrors } from '../errors.ts'
import { isOtherSheet, openSheet, type OpenSheet } from './open-import.ts'
import { countyKey } from './place-book.ts'

/** What the beginning of a file says of it. */
export interface Inspected {
  kind: ImportKind
  /** Names of counties in its first rows, as compared. */
  counties: ReadonlySet<string>
  /** The first six characters of its household numbers and village codes. */
  prefixes: ReadonlySet<string>
}

/** Reads the beginning of a file: its kind and its county. Throws `sheets.*` and `registry.unknown-kind`. */
export async function inspectFile(input: { path: string; fileName: string; kind?: ImportKind | undefined }): Promise<Inspected> {
  const file = await openSheetFile({ path: input.path, originalName: input.fileName })
  const seen = new Set<string>()
  let refusal: unknown
  let labels: string[] = []
  for await (const block of readSheetsSandboxed(file)) {
    if (seen.has(block.sheet)) continue
    seen.add(block.sheet)
    if (labels.length === 0) labels = block.rows[0]?.cells.slice(0, 30) ?? []
    try {
      const sheet = openSheet(block, input)
      if (sheet !== undefined) return describe(sheet, block)
    } catch (fault) {
      if (!isOtherSheet(fault)) throw fault
      refusal = fault
    }
  }
  throw refusal ?? registryErrors.unknownKind({ seen: labels })
}

function describe(sheet: OpenSheet, block: RowBlock): Inspected {
  const rows = block.rows.filter((row) => judgeRow(sheet.header, row) === undefined)
  const valuesOf = (key: string): string[] => {
    const column = sheet.map.columns.find((one) => one.key === key)?.column
    return column === undefined ? [] : rows.flatMap((row) => (row.cells[column] ?? '').trim() || [])
  }
  const numbers = [...valuesOf('householdNo'), ...valuesOf('regionCode')].filter((value) => /^\d{12,}$/.test(value))
  return {
    kind: sheet.kind,
    counties: new Set(valuesOf('county').map(countyKey)),
    prefixes: new Set(numbers.map((value) => value.slice(0, 6))),
  }
}
