import { readTables, type RowBlock, type SheetRow } from '#kernel/pure/tables/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { findLastBadNo, insertBadRows, listLostRows, type StoredBadRow } from './bad-row-store.ts'
import { getBatch } from './batch-store.ts'
import { allLabels, isOtherSheet, openSheet, type OpenInput, type OpenSheet } from './open-import.ts'

/**
 * Keeps the cells of rows whose place turned out to be unknown only when all places of the file were known: the file is read once more
 * for them, so that they can be mended like all others.
 */
export async function keepLostRows(
  ctx: Context,
  deps: { vault: Vault },
  given: { batchId: string; path: string; open: OpenInput },
): Promise<void> {
  const { batchId, path } = given
  const [batch, lost] = await inTransaction(ctx, async (db) => [await getBatch(db, ctx, batchId), await listLostRows(db, ctx, batchId)])
  if (lost.size === 0) return
  const file = await openSheetFile({ path, originalName: batch.fileName })
  const rows: { sheet: string; row: SheetRow }[] = []
  const understand = (block: RowBlock): OpenSheet | undefined => {
    try {
      return openSheet(block, { ...given.open, kind: batch.kind })
    } catch (fault) {
      if (isOtherSheet(fault)) return undefined
      throw fault
    }
  }
  for await (const table of readTables(readSheetsSandboxed(file), { labels: allLabels, understand }))
    for (const row of table.rows) if (table.known !== undefined && lost.has(row.row)) rows.push({ sheet: table.sheet, row })
  await inTransaction(ctx, async (db) => {
    const last = await findLastBadNo(db, ctx, batchId)
    const bad = rows.map<StoredBadRow>(({ sheet, row }, at) => ({
      badNo: last + 1 + at,
      sheet,
      row: row.row,
      severity: 'refused',
      realigned: false,
      cells: row.cells,
    }))
    await insertBadRows(db, ctx, { ...deps, batchId, rows: bad })
  })
}
