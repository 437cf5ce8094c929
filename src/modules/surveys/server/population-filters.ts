import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Said } from '../rules/form.ts'
import type { PopulationFilter } from '../rules/survey-requests.ts'
import type { FilterRecord } from '../rules/survey-records.ts'
import { surveysErrors } from './errors.ts'

/** What households may be chosen by that another module keeps of them, such as layers and classes of the cases. */
export interface PopulationNarrower {
  /** As requests name it: module and column, `cases.layer`. */
  readonly key: string
  readonly words: Said
  /** The values that households within the reader's scope have today, in an order for people. */
  values(ctx: Context, db: Db): Promise<readonly string[]>
  /** Households within the reader's scope that have one of the values today. */
  households(ctx: Context, db: Db, values: readonly string[]): Promise<ReadonlySet<string>>
}

/** Modules hang on this list what a population may be filtered by (house.md: question); surveys knows none of them. */
export const whoNarrows: PopulationNarrower[] = []

/** By what else a population may be filtered, with the values of today. */
export async function readPopulationFilters(ctx: Context): Promise<{ items: FilterRecord[] }> {
  return inTransaction(ctx, async (db) => {
    const items: FilterRecord[] = []
    for (const one of whoNarrows) items.push({ key: one.key, words: one.words, values: await one.values(ctx, db) })
    return { items }
  })
}

/** Throws `surveys.unknown-filter` for what nobody keeps. */
export function refuseUnknownFilters({ by }: PopulationFilter): void {
  for (const { key } of by) if (!whoNarrows.some((one) => one.key === key)) throw surveysErrors.unknownFilter({ key })
}

/** The households that pass all of `by`; undefined where nothing is said. Throws `surveys.unknown-filter`. */
export async function narrowedHouseholds(ctx: Context, db: Db, filter: PopulationFilter): Promise<ReadonlySet<string> | undefined> {
  refuseUnknownFilters(filter)
  let passed: ReadonlySet<string> | undefined
  for (const { key, values } of filter.by) {
    const has = await whoNarrows.find((one) => one.key === key)?.households(ctx, db, values)
    if (has === undefined) continue
    const before = passed
    passed = before === undefined ? has : new Set([...has].filter((id) => before.has(id)))
  }
  return passed
}
