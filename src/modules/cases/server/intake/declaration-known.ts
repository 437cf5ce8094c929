import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { findArea } from '#modules/identity/server/index.ts'
import { countyPathOf, seatPath } from '../../rules/case-seat.ts'
import { findVillageByCode } from './declaration-store.ts'
import { declarationTerms, type DeclarationTerms } from './declaration-terms.ts'

/** What the public page says of a village. */
export interface KnownVillage {
  readonly areaPath: string
  readonly township: string
  readonly village: string
  readonly phone: string | null
  readonly terms: DeclarationTerms
}

/** Villages by their codes and terms of counties, remembered for a minute: a flood of calls reads the database once. */
export interface KnownVillages {
  find(ctx: Context, code: string): Promise<KnownVillage | undefined>
  termsOf(ctx: Context): Promise<DeclarationTerms>
  /** A code was replaced or its telephone changed. */
  forget(): void
}

const holdsMs = 60_000
const mostKnown = 5_000

export function makeKnownVillages(clock: () => number): KnownVillages {
  const villages = remembering<KnownVillage | undefined>(clock)
  const terms = remembering<DeclarationTerms>(clock)
  return {
    find: (ctx, code) => villages.get(`${ctx.scope.countyCode} ${code}`, () => readVillage(ctx, code)),
    termsOf: (ctx) => terms.get(ctx.scope.countyCode, () => declarationTerms(ctx, countyPathOf(ctx.scope.countyCode))),
    forget: () => {
      villages.clear()
      terms.clear()
    },
  }
}

/** Keeps answers for a while; those who ask for the same at once wait for one reading. */
function remembering<Value>(clock: () => number) {
  const held = new Map<string, { at: number; value: Promise<Value> }>()
  return {
    get: async (key: string, read: () => Promise<Value>): Promise<Value> => {
      const found = held.get(key)
      if (found !== undefined && clock() - found.at < holdsMs) return found.value
      const value = read()
      held.delete(key)
      held.set(key, { at: clock(), value })
      if (held.size > mostKnown) held.delete(held.keys().next().value ?? key)
      value.catch(() => held.delete(key)) // a fault is not remembered; who asked hears of it
      return value
    },
    clear: () => held.clear(),
  }
}

async function readVillage(ctx: Context, code: string): Promise<KnownVillage | undefined> {
  if (!/^[0-9a-f]{32}$/.test(code)) return undefined
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const found = await findVillageByCode(db, ctx, code)
    if (found === undefined) return undefined
    const { areaPath, phone } = found
    const village = (await findArea(within, areaPath))?.name ?? ''
    const township = (await findArea(within, seatPath(areaPath, 'township')))?.name ?? ''
    return { areaPath, phone, village, township, terms: await declarationTerms(within, areaPath) }
  })
}
