import type { Asked, Latitude, PolicyVersion } from './policy.ts'

/** Where a version may stand for somebody: areas from the nation downwards. */
export interface Level {
  readonly areaPath: string
  /** True: not above the area asked for, but used where nothing above it says anything; it binds nobody. */
  readonly isStandIn: boolean
}

/** Path of a code of the nation (`''`), a province (`43` → `43.`), a prefecture or a county. */
export function areaPathOf(areaCode: string): string {
  const codes = [2, 4, 6].filter((digits) => digits <= areaCode.length).map((digits) => areaCode.slice(0, digits))
  return codes.map((code) => `${code}.`).join('')
}

/**
 * The areas whose versions may speak for `areaPath`, weakest first: the nation, the stand-in area with those above it, then the area's own
 * from its province down to itself.
 */
export function levelsOf(areaPath: string, standIn: string): Level[] {
  const own = prefixesOf(areaPath)
  const others = prefixesOf(standIn).filter((path) => !own.includes(path))
  return [
    { areaPath: '', isStandIn: false },
    ...others.map((path) => ({ areaPath: path, isStandIn: true })),
    ...own.map((path) => ({ areaPath: path, isStandIn: false })),
  ]
}

function prefixesOf(areaPath: string): string[] {
  const segments = areaPath.split('.').slice(0, -1)
  return segments.map((_, at) => `${segments.slice(0, at + 1).join('.')}.`)
}

/** Whether a version counts on the day asked for, by what is known now or was known at an instant. Shipped ones were always known. */
export function isInForce(version: PolicyVersion, { asOf, knownAt }: Asked): boolean {
  if (version.effectiveFrom > asOf || (version.effectiveTo !== null && version.effectiveTo < asOf)) return false
  if (version.isShipped) return true
  if (knownAt === undefined) return version.state === 'published'
  // All instants are written alike, so their texts compare as they do.
  return version.publishedAt !== null && version.publishedAt <= knownAt && (version.replacedAt === null || version.replacedAt > knownAt)
}

/** The version of each level in force on the day, weakest level first: of one area the one that began last, the county's own before a shipped one. */
export function inForceByLevel(
  versions: readonly PolicyVersion[],
  levels: readonly Level[],
  asked: Asked,
): { level: Level; version: PolicyVersion }[] {
  return levels.flatMap((level) => {
    const [newest] = versions
      .filter((one) => one.areaPath === level.areaPath && (one.isShipped || !level.isStandIn) && isInForce(one, asked))
      .sort((one, other) => compare(other.effectiveFrom, one.effectiveFrom) || Number(one.isShipped) - Number(other.isShipped))
    return newest === undefined ? [] : [{ level, version: newest }]
  })
}

/** The version of a text that is taken as a whole: the nearest, unless one above it is fixed, or leaves nothing to fill. */
export function pickWhole(found: readonly { level: Level; version: PolicyVersion }[], latitude: Latitude): PolicyVersion | undefined {
  const binding = found.filter(({ level }) => !level.isStandIn)
  if (latitude === 'free' || binding.length === 0) return found[found.length - 1]?.version
  return binding[0]?.version
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
