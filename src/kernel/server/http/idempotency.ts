import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../caller/index.ts'
import { asWhole, inTransaction, inTransactionAlong, literal, type Db } from '../database/index.ts'
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
  if (route.method === 'GET' || route.kind === 'question') return inTransaction(ctx, (db) => route.handle(asWhole({ ...ctx, db }), input))
  const reserved = { ...call, key: readKey(call.key), hash: hashOf(call) }
  await route.prepare?.(ctx, input)
  let isFirst = false
  const answer = await inTransactionAlong<{ key: string }, unknown>(ctx, {
    first: reserveStatement(reserved),
    work: async (db, taken) => {
      isFirst = taken.length === 1
      return isFirst ? route.handle(asWhole({ ...ctx, db }), input) : findAnswer(db, reserved)
    },
    last: (made) => (isFirst && route.isSecret !== true ? answerStatement(reserved, made) : undefined),
  })
  if (isFirst) route.afterCommit?.(ctx, answer)
  return answer
}

function readKey(key: string | string[] | undefined): string {
  if (typeof key !== 'string' || !/^[\w-]{16,80}$/.test(key)) throw httpErrors.badRequest({ part: 'idempotency-key', reason: 'missing' })
  return key
}

interface Reserved extends Call {
  readonly key: string
  readonly hash: Buffer
}

const nameOf = ({ route }: Call) => `${route.method} ${route.path}`

function hashOf(call: Call): Buffer {
  const { route, input } = call
  return createHash('sha256')
    .update(JSON.stringify([nameOf(call), input.params, input.query, route.isSecret === true ? null : input.body] satisfies unknown[]))
    .digest()
}

/** Inserts the key; a second caller with the same key waits here until the first is done, then finds its answer. */
function reserveStatement(call: Reserved): string {
  const { ctx, key, hash } = call
  const values = [ctx.scope.countyCode, ctx.caller.id, key, nameOf(call), hash, ctx.now].map(literal)
  return `INSERT INTO kernel.idempotency (county_code, caller_id, key, route, body_hash, at) VALUES (${values.join(', ')})
    ON CONFLICT DO NOTHING RETURNING key`
}

async function findAnswer(db: Db, { route, ctx, key, hash }: Reserved): Promise<unknown> {
  const found = await sql<{ body_hash: Buffer; answer: unknown }>`
    SELECT body_hash, answer FROM kernel.idempotency
    WHERE county_code = ${ctx.scope.countyCode} AND caller_id = ${ctx.caller.id} AND key = ${key}`.execute(db)
  const row = found.rows[0]
  if (row === undefined || !row.body_hash.equals(hash)) throw httpErrors.keyReused()
  if (route.isSecret === true) throw httpErrors.alreadyAnswered() // it was not kept
  return row.answer ?? undefined
}

function answerStatement({ ctx, key }: Reserved, answer: unknown): string | undefined {
  if (answer === undefined) return undefined
  const json = JSON.stringify(answer, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
  return `UPDATE kernel.idempotency SET answer = ${literal(json)}::jsonb
    WHERE county_code = ${literal(ctx.scope.countyCode)} AND caller_id = ${literal(ctx.caller.id)} AND key = ${literal(key)}`
}
