import { LoginName, type Area, type BulkUserResult, type BulkUserRow, type OrganisationId, type RoleKey } from '../contract.ts'
import type { IdentityPolicy } from '../policy/policy.ts'
import { tidyPhone } from '#kernel/pure/text/index.ts'
import { countyPathOf } from './area-codes.ts'
import { tidyPlace, type AreaNames } from './area-names.ts'
import { judgeRoles, readRole } from './roles.ts'

type Problem = Extract<BulkUserResult, { state: 'refused' }>['problems'][number]

export interface BulkPlaces {
  names: AreaNames
  /** By name. */
  organisations: ReadonlyMap<string, OrganisationId>
  policy: IdentityPolicy
  countyCode: string
}

export interface BulkUser {
  name: string
  loginName: string | undefined
  phone: string | undefined
  organisationId: OrganisationId | undefined
  roles: RoleKey[]
  areaPath: string
}

/** Judges one row of a sheet of accounts by itself: all its problems at once, or the user it means. */
export function judgeBulkRow(row: BulkUserRow, places: BulkPlaces): { ok: true; user: BulkUser } | { ok: false; problems: Problem[] } {
  const problems: Problem[] = []
  const name = tidyPlace(row.name)
  if (name === '' || Array.from(name).length > 40) problems.push({ field: 'name', reason: 'no-name' })
  const phone = tidyPhone(row.phone)
  if (!/^\d{11}$/.test(phone)) problems.push({ field: 'phone', reason: 'bad-phone' })
  const written = (row.loginName ?? '').trim()
  const loginName = written === '' ? undefined : LoginName.safeParse(written)
  if (loginName?.success === false) problems.push({ field: 'loginName', reason: 'bad-login-name' })
  const organisation = tidyPlace(row.organisation)
  const organisationId = places.organisations.get(organisation)
  if (organisation !== '' && organisationId === undefined) problems.push({ field: 'organisation', reason: 'unknown-organisation' })
  const role = readRole(places.policy, row.role)
  if (role === undefined) problems.push({ field: 'role', reason: 'unknown-role' })
  const areas = findAreas(row.area, places)
  const [area] = areas
  if (areas.length !== 1) problems.push({ field: 'area', reason: areas.length === 0 ? 'unknown-area' : 'ambiguous-area' })
  else if (role !== undefined && area !== undefined && !judgeRoles(places.policy, [role], area.level).ok) {
    problems.push({ field: 'area', reason: 'role-not-at-this-level' })
  }
  if (problems.length > 0 || role === undefined || area === undefined) return { ok: false, problems }
  return { ok: true, user: { name, loginName: loginName?.data, phone, organisationId, roles: [role], areaPath: area.path } }
}

/** An area as a sheet writes it: a code; the county's name; a township; a village, alone or after its township. */
function findAreas(written: string, places: BulkPlaces): readonly Area[] {
  const { names, countyCode } = places
  const county = names.findByPath(countyPathOf(countyCode))
  const text = written.normalize('NFKC').trim()
  if (text === '') return [] // an omitted area never means all
  if (county !== undefined && tidyPlace(text) === county.name) return [county]
  if (/^\d+$/.test(text)) {
    const found = names.findByCode(text)
    return found === undefined ? [] : [found]
  }
  const parts = text.split(/[\s/\\、,，>-]+/).filter((part) => part !== '' && tidyPlace(part) !== county?.name)
  const [first = '', second] = parts
  if (second !== undefined) return names.findVillages(second, first)
  const found = [...names.findTownships(first), ...names.findVillages(first)]
  return found.length > 0 ? found : findJoined(tidyPlace(first), names)
}

/** `石溪镇上湾村` without a space: the township's name, then the village's. */
function findJoined(text: string, names: AreaNames): readonly Area[] {
  for (const township of names.townships) {
    const before = tidyPlace(township.name)
    if (text.startsWith(before) && text.length > before.length) {
      const found = names.findVillages(text.slice(before.length), township.name)
      if (found.length > 0) return found
    }
  }
  return []
}
