import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { findHouseholds, listPopulation } from '#modules/registry/server/index.ts'
import type { Alike } from '../rules/check-records.ts'
import type { ProblemFile } from '../rules/problem-records.ts'
import { listHouseholdsOfClass } from './check-store.ts'

const most = 50

/** Households of the same village and of the same type as the one that a problem is about, without those that have this problem or are being checked. */
export async function listAlikeHouseholds(ctx: Context & { readonly db: Db }, problem: ProblemFile): Promise<Alike['households']> {
  if (problem.householdId === null) return []
  const [own] = await findHouseholds(ctx, ctx.db, [problem.householdId])
  if (own === undefined) return []
  // Province, prefecture, county, township, village.
  const village = `${problem.areaPath.split('.').filter(Boolean).slice(0, 5).join('.')}.`
  const found = await listPopulation(ctx.db, ctx.scope, {
    areas: [village],
    types: own.type === undefined ? [] : [own.type],
    registered: undefined,
    monitored: own.monitorCategory === undefined ? undefined : true,
    tags: [],
    householdNos: [],
    onlyNumbers: false,
  })
  const known = await listHouseholdsOfClass(ctx.db, ctx, problem)
  return found
    .filter(({ householdId }) => householdId !== problem.householdId && !known.has(householdId))
    .slice(0, most)
    .map(({ householdId, headName, township, village: name }) => ({
      householdId,
      head: headName,
      place: `${township} ${name}`,
      type: own.type ?? '',
      why: own.monitorCategory ?? own.type ?? '',
    }))
}
