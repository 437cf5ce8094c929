import type { Context } from '#kernel/server/caller/index.ts'
import { openSheetFile, readSheetsSandboxed } from '#kernel/server/sheets/index.ts'
import { noteBatch, type StoredBatch } from './batch-store.ts'
import { describeColumns } from './describe-columns.ts'
import { lookAtSheet, type OpenInput } from './open-import.ts'

/** Notes the columns of a file that could not be opened. */
export async function noteUnopened(ctx: Context, given: { batch: StoredBatch; path: string; open: OpenInput }): Promise<void> {
  const file = await openSheetFile({ path: given.path, originalName: given.batch.fileName })
  for await (const block of readSheetsSandboxed(file)) {
    const seen = lookAtSheet(block, given.open)
    if (seen === undefined) continue
    await noteBatch(ctx, given.batch.batchId, { columns: describeColumns(block, seen) })
    return
  }
}
