import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { findArea, findAreaInScope, mayDo } from '#modules/identity/server/index.ts'
import type { VillageCount, VillagePageRecord } from '../../rules/villages/village-records.ts'
import { registryErrors } from '../errors.ts'
import { showFacts } from '../fact-records.ts'
import { toKind } from '../village-kinds.ts'
import { listKindRows } from '../village-store.ts'
import {
  countVillageMembers,
  countVillageTags,
  findVillageRow,
  listVillageHouseholds,
  type VillageHousehold,
} from './village-page-store.ts'

/** One village, one page. Throws `registry.not-found` for what is no village of the caller's area; who sees single households has no village. */
export async function getVillage(ctx: Context, areaPath: string): Promise<VillagePageRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const area = await findAreaInScope(within, areaPath)
    if (area === undefined || area.level !== 'village') throw registryErrors.notFound()
    const township = await findArea(within, area.parentPath)
    const homes = await listVillageHouseholds(db, ctx.scope, areaPath)
    const members = await countVillageMembers(db, ctx.scope, areaPath)
    const count = countersOf(homes, members)
    const row = await findVillageRow(db, ctx.scope, areaPath)
    return {
      areaPath,
      name: area.name,
      code: area.officialCode ?? area.code,
      township: township?.name ?? '',
      townshipPath: area.parentPath,
      kinds: (await listKindRows(db, ctx.scope.countyCode, [areaPath])).map(toKind),
      households: homes.length,
      persons: count.persons(() => true),
      registeredPersons: count.persons((home) => home.registered),
      notExitedPersons: count.persons((home) => home.registered && home.exit_status === 'not-exited'),
      byType: count.by((home) => home.household_type),
      // Who is of no category is not monitored.
      byCategory: count.by((home) => home.monitor_category).filter((one) => one.key !== undefined),
      byGroup: count.by((home) => home.group_name).sort(byName),
      byLabour: count.byLabour,
      byTag: await countVillageTags(
        db,
        ctx.scope,
        homes.map((home) => home.household_id),
      ),
      facts: row === undefined ? [] : showFacts('village', row, {}),
      can: { edit: mayDo(ctx, 'registry.village', 'edit') },
    }
  })
}

/** Counts households and their members in the ways in which the page shows them. */
function countersOf(homes: readonly VillageHousehold[], members: Awaited<ReturnType<typeof countVillageMembers>>) {
  const open = new Set(homes.map((home) => home.household_id))
  const sizes = new Map<string, number>()
  const labour = new Map<string | null, number>()
  for (const { household_id: id, labour_skill: skill, persons } of members) {
    if (!open.has(id)) continue
    sizes.set(id, (sizes.get(id) ?? 0) + persons)
    labour.set(skill, (labour.get(skill) ?? 0) + persons)
  }
  const sizeOf = (home: VillageHousehold) => sizes.get(home.household_id) ?? 0
  const by = (keyOf: (home: VillageHousehold) => string | null): VillageCount[] => {
    const counts = new Map<string | null, VillageCount>()
    for (const home of homes) {
      const key = keyOf(home)
      const before = counts.get(key) ?? { key: key ?? undefined, households: 0, persons: 0 }
      counts.set(key, { ...before, households: before.households + 1, persons: before.persons + sizeOf(home) })
    }
    return [...counts.values()].sort((one, other) => other.households - one.households)
  }
  return {
    by,
    persons: (isMeant: (home: VillageHousehold) => boolean) => homes.filter(isMeant).reduce((sum, home) => sum + sizeOf(home), 0),
    byLabour: [...labour].map(([key, persons]) => ({ key: key ?? undefined, persons })),
  }
}

/** Groups by their number: 2组 before 10组; those without a name last. */
function byName(one: VillageCount, other: VillageCount): number {
  if (one.key === undefined || other.key === undefined) return one.key === other.key ? 0 : one.key === undefined ? 1 : -1
  return one.key.localeCompare(other.key, 'zh', { numeric: true })
}
