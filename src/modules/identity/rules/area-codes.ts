import { areaLevels, type AreaLevel } from '../contract.ts'

const digitsOf: Readonly<Record<AreaLevel, number>> = { province: 2, prefecture: 4, county: 6, township: 9, village: 12, group: 14 }

const writtenLevels: Readonly<Record<string, AreaLevel>> = {
  ...Object.fromEntries(areaLevels.map((level) => [level, level])),
  省: 'province',
  省级: 'province',
  自治区: 'province',
  直辖市: 'province',
  市: 'prefecture',
  市级: 'prefecture',
  地级: 'prefecture',
  州: 'prefecture',
  县: 'county',
  区: 'county',
  县级: 'county',
  乡: 'township',
  镇: 'township',
  乡镇: 'township',
  街道: 'township',
  乡级: 'township',
  乡镇级: 'township',
  村: 'village',
  社区: 'village',
  行政村: 'village',
  村级: 'village',
  组: 'group',
  村民小组: 'group',
  组级: 'group',
}

/** The level as a list writes it (`township`, `乡镇`, `村级`); `undefined` for a word that is none. */
export function readLevel(written: string): AreaLevel | undefined {
  return writtenLevels[written.normalize('NFKC').replace(/\s/g, '').toLowerCase()]
}

/** The level that the length of a code means, trailing zeros aside: `430525101000` is a township, `430500` a prefecture. */
export function levelOfCode(code: string): AreaLevel | undefined {
  const short = code.length === 12 ? code.replace(/(000){1,2}$/, '') : code
  const bare = short.length === 6 ? short.replace(/(00){1,2}$/, '') : short
  return areaLevels.find((level) => digitsOf[level] === bare.length)
}

/** The code of an area of a known level without the zeros that lists pad it with; `undefined` when it cannot be one. */
export function tidyCode(written: string, level: AreaLevel): string | undefined {
  const digits = written.normalize('NFKC').replace(/[\s'’]/g, '')
  const width = digitsOf[level]
  if (!/^\d+$/.test(digits) || digits.length < width) return undefined
  return /^0*$/.test(digits.slice(width)) ? digits.slice(0, width) : undefined
}

/** The code of the area above, as the digits say. */
export function parentCodeOf(code: string, level: AreaLevel): string {
  const above = areaLevels[areaLevels.indexOf(level) - 1]
  return above === undefined ? '' : code.slice(0, digitsOf[above])
}

/** One segment of a path: the code, for a group its two last digits. */
export function segmentOf(code: string, level: AreaLevel): string {
  return `${level === 'group' ? code.slice(-2) : code}.`
}

/** Paths and codes of the three upper levels of a county. */
export function countyPathOf(countyCode: string): string {
  return `${countyCode.slice(0, 2)}.${countyCode.slice(0, 4)}.${countyCode}.`
}

/** The highest free code of our own below a parent, so that it stays away from official ones: `…999`, `…998`, … */
export function nextOwnCode(parentCode: string, isTaken: (code: string) => boolean): string | undefined {
  for (let number = 999; number > 0; number -= 1) {
    const code = `${parentCode}${String(number).padStart(3, '0')}`
    if (!isTaken(code)) return code
  }
  return undefined
}

/** The code of a group: the number it is called by where that is free, else the lowest free one; `undefined` beyond 99. */
export function nextGroupCode(villageCode: string, wanted: number | undefined, isTaken: (code: string) => boolean): string | undefined {
  const codeOf = (number: number) => `${villageCode}${String(number).padStart(2, '0')}`
  if (wanted !== undefined && wanted >= 1 && wanted <= 99 && !isTaken(codeOf(wanted))) return codeOf(wanted)
  for (let number = 1; number <= 99; number += 1) if (!isTaken(codeOf(number))) return codeOf(number)
  return undefined
}
