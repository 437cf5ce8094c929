import type { SourceKind } from './problem-sources.ts'

/** How somebody looks at a unit (M-115 to M-121). */
export const inspectionKinds = [
  'supervision',
  'leader',
  'unannounced',
  'cross-check',
  'township',
  'signs',
  'party-review',
  'monthly',
  'patrol',
] as const
export type InspectionKind = (typeof inspectionKinds)[number]

/** Of which source the problems of a kind are: each problem has exactly one (R14). */
export const sourceOfInspection: Readonly<Record<InspectionKind, SourceKind>> = {
  supervision: 'inspection',
  leader: 'inspection',
  unannounced: 'unannounced',
  'cross-check': 'cross-check',
  township: 'inspection',
  signs: 'inspection',
  'party-review': 'look-back',
  monthly: 'inspection',
  patrol: 'patrol',
}

/** The parameter of `rectification.inspections` that lists what a kind looks at. */
export const topicsOfInspection: Readonly<Record<InspectionKind, string>> = {
  supervision: '督查内容',
  leader: '督查内容',
  unannounced: '明察暗访内容',
  'cross-check': '村级基础资料清单',
  township: '村级基础资料清单',
  signs: '标牌检查内容',
  'party-review': '党建回头看内容',
  monthly: '每月督查内容',
  patrol: '巡察内容',
}

/** planned → inspected (nothing is mended yet) → mending → closed: nothing is open any more, or nothing was found. */
export const inspectionStates = ['planned', 'inspected', 'mending', 'closed'] as const
export type InspectionState = (typeof inspectionStates)[number]

/** Where an inspection stands follows from its problems. */
export function stateOfInspection(one: { inspectedOn: string | null; problems: number; closed: number; found: number }): InspectionState {
  if (one.inspectedOn === null) return 'planned'
  if (one.closed === one.problems) return 'closed'
  return one.found === one.problems ? 'inspected' : 'mending'
}

/** Who looks at whom in a cross-check: each at another one, nobody at himself, and in each round at a further one. Needs two units. */
export function pairUnits<Unit>(units: readonly Unit[], round: number): { unit: Unit; checker: Unit }[] {
  if (units.length < 2) return []
  const shift = 1 + ((round - 1) % (units.length - 1))
  return units.flatMap((unit, at) => {
    const checker = units[(at + shift) % units.length]
    return checker === undefined ? [] : [{ unit, checker }]
  })
}

/** The months from one to another, both included, as `YYYY-MM`. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  while (months.length < 60) {
    const text = `${String(year)}-${String(month).padStart(2, '0')}`
    if (text > to) break
    months.push(text)
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
  }
  return months
}
