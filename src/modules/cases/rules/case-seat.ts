import type { SeatLevel } from './case-steps.ts'

/** Segments of the path of a county, a township and a village (province, prefecture, county, township, village, group). */
const depths = { county: 3, township: 4, village: 5 } as const satisfies Record<SeatLevel, number>
export const townshipDepth = depths.township
export const villageDepth = depths.village

/** Segments of a path. */
export function depthOf(path: string): number {
  return path.split('.').length - 1
}

/** Where somebody acts from. `none`: a scope that is no area (a helper's households). */
export interface CallerSeat {
  readonly level: SeatLevel | 'none'
  readonly path: string
}

/** The path of the county, township or village that a household's path lies in; the path itself where it is no deeper. */
export function seatPath(areaPath: string, level: SeatLevel): string {
  const segments = areaPath.split('.').filter((segment) => segment !== '')
  return `${segments.slice(0, depths[level]).join('.')}.`
}

/** The level of an area path; a villager group belongs to its village. */
export function levelOf(areaPath: string): SeatLevel {
  const depth = depthOf(areaPath)
  if (depth <= depths.county) return 'county'
  return depth === depths.township ? 'township' : 'village'
}

/** The seat of a path of an area scope; `countyPath` where the scope is the whole county. */
export function seatOfPath(path: string): CallerSeat {
  const level = levelOf(path)
  return { level, path: seatPath(path, level) }
}

/** The path of a county by its six digits. */
export function countyPathOf(countyCode: string): string {
  return `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
}
