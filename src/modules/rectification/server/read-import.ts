import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { destroyFile, keepFile } from '#kernel/server/files/index.ts'
import {
  columnName,
  labelsOf,
  openSheetFile,
  readSheetsSandboxed,
  readTables,
  understandTable,
  type WantedField,
} from '#kernel/server/sheets/index.ts'
import { importFields, type ImportField } from '../rules/import-fields.ts'
import type { StagedImport } from '../rules/import-records.ts'
import { rectificationErrors } from './errors.ts'

const limitBytes = 20 * 1_048_576
/** Most rows of one import. */
export const mostRows = 5000
const fields: readonly WantedField[] = importFields.map((field) => ({ ...field, labels: [...field.labels], aliases: [...field.aliases] }))

/** A ledger as it was read: cells by field, with the row of the file. */
export interface ReadLedger {
  readonly hash: string
  readonly sheet: string
  readonly columns: StagedImport['columns']
  readonly rows: readonly { readonly row: number; readonly cells: Readonly<Partial<Record<ImportField, string>>> }[]
}

/**
 * Reads the first table of a file that has a column of problems: header under merged titles, labels by aliases, merged cells filled down, totals and notes
 * left out. The file goes at once. Throws `rectification.import-unread`, `import-too-long`, `sheets.*`, `files.*`.
 */
export async function readLedger(filesDirectory: string, upload: { stream: Readable; fileName: string }): Promise<ReadLedger> {
  const folder = join(filesDirectory, 'quarantine')
  const kept = await keepFile(folder, upload.stream, limitBytes)
  try {
    const file = await openSheetFile({ path: kept.path, originalName: upload.fileName })
    const tables = readTables(readSheetsSandboxed(file), {
      labels: labelsOf(fields),
      understand: (block) => {
        const known = understandTable(block, { fields })
        return known?.map.columns.some(({ key }) => key === 'description') === true ? known : undefined
      },
    })
    let sheet: string | undefined
    let columns: StagedImport['columns'] = []
    const rows: ReadLedger['rows'][number][] = []
    for await (const block of tables) {
      if (block.known === undefined) continue
      sheet ??= block.sheet
      if (block.sheet !== sheet) break
      const { map } = block.known
      columns = map.columns.map(({ key, label, column }) => ({ field: key, label, column: columnName(column) }))
      for (const { row, cells } of block.rows) {
        // Safe: keys of the map are keys of the fields.
        const said = map.columns.map(({ key, column }) => [key as ImportField, (cells[column] ?? '').trim()] as const)
        if (said.some(([, cell]) => cell !== '')) rows.push({ row, cells: Object.fromEntries(said) })
      }
      if (rows.length > mostRows) throw rectificationErrors.importTooLong({ most: mostRows })
    }
    if (sheet === undefined || rows.length === 0) throw rectificationErrors.importUnread()
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
    return { hash, sheet, columns, rows }
  } finally {
    destroyFile(folder, kept.fileId)
  }
}
