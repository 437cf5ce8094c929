import { county, townshipFirst, townshipSecond, villageFirst, villageSecond } from '../policy/places.ts'
import type { Random } from './random.ts'

/** A village with its 12-digit code, its groups and how many households live there. */
export interface Village {
  code: string
  name: string
  township: string
  townshipCode: string
  groups: number
  households: number
}

/** One row of the county's village list. */
export interface Area {
  code: string
  name: string
  level: 'province' | 'prefecture' | 'county' | 'township' | 'village' | 'group'
  parentCode: string
}

/** Villages of an invented county: small ones in a small county, about 700 households each in a large one. */
export function makeVillages(random: Random, households: number): Village[] {
  const wanted = Math.max(1, Math.min(Math.round(households / Math.min(700, 60 + 1.3 * Math.sqrt(households))), 999))
  const townshipCount = Math.max(1, Math.min(Math.round(Math.sqrt(wanted) * 1.15), 60))
  const townships = random.shuffled(pairs(townshipFirst, townshipSecond, 1)).slice(0, townshipCount)
  const names = random.shuffled(pairs(villageFirst, villageSecond, 2))
  const villages = townships.flatMap((name, index) => {
    const street = index === 0 || (townshipCount > 8 && index === 1)
    const town = !street && index <= townshipCount * 0.7
    const code = `${county.countyCode}${String(street ? index + 1 : town ? 100 + index : 200 + index).padStart(3, '0')}`
    const share = Math.floor((wanted * (index + 1)) / townshipCount) - Math.floor((wanted * index) / townshipCount)
    return Array.from({ length: Math.max(1, share) }, (_, at) => ({
      township: `${name}${street ? '街道' : town ? '镇' : '乡'}`,
      townshipCode: code,
      code: `${code}${String((street && at < 2 ? 1 : 200) + at).padStart(3, '0')}`,
      community: street && at < 2,
    }))
  })
  const weights = villages.map(() => 0.5 + random.next())
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const perTownship = Math.ceil(wanted / townshipCount) + 2
  let before = 0
  return villages.map(({ community, ...village }, index) => {
    const upTo =
      index === villages.length - 1 ? households : Math.min(households, before + Math.round((households * (weights[index] ?? 1)) / sum))
    const inVillage = upTo - before
    before = upTo
    // Now and then a name comes again: two villages of one name in different townships, as in life.
    const name = `${names[(index - (index > perTownship && index % 17 === 0 ? perTownship : 0)) % names.length] ?? ''}${community ? '社区' : '村'}`
    return { ...village, name, groups: Math.max(2, Math.min(30, Math.round(inVillage / 28))), households: inVillage }
  })
}

/** The county's village list: province to villagers' group, parents first. */
export function listAreas(villages: readonly Village[]): Area[] {
  const { provinceCode, prefectureCode, countyCode } = county
  const townships = new Map(villages.map((village) => [village.townshipCode, village.township]))
  return [
    { code: provinceCode, name: county.province, level: 'province', parentCode: '' },
    { code: prefectureCode, name: county.prefecture, level: 'prefecture', parentCode: provinceCode },
    { code: countyCode, name: county.county, level: 'county', parentCode: prefectureCode },
    ...[...townships].map(([code, name]): Area => ({ code, name, level: 'township', parentCode: countyCode })),
    ...villages.flatMap((village): Area[] => [
      { code: village.code, name: village.name, level: 'village', parentCode: village.townshipCode },
      ...Array.from(
        { length: village.groups },
        (_, at): Area => ({
          code: `${village.code}${String(at + 1).padStart(2, '0')}`,
          name: `${at + 1}组`,
          level: 'group',
          parentCode: village.code,
        }),
      ),
    ]),
  ]
}

function pairs(first: string, second: string, width: number): string[] {
  const stems = first.match(new RegExp(`.{${width}}`, 'gu')) ?? []
  return stems.flatMap((stem) => Array.from(second).map((end) => stem + end))
}
