import { areaLevels, type Area, type AreaChanges, type AreaDifference, type AreaLevel } from '../contract.ts'

/** What an import or the building from exports will write. */
export interface AreaPlan {
  inserts: PlannedArea[]
  changes: { area: Area; name: string; officialCode: string | undefined }[]
  differences: AreaDifference[]
  counts: AreaChanges['counts']
}
export type PlannedArea = Area & { isOwnCode: boolean }

const mostListed = 1_000

/** The areas as they will be, while a plan is being made. */
export interface Draft {
  plan: AreaPlan
  byCode: Map<string, Area>
  children: Map<string, Area[]>
}

/** Begins with what is known. */
export function beginPlan(known: readonly Area[]): Draft {
  const counts = { same: 0, new: 0, renamed: 0, recoded: 0, missing: 0, refused: 0 }
  const draft: Draft = { plan: { inserts: [], changes: [], differences: [], counts }, byCode: new Map(), children: new Map() }
  for (const area of known) remember(draft, area)
  return draft
}

/** Adds a new area below its parent. */
export function planInsert(draft: Draft, area: PlannedArea): Area {
  draft.plan.inserts.push(area)
  remember(draft, area)
  note(draft, { kind: 'new', level: area.level, code: area.code, name: area.name })
  return area
}

/** Counts a difference and lists it while there is room. */
export function note(draft: Draft, difference: AreaDifference): void {
  draft.plan.counts[difference.kind] += 1
  if (draft.plan.differences.length < mostListed) draft.plan.differences.push(difference)
}

/** Order of levels, parents first. */
export function rankOf(level: AreaLevel): number {
  return areaLevels.indexOf(level)
}

function remember(draft: Draft, area: Area): void {
  draft.byCode.set(area.code, area)
  if (area.officialCode !== undefined) draft.byCode.set(area.officialCode, area)
  const siblings = draft.children.get(area.parentPath)
  if (siblings === undefined) draft.children.set(area.parentPath, [area])
  else siblings.push(area)
}
