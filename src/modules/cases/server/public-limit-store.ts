import { sql } from 'kysely'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Rate } from '#kernel/server/http/index.ts'

/** Takes one token of a bucket that all programs share, by the given moment; false when it is empty. A new bucket is full. */
export async function takeToken(db: Db, ctx: Context, given: { bucket: Buffer; rate: Rate; at: string }): Promise<boolean> {
  const { bucket, rate, at } = given
  const grown = sql`least(${rate.burst}::float8, held.tokens
    + greatest(0, extract(epoch FROM (${at}::timestamptz - held.at))) * ${rate.perMinute}::float8 / 60)`
  const taken = await sql`
    INSERT INTO cases.public_limit AS held (county_code, bucket, tokens, at)
    VALUES (${ctx.scope.countyCode}, ${bucket}, ${rate.burst}::float8 - 1, ${at}::timestamptz)
    ON CONFLICT (county_code, bucket) DO UPDATE SET tokens = ${grown} - 1, at = greatest(held.at, excluded.at)
    WHERE ${grown} >= 1
    RETURNING 1`.execute(db)
  return taken.rows.length > 0
}

/** Forgets buckets that were full again long ago. */
export async function forgetBuckets(db: Db, ctx: Context, before: string): Promise<void> {
  await sql`DELETE FROM cases.public_limit WHERE county_code = ${ctx.scope.countyCode} AND at < ${before}::timestamptz`.execute(db)
}
