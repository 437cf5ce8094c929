import type { Context } from '#kernel/server/caller/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import type { Area, AreaChanges, AreaRow } from '../contract.ts'
import { countyPathOf } from '../rules/area-codes.ts'
import { makeAreaNames, type AreaNames } from '../rules/area-names.ts'
import type { AreaPlan } from '../rules/area-plan.ts'
import { planAreaList } from '../rules/plan-area-list.ts'
import { planPlaces, type CountedPlace } from '../rules/plan-area-places.ts'
import { changeAreas, insertAreas, listAreas, lockAreas } from './area-store.ts'
import { identityErrors } from './errors.ts'

/** Takes over an area list: shows the differences (dry run) or applies them. Nothing is ever removed. */
export function importAreas(ctx: Context, input: { rows: readonly AreaRow[]; isDryRun: boolean }): Promise<AreaChanges> {
  return applyPlan(ctx, {
    did: 'identity.area-import',
    isDryRun: input.isDryRun,
    make: (known) => planAreaList(known, input.rows, ctx.scope.countyCode),
  })
}

/** Makes the townships, villages and groups that exports name and the county does not know; others stay as they are. */
export function buildAreas(ctx: Context, places: readonly CountedPlace[], options: { isDryRun: boolean }): Promise<AreaChanges> {
  return applyPlan(ctx, {
    did: 'identity.area-build',
    isDryRun: options.isDryRun,
    make: (known) => {
      const county = known.find((area) => area.path === countyPathOf(ctx.scope.countyCode))
      if (county === undefined) throw identityErrors.noCounty()
      return planPlaces(known, places, county)
    },
  })
}

/** Today's areas as a look-up by names and codes; ask again after areas were imported or built. */
export async function areasByName(ctx: Context): Promise<AreaNames> {
  return makeAreaNames(await listAreas(ctx))
}

function applyPlan(
  ctx: Context,
  given: { did: string; isDryRun: boolean; make: (known: readonly Area[]) => AreaPlan },
): Promise<AreaChanges> {
  return inTransaction(ctx, async (db) => {
    if (!given.isDryRun) await lockAreas(db, ctx)
    const plan = given.make(await listAreas({ ...ctx, db }))
    if (!given.isDryRun) await savePlan(db, ctx, { plan, did: given.did })
    return { isDryRun: given.isDryRun, counts: plan.counts, differences: plan.differences }
  })
}

async function savePlan(db: Db, ctx: Context, given: { plan: AreaPlan; did: string }): Promise<void> {
  const { inserts, changes, counts } = given.plan
  if (inserts.length === 0 && changes.length === 0) return
  if (inserts.length > 0) await insertAreas(db, ctx, inserts)
  if (changes.length > 0) await changeAreas(db, ctx, changes)
  await audit(db, ctx, { did: given.did, objectKind: 'identity.area', objectId: ctx.scope.countyCode, details: counts })
}
