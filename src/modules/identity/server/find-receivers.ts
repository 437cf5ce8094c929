import type { Context } from '#kernel/server/caller/index.ts'
import { listAreas } from './area-store.ts'
import { listUsersWithRole } from './people-store.ts'

/** Who does what a village is asked for: the village, or its township where nobody of the village has an active account. */
export interface Receiver {
  readonly areaPath: string
  /** Township and village, as they are called. */
  readonly name: string
  readonly fallsToTownship: boolean
}

/** The receivers of some villages, by the village's path. A village that the caller's area does not hold has none. */
export async function findReceivers(ctx: Context, villages: readonly string[]): Promise<ReadonlyMap<string, Receiver>> {
  const wanted = [...new Set(villages)]
  if (wanted.length === 0) return new Map()
  const below = ctx.scope.kind === 'area' ? { under: townshipOf(ctx.scope.path) } : {}
  const areas = new Map((await listAreas(ctx, { ...below, level: 'village' })).map((area) => [area.path, area.name]))
  const cadres = await listUsersWithRole(ctx, { ...below, role: 'village-cadre' })
  const manned = new Set(cadres.flatMap((cadre) => (cadre.areaPath === undefined ? [] : [villageOf(cadre.areaPath)])))
  return new Map(
    wanted
      .filter((village) => areas.has(village))
      .map((village) => {
        const township = townshipOf(village)
        const fallsToTownship = !manned.has(village)
        const name = [...new Set([township, village])].map((path) => areas.get(path) ?? '').join(' ')
        return [village, { areaPath: fallsToTownship ? township : village, name: name.trim(), fallsToTownship }] as const
      }),
  )
}

// Province, prefecture, county, township, village: the first segments of a path.
const townshipOf = (path: string): string => cut(path, 4)
const villageOf = (path: string): string => cut(path, 5)

function cut(path: string, depth: number): string {
  return `${path.split('.').filter(Boolean).slice(0, depth).join('.')}.`
}
