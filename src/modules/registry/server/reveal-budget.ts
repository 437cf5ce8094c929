import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { readingPolicy } from '../policy/reading-policy.ts'
import { judgeBudget, type Revealed } from '../rules/reveal-budget.ts'
import { registryErrors } from './errors.ts'
import { countRevealed, lockBudget } from './reveal-store.ts'

/** How many people or papers a caller has seen in full in the last hour and the last 24 hours. */
export interface SeenInFull {
  readonly hour: number
  readonly day: number
}
const nobody = '00000000-0000-0000-0000-000000000000'
/** Counts what another module has shown the caller in full. */
export type CountsReveals = (ctx: Context & { readonly db: Db }) => Promise<SeenInFull>

/** Modules beside the register that show whole numbers: one budget counts them all. */
export const whoRevealsToo: CountsReveals[] = []

/** What the other modules have shown the caller. */
export async function countElsewhere(ctx: Context & { readonly db: Db }): Promise<SeenInFull> {
  const seen = { hour: 0, day: 0 }
  for (const count of whoRevealsToo) {
    const more = await count(ctx)
    seen.hour += more.hour
    seen.day += more.day
  }
  return seen
}

/** Everybody whom the register has shown the caller in full. */
export async function countReveals(ctx: Context & { readonly db: Db }): Promise<SeenInFull> {
  const { hour, day } = await countRevealed(ctx.db, ctx, nobody)
  return { hour, day }
}

/** Everybody and everything that the register and the modules beside it have shown the caller in full. */
export async function countAllReveals(ctx: Context & { readonly db: Db }): Promise<SeenInFull> {
  const [own, others] = [await countReveals(ctx), await countElsewhere(ctx)]
  return { hour: own.hour + others.hour, day: own.day + others.day }
}

/**
 * Lets the caller see one more person in full, or refuses with `registry.reveal-budget`. Held to the end of the transaction, in which it must
 * be written down. `count` counts what he has seen of the same kind, without this one.
 */
export async function askRevealBudget(ctx: Context & { readonly db: Db }, count: () => Promise<Revealed>): Promise<void> {
  await lockBudget(ctx.db, ctx)
  const verdict = judgeBudget(await count(), readingPolicy.reveal)
  if (!verdict.ok) throw registryErrors.revealBudget({ limit: verdict.limit, hours: verdict.hours })
}
