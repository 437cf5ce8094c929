/** Segments of the paths of a township and a village (province, prefecture, county, township, village, group). */
const townshipDepth = 4
const villageDepth = 5

/** Where somebody sits: level and path of his area. `none`: a scope that is not an area (a helper's households). */
export interface Seat {
  readonly level: 'county' | 'township' | 'village' | 'none'
  readonly path: string
}

/** The seat of an area scope; `undefined` is the whole county. A group belongs to its village. */
export function seatOf(path: string | undefined): Seat {
  if (path === undefined) return { level: 'county', path: '' }
  const depth = depthOf(path)
  if (depth < townshipDepth) return { level: 'county', path }
  return depth === townshipDepth ? { level: 'township', path } : { level: 'village', path: cut(path, villageDepth) }
}

/** The village a path lies in; the path itself where it is no deeper than a township. */
export function villageOf(path: string): string {
  return cut(path, villageDepth)
}

/** The township a path lies in. */
export function townshipOf(path: string): string {
  return cut(path, townshipDepth)
}

/** Whether a path is a village's or one of a group in it. */
export function isInVillage(path: string): boolean {
  return depthOf(path) >= villageDepth
}

function depthOf(path: string): number {
  return path.split('.').length - 1
}

function cut(path: string, depth: number): string {
  const segments = path.split('.').filter((segment) => segment !== '')
  return `${segments.slice(0, depth).join('.')}.`
}
