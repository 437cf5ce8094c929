import type { areasByName } from '#modules/identity/server/index.ts'
import type { FoundLink } from './written-link.ts'

/** The county's places by their names. */
export type AreaNames = Awaited<ReturnType<typeof areasByName>>

/** A village or township by its name, with or without the township before it (`菱塘镇柳湾村`, `菱塘镇/柳湾村`), or by its code. */
export function findPlaceByName(areas: AreaNames, { text, township }: { text: string; township: string }): FoundLink {
  const byCode = /^\d{6,14}$/.test(text) ? areas.findByCode(text) : undefined
  const bare = text.normalize('NFKC').replace(/[\s/\\>,，、-]/g, '')
  const before = areas.townships.find((one) => bare.startsWith(one.name) && bare.length > one.name.length)
  const inTownship = township !== '' ? township : before?.name
  const name = before === undefined ? bare : bare.slice(before.name.length)
  const villages = byCode === undefined ? areas.findVillages(name, inTownship) : [byCode]
  const found = villages.length > 0 ? villages : areas.findTownships(bare)
  const [only] = found
  if (found.length > 1) return { refused: 'several-found' }
  return only === undefined
    ? { refused: 'not-found' }
    : { linked: { id: only.path, name: only.name }, areaPath: only.path, householdId: null }
}
