import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { keepFile } from '#kernel/server/files/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import type { SheetRows } from '../contract.ts'

const limitBytes = 20 * 1_048_576
/** One row more than an import takes, so that the screen can say that there are too many. */
const mostRows = 10_001
const mostColumns = 40

/**
 * The rows of the first sheet of a small file, as text, for a list of areas or of accounts; nothing is kept. Rows keep their place:
 * `rows[0]` is row 1 of the file. Throws `sheets.*` for what is no sheet, `files.*` for what is empty or too large.
 */
export async function readSheet(upload: { stream: Readable; fileName: string }): Promise<SheetRows> {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-sheet-'))
  try {
    const { path } = await keepFile(folder, upload.stream, limitBytes)
    const file = await openSheetFile({ path, originalName: upload.fileName })
    let sheet: string | undefined
    const rows: string[][] = []
    for await (const block of readSheetsSandboxed(file)) {
      sheet ??= block.sheet
      if (block.sheet !== sheet || rows.length >= mostRows) break
      for (const row of block.rows) {
        if (row.row <= mostRows) rows[row.row - 1] = row.cells.slice(0, mostColumns)
      }
    }
    return { sheet: sheet ?? '', rows: Array.from(rows, (cells) => cells ?? []) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
