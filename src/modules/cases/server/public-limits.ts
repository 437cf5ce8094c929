import { instantOf } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeTokenBuckets, type Rate } from '#kernel/server/http/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { forgetBuckets, takeToken } from './public-limit-store.ts'

/** Limits of public pages. */
export interface PublicLimits {
  /** Takes one token of each bucket, in their order; false as soon as one is empty. */
  take(ctx: Context, asked: readonly { readonly key: string; readonly rate: Rate }[]): Promise<boolean>
}

const forgetEvery = 500
const forgetAfterMs = 24 * 3_600_000

/**
 * Limits that hold for all programs of a county together. The program's own buckets stand before the database: whoever floods one program is
 * refused there and costs the database nothing. What is kept is a keyed hash of the key, never an address.
 */
export function makePublicLimits({ vault, clock }: { vault: Vault; clock: () => number }): PublicLimits {
  const own = makeTokenBuckets()
  let count = 0
  return {
    take: async (ctx, asked) => {
      const nowMs = clock()
      if (!asked.every(({ key, rate }) => own.take(`${ctx.scope.countyCode} ${key}`, rate, nowMs))) return false
      count += 1
      return inTransaction(ctx, async (db) => {
        if (count % forgetEvery === 0) await forgetBuckets(db, ctx, instantOf(nowMs - forgetAfterMs))
        for (const { key, rate } of asked)
          if (!(await takeToken(db, ctx, { bucket: vault.blindIndex('public-limit', key), rate, at: instantOf(nowMs) }))) return false
        return true
      })
    },
  }
}
