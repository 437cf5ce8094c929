import { tidy } from '#kernel/pure/text/index.ts'
import type { RegisterIndex } from './register-layout.ts'

/** What a row says of the place. */
export interface WrittenPlace {
  township: string
  village: string
  group: string
  address: string
}

/** `villages`: numbers of the villages that may be meant; `given`: the row does name a village, known or not. */
export interface FoundPlace {
  villages: readonly number[]
  given: boolean
}

/** Finds villages of the register by their names as cells or within an address. */
export interface Locator {
  /** The village of each place of the index. */
  readonly villageOf: Int32Array
  readonly names: readonly { township: string; village: string }[]
  locate(written: WrittenPlace): FoundPlace
  /** The group of each place as `groupKey`. */
  readonly groupOf: readonly string[]
}

interface Village {
  number: number
  township: string
  village: string
  townshipBare: string
  villageBare: string
}

const nowhere: FoundPlace = { villages: [], given: false }
const unknown: FoundPlace = { villages: [], given: true }
const remembered = 20_000

/** The part of a township's or village's name that people always write: `安南村委会` and `安南村` are `安南`. */
function bareName(name: string): string {
  const bare = name.replace(
    /(村民委员会|居民委员会|社区居委会|村委会|居委会|民委员会|街道办事处|办事处|管理区|行政村|生活区|社区|街道|村|居|乡|镇)$/,
    '',
  )
  return bare.length >= 2 ? bare : name
}

const chineseDigits = '零一二三四五六七八九'

/** A villager group as it is compared: `第七组`, `7 组`, `七小组` → `7`; names stay without their ending. */
export function groupKey(group: string): string {
  const text = tidy(group)
    .replace(/^第/, '')
    .replace(/(村民小组|居民小组|村小组|小组|组|队|屯)$/, '')
  const chinese = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (chinese === null || text === '') return text.replace(/^0+(?=\d)/, '')
  const [, tens, ten, ones] = chinese
  if (ten === undefined) return ones === undefined ? String(chineseDigits.indexOf(tens ?? '零')) : text
  return String((tens === undefined ? 1 : chineseDigits.indexOf(tens)) * 10 + (ones === undefined ? 0 : chineseDigits.indexOf(ones)))
}

/** Prepares the names of an index's places for `locate`. */
export function makeLocator(index: RegisterIndex): Locator {
  const byName = new Map<string, Village>()
  const villageOf = new Int32Array(index.places.length)
  index.places.forEach((place, number) => {
    const township = tidy(place.township)
    const village = tidy(place.village)
    const key = `${township}|${village}`
    const known = byName.get(key) ?? {
      number: byName.size,
      township,
      village,
      townshipBare: bareName(township),
      villageBare: bareName(village),
    }
    byName.set(key, known)
    villageOf[number] = known.number
  })
  const villages = [...byName.values()]
  const cache = new Map<string, FoundPlace>()
  return {
    villageOf,
    names: villages.map(({ township, village }) => ({ township, village })),
    groupOf: index.places.map((place) => groupKey(place.group)),
    locate(written) {
      if (written.village === '' && written.address === '') return nowhere
      const key = `${written.township}|${written.village}|${written.address}`
      const known = cache.get(key)
      if (known !== undefined) return known
      const found = locate(villages, byName, written)
      if (cache.size >= remembered) cache.clear()
      cache.set(key, found)
      return found
    },
  }
}

function locate(villages: readonly Village[], byName: ReadonlyMap<string, Village>, written: WrittenPlace): FoundPlace {
  const township = tidy(written.township)
  const village = tidy(written.village)
  const exact = byName.get(`${township}|${village}`)
  if (exact !== undefined) return { villages: [exact.number], given: true }
  if (village !== '') return locateCells(villages, township, village)
  return locateAddress(villages, township + tidy(written.address))
}

function locateCells(villages: readonly Village[], township: string, village: string): FoundPlace {
  const bare = bareName(village)
  const inTownship =
    township === '' ? villages : villages.filter((one) => one.township === township || one.townshipBare === bareName(township))
  const named = inTownship.filter((one) => one.village === village)
  const found = named.length > 0 ? named : inTownship.filter((one) => one.villageBare === bare)
  if (found.length > 0) return { villages: found.map((one) => one.number), given: true }
  // A whole address in the village cell: `竹市镇安南村6组`.
  return village.length > 4 ? locateAddress(villages, township + village) : unknown
}

/** The longest village name in an address, within the townships that the address names; without a township, in the whole county. */
function locateAddress(villages: readonly Village[], text: string): FoundPlace {
  if (text === '') return nowhere
  const inNamed = villages.filter((one) => text.includes(one.township))
  const among = inNamed.length > 0 ? inNamed : villages.filter((one) => one.townshipBare.length >= 2 && text.includes(one.townshipBare))
  const found = among.length > 0 ? longest(among, text) : longest(villages, text)
  return found.length === 0 ? unknown : { villages: found.map((one) => one.number), given: true }
}

function longest(villages: readonly Village[], text: string): Village[] {
  let best: Village[] = []
  let length = 0
  for (const one of villages) {
    // The village must stand behind its township's name, or an address in another county would find a namesake.
    const at = Math.max(0, text.indexOf(one.township))
    if (one.village.length < 2 || !text.includes(one.village, at) || one.village.length < length) continue
    best = one.village.length > length ? [one] : [...best, one]
    length = one.village.length
  }
  return best
}
