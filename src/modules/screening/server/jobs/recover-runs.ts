import { dayOf, instantOf } from '#kernel/pure/time/index.ts'
import { grantSystem, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Database } from '#kernel/server/database/index.ts'
import { findCounty } from '#modules/identity/server/index.ts'
import { longestWaitMs } from '../keep-waiting.ts'
import { listRunning, listStale, moveRun } from '../run-store.ts'
import { destroyLists, type Destroyed } from './destroy-lists.ts'

interface KeeperParts {
  database: Database
  filesDirectory: string
  nowMs: number
}

/**
 * After a start: runs that a kill cut short have stored nothing and are marked as failed; then everything is destroyed that is due,
 * their lists among it. Returns how many runs were ended.
 */
export async function recoverRuns(parts: KeeperParts): Promise<number> {
  const ctx = await keeperContext(parts, 'screening.recover')
  if (ctx === undefined) return 0
  const { countyCode } = ctx.scope
  const ended = await inTransaction(ctx, async (db) => {
    const running = await listRunning(db, countyCode)
    for (const runId of running) await moveRun(db, ctx, runId, { from: 'running', to: 'failed', fault: 'screening.interrupted' })
    return running.length
  })
  await keepClean(parts)
  return ended
}

/** Ends runs whose files have waited for 72 hours and destroys what is due; run every quarter of an hour. */
export async function keepClean(parts: KeeperParts): Promise<Destroyed> {
  const ctx = await keeperContext(parts, 'screening.destroy')
  if (ctx === undefined) return { files: 0, waiting: 0, strays: 0 }
  await inTransaction(ctx, async (db) => {
    for (const runId of await listStale(db, ctx.scope.countyCode, instantOf(parts.nowMs - longestWaitMs)))
      await moveRun(db, ctx, runId, { from: 'staged', to: 'failed', fault: 'screening.interrupted' })
  })
  return destroyLists(ctx, { filesDirectory: parts.filesDirectory })
}

async function keeperContext(parts: KeeperParts, reason: string): Promise<Context | undefined> {
  const county = await findCounty(parts.database)
  if (county === undefined) return undefined
  return {
    caller: { id: 'system:keeper', name: '系统', roles: ['system'] },
    scope: grantSystem(county.code, reason),
    now: instantOf(parts.nowMs),
    today: dayOf(parts.nowMs),
    database: parts.database,
    deadline: 'job',
  }
}
