import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { destroyFile } from '#kernel/server/files/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import { listForsaken, markDestroyed, moveRun } from '../run-store.ts'
import { stageFolder } from '../stage-files.ts'

const longestWaitHours = 72

/**
 * After a start: runs that a kill cut short have stored nothing and are marked as failed; their lists, and lists that have waited for
 * 72 hours, are destroyed with a receipt (trust.md §5.4).
 */
export async function recoverRuns(parts: { database: Database; filesDirectory: string; nowMs: number }): Promise<number> {
  const county = await findCounty(parts.database)
  if (county === undefined) return 0
  const ctx: Context = {
    caller: { id: 'system:start', name: 'start', roles: ['system'] },
    scope: grantSystem(county.code, 'screening.recover'),
    now: instantOf(parts.nowMs),
    today: dayOf(parts.nowMs),
    database: parts.database,
    deadline: 'job',
  }
  const forsaken = await inTransaction(ctx, (db) => listForsaken(db, county.code, instantOf(parts.nowMs - longestWaitHours * 3_600_000)))
  for (const { fileId } of forsaken) if (fileId !== null) destroyFile(stageFolder(parts.filesDirectory), fileId)
  return inTransaction(ctx, async (db) => {
    const runs = new Map(forsaken.map((file) => [file.runId, file.state]))
    for (const [runId, state] of runs) await moveRun(db, ctx, runId, { from: state, to: 'failed', fault: 'screening.interrupted' })
    for (const { receiptId } of forsaken) if (receiptId !== null) await markDestroyed(db, ctx, receiptId)
    return runs.size
  })
}
