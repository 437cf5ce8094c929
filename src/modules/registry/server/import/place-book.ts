import { areasByName, buildAreas } from '../../../identity/server/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { NewArea } from '../../contract.ts'

/** A place as a row names it. */
export interface WrittenPlace {
  township: string
  village: string
  villageCode: string | undefined
  group: string
}

export interface ListedPlace extends WrittenPlace {
  areaNo: number
}

export interface NotedPlace extends ListedPlace {
  rows: number
}

/** The places that a file names, each once with a number, and how its rows speak of counties. */
export interface PlaceBook {
  /** The number of the place of a row. */
  noteRow(place: WrittenPlace): number
  isOwnCounty(name: string): boolean
  readonly places: readonly NotedPlace[]
}

/** Makes the book of one file. `countyName` is the county's own name; without it every name is its own. */
export function makePlaceBook(countyName: string | undefined): PlaceBook {
  const byKey = new Map<string, NotedPlace>()
  const places: NotedPlace[] = []
  const own = new Map<string, boolean>()
  const ownKey = countyName === undefined ? undefined : countyKey(countyName)
  return {
    places,
    noteRow(place) {
      const key = `${place.township}\0${place.village}\0${place.group}\0${place.villageCode ?? ''}`
      const found = byKey.get(key)
      if (found !== undefined) {
        found.rows += 1
        return found.areaNo
      }
      const noted = { ...place, areaNo: places.length, rows: 1 }
      byKey.set(key, noted)
      places.push(noted)
      return noted.areaNo
    },
    isOwnCounty(name) {
      const known = own.get(name)
      if (known !== undefined) return known
      const is = ownKey === undefined || countyKey(name) === ownKey
      own.set(name, is)
      return is
    },
  }
}

/** A county's name without the word for its kind: 县, 市, 区, 自治县, 旗. */
export function countyKey(name: string): string {
  const bare = name.normalize('NFKC').replace(/\s/g, '')
  return bare.length > 2 ? bare.replace(/(自治县|自治旗|林区|特区|新区|县|市|区|旗)$/, '') : bare
}

/** Where the noted places lie: path by number, `undefined` for places that the county does not know yet. */
export interface FoundPlaces {
  paths: (string | undefined)[]
  newAreas: NewArea[]
  knownVillages: number
}

/** Looks the places up by code and names. */
export async function findPlaces(ctx: Context, places: readonly WrittenPlace[]): Promise<FoundPlaces> {
  const names = await areasByName(ctx)
  const found: FoundPlaces = { paths: [], newAreas: [], knownVillages: names.villages.length }
  const missing = new Set<string>()
  for (const place of places) {
    const village = findVillage(names, place)
    const group = village === undefined || place.group === '' ? undefined : names.findGroup(village, place.group)
    const path = village === undefined ? undefined : place.group === '' ? village : group?.path
    found.paths.push(path)
    const key = `${place.township}/${place.village}${village === undefined ? '' : `/${place.group}`}`
    if (path !== undefined || missing.has(key)) continue
    missing.add(key)
    const code = place.villageCode === undefined ? {} : { code: place.villageCode }
    found.newAreas.push({
      township: place.township,
      village: place.village,
      ...(village === undefined || place.group === '' ? {} : { group: place.group }),
      ...code,
    })
  }
  return found
}

type Names = Awaited<ReturnType<typeof areasByName>>

/** The village by its names where they decide, else by the code. */
function findVillage(names: Names, place: WrittenPlace): string | undefined {
  const named = names.findVillages(place.village, place.township)
  if (named.length === 1) return named[0]?.path
  const coded = place.villageCode === undefined ? undefined : names.findVillageByCode(place.villageCode)
  return coded?.path
}

/** Makes the areas that are missing, then looks again. Places that cannot be made keep no path. */
export async function buildPlaces(ctx: Context, places: readonly WrittenPlace[]): Promise<FoundPlaces> {
  const before = await findPlaces(ctx, places)
  if (before.paths.every((path) => path !== undefined)) return before
  await buildAreas(
    ctx,
    places.map((place) => ({ ...place, villageCode: place.villageCode })),
    { isDryRun: false },
  )
  return findPlaces(ctx, places)
}
