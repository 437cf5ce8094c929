import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isId } from '#kernel/pure/ids/index.ts'
import { instantOf } from '#kernel/pure/time/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { destroyFile } from '#kernel/server/files/index.ts'
import { longestWaitMs } from '../keep-waiting.ts'
import { destroyWaiting } from '../open-match-store.ts'
import { listDueFiles, listKeptFileIds, markDestroyed } from '../receipt-store.ts'
import { stageFolder } from '../stage-files.ts'

/** What was destroyed: files, rows that waited, files that nobody knows of. */
export interface Destroyed {
  files: number
  waiting: number
  strays: number
}

/**
 * Destroys what is due at `ctx.now` (trust.md §5.4): staged files whose time is over, rows and repairs that have waited for 72 hours, and
 * files of the folder that no receipt knows. May be run at any time and again: a kill between file and receipt is made good by the next run.
 */
export async function destroyLists(ctx: Context, given: { filesDirectory: string; onlyRun?: string }): Promise<Destroyed> {
  const folder = stageFolder(given.filesDirectory)
  const { countyCode } = ctx.scope
  const nowMs = Date.parse(ctx.now)
  const due = await inTransaction(ctx, (db) =>
    listDueFiles(db, countyCode, { now: ctx.now, stagedBefore: instantOf(nowMs - longestWaitMs), onlyRun: given.onlyRun }),
  )
  // First the file, then the receipt: a receipt never says too early that a file is gone.
  for (const { fileId } of due) if (existsSync(folder)) destroyFile(folder, fileId)
  const destroyed = await inTransaction(ctx, async (db) => {
    for (const { receiptId } of due) await markDestroyed(db, ctx, receiptId)
    const waiting = given.onlyRun === undefined ? await destroyWaiting(db, ctx) : 0
    if (due.length > 0 || waiting > 0)
      await audit(db, ctx, {
        did: 'screening.destroy-lists',
        objectKind: 'screening.receipt',
        objectId: given.onlyRun ?? countyCode,
        details: { files: due.length, waiting },
      })
    return { files: due.length, waiting }
  })
  return { ...destroyed, strays: given.onlyRun === undefined ? await destroyStrays(ctx, folder, nowMs) : 0 }
}

/** An upload that a kill cut short leaves a file without a receipt; a file younger than this may still be on its way in. */
const strayMs = 6 * 3_600_000

async function destroyStrays(ctx: Context, folder: string, nowMs: number): Promise<number> {
  if (!existsSync(folder)) return 0
  const kept = await inTransaction(ctx, (db) => listKeptFileIds(db, ctx.scope.countyCode))
  const strays = readdirSync(folder).filter((name) => {
    const fileId = name.replace(/\.half$/, '')
    return !(isId(fileId) && kept.has(fileId)) && nowMs - statSync(join(folder, name)).mtimeMs > strayMs
  })
  for (const name of strays) rmSync(join(folder, name), { force: true })
  return strays.length
}
