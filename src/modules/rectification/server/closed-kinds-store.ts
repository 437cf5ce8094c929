import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, whileReading, type Db } from '#kernel/server/database/index.ts'
import { readsClosed } from './seat-store.ts'

/**
 * As the kernel's `inTransaction`, with problems of closed kinds opened for who may read them (`app.open_problems`, the second lock of
 * docs/decisions/0033). Everybody else sees none of their rows, whatever a statement asks for.
 */
export async function inProblems<Result>(ctx: Context, work: (db: Db) => Promise<Result>): Promise<Result> {
  return inTransaction(ctx, async (db) => {
    await openFor(ctx, db)
    return work(db)
  })
}

/** The same for what only reads (`whileReading`). */
export async function whileReadingProblems<Result>(ctx: Context, work: (db: Db) => Promise<Result>): Promise<Result> {
  return whileReading(ctx, async (db) => {
    await openFor(ctx, db)
    return work(db)
  })
}

async function openFor(ctx: Context, db: Db): Promise<void> {
  if (ctx.scope.kind !== 'system' && readsClosed(ctx)) await set(db, 'closed')
}

/**
 * Opens closed kinds for writes whose rows were judged before, or are named by their household: an act of the person whose name is on the problem may
 * take it away from him, an officer may write down what he may not read again, and a household takes all of its problems along.
 */
export async function whileWriting<Result>(db: Db, work: () => Promise<Result>): Promise<Result> {
  const found = await sql<{ held: string | null }>`SELECT current_setting('app.open_problems', true) AS held`.execute(db)
  const held = found.rows[0]?.held ?? ''
  if (held === 'closed') return work()
  await set(db, 'closed')
  const result = await work() // a fault ends the transaction or its savepoint, and the setting with it
  await set(db, '')
  return result
}

async function set(db: Db, value: 'closed' | ''): Promise<void> {
  await sql`SELECT set_config('app.open_problems', ${value}, true)`.execute(db)
}
