import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { findArea, findAreaInScope, mayDo } from '#modules/identity/server/index.ts'
import type { VillageCount, VillagePageRecord } from '../../rules/villages/village-records.ts'
import { registryErrors } from '../errors.ts'
import { showFacts } from '../fact-records.ts'
import { toKind } from '../village-kinds.ts'
import { listKindRows } from '../village-store.ts'
import { countVillageParts, countVillageTags, findVillageRow, type PartCount } from './village-page-store.ts'

/** One village, one page. Throws `registry.not-found` for what is no village of the caller's area; who sees single households has no village. */
export async function getVillage(ctx: Context, areaPath: string): Promise<VillagePageRecord> {
  return inTransaction(ctx, async (db) => {
    const within = { ...ctx, db }
    const area = await findAreaInScope(within, areaPath)
    if (area === undefined || area.level !== 'village') throw registryErrors.notFound()
    const township = await findArea(within, area.parentPath)
    const parts = await countVillageParts(db, ctx.scope, areaPath)
    const row = await findVillageRow(db, ctx.scope, areaPath)
    const all = parts.find((part) => part.part === 'all')
    return {
      areaPath,
      name: area.name,
      code: area.officialCode ?? area.code,
      township: township?.name ?? '',
      townshipPath: area.parentPath,
      kinds: (await listKindRows(db, ctx.scope.countyCode, [areaPath])).map(toKind),
      households: all?.households ?? 0,
      persons: all?.persons ?? 0,
      registeredPersons: all?.registered_persons ?? 0,
      notExitedPersons: all?.not_exited_persons ?? 0,
      byType: countsOf(parts, 'type'),
      // Who is of no category is not monitored.
      byCategory: countsOf(parts, 'category').filter((one) => one.key !== undefined),
      byGroup: countsOf(parts, 'group').sort(byName),
      byLabour: countsOf(parts, 'labour').map(({ key, persons }) => ({ key, persons })),
      byTag: await countVillageTags(db, ctx.scope, areaPath),
      facts: row === undefined ? [] : showFacts('village', row, {}),
      can: { edit: mayDo(ctx, 'registry.village', 'edit') },
    }
  })
}

function countsOf(parts: readonly PartCount[], of: PartCount['part']): VillageCount[] {
  return parts
    .filter((part) => part.part === of && part.households > 0)
    .map(({ key, households, persons }) => ({ key: key ?? undefined, households, persons }))
    .sort((one, other) => other.households - one.households)
}

/** Groups by their number: 2组 before 10组; those without a name last. */
function byName(one: VillageCount, other: VillageCount): number {
  if (one.key === undefined || other.key === undefined) return one.key === other.key ? 0 : one.key === undefined ? 1 : -1
  return one.key.localeCompare(other.key, 'zh', { numeric: true })
}
