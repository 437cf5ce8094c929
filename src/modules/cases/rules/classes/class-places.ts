import type { ClassCountsOfPlace, WordCounts } from '../../contract.ts'
import { findImbalance } from './count-classes.ts'

/** The counts of households with the same results, as the database groups them. */
export interface CountedGroup {
  readonly layer: string
  readonly labourClass: string
  readonly kind: string
  readonly card: string
  readonly alert: string
  readonly inExport: boolean
  readonly count: number
}

/** What was counted of one place, from its groups. */
export function countPlace(place: { path: string; name: string }, groups: readonly CountedGroup[]): ClassCountsOfPlace {
  const cells = new Map<string, { layer: string; labourClass: string; count: number }>()
  for (const { layer, labourClass, count } of groups) {
    const key = `${layer}\n${labourClass}`
    cells.set(key, { layer, labourClass, count: (cells.get(key)?.count ?? 0) + count })
  }
  return {
    areaPath: place.path,
    name: place.name,
    households: groups.reduce((sum, group) => sum + group.count, 0),
    inExport: groups.reduce((sum, group) => sum + (group.inExport ? group.count : 0), 0),
    layer: sumBy(groups, 'layer'),
    labourClass: sumBy(groups, 'labourClass'),
    kind: sumBy(groups, 'kind'),
    card: sumBy(groups, 'card'),
    alert: sumBy(groups, 'alert'),
    cells: [...cells.values()],
  }
}

function sumBy(groups: readonly CountedGroup[], column: 'layer' | 'labourClass' | 'kind' | 'card' | 'alert'): WordCounts {
  const counts: Record<string, number> = {}
  for (const group of groups) counts[group[column]] = (counts[group[column]] ?? 0) + group.count
  return counts
}

/** What does not add up: columns within a place, places within the sum, the run against what is kept. Empty when all balance. */
export function findPlaceImbalance(places: readonly ClassCountsOfPlace[], sum: ClassCountsOfPlace): string[] {
  const columns = ({ layer, labourClass, kind, card, alert }: ClassCountsOfPlace) => ({ layer, labourClass, kind, card, alert })
  const inside = [...places, sum].flatMap((place) => findImbalance(columns(place), place.households).map((one) => `${place.name} ${one}`))
  const total = places.reduce((count, place) => count + place.households, 0)
  return places.length > 0 && total !== sum.households ? [...inside, `${sum.name}: ${total} ≠ ${sum.households}`] : inside
}
