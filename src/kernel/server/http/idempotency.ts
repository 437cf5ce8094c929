import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../caller/index.ts'
import { inTransaction, type Db } from '../database/index.ts'
import { httpErrors } from './names.ts'
import type { AnyRoute, Input } from './route.ts'

interface Call {
  route: AnyRoute
  ctx: Context
  input: Input<never, never, never>
  key: string | string[] | undefined
}

/**
 * Runs a handler. A write runs in one transaction with its idempotency key: the same key again returns the stored answer,
 * the same key with another body is refused (trust.md §4.1). Reads run in a transaction of their own; uploads and public
 * routes manage theirs.
 */
export async function answerOnce(call: Call): Promise<unknown> {
  const { route, ctx, input } = call
  if (route.kind === 'upload' || route.access.scope === 'public') return route.handle(ctx, input)
  if (route.method === 'GET' || route.kind === 'question') return inTransaction(ctx, (db) => route.handle({ ...ctx, db }, input))
  const key = readKey(call.key)
  await route.prepare?.(ctx, input)
  let isFirst = false
  const answer = await inTransaction(ctx, async (db) => {
    const stored = await reserveKey(db, { ...call, key })
    if (stored !== undefined) {
      if (route.isSecret === true) throw httpErrors.alreadyAnswered() // it was not kept
      return stored.answer
    }
    isFirst = true
    const made = await route.handle({ ...ctx, db }, input)
    await storeAnswer(db, { ctx, key, answer: route.isSecret === true ? undefined : made })
    return made
  })
  if (isFirst) route.afterCommit?.(ctx, answer)
  return answer
}

function readKey(key: string | string[] | undefined): string {
  if (typeof key !== 'string' || !/^[\w-]{16,80}$/.test(key)) throw httpErrors.badRequest({ part: 'idempotency-key', reason: 'missing' })
  return key
}

/** Inserts the key; a second caller with the same key waits here until the first is done, then gets its answer. */
async function reserveKey(db: Db, call: Call & { key: string }): Promise<{ answer: unknown } | undefined> {
  const { route, ctx, input, key } = call
  const name = `${route.method} ${route.path}`
  const hash = createHash('sha256')
    .update(JSON.stringify([name, input.params, input.query, route.isSecret === true ? null : input.body] satisfies unknown[]))
    .digest()
  const inserted = await sql`
    INSERT INTO kernel.idempotency (county_code, caller_id, key, route, body_hash, at)
    VALUES (${ctx.scope.countyCode}, ${ctx.caller.id}, ${key}, ${name}, ${hash}, ${ctx.now})
    ON CONFLICT DO NOTHING RETURNING key`.execute(db)
  if (inserted.rows.length === 1) return undefined
  const found = await sql<{ body_hash: Buffer; answer: unknown }>`
    SELECT body_hash, answer FROM kernel.idempotency
    WHERE county_code = ${ctx.scope.countyCode} AND caller_id = ${ctx.caller.id} AND key = ${key}`.execute(db)
  const row = found.rows[0]
  if (row === undefined || !row.body_hash.equals(hash)) throw httpErrors.keyReused()
  return { answer: row.answer ?? undefined }
}

async function storeAnswer(db: Db, given: { ctx: Context; key: string; answer: unknown }): Promise<void> {
  const { ctx, key, answer } = given
  const json =
    answer === undefined ? null : JSON.stringify(answer, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
  await sql`
    UPDATE kernel.idempotency SET answer = ${json}::jsonb
    WHERE county_code = ${ctx.scope.countyCode} AND caller_id = ${ctx.caller.id} AND key = ${key}`.execute(db)
}
