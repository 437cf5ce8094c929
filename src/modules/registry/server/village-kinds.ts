import { makeId } from '#kernel/pure/ids/index.ts'
import { readCursor, toPage, type Page } from '#kernel/pure/paging/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import { endOfRange, type Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { listAreas, mayDo } from '#modules/identity/server/index.ts'
import type { EndVillageKind, ListVillages, SetVillageKind } from '../contract.ts'
import type { VillageKindRecord, VillageRecord } from '../rules/register-records.ts'
import { endedBy } from '../rules/village-kinds.ts'
import { registryErrors } from './errors.ts'
import { countVillages, endKinds, findKindRow, insertKind, listKindRows, listPathsOfKind, type VillageKindRow } from './village-store.ts'

interface Place {
  path: string
  name: string
  township: string
}

/** Villages within the scope in the order of their codes, with kinds over time and counts derived from the households (M-007). */
export async function listVillages(ctx: Context, query: ListVillages): Promise<Page<VillageRecord>> {
  if (ctx.scope.kind === 'households') return { items: [] } // somebody who sees single households has no village
  return inTransaction(ctx, async (db) => {
    const { countyCode } = ctx.scope
    const inner = { ...ctx, db }
    const ofKind = query.kind === undefined ? undefined : new Set(await listPathsOfKind(db, countyCode, query.kind))
    const after = String(readCursor(query.after, ['text'])?.[0] ?? '')
    const places = (await listPlaces(inner)).filter(({ path }) => path > after && isBelow(path, query.under) && ofKind?.has(path) !== false)
    const page = toPage(places.slice(0, query.limit + 1), query.limit, (place) => [place.path])
    const paths = page.items.map((place) => place.path)
    const kinds = await listKindRows(db, countyCode, paths)
    const counts = new Map((await countVillages(db, countyCode, paths)).map((row) => [row.area_path, row]))
    const can = { edit: mayDo(ctx, 'registry.village', 'edit') }
    const items = page.items.map((place): VillageRecord => {
      const counted = counts.get(place.path)
      return {
        areaPath: place.path,
        township: place.township,
        name: place.name,
        kinds: kinds.filter((kind) => kind.area_path === place.path).map(toKind),
        households: counted?.households ?? 0,
        persons: counted?.persons ?? 0,
        registeredPersons: counted?.registered_persons ?? 0,
        notExitedPersons: counted?.not_exited_persons ?? 0,
        can,
      }
    })
    return { ...page, items }
  })
}

/** Villages of the county that lie within the caller's scope. */
async function listPlaces(ctx: Context): Promise<Place[]> {
  const { scope } = ctx
  if (scope.kind === 'households') return []
  const areas = await listAreas(ctx, { level: 'village' })
  const names = new Map(areas.map((area) => [area.path, area.name]))
  return areas
    .filter((area) => area.level === 'village' && (scope.kind !== 'area' || isBelow(area.path, scope.path)))
    .map((area) => ({ path: area.path, name: area.name, township: names.get(area.parentPath) ?? '' }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

function isBelow(path: string, area: string | undefined): boolean {
  return area === undefined || (path >= area && path < endOfRange(area))
}

/**
 * Gives a village a kind from a day on; a kind that excludes it ends on that day. Throws `registry.not-found` for what is no village
 * within the scope, `day-ahead`, `overlaps`.
 */
export async function setVillageKind(ctx: Context, input: SetVillageKind): Promise<VillageKindRecord> {
  return inTransaction(ctx, async (db) => {
    const isVillage = (await listPlaces({ ...ctx, db })).some(({ path }) => path === input.areaPath)
    if (!isVillage) throw registryErrors.notFound()
    if (input.validFrom > ctx.today) throw registryErrors.dayAhead({ day: input.validFrom })
    const changeId = makeId()
    const { areaPath, source, validFrom } = input
    const ended = await endKinds(db, ctx, { areaPath, kinds: endedBy(input.kind), changeId, validTo: validFrom, source })
    const made = await insertKind(db, ctx, { ...input, villageKindId: makeId(), changeId })
    if (made === undefined) throw registryErrors.overlaps({ kind: input.kind })
    await audit(db, ctx, {
      did: 'registry.set-village-kind',
      objectKind: 'registry.village',
      objectId: input.areaPath,
      details: { kind: input.kind, ended: ended.map((row) => row.kind), changeId },
    })
    return toKind(made)
  })
}

/** Ends a kind of a village; it stays in the history. Throws `registry.not-found`, `day-ahead`. */
export async function endVillageKind(ctx: Context, villageKindId: string, input: EndVillageKind): Promise<VillageKindRecord> {
  return inTransaction(ctx, async (db) => {
    const found = await findKindRow(db, ctx.scope.countyCode, villageKindId)
    if (found === undefined) throw registryErrors.notFound()
    if (input.validTo > ctx.today) throw registryErrors.dayAhead({ day: input.validTo })
    const [ended] = await endKinds(db, ctx, { areaPath: found.area_path, kinds: [found.kind], changeId: makeId(), ...input })
    if (ended === undefined) throw registryErrors.notFound()
    await audit(db, ctx, {
      did: 'registry.end-village-kind',
      objectKind: 'registry.village',
      objectId: found.area_path,
      reason: input.source,
      details: { kind: found.kind },
    })
    return toKind(ended)
  })
}

/** A kind of a village as it travels. */
export function toKind(row: VillageKindRow): VillageKindRecord {
  return {
    villageKindId: row.village_kind_id,
    kind: row.kind,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    source: row.source,
    endSource: row.end_source ?? undefined,
  }
}
