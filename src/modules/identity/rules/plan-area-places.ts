import type { Area, FoundPlace } from '../contract.ts'
import { nextGroupCode, nextOwnCode, segmentOf, tidyCode } from './area-codes.ts'
import { groupKey, groupNumber, tidyPlace, townshipKey, villageKey } from './area-names.ts'
import { beginPlan, note, planInsert, type AreaPlan, type Draft } from './area-plan.ts'

/** A place of an export; `rows` says how many rows named it (1 where absent), so that a slip of the pen does not win. */
export type CountedPlace = FoundPlace & { rows?: number | undefined }

interface VillageVotes {
  township: string
  village: string
  rows: number
  codes: Map<string, number>
  groups: Map<string, string>
}

/**
 * Makes the townships, villages and groups that exports name and nobody knows yet. A village's code is taken where most rows
 * agree on one that is free and of this county; otherwise townships and villages get codes of our own, groups two digits.
 */
export function planPlaces(known: readonly Area[], places: readonly CountedPlace[], county: Area): AreaPlan {
  const draft = beginPlan(known)
  const before = draft.byCode.size
  for (const votes of countVotes(places)) {
    const village = placeVillage(draft, votes, county)
    if (village !== undefined) for (const name of votes.groups.values()) placeGroup(draft, village, name)
  }
  if (draft.byCode.size === before) draft.plan.counts.same = known.length
  return draft.plan
}

function countVotes(places: readonly CountedPlace[]): VillageVotes[] {
  const votes = new Map<string, VillageVotes>()
  for (const place of places) {
    const [township, village] = [tidyPlace(place.township), tidyPlace(place.village)]
    if (village === '') continue
    const key = `${township}/${village}`
    const found = votes.get(key) ?? { township, village, rows: 0, codes: new Map<string, number>(), groups: new Map<string, string>() }
    votes.set(key, found)
    const rows = place.rows ?? 1
    found.rows += rows
    const code = tidyCode(place.villageCode ?? '', 'village')
    if (code !== undefined) found.codes.set(code, (found.codes.get(code) ?? 0) + rows)
    if (tidyPlace(place.group) !== '')
      found.groups.set(groupKey(place.group), found.groups.get(groupKey(place.group)) ?? tidyPlace(place.group))
  }
  return [...votes.values()].sort(
    (one, other) => other.rows - one.rows || (one.township + one.village < other.township + other.village ? -1 : 1),
  )
}

function placeVillage(draft: Draft, votes: VillageVotes, county: Area): Area | undefined {
  const code = [...votes.codes].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))[0]?.[0]
  const coded = code === undefined ? undefined : draft.byCode.get(code)
  if (coded?.level === 'village' && villageKey(coded.name) === villageKey(votes.village)) return coded
  const named = findNamed(draft, votes, county)
  if (named.length === 1) return named[0]
  if (coded?.level === 'village') return coded // one code under another name: a slip in the name, or the name of before
  const refuse = (reason: 'unknown-parent' | 'other-county' | 'bad-code') =>
    note(draft, { kind: 'refused', level: 'village', code: code ?? '', name: `${votes.township}${votes.village}`, reason })
  if (code !== undefined && !code.startsWith(county.officialCode ?? county.code) && !code.startsWith(county.code)) {
    refuse('other-county')
    return undefined
  }
  if (votes.township === '' || named.length > 1) {
    refuse('unknown-parent')
    return undefined
  }
  const township = placeTownship(draft, { name: votes.township, code: code?.slice(0, 9) }, county)
  if (township === undefined) return undefined
  const isOfficial = code !== undefined && !code.endsWith('000') && !draft.byCode.has(code)
  const made = isOfficial ? code : nextOwnCode(township.code, (one) => draft.byCode.has(one))
  if (made === undefined) {
    refuse('bad-code')
    return undefined
  }
  return planInsert(draft, areaBelow(township, { level: 'village', code: made, name: votes.village, isOwnCode: !isOfficial }))
}

function findNamed(draft: Draft, votes: VillageVotes, county: Area): Area[] {
  const townships = childrenOf(draft, county, 'township')
  const above = votes.township === '' ? townships : alike(townships, votes.township, townshipKey)
  const villages = above.flatMap((township) => childrenOf(draft, township, 'village'))
  return alike(villages, votes.village, villageKey)
}

function placeTownship(draft: Draft, wanted: { name: string; code: string | undefined }, county: Area): Area | undefined {
  const found = alike(childrenOf(draft, county, 'township'), wanted.name, townshipKey)[0]
  if (found !== undefined) return found
  const isOfficial = wanted.code !== undefined && !wanted.code.endsWith('000') && !draft.byCode.has(wanted.code)
  const code = isOfficial ? wanted.code : nextOwnCode(county.code, (one) => draft.byCode.has(one))
  if (code === undefined) return undefined
  return planInsert(draft, areaBelow(county, { level: 'township', code, name: wanted.name, isOwnCode: !isOfficial }))
}

function placeGroup(draft: Draft, village: Area, name: string): void {
  const groups = childrenOf(draft, village, 'group')
  if (groups.some((area) => groupKey(area.name) === groupKey(name))) return
  const number = groupNumber(name)
  const code = nextGroupCode(village.code, number, (one) => draft.byCode.has(one))
  if (code === undefined) {
    note(draft, { kind: 'refused', level: 'group', code: village.code, name: `${village.name}${name}`, reason: 'too-many-groups' })
    return
  }
  planInsert(draft, areaBelow(village, { level: 'group', code, name: number === undefined ? name : `${number}组`, isOwnCode: true }))
}

function areaBelow(parent: Area, given: { level: Area['level']; code: string; name: string; isOwnCode: boolean }) {
  const official = given.isOwnCode ? {} : { officialCode: given.code }
  return { ...given, ...official, path: `${parent.path}${segmentOf(given.code, given.level)}`, parentPath: parent.path }
}

function childrenOf(draft: Draft, parent: Area, level: Area['level']): Area[] {
  return (draft.children.get(parent.path) ?? []).filter((area) => area.level === level)
}

function alike(areas: readonly Area[], name: string, keyOf: (name: string) => string): Area[] {
  const exact = areas.filter((area) => tidyPlace(area.name) === name)
  return exact.length > 0 ? exact : areas.filter((area) => keyOf(area.name) === keyOf(name))
}
